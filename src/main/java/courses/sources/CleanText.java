package courses.sources;

import java.text.Normalizer;

/** Text of others made fit to be kept: no control characters, no invisible steering, one form. */
final class CleanText {
  private CleanText() {}

  /** One line: every run of space and line ends becomes a single space. */
  static String line(String text) {
    return paragraphs(text).replaceAll("[\\s\\u00a0\\u2028\\u2029]+", " ").strip();
  }

  /**
   * Text whose line ends stay, three or more become two.
   *
   * <p>Control characters, marks that reorder text, and characters that show nothing are taken out:
   * they carry no meaning that a reader sees. Joiners stay, which scripts such as Persian and
   * Devanagari are spelt with.
   */
  static String paragraphs(String text) {
    String normal =
        Normalizer.isNormalized(text, Normalizer.Form.NFC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFC);
    StringBuilder clean = new StringBuilder(normal.length());
    int feeds = 0;
    for (int i = 0; i < normal.length(); ) {
      int c = normal.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        c = i < normal.length() && normal.charAt(i) == '\n' ? 0 : '\n';
      }
      if (c == '\n') {
        if (++feeds <= 2) {
          clean.append('\n');
        }
      } else if (c == '\t' || c == '\f' || c == 0x0b || c == 0x85) {
        clean.append(' ');
      } else if (shown(c)) {
        feeds = 0;
        clean.appendCodePoint(c);
      }
    }
    return clean.toString().strip();
  }

  private static boolean shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> c == 0x200c || c == 0x200d;
      default -> true;
    };
  }
}
