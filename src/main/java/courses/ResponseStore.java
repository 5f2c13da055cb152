package courses;

import courses.AnswerGrades.Graded;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Answers to exercises and practice questions, each an attempt with its grade. */
public final class ResponseStore {
  /** Attempts at one item that are kept; nobody learns from more. */
  public static final int MOST_ATTEMPTS = 1_000;

  private static final String COLUMNS =
      "attempt_no, answer, outcome, earned, points, grader, feedback, submitted_at";

  private final Pool pool;

  public ResponseStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * One attempt.
   *
   * @param number from 1
   * @param answer as it was sent
   * @param outcome a {@link courses.content.Grading.Outcome} in lower case
   * @param grader who graded it: {@code rules} or {@code model}
   */
  public record Response(
      int number,
      Object answer,
      String outcome,
      double earned,
      int points,
      String grader,
      Optional<String> feedback,
      Instant submittedAt) {}

  /**
   * Stores an attempt; empty when the owner has no such item any more, or {@link #MOST_ATTEMPTS}
   * are there.
   *
   * @param kind {@code exercise} or {@code mcq}
   */
  public Future<Optional<Response>> add(
      String owner, String kind, UUID item, Object answer, Graded graded) {
    return OwnerScope.of(pool, owner)
        .transaction(
            connection ->
                // one attempt after the other, so that their numbers have no gaps
                CourseJobs.run(
                        connection,
                        "SELECT FROM course_item WHERE id = $1 AND owner_id = $2 AND kind = $3 FOR"
                            + " UPDATE",
                        Tuple.of(item, owner, kind))
                    .compose(
                        locked ->
                            locked.size() == 0
                                ? Future.succeededFuture(Optional.<Response>empty())
                                : insert(connection, owner, item, answer, graded)));
  }

  private static Future<Optional<Response>> insert(
      SqlConnection connection, String owner, UUID item, Object answer, Graded graded) {
    return CourseJobs.run(
            connection,
            """
            INSERT INTO course_response (item_id, course_id, owner_id, kind, attempt_no, answer, outcome, earned, points, grader, feedback)
            SELECT i.id, i.course_id, $2, i.kind, n.attempts + 1, $3::jsonb -> 'answer', $4, $5, $6, $7, $8
            FROM course_item i,
              (SELECT count(*)::int AS attempts FROM course_response WHERE item_id = $1 AND owner_id = $2) n
            WHERE i.id = $1 AND n.attempts < $9::int
            RETURNING\s\
            """
                + COLUMNS,
            Tuple.tuple()
                .addUUID(item)
                .addString(owner)
                .addValue(new JsonObject().put("answer", answer))
                .addString(graded.grade().outcome().name().toLowerCase(Locale.ROOT))
                .addDouble(graded.grade().earned())
                .addInteger(graded.grade().points())
                .addString(graded.grader())
                .addString(graded.feedback().orElse(null))
                .addInteger(MOST_ATTEMPTS))
        .map(rows -> responses(rows).stream().findFirst());
  }

  /** The owner's newest attempts at an item, the last one first. */
  public Future<List<Response>> list(String owner, UUID item, int limit) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT "
                + COLUMNS
                + " FROM course_response WHERE item_id = $1 AND owner_id = $2 ORDER BY attempt_no"
                + " DESC LIMIT $3::int",
            Tuple.of(item, owner, limit))
        .map(ResponseStore::responses);
  }

  private static List<Response> responses(RowSet<Row> rows) {
    List<Response> responses = new ArrayList<>(rows.size());
    for (Row row : rows) {
      responses.add(
          new Response(
              row.getInteger("attempt_no"),
              row.getValue("answer"),
              row.getString("outcome"),
              row.getDouble("earned"),
              row.getInteger("points"),
              row.getString("grader"),
              Optional.ofNullable(row.getString("feedback")),
              row.getOffsetDateTime("submitted_at").toInstant()));
    }
    return responses;
  }
}
