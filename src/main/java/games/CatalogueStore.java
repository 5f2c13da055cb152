package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one game's catalogue: topics, lessons, items. Each read is one statement; a page past the
 * end needs another for the total.
 */
public final class CatalogueStore {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueStore.class);

  /** The gap texts. */
  public static final CatalogueStore CLOZE =
      new CatalogueStore(CatalogueSchema.CLOZE, new ClozeReader());

  /** The grammar questions; their topics are called categories. */
  public static final CatalogueStore GRAMMAR =
      new CatalogueStore(CatalogueSchema.GRAMMAR, new GrammarReader());

  /** The sentences to build. */
  public static final CatalogueStore SENTENCE =
      new CatalogueStore(CatalogueSchema.SENTENCE, new SentenceReader());

  private final CatalogueSchema schema;
  private final CatalogueSql sql;
  private final CatalogueReader<? extends CatalogueItem> reader;

  private CatalogueStore(CatalogueSchema schema, CatalogueReader<? extends CatalogueItem> reader) {
    this.schema = schema;
    this.sql = new CatalogueSql(schema);
    this.reader = reader;
  }

  /** The game whose catalogue this is. */
  public GameType game() {
    return schema.game();
  }

  CatalogueSql sql() {
    return sql;
  }

  /**
   * Topics or categories with something to play, by name.
   *
   * @param page from 1
   */
  public Future<CatalogueListing<CatalogueListing.Topic>> topics(
      SqlClient db, CatalogueViewer viewer, int page, int limit) {
    return listing(
        db, page, limit, (from, count) -> sql.topics(viewer, from, count), CatalogueStore::topic);
  }

  /**
   * Lessons with something to play, by title.
   *
   * @param filter its lesson is not looked at
   * @param page from 1
   */
  public Future<CatalogueListing<CatalogueListing.Lesson>> lessons(
      SqlClient db, CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    return listing(
        db,
        page,
        limit,
        (from, count) -> sql.lessons(viewer, filter, from, count),
        row -> lesson(row, filter));
  }

  /**
   * Items, newest first.
   *
   * @param page from 1
   */
  public Future<CatalogueListing<CatalogueItem>> items(
      SqlClient db, CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    return listing(
            db, page, limit, (from, count) -> sql.items(viewer, filter, from, count), this::item)
        .map(
            listing ->
                new CatalogueListing<>(
                    listing.rows().stream().flatMap(Optional::stream).toList(), listing.total()));
  }

  /** One item, if it exists and is visible. */
  public Future<Optional<CatalogueItem>> item(SqlClient db, CatalogueViewer viewer, String id) {
    return items(db, viewer, List.of(id)).map(found -> Optional.ofNullable(found.get(id)));
  }

  /** The items with these ids as far as they are visible, by id. */
  Future<Map<String, CatalogueItem>> items(
      SqlClient db, CatalogueViewer viewer, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return sql.itemsById(viewer, ids)
        .run(db)
        .map(
            rows -> {
              Map<String, CatalogueItem> found = new LinkedHashMap<>();
              read(rows).forEach(item -> found.put(item.id(), item));
              return found;
            });
  }

  /** The items of a statement's rows, without those that can't be played. */
  List<CatalogueItem> read(RowSet<Row> rows) {
    List<CatalogueItem> items = new ArrayList<>();
    rows.forEach(row -> item(row).ifPresent(items::add));
    return items;
  }

  /** As {@link #read}, in the order of the statement's column {@code place}. */
  List<CatalogueItem> readInPlace(RowSet<Row> rows) {
    List<CatalogueItem> items = new ArrayList<>();
    TotalAndPage.inPlace(rows).forEach(row -> item(row).ifPresent(items::add));
    return items;
  }

  private interface PageStatement {
    CatalogueStatement of(int page, int limit);
  }

  private static <T> Future<CatalogueListing<T>> listing(
      SqlClient db, int page, int limit, PageStatement statement, Function<Row, T> read) {
    return statement
        .of(page, limit)
        .run(db)
        .compose(
            rows -> {
              if (rows.size() == 0 && page > 1) {
                // the total stands in the rows, and there are none here
                return statement
                    .of(1, 1)
                    .run(db)
                    .map(first -> new CatalogueListing<T>(List.of(), total(first)));
              }
              return Future.succeededFuture(
                  new CatalogueListing<>(
                      TotalAndPage.inPlace(rows).stream().map(read).toList(), total(rows)));
            });
  }

  private static long total(RowSet<Row> rows) {
    RowIterator<Row> first = rows.iterator();
    return first.hasNext() ? first.next().getLong("total") : 0;
  }

  private static CatalogueListing.Topic topic(Row row) {
    return new CatalogueListing.Topic(
        row.getString("id"),
        row.getString("name"),
        row.getString("icon"),
        row.getString("description"),
        row.getLong("items"));
  }

  private static CatalogueListing.Lesson lesson(Row row, CatalogueFilter filter) {
    return new CatalogueListing.Lesson(
        row.getString("id"),
        row.getString("title"),
        filter.topicId().orElse(row.getString("topic_id")),
        row.getString("description"),
        row.getString("difficulty"),
        row.getLong("items"),
        row.getInteger("lesson_number"),
        row.getString("class_id"),
        Optional.ofNullable(row.get(LocalDate.class, "lesson_date")),
        instant(row.getLocalDateTime("created_at")));
  }

  private Optional<CatalogueItem> item(Row row) {
    CatalogueEntry entry =
        new CatalogueEntry(
            row.getString("id"),
            row.getString("topic_id"),
            row.getString("lesson_id"),
            row.getString("difficulty"),
            row.getString("hint"),
            row.getString("explanation"),
            instant(row.getLocalDateTime("created_at")));
    Optional<? extends CatalogueItem> item =
        row.getValue("exercise_data") == null ? reader.authored(entry, row) : published(entry, row);
    if (item.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("item", entry.id())
          .addKeyValue("game", game().wireName())
          .log("an item of the catalogue can't be played");
    }
    return item.map(Function.identity());
  }

  /** Hint and explanation may stand in the columns or inside the item. */
  private Optional<? extends CatalogueItem> published(CatalogueEntry entry, Row row) {
    var data = CatalogueTexts.object(row, "exercise_data");
    String hint =
        entry.hint() == null && data.getValue("hint") instanceof String text ? text : entry.hint();
    String explanation =
        entry.explanation() == null && data.getValue("explanation") instanceof String text
            ? text
            : entry.explanation();
    return reader.published(
        new CatalogueEntry(
            entry.id(),
            entry.topicId(),
            entry.lessonId(),
            entry.difficulty(),
            hint,
            explanation,
            entry.createdAt()),
        data);
  }

  private static Instant instant(LocalDateTime utc) {
    return utc.toInstant(ZoneOffset.UTC);
  }
}
