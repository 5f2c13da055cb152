package speech;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Something that speaks English, and perhaps other languages. */
interface Engine {
  /** Short and lower case, for metrics and the log. */
  String name();

  /**
   * Everything that decides how a text sounds: audio is kept under text and voice, and one voice's
   * audio never passes for another's.
   */
  String voice();

  /**
   * Speaks.
   *
   * @param text of one line, neither empty nor longer than the settings allow
   * @return an MP3 file; fails with {@link EngineFailure}
   */
  Future<Buffer> speak(String text);

  /**
   * Whether it reads texts of a language.
   *
   * @param language BCP 47 tag
   */
  default boolean speaks(String language) {
    return Wording.base(language).equals("en");
  }

  /**
   * As {@link #speak(String)}, in a language that it {@link #speaks}. A word or two of another
   * script are left out by voices that can't read them.
   */
  default Future<Buffer> speak(String text, String language) {
    return speak(text);
  }

  /** Most characters of one call for a text that is long enough to be cut, such as a lecture. */
  default int pieceCharacters() {
    return 400;
  }

  /** Frees what it holds; nothing is asked of it afterwards. */
  default void close() {}
}
