package courses.sources;

import java.util.List;

/**
 * A line of a page.
 *
 * @param text with {@link #CELL} between parts that stand far from one another, as a table's cells
 * @param size of its type in points
 * @param top distance from the page's upper edge in points
 * @param opens whether a paragraph begins with it
 * @param runs its words by any gap that is wider than usual between words
 */
record PageLine(String text, float size, boolean bold, float top, boolean opens, List<Run> runs) {
  static final char CELL = '\t';

  /**
   * Words side by side.
   *
   * @param left where they begin, in points from the page's left edge
   * @param right where they end
   */
  record Run(String text, float left, float right) {}

  /** Its parts; one where it is no row of a table. */
  List<String> cells() {
    return List.of(text.split(String.valueOf(CELL)));
  }

  /** As one run of words. */
  PageLine joined() {
    return new PageLine(text.replace(CELL, ' '), size, bold, top, opens, runs);
  }
}
