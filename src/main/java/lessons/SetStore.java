package lessons;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Generated sets in Postgres. */
public final class SetStore {
  private final Pool pool;

  public SetStore(Pool postgres) {
    this.pool = postgres;
  }

  /** Whose set it is and what is in it. */
  public record NewSet(
      Optional<Long> lessonId,
      String userId,
      String teacherId,
      String classId,
      int lessonNumber,
      JsonObject exercises) {}

  /**
   * Stores the set of a lesson: over the newest generation while no teacher has judged it, else as
   * the next generation. Repeating it after a crash therefore doubles nothing. Part of the work
   * engine's transaction when it completes a lesson.
   *
   * @return the id of the stored set
   */
  public static Future<Long> write(SqlClient connection, NewSet set) {
    Tuple arguments =
        Tuple.from(
            Arrays.asList(
                set.lessonId().orElse(null),
                set.userId(),
                set.teacherId(),
                set.classId(),
                set.lessonNumber(),
                set.exercises(),
                quality(set.exercises())));
    return connection
        .preparedQuery(
            """
            WITH newest AS (
              SELECT id, status, generation FROM lesson_exercises
              WHERE zoom_summary_id = $1 ORDER BY generation DESC LIMIT 1 FOR UPDATE),
            updated AS (
              UPDATE lesson_exercises e
              SET user_id = $2, teacher_id = $3, class_id = $4, lesson_number = $5, exercises = $6, quality_score = $7::float8,
                  generated_at = now(), updated_at = now(), status = 'pending_approval'
              FROM newest WHERE e.id = newest.id AND newest.status NOT IN ('approved', 'rejected')
              RETURNING e.id),
            inserted AS (
              INSERT INTO lesson_exercises (zoom_summary_id, user_id, teacher_id, class_id, lesson_number, exercises, quality_score, generation)
              SELECT $1::bigint, $2, $3, $4, $5, $6, $7::float8, coalesce((SELECT generation FROM newest), 0) + 1
              WHERE NOT EXISTS (SELECT 1 FROM updated)
              RETURNING id)
            SELECT id FROM updated UNION ALL SELECT id FROM inserted
            """)
        .execute(arguments)
        .map(rows -> rows.iterator().next().getLong("id"));
  }

  /**
   * As {@link #write(SqlClient, NewSet)}.
   *
   * @param approved whether the school wants no approval: the set is then approved, and its
   *     publication ordered, in the same transaction; one that no learner could be shown stays
   *     pending
   */
  public static Future<Long> write(SqlClient connection, NewSet set, boolean approved) {
    Future<Long> written = write(connection, set);
    return approved
        ? written.compose(id -> ApprovalStore.approveAutomatically(connection, id).map(id))
        : written;
  }

  /**
   * Stores a set outside any lesson's transaction.
   *
   * @param approved as in {@link #write(SqlClient, NewSet, boolean)}
   */
  public Future<Long> store(NewSet set, boolean approved) {
    return pool.withTransaction(connection -> write(connection, set, approved));
  }

  /** Share of generated items that passed the gate, when the generator counted them. */
  private static Double quality(JsonObject exercises) {
    return exercises.getJsonObject("metadata", new JsonObject()).getDouble("quality_score");
  }

  /**
   * What a student had before a lesson: the newest sets of the student's other lessons, newest
   * first. A lesson with the very same transcript doesn't count: it is the same class, filed twice.
   *
   * @param most 1 to 100
   */
  public Future<List<JsonObject>> earlier(String userId, long lessonId, int most) {
    return pool.preparedQuery(
            """
            SELECT e.exercises FROM lesson_exercises e LEFT JOIN zoom_summaries z ON z.id = e.zoom_summary_id
            WHERE e.user_id = $1 AND e.zoom_summary_id IS DISTINCT FROM $2 AND e.status IS DISTINCT FROM 'rejected'
              AND (z.transcript IS NULL OR z.transcript IS DISTINCT FROM (SELECT transcript FROM zoom_summaries WHERE id = $2))
            ORDER BY e.generated_at DESC, e.id DESC LIMIT $3
            """)
        .execute(Tuple.of(userId, lessonId, most))
        .map(
            rows ->
                LessonStore.list(
                    rows,
                    row ->
                        row.getValue("exercises") instanceof JsonObject set
                            ? set
                            : new JsonObject()));
  }

  /** The newest set of a lesson. */
  public Future<Optional<StoredSet>> ofLesson(long lessonId) {
    return pool.preparedQuery(
            "SELECT "
                + StoredSet.COLUMNS
                + " FROM lesson_exercises e WHERE e.zoom_summary_id = $1 ORDER BY e.generation DESC"
                + " LIMIT 1")
        .execute(Tuple.of(lessonId))
        .map(rows -> LessonStore.first(rows, StoredSet::of));
  }

  /**
   * Sets of a class, newest generation first.
   *
   * @param userId restricts to one learner's
   * @param status pending_approval, approved or rejected
   * @param page from 1
   * @param limit 1 to 100
   */
  public Future<Page<StoredSet>> ofClass(
      String classId, Optional<String> userId, Optional<String> status, int page, int limit) {
    String where =
        """
         FROM lesson_exercises e
        WHERE e.class_id = $1 AND ($2::text IS NULL OR e.user_id = $2)
          AND ($3::text IS NULL OR CASE WHEN e.status IN ('approved', 'rejected') THEN e.status ELSE 'pending_approval' END = $3)
        """;
    List<Object> arguments =
        new ArrayList<>(Arrays.asList(classId, userId.orElse(null), status.orElse(null)));
    Future<Long> total =
        pool.preparedQuery("SELECT count(*) AS total" + where)
            .execute(Tuple.from(arguments))
            .map(rows -> rows.iterator().next().getLong("total"));
    List<Object> paged = new ArrayList<>(arguments);
    paged.add(limit);
    paged.add((page - 1L) * limit);
    Future<List<StoredSet>> rows =
        pool.preparedQuery(
                "SELECT "
                    + StoredSet.COLUMNS
                    + where
                    + " ORDER BY e.generated_at DESC, e.id DESC LIMIT $4 OFFSET $5")
            .execute(Tuple.from(paged))
            .map(found -> LessonStore.list(found, StoredSet::of));
    return Future.all(total, rows).map(both -> new Page<>(rows.result(), total.result()));
  }
}
