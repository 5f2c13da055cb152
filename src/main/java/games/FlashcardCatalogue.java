package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topics and lessons that have flashcards for a learner; for nobody in particular, those of
 * whole classes.
 */
public final class FlashcardCatalogue {
  /** A topic with at least one visible card. */
  public record Topic(String id, String name, long itemCount) {}

  /** A lesson with at least one visible card. */
  public record CardLesson(
      String id, String title, LocalDate date, String topicId, long itemCount) {}

  private static final String FROM =
      " FROM lesson_exercises e JOIN lessons s ON s.id = e.lesson_id WHERE " + LessonCards.VISIBLE;
  private static final String TOPICS =
      "SELECT COALESCE(e.topic_id, 'general') AS topic, e.topic_name AS name, COUNT(*) AS cards,"
          + " MAX(e.created_at) AS newest"
          + FROM
          + " GROUP BY COALESCE(e.topic_id, 'general'), e.topic_name";

  private static final String ORDER =
      " %1$s.lesson_date IS NULL, %1$s.lesson_date DESC, %1$s.lesson_number DESC, %1$s.id";

  private final Pool mysql;

  public FlashcardCatalogue(Pool mysql) {
    this.mysql = mysql;
  }

  private record Naming(String name, Instant since, long cards) {
    /** The name that was given last, and all cards. */
    Naming and(Naming other) {
      Naming later =
          other.since.isAfter(since) && other.name != null || name == null ? other : this;
      return new Naming(later.name, later.since, cards + other.cards);
    }
  }

  /**
   * One page of topics, by name. A topic that is stored under several names has the latest of them.
   */
  public Future<GamePage<Topic>> topics(Optional<String> learner, int page, int limit) {
    return mysql
        .preparedQuery(TOPICS)
        .execute(Tuple.of(learner.orElse(null)))
        .map(
            rows -> {
              Map<String, Naming> byId = new LinkedHashMap<>();
              rows.forEach(
                  row ->
                      byId.merge(
                          row.getString("topic"),
                          new Naming(
                              row.getString("name"),
                              Columns.instant(row, "newest"),
                              row.getLong("cards")),
                          Naming::and));
              List<Topic> topics = new ArrayList<>();
              byId.forEach(
                  (id, naming) ->
                      topics.add(new Topic(id, name(id, naming.name()), naming.cards())));
              topics.sort(
                  Comparator.comparing(Topic::name, String.CASE_INSENSITIVE_ORDER)
                      .thenComparing(Topic::id));
              return new GamePage<>(
                  topics.stream().skip((page - 1L) * limit).limit(limit).toList(), topics.size());
            });
  }

  private static String name(String id, String stored) {
    return id.equals(LessonCards.GENERAL) ? "General" : stored == null ? id : stored;
  }

  /** One page of lessons, newest first. */
  public Future<GamePage<CardLesson>> lessons(
      Optional<String> learner, Optional<String> topicId, int page, int limit) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(learner.orElse(null));
    String where = FROM;
    if (topicId.isPresent()) {
      where += " AND COALESCE(e.topic_id, 'general') = ?";
      arguments.add(topicId.get());
    }
    List<Object> paged = new ArrayList<>(arguments);
    paged.add(limit);
    paged.add((page - 1L) * limit);
    return TotalAndPage.run(
            mysql,
            new GameItems.Condition("SELECT COUNT(DISTINCT s.id) AS total" + where, arguments),
            new GameItems.Condition(
                "s.id, s.title, s.lesson_number, s.lesson_date, MIN(COALESCE(e.topic_id,"
                    + " 'general')) AS topic, COUNT(*) AS cards"
                    + where
                    + " GROUP BY s.id, s.title, s.lesson_number, s.lesson_date ORDER BY"
                    + ORDER.formatted("s")
                    + " LIMIT ? OFFSET ?",
                paged),
            ORDER.formatted("p"))
        .map(
            found ->
                new GamePage<>(
                    found.map(FlashcardCatalogue::lesson), found.totals().getLong("total")));
  }

  private static CardLesson lesson(Row row) {
    String title = row.getString("title");
    return new CardLesson(
        row.getString("id"),
        title == null || title.isBlank() ? "Lesson " + row.getInteger("lesson_number") : title,
        row.getLocalDate("lesson_date"),
        row.getString("topic"),
        row.getLong("cards"));
  }
}
