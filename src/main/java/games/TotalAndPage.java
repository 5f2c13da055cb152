package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A page of rows and what is to be known of all of them, in one round trip. */
final class TotalAndPage {
  private static final String PAGE_MARK = "on_page";
  private static final String PLACE = "place";

  private TotalAndPage() {}

  /**
   * @param totals the one row, which is there also when the page is empty
   * @param rows of the page, without any when it is empty
   */
  record Answer(Row totals, List<Row> rows) {
    <T> List<T> map(Function<Row, T> read) {
      return rows.stream().map(read).toList();
    }
  }

  /**
   * Runs both as one statement.
   *
   * @param totals a statement of exactly one row, its columns named unlike the page's
   * @param page columns and all that follows them up to the limit, without the word SELECT
   * @param order of the page once more, its columns by the names that the page gives them, behind
   *     {@code p.}
   */
  static Future<Answer> run(
      SqlClient db, GameItems.Condition totals, GameItems.Condition page, String order) {
    List<Object> arguments = new ArrayList<>(totals.arguments());
    arguments.addAll(page.arguments());
    return db.preparedQuery(
            "SELECT t.*, p.* FROM ("
                + totals.sql()
                + ") t LEFT JOIN (SELECT 1 AS "
                + PAGE_MARK
                + ", "
                + page.sql()
                + ") p ON TRUE ORDER BY "
                + order)
        .execute(Tuple.from(arguments))
        .map(TotalAndPage::answer);
  }

  /**
   * As {@link #run}, for pages of rows with long texts. A temporary table that holds a TEXT is a
   * file on MariaDB, so the page is cut from short columns, the rest is joined by key, and rows are
   * put in order here.
   *
   * @param page its columns are short; one of them is {@code place}, what the page is sorted by
   * @param columns further ones, of the joined tables; the answer's rows begin with total, mark and
   *     the page's own
   * @param join from JOIN on, to the page {@code p}
   */
  static Future<Answer> runInPlace(
      SqlClient db,
      GameItems.Condition totals,
      GameItems.Condition page,
      String columns,
      String join) {
    List<Object> arguments = new ArrayList<>(totals.arguments());
    arguments.addAll(page.arguments());
    return db.preparedQuery(
            "SELECT t.*, p.*, "
                + columns
                + " FROM ("
                + totals.sql()
                + ") t LEFT JOIN (SELECT 1 AS "
                + PAGE_MARK
                + ", "
                + page.sql()
                + ") p ON TRUE "
                + join)
        .execute(Tuple.from(arguments))
        .map(
            all -> {
              Row totalsRow = all.iterator().next();
              return new Answer(
                  totalsRow, totalsRow.getValue(PAGE_MARK) == null ? List.of() : inPlace(all));
            });
  }

  /**
   * A page that needs no join, and so no temporary table whatever its texts; the total stands in
   * each row. Past the end there is none, and the total takes another round trip.
   *
   * @param total a statement of exactly one row and column
   * @param from from FROM on, with its order and without a limit
   * @param page from 1
   */
  static <T> Future<GamePage<T>> ofOneTable(
      SqlClient db,
      GameItems.Condition total,
      String columns,
      GameItems.Condition from,
      int page,
      int limit,
      Function<Row, T> read) {
    List<Object> arguments = new ArrayList<>(total.arguments());
    arguments.addAll(from.arguments());
    arguments.add(limit);
    arguments.add((page - 1L) * limit);
    return db.preparedQuery(
            "SELECT "
                + columns
                + ", ("
                + total.sql()
                + ") AS total"
                + from.sql()
                + " LIMIT ? OFFSET ?")
        .execute(Tuple.from(arguments))
        .compose(
            rows -> {
              List<T> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(read.apply(row)));
              if (!found.isEmpty()) {
                return Future.succeededFuture(
                    new GamePage<>(found, rows.iterator().next().getLong("total")));
              }
              return page == 1
                  ? Future.succeededFuture(new GamePage<>(found, 0))
                  : db.preparedQuery(total.sql())
                      .execute(Tuple.from(total.arguments()))
                      .map(all -> new GamePage<>(found, all.iterator().next().getLong(0)));
            });
  }

  /** Rows in the order of their column {@code place}, which holds numbers or texts. */
  static List<Row> inPlace(RowSet<Row> all) {
    List<Row> rows = new ArrayList<>(all.size());
    all.forEach(rows::add);
    if (rows.size() > 1 && rows.get(0).getValue(PLACE) instanceof String) {
      rows.sort(Comparator.comparing(row -> row.getString(PLACE)));
    } else {
      // MySQL numbers rows with unsigned integers, for which the client has a type of its own
      rows.sort(Comparator.comparingDouble(row -> row.getDouble(PLACE)));
    }
    return rows;
  }

  private static Answer answer(RowSet<Row> all) {
    List<Row> rows = new ArrayList<>(all.size());
    all.forEach(rows::add);
    Row totals = rows.get(0);
    return new Answer(totals, totals.getValue(PAGE_MARK) == null ? List.of() : rows);
  }
}
