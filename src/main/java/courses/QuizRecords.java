package courses;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How learners did in the quizzes of courses. */
public final class QuizRecords {
  private static final int MOST = 1_000;

  private final Pool pool;

  public QuizRecords(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * A quiz of a course.
   *
   * @param code what clients call it by
   * @param module the number its module is known by, with {@code moduleTitle}; empty for a quiz of
   *     the whole course
   */
  public record Quiz(
      UUID id,
      String code,
      String title,
      UUID course,
      Optional<Long> module,
      Optional<String> moduleTitle) {}

  /**
   * What a learner made of a quiz.
   *
   * @param attempts how many were handed in
   * @param last percentage of the last one
   * @param sum of all percentages
   * @param best the highest
   * @param passed how many were passed
   */
  public record Taken(int attempts, double last, double sum, double best, int passed) {}

  /** The owner's quizzes, the newest of each course and module. */
  public Future<List<Quiz>> quizzes(String owner) {
    return OwnerScope.of(pool, owner)
        .run(
            """
            SELECT DISTINCT ON (a.course_id, a.chapter_id) a.id, a.code, a.title, a.course_id, c.legacy_id AS module, c.title AS module_title
            FROM course_assessment a LEFT JOIN course_chapter c ON c.id = a.chapter_id
            WHERE a.owner_id = $1 AND a.kind IN ('course_quiz', 'module_quiz')
            ORDER BY a.course_id, a.chapter_id, a.created_at DESC LIMIT $2::int
            """,
            Tuple.of(owner, MOST))
        .map(
            rows -> {
              List<Quiz> quizzes = new ArrayList<>(rows.size());
              for (Row row : rows) {
                quizzes.add(
                    new Quiz(
                        row.getUUID("id"),
                        row.getString("code"),
                        row.getString("title"),
                        row.getUUID("course_id"),
                        Optional.ofNullable(row.getLong("module")),
                        Optional.ofNullable(row.getString("module_title"))));
              }
              return quizzes;
            });
  }

  /** What a learner made of quizzes, by the quiz's id. */
  public Future<Map<UUID, Taken>> taken(String learner) {
    return OwnerScope.of(pool, learner)
        .run(
            """
            SELECT assessment_id, count(*)::int AS attempts, sum(score) AS sum, max(score) AS best, (count(*) FILTER (WHERE passed))::int AS passed,
              (array_agg(score ORDER BY attempt_number DESC))[1] AS last
            FROM (SELECT assessment_id, attempt_number, (result ->> 'percentage')::float8 AS score, (result ->> 'passed')::boolean AS passed
                  FROM course_attempt WHERE owner_id = $1 AND submitted_at IS NOT NULL AND result ? 'percentage') t
            GROUP BY assessment_id LIMIT $2::int
            """,
            Tuple.of(learner, MOST))
        .map(
            rows -> {
              Map<UUID, Taken> taken = new HashMap<>();
              for (Row row : rows) {
                taken.put(
                    row.getUUID("assessment_id"),
                    new Taken(
                        row.getInteger("attempts"),
                        row.getDouble("last"),
                        row.getDouble("sum"),
                        row.getDouble("best"),
                        row.getInteger("passed")));
              }
              return taken;
            });
  }
}
