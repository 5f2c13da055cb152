package courses.sources;

/**
 * A line of a page.
 *
 * @param size of its type in points
 * @param top distance from the page's upper edge in points
 * @param opens whether a paragraph begins with it
 */
record PageLine(String text, float size, boolean bold, float top, boolean opens) {}
