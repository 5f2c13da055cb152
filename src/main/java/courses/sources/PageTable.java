package courses.sources;

import courses.sources.PageLine.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table among a page's lines.
 *
 * @param rows the cells of each line
 */
record PageTable(List<List<String>> rows) {
  private static final int FEWEST_ROWS = 3;
  private static final int MOST_ROWS = 20;
  private static final int LONGEST_CELL = 70;

  /** How far apart edges of one column may be, in points. */
  private static final float SAME_EDGE = 2;

  /**
   * The table that begins here: lines of the same number of cells, either far from one another, or
   * nearer and below one another.
   */
  static Optional<PageTable> at(List<PageLine> lines, int from) {
    PageTable apart = new PageTable(apart(lines, from));
    if (apart.rows().size() >= FEWEST_ROWS) {
      return Optional.of(apart);
    }
    PageTable below = new PageTable(below(lines, from));
    return below.rows().size() >= FEWEST_ROWS && below.named()
        ? Optional.of(below)
        : Optional.empty();
  }

  private static List<List<String>> apart(List<PageLine> lines, int from) {
    List<List<String>> rows = new ArrayList<>();
    int cells = lines.get(from).cells().size();
    for (int i = from; cells > 1 && i < lines.size(); i++) {
      List<String> row = lines.get(i).cells();
      if (row.size() != cells || !fit(row)) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> below(List<PageLine> lines, int from) {
    List<List<String>> rows = new ArrayList<>();
    List<Run> first = lines.get(from).runs();
    for (int i = from; first.size() > 1 && i < lines.size(); i++) {
      List<Run> runs = lines.get(i).runs();
      List<String> row = runs.stream().map(Run::text).toList();
      if (!aligned(first, runs) || !fit(row)) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  /** Columns are flush left or right. */
  private static boolean aligned(List<Run> first, List<Run> other) {
    if (first.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (Math.abs(first.get(i).left() - other.get(i).left()) > SAME_EDGE
          && Math.abs(first.get(i).right() - other.get(i).right()) > SAME_EDGE) {
        return false;
      }
    }
    return true;
  }

  private static boolean fit(List<String> row) {
    return row.stream().allMatch(cell -> cell.length() <= LONGEST_CELL);
  }

  /** Whether rows begin with words: a list's bullets and numbers stand below one another too. */
  private boolean named() {
    return rows.stream()
        .allMatch(row -> row.get(0).codePoints().filter(Character::isLetter).count() > 1);
  }

  /** As Markdown, at most twenty rows each, with the first line as the head of all. */
  List<String> markdown() {
    List<String> tables = new ArrayList<>();
    for (int from = 1; from < rows.size(); from += MOST_ROWS) {
      StringBuilder table = new StringBuilder(row(rows.get(0)));
      table.append("\n|").append("---|".repeat(rows.get(0).size()));
      rows.subList(from, Math.min(rows.size(), from + MOST_ROWS))
          .forEach(line -> table.append('\n').append(row(line)));
      tables.add(table.toString());
    }
    return tables;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells.stream().map(c -> c.replace("|", "/")).toList()) + " |";
  }
}
