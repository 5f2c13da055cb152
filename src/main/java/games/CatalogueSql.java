package games;

import java.util.Collection;
import java.util.Optional;

/**
 * The statements over one game's catalogue: its authored tables and the items of lessons, as one.
 * What can't be played (column {@code playable}) and what the viewer may not see is in none of
 * them.
 */
final class CatalogueSql {
  private static final String LESSON_TOPIC =
      "COALESCE(NULLIF(e.topic_id, ''), '" + CatalogueEntry.GENERAL + "')";

  private final CatalogueSchema schema;

  CatalogueSql(CatalogueSchema schema) {
    this.schema = schema;
  }

  private static void page(CatalogueStatement sql, int page, int limit) {
    sql.add(" LIMIT ? OFFSET ?", limit, (long) (page - 1) * limit);
  }

  /**
   * Topics with a lesson and an item behind them, by name. A lesson's topic takes the name it was
   * given last; an authored topic of the same id goes before it.
   */
  CatalogueStatement topics(CatalogueViewer viewer, int page, int limit) {
    CatalogueStatement sql = new CatalogueStatement();
    sql.add(
        "SELECT q.id, q.name, q.icon, q.description, q.items, COUNT(*) OVER () AS total FROM (");
    sql.add(
        "SELECT p.id, COALESCE(MAX(p.authored), MAX(p.taught), CASE WHEN p.id = 'general' THEN"
            + " 'General' ELSE p.id END) AS name,");
    sql.add(
        " MAX(p.icon) AS icon, MAX(p.description) AS description, SUM(p.items) AS items FROM (");
    sql.add(
        "SELECT t.id, t.name AS authored, NULL AS taught, t.icon, t.description, COUNT(*) AS items,"
            + " COUNT(i.lesson_id) AS behind");
    sql.add(
        " FROM "
            + schema.topics()
            + " t JOIN "
            + schema.items()
            + " i ON i."
            + schema.topicColumn()
            + " = t.id AND i.playable = 1");
    sql.add(
        " GROUP BY t.id, t.name, t.icon, t.description UNION ALL SELECT "
            + LESSON_TOPIC
            + ", NULL,");
    sql.add(
        " SUBSTRING_INDEX(GROUP_CONCAT(NULLIF(e.topic_name, '') ORDER BY e.created_at DESC, e.id"
            + " SEPARATOR '\n"
            + "'), '\n"
            + "', 1),");
    sql.add(" NULL, NULL, COUNT(*), COUNT(*)");
    published(sql, viewer);
    sql.add(
        " GROUP BY "
            + LESSON_TOPIC
            + ") p GROUP BY p.id HAVING SUM(p.behind) > 0) q ORDER BY q.name, q.id");
    page(sql, page, limit);
    return sql;
  }

  /** Lessons with an item of the topic, by title. */
  CatalogueStatement lessons(CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    CatalogueStatement sql = new CatalogueStatement();
    String topic = "i." + schema.topicColumn();
    sql.add("SELECT q.*, COUNT(*) OVER () AS total FROM (");
    sql.add(
        "SELECT l.id, l.title, COALESCE(MAX(CASE WHEN "
            + topic
            + " = l."
            + schema.topicColumn()
            + " THEN "
            + topic
            + " END),");
    sql.add(
        " MIN("
            + topic
            + ")) AS topic_id, l.description, l.difficulty, COUNT(*) AS items, NULL AS"
            + " lesson_number, NULL AS class_id,");
    sql.add(
        " NULL AS lesson_date, l.created_at FROM "
            + schema.lessons()
            + " l JOIN "
            + schema.items()
            + " i ON i.lesson_id = l.id");
    sql.add(" AND i.playable = 1 WHERE 1 = 1");
    filter.topicId().ifPresent(id -> sql.add(" AND " + topic + " = ?", id));
    filter
        .difficulty()
        .ifPresent(level -> sql.add(" AND COALESCE(l.difficulty, i.difficulty) = ?", level));
    sql.add(" GROUP BY l.id, l.title, l.description, l.difficulty, l.created_at UNION ALL ");
    sql.add(
        "SELECT l.id, COALESCE(NULLIF(l.title, ''), CONCAT('Lesson ', l.lesson_number)), MIN("
            + LESSON_TOPIC
            + "), NULL, NULL,");
    sql.add(" COUNT(*), l.lesson_number, l.class_id, l.lesson_date, l.created_at");
    published(sql, viewer);
    publishedFilter(sql, filter);
    sql.add(
        " GROUP BY l.id, l.title, l.lesson_number, l.class_id, l.lesson_date, l.created_at) q ORDER"
            + " BY q.title, q.id");
    page(sql, page, limit);
    return sql;
  }

  /** Items newest first. */
  CatalogueStatement items(CatalogueViewer viewer, CatalogueFilter filter, int page, int limit) {
    CatalogueStatement sql =
        new CatalogueStatement().add("SELECT q.*, COUNT(*) OVER () AS total FROM (");
    union(sql, viewer, filter, Optional.empty());
    sql.add(") q ORDER BY q.created_at DESC, q.id");
    page(sql, page, limit);
    return sql;
  }

  /** Items in random order. */
  CatalogueStatement randomItems(CatalogueViewer viewer, CatalogueFilter filter, int limit) {
    CatalogueStatement sql = new CatalogueStatement().add("SELECT q.* FROM (");
    union(sql, viewer, filter, Optional.empty());
    return sql.add(") q ORDER BY RAND() LIMIT ?", limit);
  }

  CatalogueStatement itemsById(CatalogueViewer viewer, Collection<String> ids) {
    CatalogueStatement sql = new CatalogueStatement();
    union(
        sql,
        viewer,
        new CatalogueFilter(Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.of(ids));
    return sql;
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

  /** Which rows {@code m} of {@code user_mistakes} are of items that exist and are visible. */
  GameItems.Condition visibleMistakes(CatalogueViewer viewer) {
    return new CatalogueStatement()
        .add(
            "(EXISTS (SELECT 1 FROM "
                + schema.items()
                + " i WHERE i.id = m.item_id AND i.playable = 1) OR EXISTS (SELECT 1")
        .add(publishedCondition(viewer))
        .add(" AND e.id = m.item_id))")
        .condition();
  }

  /** The ids of authored rows that can't be played, for the log. */
  CatalogueStatement unplayable(int limit) {
    return new CatalogueStatement()
        .add("SELECT id FROM " + schema.items() + " WHERE playable = 0 ORDER BY id LIMIT ?", limit);
  }

  private void union(
      CatalogueStatement sql,
      CatalogueViewer viewer,
      CatalogueFilter filter,
      Optional<Collection<String>> ids) {
    String topic = "i." + schema.topicColumn();
    sql.add(
        "SELECT i.id, "
            + topic
            + " AS topic_id, i.lesson_id, i.difficulty, i.hint, "
            + (schema.explained() ? "i.explanation" : "NULL"));
    sql.add(" AS explanation, i.created_at, NULL AS exercise_data");
    schema.content().forEach(column -> sql.add(", i." + column));
    sql.add(" FROM " + schema.items() + " i WHERE i.playable = 1");
    ids.ifPresent(wanted -> sql.add(" AND i.id IN ").in(wanted));
    filter.topicId().ifPresent(id -> sql.add(" AND " + topic + " = ?", id));
    filter.lessonId().ifPresent(id -> sql.add(" AND i.lesson_id = ?", id));
    filter.difficulty().ifPresent(level -> sql.add(" AND i.difficulty = ?", level));
    sql.add(
        " UNION ALL SELECT e.id, "
            + LESSON_TOPIC
            + ", e.lesson_id, e.difficulty, e.hint, e.explanation, e.created_at, e.exercise_data");
    schema.content().forEach(column -> sql.add(", NULL"));
    published(sql, viewer);
    ids.ifPresent(wanted -> sql.add(" AND e.id IN ").in(wanted));
    publishedFilter(sql, filter);
    filter.lessonId().ifPresent(id -> sql.add(" AND e.lesson_id = ?", id));
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
