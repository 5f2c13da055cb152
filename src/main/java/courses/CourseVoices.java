package courses;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who reads scripts aloud, wherever in the cluster that is done. */
public interface CourseVoices {
  /**
   * A voice.
   *
   * @param name everything that decides how it sounds
   * @param pieceCharacters most characters of one piece
   */
  record Voice(String name, int pieceCharacters) {}

  /** A piece was not read; the message says why. It may be tried again. */
  class NotRead extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotRead(String why) {
      // expected and handled: nobody looks at the stack
      super(why, null, false, false);
    }
  }

  /** No node that reads aloud is there, or none yet. */
  final class Nobody extends NotRead {
    private static final long serialVersionUID = 1;

    public Nobody() {
      super("no node runs SpeechSynthesizer");
    }
  }

  /** The voice can't read a piece, and never will; the message says why. */
  final class Refused extends NotRead {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }

  /** The voice is to be left alone for a while. */
  final class Resting extends NotRead {
    private static final long serialVersionUID = 1;
    private final transient Duration rest;

    public Resting(Duration rest, String why) {
      super(why + "; the voice is left alone for another " + rest.toSeconds() + " s");
      this.rest = rest;
    }

    public Duration rest() {
      return rest;
    }
  }

  /**
   * The preferred voice for a language; empty when no voice reads it. Fails with {@link Nobody}.
   *
   * @param language BCP 47 tag
   * @param without names of voices that have refused
   */
  Future<Optional<Voice>> voice(String language, Set<String> without);

  /**
   * Has a piece read and stored with {@link CourseAudio#add}. Fails with {@link Nobody}, {@link
   * Refused} or {@link Resting}, and with {@link NotRead} itself when the voice fails.
   *
   * @param task that wants it, see {@link CourseAudio#add}
   * @param audio the recording it is of
   * @param ordinal its place in it, from 0
   */
  Future<Void> read(long task, UUID audio, int ordinal, String voice, String text, String language);
}
