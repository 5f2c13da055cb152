package courses;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Courses as their owners read them; what is written already can be read while the rest is being
 * written. Finds nothing of anybody else's.
 */
public final class CourseLibrary {
  // Sent as JSON by the database: the shapes are flat, and the rows many.
  private static final String COURSE =
      """
      SELECT to_jsonb(c) - 'outline' || jsonb_build_object(
          'job_id', j.id, 'chapter_count', (SELECT count(*) FROM course_chapter h WHERE h.course_id = c.id),
          'progress_percentage', (SELECT coalesce(100 * count(p.*) FILTER (WHERE p.status = 'completed') / nullif(count(*), 0), 0)
              FROM course_lesson l LEFT JOIN course_lesson_progress p ON p.lesson_id = l.id AND p.owner_id = c.owner_id WHERE l.course_id = c.id),
          'audio_generated', EXISTS (SELECT FROM course_item i WHERE i.course_id = c.id AND i.kind = 'audio'),
          'articles_generated', EXISTS (SELECT FROM course_item i WHERE i.course_id = c.id AND i.kind = 'article'),
          'games_generated', EXISTS (SELECT FROM course_item i WHERE i.course_id = c.id AND i.kind = 'word_game')) AS course
      FROM course c
      LEFT JOIN LATERAL (SELECT id FROM course_job WHERE course_id = c.id ORDER BY created_at DESC LIMIT 1) j ON true
      """;

  private final Pool pool;

  public CourseLibrary(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * The owner's courses, newest first: their columns, with {@code job_id}, {@code chapter_count}
   * and {@code …_generated}.
   *
   * @param words of the title; any when empty
   * @param before only older ones than this course
   */
  public Future<List<JsonObject>> list(
      String owner,
      Optional<String> words,
      Optional<String> level,
      Optional<String> country,
      Optional<UUID> before,
      int limit) {
    return CourseJobs.run(
            pool,
            COURSE
                + """
                WHERE c.owner_id = $1
                  AND ($2::text IS NULL OR c.title ILIKE '%' || replace(replace(replace($2, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%')
                  AND ($3::text IS NULL OR c.difficulty = lower($3)) AND ($4::text IS NULL OR c.country = $4)
                  AND ($5::uuid IS NULL OR (c.created_at, c.id) < (SELECT b.created_at, b.id FROM course b WHERE b.id = $5 AND b.owner_id = $1))
                ORDER BY c.created_at DESC, c.id DESC LIMIT $6::int
                """,
            Tuple.of(
                owner,
                words.orElse(null),
                level.orElse(null),
                country.orElse(null),
                before.orElse(null),
                limit))
        .map(rows -> objects(rows, "course"));
  }

  /**
   * The owner's course.
   *
   * @param name its id, or the number PDF clients know it by
   */
  public Future<Optional<JsonObject>> find(String owner, String name) {
    Optional<UUID> id = CourseJobs.uuid(name);
    Long number =
        name != null && name.matches("[0-9]{1,18}") ? Long.valueOf(name) : Long.valueOf(-1);
    return CourseJobs.run(
            pool,
            COURSE + "WHERE c.owner_id = $1 AND (c.id = $2 OR c.course_number = $3)",
            Tuple.of(owner, id.orElse(null), number))
        .map(rows -> objects(rows, "course").stream().findFirst());
  }

  /** How many courses there are, of everybody. */
  public Future<Long> count() {
    return CourseJobs.run(pool, "SELECT count(*) AS n FROM course", Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  /** The course's chapters in order, each with its {@code lessons}. */
  public Future<JsonArray> chapters(String owner, UUID course) {
    return CourseJobs.run(
            pool,
            """
            SELECT coalesce(jsonb_agg(to_jsonb(h) || jsonb_build_object('lessons', (
                SELECT coalesce(jsonb_agg(to_jsonb(l) - 'plan' ORDER BY l.order_index), '[]') FROM course_lesson l WHERE l.chapter_id = h.id))
                ORDER BY h.order_index), '[]') AS chapters
            FROM course_chapter h WHERE h.owner_id = $1 AND h.course_id = $2
            """,
            Tuple.of(owner, course))
        .map(rows -> rows.iterator().next().getJsonArray("chapters"));
  }

  /** The course's items in order, with their answers: who may see those is the caller's to know. */
  public Future<List<JsonObject>> items(String owner, UUID course) {
    return CourseJobs.run(
            pool,
            """
            SELECT to_jsonb(i) AS item FROM course_item i WHERE i.owner_id = $1 AND i.course_id = $2
            ORDER BY i.kind, i.part, i.order_index
            """,
            Tuple.of(owner, course))
        .map(rows -> objects(rows, "item"));
  }

  /** An item of the owner's. */
  public Future<Optional<JsonObject>> item(String owner, String kind, UUID id) {
    return CourseJobs.run(
            pool,
            "SELECT to_jsonb(i) AS item FROM course_item i WHERE i.owner_id = $1 AND i.kind = $2"
                + " AND i.id = $3",
            Tuple.of(owner, kind, id))
        .map(rows -> objects(rows, "item").stream().findFirst());
  }

  /**
   * Changes what is not null; false when the owner has no such course. Only a course that is ready
   * can be published.
   */
  public Future<Boolean> edit(
      String owner, UUID course, String title, List<String> tags, Boolean published) {
    return CourseJobs.run(
            pool,
            """
            UPDATE course SET title = coalesce($3, title), tags = coalesce($4, tags), updated_at = now(),
                status = CASE WHEN $5 AND status = 'ready' THEN 'published' WHEN NOT $5 AND status = 'published' THEN 'ready' ELSE status END
            WHERE owner_id = $1 AND id = $2
            """,
            Tuple.of(
                owner, course, title, tags == null ? null : tags.toArray(String[]::new), published))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Removes a course with everything below it, also while it is being made. */
  public Future<Boolean> delete(String owner, UUID course) {
    return pool.withTransaction(
        connection ->
            CourseJobs.run(
                    connection,
                    "SELECT t.id FROM course_task t WHERE t.owner_id = $1 AND t.course_id = $2"
                        + " ORDER BY t.id FOR UPDATE",
                    Tuple.of(owner, course))
                .compose(
                    locked ->
                        CourseJobs.run(
                            connection,
                            "DELETE FROM course WHERE owner_id = $1 AND id = $2",
                            Tuple.of(owner, course)))
                .compose(
                    gone ->
                        CourseJobs.run(
                                connection,
                                "SELECT pg_notify('lessonweave_work', 'courses.stop')::text,"
                                    + " pg_notify('lessonweave_work', 'courses.events')::text",
                                Tuple.tuple())
                            .map(told -> gone.rowCount() == 1)));
  }

  private static List<JsonObject> objects(RowSet<Row> rows, String column) {
    List<JsonObject> objects = new ArrayList<>(rows.size());
    rows.forEach(row -> objects.add(row.getJsonObject(column)));
    return objects;
  }
}
