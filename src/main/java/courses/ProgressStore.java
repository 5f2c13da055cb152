package courses;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How far learners are in courses. What is reported only ever adds: a lesson that was finished
 * stays so, and times are totals of which the largest counts, so reports may come twice, late and
 * out of order. Clients of older systems name themselves and learn from courses that are nobody's,
 * so learner and owner may differ where a method takes both.
 */
public final class ProgressStore {
  private final Pool pool;

  public ProgressStore(Pool postgres) {
    this.pool = postgres;
  }

  /** What can be reported beside lessons. */
  public enum Kind {
    CHAPTER_READ(null),
    FLASHCARD_REVIEWED("flashcard"),
    MCQ_ANSWERED("mcq"),
    RESOURCE_VIEWED("resource"),
    AUDIO_LISTENED("audio"),
    ARTICLE_READ("article"),
    WORD_GAME("word_game");

    private final String item;

    /**
     * @param item the kind of item it is of; null for chapters
     */
    Kind(String item) {
      this.item = item;
    }

    /** As it is stored and sent. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is reported of an item or a chapter.
   *
   * @param score percentage, 0 to 100
   * @param positionMs how far a recording was heard
   * @param seconds spent on it in all
   */
  public record Report(
      boolean completed, Optional<Integer> score, Optional<Long> positionMs, int seconds) {}

  /**
   * A lesson of a course.
   *
   * @param again whether it explains another one again: a help, and no part of what there is to do
   */
  public record Lesson(
      UUID id,
      long number,
      String title,
      UUID chapter,
      long chapterNumber,
      String chapterTitle,
      boolean again) {}

  /** Those that count towards a course's completion. */
  public static List<Lesson> counted(List<Lesson> lessons) {
    return lessons.stream().filter(lesson -> !lesson.again()).toList();
  }

  /**
   * Reports on a lesson; empty when the owner has none of this id.
   *
   * @param status {@code not_started}, {@code in_progress} or {@code completed}
   * @param seconds spent on it in all
   */
  public Future<Optional<JsonObject>> lesson(
      String learner, String owner, UUID lesson, String status, int seconds) {
    return course(
            owner, "SELECT course_id FROM course_lesson WHERE id = $1 AND owner_id = $2", lesson)
        .compose(
            course ->
                course.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : OwnerScope.of(pool, learner)
                        .transaction(
                            connection ->
                                report(
                                    connection,
                                    learner,
                                    course.get(),
                                    List.of(lesson),
                                    status,
                                    seconds))
                        .map(rows -> Optional.of(rows.get(0))));
  }

  private Future<Optional<UUID>> course(String owner, String sql, UUID target) {
    return OwnerScope.of(pool, owner)
        .run(sql, Tuple.of(target, owner))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getUUID("course_id")));
  }

  private static Future<List<JsonObject>> report(
      SqlConnection connection,
      String learner,
      UUID course,
      List<UUID> lessons,
      String status,
      int seconds) {
    return CourseJobs.run(
            connection,
            """
            INSERT INTO course_lesson_progress AS p (owner_id, lesson_id, course_id, status, time_spent_s, started_at, completed_at)
            SELECT $1, l, $2, $4::text, $5::int, CASE WHEN $4 <> 'not_started' THEN now() END, CASE WHEN $4 = 'completed' THEN now() END
            FROM unnest($3::uuid[]) l ORDER BY l
            ON CONFLICT (owner_id, lesson_id) DO UPDATE SET
              status = CASE WHEN 'completed' IN (p.status, excluded.status) THEN 'completed'
                            WHEN 'in_progress' IN (p.status, excluded.status) THEN 'in_progress' ELSE 'not_started' END,
              time_spent_s = greatest(p.time_spent_s, excluded.time_spent_s),
              started_at = coalesce(p.started_at, excluded.started_at),
              completed_at = coalesce(p.completed_at, excluded.completed_at), updated_at = now()
            RETURNING jsonb_build_object('lessonId', lesson_id, 'courseId', course_id, 'status', status, 'timeSpentSeconds', time_spent_s,
                'startedAt', started_at, 'completedAt', completed_at) AS progress
            """,
            Tuple.of(learner, course, lessons.toArray(UUID[]::new), status, seconds))
        .map(rows -> objects(rows));
  }

  private static List<JsonObject> objects(RowSet<Row> rows) {
    List<JsonObject> objects = new ArrayList<>(rows.size());
    rows.forEach(row -> objects.add(row.getJsonObject("progress")));
    return objects;
  }

  /**
   * Reports on an item or a chapter of the owner's own course; a chapter that was read has read
   * lessons. Empty when there is none of this id and kind.
   *
   * @param course that it must be of; any of the owner's when empty
   */
  public Future<Optional<JsonObject>> item(
      String owner, Optional<UUID> course, Kind kind, UUID target, Report report) {
    return OwnerScope.of(pool, owner)
        .transaction(
            connection ->
                CourseJobs.run(
                        connection,
                        """
                        INSERT INTO course_item_progress AS p (owner_id, course_id, kind, target_id, completed, score, position_ms, time_spent_s)
                        SELECT $1, t.course_id, $2, t.id, $5::boolean, $6::int, $7::bigint, $8::int
                        FROM (SELECT id, course_id FROM course_chapter WHERE $4::text IS NULL AND id = $3 AND owner_id = $1
                              UNION ALL
                              SELECT id, course_id FROM course_item WHERE kind = $4 AND id = $3 AND owner_id = $1) t
                        WHERE $9::uuid IS NULL OR t.course_id = $9
                        ON CONFLICT (owner_id, kind, target_id) DO UPDATE SET completed = p.completed OR excluded.completed,
                          score = coalesce(excluded.score, p.score), position_ms = coalesce(excluded.position_ms, p.position_ms),
                          time_spent_s = greatest(p.time_spent_s, excluded.time_spent_s), at = now()
                        RETURNING course_id, jsonb_build_object('targetId', target_id, 'courseId', course_id, 'kind', kind, 'completed', completed,
                            'score', score, 'positionMs', position_ms, 'timeSpentSeconds', time_spent_s, 'at', at) AS progress
                        """,
                        Tuple.from(
                            Arrays.asList(
                                owner,
                                kind.word(),
                                target,
                                kind.item,
                                report.completed(),
                                report.score().orElse(null),
                                report.positionMs().orElse(null),
                                report.seconds(),
                                course.orElse(null))))
                    .compose(
                        rows ->
                            rows.size() == 0 || kind != Kind.CHAPTER_READ || !report.completed()
                                ? Future.succeededFuture(rows)
                                : lessonsOf(connection, owner, target)
                                    .compose(
                                        lessons ->
                                            report(
                                                connection,
                                                owner,
                                                rows.iterator().next().getUUID("course_id"),
                                                lessons,
                                                "completed",
                                                0))
                                    .map(rows)))
        .map(rows -> objects(rows).stream().findFirst());
  }

  private static Future<List<UUID>> lessonsOf(
      SqlConnection connection, String owner, UUID chapter) {
    return CourseJobs.run(
            connection,
            "SELECT id FROM course_lesson WHERE chapter_id = $1 AND owner_id = $2",
            Tuple.of(chapter, owner))
        .map(
            rows -> {
              List<UUID> lessons = new ArrayList<>();
              rows.forEach(row -> lessons.add(row.getUUID("id")));
              return lessons;
            });
  }

  /** The lessons of the owner's course in order. */
  public Future<List<Lesson>> lessons(String owner, UUID course) {
    return OwnerScope.of(pool, owner)
        .run(
            """
            SELECT l.id, l.legacy_id, l.title, c.id AS chapter, c.legacy_id AS chapter_number, c.title AS chapter_title,
                c.remediates IS NOT NULL AS again
            FROM course_lesson l JOIN course_chapter c ON c.id = l.chapter_id
            WHERE l.course_id = $1 AND l.owner_id = $2 ORDER BY l.ordinal
            """,
            Tuple.of(course, owner))
        .map(
            rows -> {
              List<Lesson> lessons = new ArrayList<>(rows.size());
              for (Row row : rows) {
                lessons.add(
                    new Lesson(
                        row.getUUID("id"),
                        row.getLong("legacy_id"),
                        row.getString("title"),
                        row.getUUID("chapter"),
                        row.getLong("chapter_number"),
                        row.getString("chapter_title"),
                        row.getBoolean("again")));
              }
              return lessons;
            });
  }

  /** What a learner has reported on a course's lessons, by lesson. */
  public Future<Map<UUID, JsonObject>> ofLessons(String learner, UUID course) {
    return OwnerScope.of(pool, learner)
        .run(
            """
            SELECT lesson_id, jsonb_build_object('status', status, 'timeSpentSeconds', time_spent_s, 'startedAt', started_at,
                'completedAt', completed_at, 'updatedAt', updated_at) AS progress
            FROM course_lesson_progress WHERE course_id = $1 AND owner_id = $2
            """,
            Tuple.of(course, learner))
        .map(
            rows -> {
              Map<UUID, JsonObject> lessons = new HashMap<>();
              rows.forEach(
                  row -> lessons.put(row.getUUID("lesson_id"), row.getJsonObject("progress")));
              return lessons;
            });
  }

  /**
   * What the owner has done with a course beside lessons: {@code items} as reported, numbers of
   * what was answered, and {@code lastAccessedAt}.
   */
  public Future<JsonObject> beside(String owner, UUID course) {
    return OwnerScope.of(pool, owner)
        .run(
            """
            SELECT jsonb_build_object(
              'items', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'targetId', target_id, 'completed', completed, 'score', score,
                  'positionMs', position_ms, 'timeSpentSeconds', time_spent_s, 'at', at) ORDER BY at DESC), '[]')
                FROM course_item_progress WHERE course_id = $1 AND owner_id = $2),
              'answered', (SELECT jsonb_build_object(
                  'exercises', count(DISTINCT item_id) FILTER (WHERE kind = 'exercise'),
                  'exercisesCorrect', count(DISTINCT item_id) FILTER (WHERE kind = 'exercise' AND outcome = 'correct'),
                  'mcqs', count(DISTINCT item_id) FILTER (WHERE kind = 'mcq'),
                  'mcqsCorrect', count(DISTINCT item_id) FILTER (WHERE kind = 'mcq' AND outcome = 'correct'))
                FROM course_response WHERE course_id = $1 AND owner_id = $2),
              'lastAccessedAt', greatest(
                (SELECT max(updated_at) FROM course_lesson_progress WHERE course_id = $1 AND owner_id = $2),
                (SELECT max(at) FROM course_item_progress WHERE course_id = $1 AND owner_id = $2),
                (SELECT max(submitted_at) FROM course_response WHERE course_id = $1 AND owner_id = $2))) AS progress
            """,
            Tuple.of(course, owner))
        .map(rows -> objects(rows).get(0));
  }

  /** How many items of each kind the owner's course has, for what was done of how many. */
  public Future<JsonObject> itemCounts(String owner, UUID course) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT coalesce(jsonb_object_agg(kind, n), '{}') AS progress FROM (SELECT kind,"
                + " count(*) AS n FROM course_item WHERE course_id = $1 AND owner_id = $2 GROUP BY"
                + " kind) k",
            Tuple.of(course, owner))
        .map(rows -> objects(rows).get(0));
  }

  /**
   * The owner's courses with {@code completed} of {@code lessons} and the first {@code next}
   * lessons that are not finished, most recently used first.
   *
   * @param learner whose progress counts
   */
  public Future<JsonArray> overview(String learner, String owner, int next, int most) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT c.id, c.course_number, c.title, c.status FROM course c WHERE c.owner_id = $1"
                + " AND c.status IN ('ready', 'published', 'partial') ORDER BY c.created_at DESC"
                + " LIMIT $2::int",
            Tuple.of(owner, most))
        .compose(
            rows -> {
              JsonArray courses = new JsonArray();
              Future<Void> all = Future.succeededFuture();
              for (Row row : rows) {
                all =
                    all.compose(
                        before ->
                            Future.all(
                                    lessons(owner, row.getUUID("id")),
                                    ofLessons(learner, row.getUUID("id")))
                                .map(
                                    both -> {
                                      courses.add(
                                          summary(row, both.resultAt(0), both.resultAt(1), next));
                                      return null;
                                    }));
              }
              return all.map(courses);
            });
  }

  private static JsonObject summary(
      Row course, List<Lesson> all, Map<UUID, JsonObject> done, int next) {
    List<Lesson> lessons = counted(all);
    List<Lesson> open =
        lessons.stream().filter(lesson -> !completed(done.get(lesson.id()))).toList();
    JsonArray first = new JsonArray();
    open.stream()
        .limit(next)
        .forEach(
            lesson ->
                first.add(
                    new JsonObject()
                        .put("module_id", lesson.chapterNumber())
                        .put("module_title", lesson.chapterTitle())
                        .put("topic_id", lesson.number())
                        .put("topic_title", lesson.title())));
    return new JsonObject()
        .put("course_id", course.getUUID("id").toString())
        .put("course_number", course.getLong("course_number"))
        .put("course_title", course.getString("title"))
        .put("lessons", lessons.size())
        .put("completed", lessons.size() - open.size())
        .put("begun", !done.isEmpty())
        .put("next", first);
  }

  /** Whether a report says that its lesson is finished. */
  public static boolean completed(JsonObject report) {
    return report != null && "completed".equals(report.getString("status"));
  }
}
