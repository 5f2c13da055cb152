package speech;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Something that speaks English. */
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

  /** Frees what it holds; nothing is asked of it afterwards. */
  default void close() {}
}
