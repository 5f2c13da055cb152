package courses.sources;

import java.util.ArrayList;
import java.util.List;

/** Rows of a table among a page's lines, and the table as Markdown. */
final class PageTable {
  private static final int FEWEST_ROWS = 3;
  private static final int MOST_ROWS = 20;
  private static final int LONGEST_CELL = 70;

  private PageTable() {}

  /** How many lines from {@code from} on are a table; 0 when there is none. */
  static int rows(List<PageLine> lines, int from) {
    int cells = lines.get(from).cells().size();
    int rows = 0;
    while (cells > 1 && from + rows < lines.size() && row(lines.get(from + rows), cells)) {
      rows++;
    }
    return rows >= FEWEST_ROWS ? rows : 0;
  }

  private static boolean row(PageLine line, int cells) {
    return line.cells().size() == cells
        && line.cells().stream().allMatch(cell -> cell.length() <= LONGEST_CELL);
  }

  /** Tables of at most twenty rows, each with the first line as its head. */
  static List<String> markdown(List<PageLine> lines) {
    List<String> tables = new ArrayList<>();
    for (int from = 1; from < lines.size(); from += MOST_ROWS) {
      StringBuilder table = new StringBuilder(row(lines.get(0)));
      table.append("\n|").append("---|".repeat(lines.get(0).cells().size()));
      lines
          .subList(from, Math.min(lines.size(), from + MOST_ROWS))
          .forEach(line -> table.append('\n').append(row(line)));
      tables.add(table.toString());
    }
    return tables;
  }

  private static String row(PageLine line) {
    return "| "
        + String.join(" | ", line.cells().stream().map(c -> c.replace("|", "/")).toList())
        + " |";
  }
}
