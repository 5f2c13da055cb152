package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one game's catalogue: topics, lessons, items. Each read is one statement; a page past the
 * end needs another for the total, and a page with items of lessons another for these where the
 * authored part is kept in memory.
 */
public final class CatalogueStore {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueStore.class);

  // More authored items than this are not kept: they would be many megabytes.
  private static final int MOST_KEPT = 10_000;

  private final CatalogueSchema schema;
  private final CatalogueSql sql;
  private final CatalogueReader<? extends CatalogueItem> reader;
  private final AuthoredCache authored;

  /** Reads everything from the database each time. */
  CatalogueStore(CatalogueSchema schema, CatalogueReader<? extends CatalogueItem> reader) {
    this.schema = schema;
    this.sql = new CatalogueSql(schema);
    this.reader = reader;
    this.authored = AuthoredCache.none();
  }

  /** Keeps the authored part in memory: see {@link Catalogues#keeping}. */
  CatalogueStore(
      CatalogueSchema schema,
      CatalogueReader<? extends CatalogueItem> reader,
      SqlClient mysql,
      Duration age) {
    this.schema = schema;
    this.sql = new CatalogueSql(schema);
    this.reader = reader;
    this.authored = new AuthoredCache(age, () -> authored(mysql));
  }

  /** The game whose catalogue this is. */
  public GameType game() {
    return schema.game();
  }

  CatalogueSql sql() {
    return sql;
  }

  Future<Void> refresh() {
    return authored.refresh();
  }

  private Future<Optional<AuthoredCatalogue>> authored(SqlClient db) {
    Future<RowSet<Row>> topics = sql.authoredTopics().run(db);
    Future<RowSet<Row>> lessons = sql.authoredLessons().run(db);
    Future<RowSet<Row>> items = sql.authoredItems(MOST_KEPT + 1).run(db);
    return Future.all(topics, lessons, items)
        .map(
            all ->
                items.result().size() > MOST_KEPT
                    ? Optional.empty()
                    : Optional.of(
                        new AuthoredCatalogue(
                            map(topics.result(), CatalogueStore::authoredTopic),
                            map(lessons.result(), CatalogueStore::authoredLesson),
                            authoredItems(items.result()))));
  }

  private List<AuthoredCatalogue.Item> authoredItems(RowSet<Row> rows) {
    List<AuthoredCatalogue.Item> items = new ArrayList<>();
    for (Row row : rows) {
      item(row).ifPresent(item -> items.add(new AuthoredCatalogue.Item(entry(row), item)));
    }
    return items;
  }

  private static AuthoredCatalogue.Topic authoredTopic(Row row) {
    return new AuthoredCatalogue.Topic(
        row.getString("id"),
        row.getString("name"),
        row.getString("place"),
        row.getString("icon"),
        row.getString("description"));
  }

  private static AuthoredCatalogue.Lesson authoredLesson(Row row) {
    return new AuthoredCatalogue.Lesson(
        row.getString("id"),
        row.getString("title"),
        row.getString("place"),
        row.getString("topic_id"),
        row.getString("description"),
        row.getString("difficulty"),
        instant(row.getLocalDateTime("created_at")));
  }

  private static <T> List<T> map(RowSet<Row> rows, Function<Row, T> read) {
    List<T> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(read.apply(row)));
    return all;
  }

  /**
   * Topics or categories with something to play, by name.
   *
   * @param page from 1
   */
  public Future<CatalogueListing<CatalogueListing.Topic>> topics(
      SqlClient db, CatalogueViewer viewer, int page, int limit) {
    return merged(
        sql.taughtTopics(viewer, CatalogueMerge.MOST + 1),
        db,
        (kept, taught) ->
            CatalogueMerge.topics(kept, map(taught, CatalogueStore::taughtTopic), page, limit),
        () ->
            listing(
                db,
                page,
                limit,
                (from, count) -> sql.topics(viewer, from, count),
                CatalogueStore::topic));
  }

  /**
   * Lessons with something to play, by title.
   *
   * @param filter its lesson is not looked at
   * @param page from 1
   */
  public Future<CatalogueListing<CatalogueListing.Lesson>> lessons(
      SqlClient db, CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    return merged(
        sql.taughtLessons(viewer, filter, CatalogueMerge.MOST + 1),
        db,
        (kept, taught) ->
            CatalogueMerge.lessons(
                kept, filter, map(taught, row -> taughtLesson(row, filter)), page, limit),
        () ->
            listing(
                db,
                page,
                limit,
                (from, count) -> sql.lessons(viewer, filter, from, count),
                row -> lesson(row, filter)));
  }

  private interface Merge<T> {
    T of(AuthoredCatalogue kept, RowSet<Row> taught);
  }

  /**
   * @param taught asked only where the authored part is in memory
   * @param otherwise when it is not, or when more was taught than is merged in memory
   */
  private <T> Future<T> merged(
      CatalogueStatement taught, SqlClient db, Merge<T> merge, Supplier<Future<T>> otherwise) {
    Optional<AuthoredCatalogue> kept = authored.now();
    if (kept.isEmpty()) {
      return otherwise.get();
    }
    return taught
        .run(db)
        .compose(
            rows ->
                rows.size() > CatalogueMerge.MOST
                    ? otherwise.get()
                    : Future.succeededFuture(merge.of(kept.get(), rows)));
  }

  /**
   * Items, newest first.
   *
   * @param page from 1
   */
  public Future<CatalogueListing<CatalogueItem>> items(
      SqlClient db, CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    Optional<AuthoredCatalogue> kept = authored.now();
    if (kept.isPresent() && (long) page * limit <= CatalogueMerge.MOST) {
      return sql.taughtIds(viewer, filter, page * limit)
          .run(db)
          .compose(
              taught -> {
                List<AuthoredCatalogue.Item> known = kept.get().items(filter);
                List<CatalogueMerge.Candidate> wanted =
                    CatalogueMerge.part(
                        CatalogueMerge.newestFirst(
                            known, map(taught, CatalogueStore::candidate), page * limit),
                        page,
                        limit);
                long total = known.size() + total(taught);
                return whole(db, viewer, wanted).map(items -> new CatalogueListing<>(items, total));
              });
    }
    return listing(
            db, page, limit, (from, count) -> sql.items(viewer, filter, from, count), this::item)
        .map(
            listing ->
                new CatalogueListing<>(
                    listing.rows().stream().flatMap(Optional::stream).toList(), listing.total()));
  }

  private static CatalogueMerge.Candidate candidate(Row row) {
    return new CatalogueMerge.Candidate(
        row.getString("id"), instant(row.getLocalDateTime("created_at")), Optional.empty());
  }

  /** With the items of lessons fetched; one that is gone by now is left out. */
  private Future<List<CatalogueItem>> whole(
      SqlClient db, CatalogueViewer viewer, List<CatalogueMerge.Candidate> wanted) {
    List<String> taught =
        wanted.stream()
            .filter(candidate -> candidate.authored().isEmpty())
            .map(CatalogueMerge.Candidate::id)
            .toList();
    return (taught.isEmpty()
            ? Future.succeededFuture(Map.<String, CatalogueItem>of())
            : sql.taughtById(viewer, taught).run(db).map(this::byId))
        .map(
            fetched ->
                wanted.stream()
                    .flatMap(
                        candidate ->
                            candidate
                                .authored()
                                .or(() -> Optional.ofNullable(fetched.get(candidate.id())))
                                .stream())
                    .toList());
  }

  /** Some items, picked at random where there are more. */
  Future<List<CatalogueItem>> some(
      SqlClient db, CatalogueViewer viewer, CatalogueFilter filter, int limit) {
    return merged(
            sql.taughtIds(viewer, filter, CatalogueMerge.MOST + 1),
            db,
            (kept, taught) -> {
              List<CatalogueMerge.Candidate> all =
                  new ArrayList<>(
                      CatalogueMerge.newestFirst(
                          kept.items(filter),
                          map(taught, CatalogueStore::candidate),
                          Integer.MAX_VALUE));
              Collections.shuffle(all, ThreadLocalRandom.current());
              return whole(db, viewer, all.stream().limit(limit).toList());
            },
            () ->
                Future.succeededFuture(
                    sql.randomItems(viewer, filter, limit).run(db).map(this::readInPlace)))
        .compose(items -> items);
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
    Optional<AuthoredCatalogue> kept = authored.now();
    if (kept.isEmpty()) {
      return sql.itemsById(viewer, ids).run(db).map(this::byId);
    }
    Map<String, CatalogueItem> found = new LinkedHashMap<>();
    ids.forEach(id -> kept.get().item(id).ifPresent(item -> found.put(id, item)));
    List<String> others = ids.stream().filter(id -> !found.containsKey(id)).toList();
    return others.isEmpty()
        ? Future.succeededFuture(found)
        : sql.taughtById(viewer, others)
            .run(db)
            .map(
                rows -> {
                  found.putAll(byId(rows));
                  return found;
                });
  }

  private Map<String, CatalogueItem> byId(RowSet<Row> rows) {
    Map<String, CatalogueItem> found = new LinkedHashMap<>();
    read(rows).forEach(item -> found.put(item.id(), item));
    return found;
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

  private static CatalogueMerge.TaughtTopic taughtTopic(Row row) {
    return new CatalogueMerge.TaughtTopic(
        row.getString("id"), row.getString("name"), row.getString("place"), row.getLong("items"));
  }

  private static CatalogueMerge.TaughtLesson taughtLesson(Row row, CatalogueFilter filter) {
    return new CatalogueMerge.TaughtLesson(lesson(row, filter), row.getString("place"));
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

  private static CatalogueEntry entry(Row row) {
    return new CatalogueEntry(
        row.getString("id"),
        row.getString("topic_id"),
        row.getString("lesson_id"),
        row.getString("difficulty"),
        row.getString("hint"),
        row.getString("explanation"),
        instant(row.getLocalDateTime("created_at")));
  }

  private Optional<CatalogueItem> item(Row row) {
    CatalogueEntry entry = entry(row);
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
