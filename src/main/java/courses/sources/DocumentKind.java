package courses.sources;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files that can be read, told by their bytes: names and declared types may lie. */
public enum DocumentKind {
  PDF("application/pdf", ".pdf"),
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
  /** What Word wrote before 2007. */
  DOC("application/msword", ".doc"),
  TEXT("text/plain", ".txt");

  /** Bytes at a file's beginning that suffice to tell. */
  public static final int HEAD = 4_096;

  private static final int PDF_HEADER_WITHIN = 1_024;

  private final String mediaType;
  private final String ending;

  DocumentKind(String mediaType, String ending) {
    this.mediaType = mediaType;
    this.ending = ending;
  }

  public String mediaType() {
    return mediaType;
  }

  /** What names of such files end with, such as {@code .pdf}. */
  public String ending() {
    return ending;
  }

  static DocumentKind of(String mediaType) {
    for (DocumentKind kind : values()) {
      if (kind.mediaType.equals(mediaType)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no document kind has this media type");
  }

  /**
   * What a file is.
   *
   * @param head its first {@link #HEAD} bytes, or all
   * @param label its name
   * @return empty when it can't be read here, or is not what its name says
   */
  public static Optional<DocumentKind> of(byte[] head, String label) {
    Optional<DocumentKind> kind = byBytes(head);
    String name = label.toLowerCase(Locale.ROOT);
    for (DocumentKind named : values()) {
      if (named != TEXT && name.endsWith(named.ending) && kind.filter(k -> k == named).isEmpty()) {
        return Optional.empty();
      }
    }
    return kind;
  }

  private static Optional<DocumentKind> byBytes(byte[] head) {
    String start =
        new String(head, 0, Math.min(head.length, PDF_HEADER_WITHIN), StandardCharsets.ISO_8859_1);
    if (start.contains("%PDF-")) {
      return Optional.of(PDF);
    }
    if (start.startsWith("PK\u0003\u0004")) {
      return Optional.of(DOCX);
    }
    if (head.length >= CompoundFile.MAGIC.length
        && Arrays.equals(
            head, 0, CompoundFile.MAGIC.length, CompoundFile.MAGIC, 0, CompoundFile.MAGIC.length)) {
      return Optional.of(DOC);
    }
    int odd = 0;
    for (byte b : head) {
      odd += b >= 0 && b < 32 && b != '\n' && b != '\r' && b != '\t' && b != '\f' ? 1 : 0;
    }
    boolean marked = start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff");
    String lower = start.stripLeading().toLowerCase(Locale.ROOT);
    boolean other =
        lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("{\\rtf");
    return head.length > 0 && !other && (marked || odd == 0) ? Optional.of(TEXT) : Optional.empty();
  }
}
