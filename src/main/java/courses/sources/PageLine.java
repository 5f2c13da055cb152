package courses.sources;

import java.util.List;

/**
 * A line of a page.
 *
 * @param text with {@link #CELL} between parts that stand far from one another, as a table's cells
 * @param size of its type in points
 * @param top distance from the page's upper edge in points
 * @param opens whether a paragraph begins with it
 */
record PageLine(String text, float size, boolean bold, float top, boolean opens) {
  static final char CELL = '\t';

  /** Its parts; one where it is no row of a table. */
  List<String> cells() {
    return List.of(text.split(String.valueOf(CELL)));
  }

  /** As one run of words. */
  PageLine joined() {
    return new PageLine(text.replace(CELL, ' '), size, bold, top, opens);
  }
}
