package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A statement in the making, with its arguments in the order of their question marks. */
final class CatalogueStatement {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> arguments = new ArrayList<>();

  /** Text of the program's own; never anything that came from outside. */
  CatalogueStatement add(String text, Object... values) {
    sql.append(text);
    Collections.addAll(arguments, values);
    return this;
  }

  CatalogueStatement add(GameItems.Condition condition) {
    sql.append(condition.sql());
    arguments.addAll(condition.arguments());
    return this;
  }

  /**
   * A list in parentheses with a question mark for each value; one that matches nothing when there
   * are none.
   */
  CatalogueStatement in(Collection<?> values) {
    sql.append(
        values.isEmpty()
            ? "(NULL)"
            : "(" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")");
    arguments.addAll(values);
    return this;
  }

  GameItems.Condition condition() {
    return new GameItems.Condition(sql.toString(), List.copyOf(arguments));
  }

  Future<RowSet<Row>> run(SqlClient db) {
    return db.preparedQuery(sql.toString()).execute(Tuple.from(arguments));
  }
}
