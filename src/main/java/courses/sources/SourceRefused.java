package courses.sources;

import java.util.Locale;

/**
 * A course can't be made of this source, however often it is tried. The message is fit for the
 * person who chose the source: what is wrong and what to do.
 */
public final class SourceRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with a source. */
  public enum Code {
    /** No such file, lesson or video, or not the caller's. */
    NOT_FOUND,
    /** The video has no captions, or none in the languages asked for. */
    NO_TRANSCRIPT,
    /** The video can't be watched without signing in, or at all. */
    NOT_PUBLIC,
    /** Pages without text, such as scans. */
    NO_TEXT,
    /** Encrypted with a password. */
    ENCRYPTED,
    /** Cut short, or not what its type says. */
    BROKEN,
    /** Of a type that is not read here. */
    UNSUPPORTED_TYPE,
    /** More pages, characters or minutes than allowed. */
    TOO_LARGE,
    /** Reading it took more time or memory than any honest file needs. */
    TOO_COSTLY,
    /** A subject that courses are not made of. */
    UNSAFE;

    /** In lower case, for answers and rows. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;

  public SourceRefused(Code code, String reason) {
    // expected and told to a person: nobody looks at the stack
    super(reason, null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
