package courses.sources;

/**
 * The smallest piece a source is read in: a caption, a turn, a paragraph or a heading.
 *
 * @param level 0 for text, 1 to 6 for a heading
 * @param startMs -1 where there are no times
 * @param page from 1; 0 where there are no pages
 * @param speaker empty where nobody is named
 */
record Block(
    String text, int level, long startMs, long endMs, int page, int pageTo, String speaker) {
  static Block paragraph(String text) {
    return new Block(text, 0, -1, -1, 0, 0, "");
  }

  static Block heading(String text, int level) {
    return new Block(text, level, -1, -1, 0, 0, "");
  }

  static Block said(String text, long startMs, long endMs, String speaker) {
    return new Block(text, 0, startMs, endMs, 0, 0, speaker);
  }

  Block onPages(int from, int to) {
    return new Block(text, level, startMs, endMs, from, to, speaker);
  }

  boolean timed() {
    return startMs >= 0;
  }
}
