package games;

import java.util.Collection;

/**
 * The statements over one game's catalogue: its authored tables and the items of lessons, as one.
 * What can't be played (column {@code playable}) and what the viewer may not see is in none of
 * them.
 */
final class CatalogueSql {
  private static final String LESSON_TOPIC =
      "COALESCE(NULLIF(e.topic_id, ''), '" + CatalogueEntry.GENERAL + "')";

  private static final String LESSON_TITLE =
      "COALESCE(NULLIF(l.title, ''), CONCAT('Lesson ', l.lesson_number))";

  // the name behind the latest time; the time as text has 26 characters
  private static final String LATEST_NAME =
      "SUBSTRING(MAX(CONCAT(CAST(e.created_at AS CHAR(26)), NULLIF(e.topic_name, ''))), 27)";

  // What people read is sorted as people expect, whatever the parts of an expression are sorted by.
  private static final String AS_PEOPLE_EXPECT = " COLLATE utf8mb4_unicode_ci";

  private final CatalogueSchema schema;

  CatalogueSql(CatalogueSchema schema) {
    this.schema = schema;
  }

  // A temporary table with a long text (TEXT, JSON) in it is a file on MariaDB. So what is merged,
  // grouped, sorted and cut to a page
  // holds ids and short columns only; the long ones of the page's rows are fetched by key, and the
  // page's order is its column "place",
  // which the reader sorts by.
  private static CatalogueStatement page(
      CatalogueStatement sql, String order, int page, int limit) {
    CatalogueStatement numbered =
        new CatalogueStatement()
            .add(
                "(SELECT n.*, COUNT(*) OVER () AS total, ROW_NUMBER() OVER (ORDER BY "
                    + order
                    + ") AS place FROM (")
            .add(sql.condition());
    return numbered.add(") n ORDER BY place LIMIT ? OFFSET ?) p", limit, (long) (page - 1) * limit);
  }

  /**
   * Topics with a lesson and an item behind them, by name. A lesson's topic takes the name it was
   * given last; an authored topic of the same id goes before it.
   */
  CatalogueStatement topics(CatalogueViewer viewer, int page, int limit) {
    CatalogueStatement topics = new CatalogueStatement();
    topics.add(
        "SELECT u.id, COALESCE(MAX(u.authored), MAX(u.taught), CASE WHEN u.id = 'general' THEN"
            + " 'General' ELSE u.id END) AS name, MAX(u.authored) IS NOT NULL AS known,"
            + " SUM(u.items) AS items FROM (");
    topics.add(
        "SELECT t.id, t.name AS authored, NULL AS taught, c.items, c.behind FROM (SELECT i."
            + schema.topicColumn()
            + " AS topic, COUNT(*) AS items, COUNT(i.lesson_id) AS behind FROM "
            + schema.items()
            + " i WHERE i.playable = 1 GROUP BY i."
            + schema.topicColumn()
            + ") c JOIN "
            + schema.topics()
            + " t ON t.id = c.topic");
    topics.add(
        " UNION ALL SELECT " + LESSON_TOPIC + ", NULL, " + LATEST_NAME + ", COUNT(*), COUNT(*)");
    published(topics, viewer);
    topics.add(" GROUP BY " + LESSON_TOPIC + ") u GROUP BY u.id HAVING SUM(u.behind) > 0");
    return new CatalogueStatement()
        .add("SELECT p.id, p.name, t.icon, t.description, p.items, p.total, p.place FROM ")
        .add(page(topics, "n.name" + AS_PEOPLE_EXPECT + ", n.id", page, limit).condition())
        .add(" LEFT JOIN " + schema.topics() + " t ON p.known = 1 AND t.id = p.id");
  }

  /** Lessons with an item of the topic, by title. */
  CatalogueStatement lessons(CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    String topic = "i." + schema.topicColumn();
    CatalogueStatement lessons = new CatalogueStatement();
    lessons.add(
        "SELECT a.id, a.title, COALESCE(MAX(CASE WHEN "
            + topic
            + " = a."
            + schema.topicColumn()
            + " THEN "
            + topic
            + " END), MIN("
            + topic
            + ")) AS topic_id, COUNT(*) AS items, 0 AS published FROM "
            + schema.lessons()
            + " a JOIN "
            + schema.items()
            + " i ON i.lesson_id = a.id AND i.playable = 1 WHERE 1 = 1");
    filter.topicId().ifPresent(id -> lessons.add(" AND " + topic + " = ?", id));
    filter
        .difficulty()
        .ifPresent(level -> lessons.add(" AND COALESCE(a.difficulty, i.difficulty) = ?", level));
    lessons.add(
        " GROUP BY a.id, a.title UNION ALL SELECT l.id, "
            + LESSON_TITLE
            + ", MIN("
            + LESSON_TOPIC
            + "), COUNT(*), 1");
    published(lessons, viewer);
    publishedFilter(lessons, filter);
    lessons.add(" GROUP BY l.id, l.title, l.lesson_number");
    return new CatalogueStatement()
        .add(
            "SELECT p.id, p.title, p.topic_id, a.description, a.difficulty, p.items,"
                + " l.lesson_number, l.class_id, l.lesson_date, COALESCE(a.created_at,"
                + " l.created_at) AS created_at, p.total, p.place FROM ")
        .add(page(lessons, "n.title" + AS_PEOPLE_EXPECT + ", n.id", page, limit).condition())
        .add(" LEFT JOIN " + schema.lessons() + " a ON p.published = 0 AND a.id = p.id")
        .add(" LEFT JOIN lessons l ON p.published = 1 AND l.id = p.id");
  }

  /**
   * A text that compares byte by byte as the database sorts what people read. Of any server and any
   * version, so only texts of one server are to be compared.
   */
  private static String placeOf(String text) {
    // blanks at the end count in weights, but not where the database compares
    return "HEX(WEIGHT_STRING(RTRIM(" + text + ")" + AS_PEOPLE_EXPECT + "))";
  }

  /** Topics of lessons the viewer may see, without the authored ones, in no order. */
  CatalogueStatement taughtTopics(CatalogueViewer viewer, int limit) {
    CatalogueStatement topics =
        new CatalogueStatement()
            .add(
                "SELECT u.id, u.name, u.items, "
                    + placeOf(
                        "COALESCE(u.name, CASE WHEN u.id = 'general' THEN 'General' ELSE u.id END)")
                    + " AS place FROM (SELECT "
                    + LESSON_TOPIC
                    + " AS id, "
                    + LATEST_NAME
                    + " AS name, COUNT(*) AS items");
    published(topics, viewer);
    return topics.add(" GROUP BY " + LESSON_TOPIC + ") u LIMIT ?", limit);
  }

  /** Lessons the viewer may see, without the authored ones, in no order. */
  CatalogueStatement taughtLessons(CatalogueViewer viewer, CatalogueFilter filter, int limit) {
    // grouped by id alone: what is grouped goes through a temporary table, and texts in it are slow
    CatalogueStatement lessons =
        new CatalogueStatement()
            .add(
                "SELECT l.id, "
                    + LESSON_TITLE
                    + " AS title, g.topic_id, NULL AS description, NULL AS difficulty, g.items,"
                    + " l.lesson_number, l.class_id, l.lesson_date, l.created_at, "
                    + placeOf(LESSON_TITLE)
                    + " AS place FROM (SELECT l.id, MIN("
                    + LESSON_TOPIC
                    + ") AS topic_id, COUNT(*) AS items");
    published(lessons, viewer);
    publishedFilter(lessons, filter);
    return lessons.add(" GROUP BY l.id LIMIT ?) g JOIN lessons l ON l.id = g.id", limit);
  }

  /** Ids, times and the number of all items of lessons the viewer may see, newest first. */
  CatalogueStatement taughtIds(CatalogueViewer viewer, CatalogueFilter filter, int limit) {
    CatalogueStatement ids =
        new CatalogueStatement().add("SELECT e.id, e.created_at, COUNT(*) OVER () AS total");
    published(ids, viewer);
    publishedFilter(ids, filter);
    filter.lessonId().ifPresent(id -> ids.add(" AND e.lesson_id = ?", id));
    return ids.add(" ORDER BY e.created_at DESC, e.id LIMIT ?", limit);
  }

  /** All authored topics. */
  CatalogueStatement authoredTopics() {
    return new CatalogueStatement()
        .add(
            "SELECT id, name, icon, description, "
                + placeOf("name")
                + " AS place FROM "
                + schema.topics());
  }

  /** All authored lessons. */
  CatalogueStatement authoredLessons() {
    return new CatalogueStatement()
        .add(
            "SELECT id, title, "
                + schema.topicColumn()
                + " AS topic_id, description, difficulty, created_at, "
                + placeOf("title")
                + " AS place FROM "
                + schema.lessons());
  }

  /** All authored items that can be played. */
  CatalogueStatement authoredItems(int limit) {
    return authored(new CatalogueStatement()).add(" LIMIT ?", limit);
  }

  private CatalogueStatement authored(CatalogueStatement sql) {
    sql.add(
        "SELECT i.id, i."
            + schema.topicColumn()
            + " AS topic_id, i.lesson_id, i.difficulty, i.hint, "
            + (schema.explained() ? "i.explanation" : "NULL")
            + " AS explanation, i.created_at, NULL AS exercise_data");
    schema.content().forEach(column -> sql.add(", i." + column));
    return sql.add(" FROM " + schema.items() + " i WHERE i.playable = 1");
  }

  /** Items newest first. */
  CatalogueStatement items(CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    CatalogueStatement ids = ids(viewer, filter);
    return whole(page(ids, "n.created_at DESC, n.id", page, limit), "p.total, p.place");
  }

  /** Items in random order. */
  CatalogueStatement randomItems(CatalogueViewer viewer, CatalogueFilter filter, int limit) {
    CatalogueStatement some =
        new CatalogueStatement()
            .add("(SELECT n.*, RAND() AS place FROM (")
            .add(ids(viewer, filter).condition())
            .add(") n ORDER BY place LIMIT ?) p", limit);
    return whole(some, "p.place");
  }

  /** Ids and times of all items that fit. */
  private CatalogueStatement ids(CatalogueViewer viewer, CatalogueFilter filter) {
    CatalogueStatement sql =
        new CatalogueStatement()
            .add(
                "SELECT i.id, i.created_at, 0 AS published FROM "
                    + schema.items()
                    + " i WHERE i.playable = 1");
    authoredFilter(sql, filter);
    sql.add(" UNION ALL SELECT e.id, e.created_at, 1");
    published(sql, viewer);
    publishedFilter(sql, filter);
    filter.lessonId().ifPresent(id -> sql.add(" AND e.lesson_id = ?", id));
    return sql;
  }

  /**
   * The items of a page of ids.
   *
   * @param page as a table {@code p}
   */
  private CatalogueStatement whole(CatalogueStatement page, String more) {
    CatalogueStatement sql =
        new CatalogueStatement()
            .add(
                "SELECT p.id, COALESCE(i."
                    + schema.topicColumn()
                    + ", "
                    + LESSON_TOPIC
                    + ") AS topic_id, COALESCE(i.lesson_id, e.lesson_id) AS lesson_id,"
                    + " COALESCE(i.difficulty, e.difficulty) AS difficulty, COALESCE(i.hint,"
                    + " e.hint) AS hint, "
                    + (schema.explained()
                        ? "COALESCE(i.explanation, e.explanation)"
                        : "e.explanation")
                    + " AS explanation, p.created_at, e.exercise_data, "
                    + more);
    schema.content().forEach(column -> sql.add(", i." + column));
    return sql.add(" FROM ")
        .add(page.condition())
        .add(" LEFT JOIN " + schema.items() + " i ON p.published = 0 AND i.id = p.id")
        .add(" LEFT JOIN lesson_exercises e ON p.published = 1 AND e.id = p.id");
  }

  CatalogueStatement itemsById(CatalogueViewer viewer, Collection<String> ids) {
    CatalogueStatement sql = authored(new CatalogueStatement()).add(" AND i.id IN ").in(ids);
    return taught(sql.add(" UNION ALL "), viewer, ids);
  }

  /** Items of lessons only. */
  CatalogueStatement taughtById(CatalogueViewer viewer, Collection<String> ids) {
    return taught(new CatalogueStatement(), viewer, ids);
  }

  private CatalogueStatement taught(
      CatalogueStatement sql, CatalogueViewer viewer, Collection<String> ids) {
    sql.add(
        "SELECT e.id, "
            + LESSON_TOPIC
            + " AS topic_id, e.lesson_id, e.difficulty, e.hint, e.explanation, e.created_at,"
            + " e.exercise_data");
    schema.content().forEach(column -> sql.add(", NULL"));
    published(sql, viewer);
    return sql.add(" AND e.id IN ").in(ids);
  }

  /** Whether there is such a lesson for the viewer, with items or without. */
  CatalogueStatement lessonExists(CatalogueViewer viewer, String id) {
    return new CatalogueStatement()
        .add(
            "SELECT 1 FROM "
                + schema.lessons()
                + " WHERE id = ? UNION ALL SELECT 1 FROM lessons l WHERE l.id = ? AND ",
            id,
            id)
        .add(viewer.lessons());
  }

  /** The table of authored items. */
  String items() {
    return schema.items();
  }

  /** The ids of authored rows that can't be played, for the log. */
  CatalogueStatement unplayable(int limit) {
    return new CatalogueStatement()
        .add("SELECT id FROM " + schema.items() + " WHERE playable = 0 ORDER BY id LIMIT ?", limit);
  }

  private void authoredFilter(CatalogueStatement sql, CatalogueFilter filter) {
    filter.topicId().ifPresent(id -> sql.add(" AND i." + schema.topicColumn() + " = ?", id));
    filter.lessonId().ifPresent(id -> sql.add(" AND i.lesson_id = ?", id));
    filter.difficulty().ifPresent(level -> sql.add(" AND i.difficulty = ?", level));
  }

  private void published(CatalogueStatement sql, CatalogueViewer viewer) {
    sql.add(publishedCondition(viewer));
  }

  /** From FROM on: the visible items {@code e} of lessons {@code l}. */
  private GameItems.Condition publishedCondition(CatalogueViewer viewer) {
    return new CatalogueStatement()
        .add(
            " FROM lesson_exercises e JOIN lessons l ON l.id = e.lesson_id WHERE e.exercise_type ="
                + " ? AND e.playable = 1 AND ",
            schema.game().wireName())
        .add(viewer.lessons())
        .condition();
  }

  private static void publishedFilter(CatalogueStatement sql, CatalogueFilter filter) {
    filter
        .topicId()
        .ifPresent(
            id -> {
              if (id.equals(CatalogueEntry.GENERAL)) {
                sql.add(" AND (e.topic_id IS NULL OR e.topic_id IN ('', 'general'))");
              } else {
                sql.add(" AND e.topic_id = ?", id);
              }
            });
    filter.difficulty().ifPresent(level -> sql.add(" AND e.difficulty = ?", level));
  }
}
