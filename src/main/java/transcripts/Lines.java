package transcripts;

/**
 * Walks over the lines of a text that may end them in LF, CRLF or CR. Lines come stripped of outer
 * white space.
 */
final class Lines {
  private final String text;
  private int position;

  Lines(String text, int from) {
    this.text = text;
    this.position = from;
  }

  /** The next line, or null after the last one. */
  String next() {
    int length = text.length();
    if (position >= length) {
      return null;
    }
    int start = position;
    int end = start;
    while (end < length && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    position = end + 1;
    if (end + 1 < length && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n') {
      position = end + 2;
    }
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Where the next line begins; the text's length after the last one. */
  int position() {
    return Math.min(position, text.length());
  }

  /** White space, and the invisible characters that editors leave at the borders of lines. */
  private static boolean isSpace(char c) {
    return c <= ' '
        || c == '\u00A0'
        || c == '\uFEFF'
        || c == '\u200E'
        || c == '\u200F'
        || c == '\u200B';
  }
}
