package lessons;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A published lesson's items in MySQL: exactly those of its set, under the ids they were generated
 * with. Producers exist whose ids repeat from lesson to lesson; an item whose id another lesson has
 * gets one made of both ids, the same whenever it is asked for.
 */
final class PublishItems {
  private static final int MOST_ITEMS = 500;
  private static final String ROW =
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))";

  private PublishItems() {}

  /**
   * Another lesson took one of the ids since they were looked up; the transaction is to run again.
   */
  static final class IdTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    IdTaken() {
      super("another lesson took the id of an item at this moment", null, false, false);
    }
  }

  /** Part of the publishing transaction, which holds the lesson's row. */
  static Future<Void> write(SqlClient mysql, String lessonId, List<PublishedItem> items) {
    if (items.size() > MOST_ITEMS) {
      return Future.failedFuture(
          new PublishLesson.Unpublishable(
              "the set has "
                  + items.size()
                  + " items and at most "
                  + MOST_ITEMS
                  + " are published: make it smaller"));
    }
    if (items.isEmpty()) {
      return mysql
          .preparedQuery("DELETE FROM lesson_exercises WHERE lesson_id = ?")
          .execute(Tuple.of(lessonId))
          .mapEmpty();
    }
    List<String> derived = derived(lessonId, items);
    List<Object> candidates = new ArrayList<>(derived);
    items.forEach(item -> item.id().ifPresent(candidates::add));
    return mysql
        .preparedQuery(
            "SELECT id, lesson_id FROM lesson_exercises WHERE id IN ("
                + marks("?", candidates.size())
                + ")")
        .execute(Tuple.from(candidates))
        .compose(
            rows -> {
              Map<String, String> lessons = new HashMap<>();
              for (Row row : rows) {
                lessons.put(row.getString("id"), row.getString("lesson_id"));
              }
              return replace(mysql, lessonId, withIds(lessonId, items, derived, lessons));
            });
  }

  private static List<String> derived(String lessonId, List<PublishedItem> items) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      PublishedItem item = items.get(i);
      String name =
          lessonId + "/" + item.type() + "/" + item.id().orElse(i + " " + item.data().encode());
      ids.add(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
    return ids;
  }

  /** Once an item has its derived id it keeps it, even when the other lesson goes. */
  private static Map<String, PublishedItem> withIds(
      String lessonId,
      List<PublishedItem> items,
      List<String> derived,
      Map<String, String> lessons) {
    Map<String, PublishedItem> byId = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      String plain = items.get(i).id().orElse(derived.get(i));
      boolean foreign = !lessonId.equals(lessons.getOrDefault(plain, lessonId));
      boolean kept = lessons.containsKey(derived.get(i)) && !lessons.containsKey(plain);
      String id = foreign || kept || byId.containsKey(plain) ? derived.get(i) : plain;
      byId.putIfAbsent(id, items.get(i));
    }
    return byId;
  }

  private static Future<Void> replace(
      SqlClient mysql, String lessonId, Map<String, PublishedItem> items) {
    List<Object> values = new ArrayList<>();
    items.forEach((id, item) -> values.addAll(row(lessonId, id, item)));
    List<Object> ours = new ArrayList<>(List.of(lessonId));
    ours.addAll(items.keySet());
    String marks = marks("?", items.size());
    return mysql
        .preparedQuery(
            "DELETE FROM lesson_exercises WHERE lesson_id = ? AND id NOT IN (" + marks + ")")
        .execute(Tuple.from(ours))
        .compose(done -> mysql.preparedQuery(upsert(items.size())).execute(Tuple.from(values)))
        .compose(
            done ->
                mysql
                    .preparedQuery(
                        "SELECT COUNT(*) AS there FROM lesson_exercises WHERE lesson_id = ? AND id"
                            + " IN ("
                            + marks
                            + ") FOR UPDATE")
                    .execute(Tuple.from(ours)))
        .compose(
            rows ->
                rows.iterator().next().getLong("there") == items.size()
                    ? Future.<Void>succeededFuture()
                    : Future.failedFuture(new IdTaken()));
  }

  private static List<Object> row(String lessonId, String id, PublishedItem item) {
    return Arrays.asList(
        id,
        lessonId,
        item.type(),
        item.topicId().orElse(null),
        item.topicName().orElse(null),
        item.data().encode(),
        item.difficulty(),
        item.hint().orElse(null),
        item.explanation().orElse(null));
  }

  /** A row of another lesson is left as it is. */
  private static String upsert(int rows) {
    StringBuilder sql =
        new StringBuilder(
            "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
                + " exercise_data, difficulty, hint, explanation, created_at, updated_at) VALUES ");
    sql.append(marks(ROW, rows)).append(" ON DUPLICATE KEY UPDATE ");
    List<String> columns =
        List.of(
            "exercise_type",
            "topic_id",
            "topic_name",
            "exercise_data",
            "difficulty",
            "hint",
            "explanation",
            "updated_at");
    return sql.append(
            String.join(
                ", ",
                columns.stream()
                    .map(
                        c ->
                            c
                                + " = IF(lesson_id = VALUES(lesson_id), VALUES("
                                + c
                                + "), "
                                + c
                                + ")")
                    .toList()))
        .toString();
  }

  private static String marks(String mark, int times) {
    return String.join(", ", Collections.nCopies(times, mark));
  }
}
