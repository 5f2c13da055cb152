package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the starter catalogue into MySQL. Loading again changes nothing; with files that have
 * changed, the rows that came from them are updated, and items that are no longer there go. Rows
 * that somebody else wrote stay as they are, also under an id of the files.
 */
public final class CatalogueLoader {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueLoader.class);
  private static final String NAME = "starter";
  private static final int UNPLAYABLE_NAMED = 20;

  private CatalogueLoader() {}

  /**
   * Loads the catalogue, in one transaction; two nodes that start together wait for each other. One
   * short read when nothing has changed.
   *
   * @param mysql the games' database, migrated, with utf8mb4 connections
   * @return fails when the files in the jar are broken or the database does not answer
   */
  public static Future<Void> load(Pool mysql) {
    return Future.fromCompletionStage(CompletableFuture.supplyAsync(CatalogueFiles::read))
        .compose(files -> load(mysql, files))
        .compose(loaded -> reportUnplayable(mysql));
  }

  static Future<Void> load(Pool mysql, CatalogueFiles files) {
    return storedHash(mysql, "")
        .compose(
            stored ->
                files.hash().equals(stored)
                    ? Future.succeededFuture()
                    : mysql.withTransaction(transaction -> replace(transaction, files)).mapEmpty());
  }

  private static Future<String> storedHash(SqlClient db, String lock) {
    return db.preparedQuery("SELECT content_hash FROM catalogue_content WHERE name = ?" + lock)
        .execute(Tuple.of(NAME))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString("content_hash"));
  }

  private static Future<Void> replace(SqlConnection transaction, CatalogueFiles files) {
    return transaction
        .preparedQuery(
            "INSERT INTO catalogue_content (name, content_hash, loaded_at) VALUES (?, '',"
                + " UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE name = name")
        .execute(Tuple.of(NAME))
        .compose(row -> storedHash(transaction, " FOR UPDATE"))
        .compose(
            stored -> {
              if (files.hash().equals(stored)) {
                return Future.succeededFuture(); // another node was quicker
              }
              Future<Void> done = Future.succeededFuture();
              for (CatalogueSchema schema :
                  List.of(
                      CatalogueSchema.CLOZE, CatalogueSchema.GRAMMAR, CatalogueSchema.SENTENCE)) {
                List<CatalogueTopic> topics =
                    files.topics().stream().filter(topic -> topic.schema() == schema).toList();
                for (CatalogueRows rows : CatalogueRows.of(schema, topics)) {
                  done =
                      done.compose(
                          v -> write(transaction, rows, rows.table().equals(schema.items())));
                }
                done = done.compose(v -> count(transaction, schema));
              }
              return done.compose(v -> storeHash(transaction, files.hash()));
            });
  }

  private static Future<Void> write(
      SqlConnection transaction, CatalogueRows rows, boolean dropMissing) {
    Set<String> wanted =
        rows.rows().stream().map(row -> (String) row.get(0)).collect(Collectors.toSet());
    CatalogueStatement existing =
        new CatalogueStatement().add("SELECT id FROM " + rows.table() + " WHERE id IN ").in(wanted);
    CatalogueStatement written =
        new CatalogueStatement()
            .add("SELECT row_id AS id FROM catalogue_rows WHERE table_name = ?", rows.table());
    return ids(transaction, existing)
        .compose(
            there ->
                ids(transaction, written)
                    .compose(
                        ours -> {
                          List<List<Object>> writable =
                              rows.rows().stream()
                                  .filter(
                                      row ->
                                          !there.contains(row.get(0)) || ours.contains(row.get(0)))
                                  .toList();
                          Set<String> gone = new HashSet<>(ours);
                          gone.removeAll(wanted);
                          return upsert(transaction, rows, writable)
                              .compose(v -> remember(transaction, rows.table(), writable))
                              .compose(
                                  v ->
                                      dropMissing && !gone.isEmpty()
                                          ? drop(transaction, rows.table(), gone)
                                          : Future.succeededFuture());
                        }));
  }

  private static Future<Set<String>> ids(SqlConnection transaction, CatalogueStatement statement) {
    return statement
        .run(transaction)
        .map(
            found -> {
              Set<String> ids = new HashSet<>();
              for (Row row : found) {
                ids.add(row.getString("id"));
              }
              return ids;
            });
  }

  private static Future<Void> upsert(
      SqlConnection transaction, CatalogueRows rows, List<List<Object>> writable) {
    if (writable.isEmpty()) {
      return Future.succeededFuture();
    }
    CatalogueStatement insert = new CatalogueStatement();
    insert.add(
        "INSERT INTO " + rows.table() + " (" + String.join(", ", rows.columns()) + ") VALUES ");
    values(insert, writable);
    insert.add(" ON DUPLICATE KEY UPDATE ");
    insert.add(
        rows.columns().stream()
            .skip(1)
            .map(column -> column + " = VALUES(" + column + ")")
            .collect(Collectors.joining(", ")));
    return insert.run(transaction).mapEmpty();
  }

  private static Future<Void> remember(
      SqlConnection transaction, String table, List<List<Object>> writable) {
    if (writable.isEmpty()) {
      return Future.succeededFuture();
    }
    List<List<Object>> marks = new ArrayList<>();
    writable.forEach(row -> marks.add(List.of(table, row.get(0))));
    CatalogueStatement insert =
        new CatalogueStatement().add("INSERT INTO catalogue_rows (table_name, row_id) VALUES ");
    values(insert, marks);
    return insert.add(" ON DUPLICATE KEY UPDATE row_id = row_id").run(transaction).mapEmpty();
  }

  private static void values(CatalogueStatement insert, List<List<Object>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      insert.add(i == 0 ? "" : ", ").in(rows.get(i));
    }
  }

  private static Future<Void> drop(SqlConnection transaction, String table, Set<String> gone) {
    return new CatalogueStatement()
        .add("DELETE FROM " + table + " WHERE id IN ")
        .in(gone)
        .run(transaction)
        .compose(
            v ->
                new CatalogueStatement()
                    .add("DELETE FROM catalogue_rows WHERE table_name = ? AND row_id IN ", table)
                    .in(gone)
                    .run(transaction))
        .mapEmpty();
  }

  /** Others may have put items into our lessons. */
  private static Future<Void> count(SqlConnection transaction, CatalogueSchema schema) {
    return new CatalogueStatement()
        .add(
            "UPDATE "
                + schema.lessons()
                + " l SET l."
                + schema.countColumn()
                + " = (SELECT COUNT(*) FROM "
                + schema.items()
                + " i")
        .add(
            " WHERE i.lesson_id = l.id) WHERE l.id IN (SELECT row_id FROM catalogue_rows WHERE"
                + " table_name = ?)",
            schema.lessons())
        .run(transaction)
        .mapEmpty();
  }

  private static Future<Void> storeHash(SqlConnection transaction, String hash) {
    return transaction
        .preparedQuery(
            "UPDATE catalogue_content SET content_hash = ?, loaded_at = UTC_TIMESTAMP(6) WHERE name"
                + " = ?")
        .execute(Tuple.of(hash, NAME))
        .mapEmpty();
  }

  private static Future<Void> reportUnplayable(Pool mysql) {
    Future<Void> done = Future.succeededFuture();
    for (CatalogueStore store : Catalogues.plain().all()) {
      done =
          done.compose(v -> store.sql().unplayable(UNPLAYABLE_NAMED).run(mysql))
              .map(
                  rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    if (!ids.isEmpty()) {
                      LOG.warn(
                          "items of the {} catalogue are hidden because they can't be played: {}",
                          store.game().wireName(),
                          ids);
                    }
                    return null;
                  });
    }
    return done;
  }
}
