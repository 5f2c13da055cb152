package courses;

import courses.content.LessonText;
import courses.content.SafeHtml;
import courses.content.Written;
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
 * written. Finds nothing of anybody else's, but what is public where that is said.
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

  private static final int WORDS_A_MINUTE = 200;
  private static final String PUBLIC =
      "c.is_public AND c.status IN ('ready', 'published', 'partial')";

  private final Pool pool;

  public CourseLibrary(Pool postgres) {
    this.pool = postgres;
  }

  private Future<RowSet<Row>> run(String reader, String sql, Tuple parameters) {
    return OwnerScope.of(pool, reader).run(sql, parameters);
  }

  /** Of a table's row {@code t}: whether reader {@code $1} may see it. */
  private static String visible(String t) {
    return "(%1$s.owner_id = $1 OR EXISTS (SELECT FROM course c WHERE c.id = %1$s.course_id AND %2$s))"
        .formatted(t, PUBLIC);
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
    return run(
            owner,
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
    return find(owner, name, "c.owner_id = $1");
  }

  /** As {@link #find}, and public courses of others, whose {@code owner_id} is not the reader. */
  public Future<Optional<JsonObject>> readable(String reader, String name) {
    return find(reader, name, "(c.owner_id = $1 OR " + PUBLIC + ")");
  }

  private Future<Optional<JsonObject>> find(String reader, String name, String whose) {
    Optional<UUID> id = CourseJobs.uuid(name);
    Long number =
        name != null && name.matches("[0-9]{1,18}") ? Long.valueOf(name) : Long.valueOf(-1);
    return run(
            reader,
            COURSE + "WHERE " + whose + " AND (c.id = $2 OR c.course_number = $3)",
            Tuple.of(reader, id.orElse(null), number))
        .map(rows -> objects(rows, "course").stream().findFirst());
  }

  /** Whose course it is: for callers who need not prove who they are, and do not say. */
  public Future<Optional<String>> ownerOf(UUID course) {
    return CourseJobs.run(pool, "SELECT owner_id FROM course WHERE id = $1", Tuple.of(course))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("owner_id")));
  }

  /** The course's chapters in order, each with its {@code lessons}; public ones too. */
  public Future<JsonArray> chapters(String reader, UUID course) {
    return run(
            reader,
            """
            SELECT coalesce(jsonb_agg(to_jsonb(h) || jsonb_build_object('lessons', (
                SELECT coalesce(jsonb_agg(to_jsonb(l) - 'plan' ORDER BY l.order_index), '[]') FROM course_lesson l WHERE l.chapter_id = h.id))
                ORDER BY h.order_index), '[]') AS chapters
            FROM course_chapter h WHERE h.course_id = $2 AND %s
            """
                .formatted(visible("h")),
            Tuple.of(reader, course))
        .map(rows -> rows.iterator().next().getJsonArray("chapters"));
  }

  /**
   * The course's items in order, with their answers: who may see those is the caller's to know.
   * Public ones too.
   */
  public Future<List<JsonObject>> items(String reader, UUID course) {
    return run(
            reader,
            """
            SELECT to_jsonb(i) AS item FROM course_item i WHERE i.course_id = $2 AND %s
            ORDER BY i.kind, i.part, i.order_index
            """
                .formatted(visible("i")),
            Tuple.of(reader, course))
        .map(rows -> objects(rows, "item"));
  }

  /** Parts that the owner's course goes without because its source holds too little for them. */
  public Future<JsonArray> leftOut(String owner, UUID course) {
    return run(
            owner,
            """
            SELECT coalesce(jsonb_agg(jsonb_build_object('part', t.part, 'reason', t.output ->> 'leftOut') ORDER BY t.id), '[]') AS parts
            FROM course_job j JOIN course_task t ON t.job_id = j.id
            WHERE j.owner_id = $1 AND j.course_id = $2 AND t.output ->> 'leftOut' IS NOT NULL
            """,
            Tuple.of(owner, course))
        .map(rows -> rows.iterator().next().getJsonArray("parts"));
  }

  /** An item of the owner's. */
  public Future<Optional<JsonObject>> item(String owner, String kind, UUID id) {
    return run(
            owner,
            "SELECT to_jsonb(i) AS item FROM course_item i WHERE i.owner_id = $1 AND i.kind = $2"
                + " AND i.id = $3",
            Tuple.of(owner, kind, id))
        .map(rows -> objects(rows, "item").stream().findFirst());
  }

  /**
   * What an owner changes about a course; what is absent stays.
   *
   * @param published shown as finished: only what is ready can be
   * @param isPublic whether everybody may read it
   */
  public record Edit(
      Optional<String> title,
      Optional<List<String>> tags,
      Optional<Boolean> published,
      Optional<Boolean> isPublic) {}

  /** False when the owner has no such course. */
  public Future<Boolean> edit(String owner, UUID course, Edit edit) {
    return run(
            owner,
            """
            UPDATE course SET title = coalesce($3, title), tags = coalesce($4, tags), is_public = coalesce($6, is_public), updated_at = now(),
                status = CASE WHEN $5 AND status = 'ready' THEN 'published'
                              WHEN NOT $5 AND status = 'published' THEN 'ready' ELSE status END
            WHERE owner_id = $1 AND id = $2
            """,
            Tuple.of(
                owner,
                course,
                edit.title().orElse(null),
                edit.tags().map(tags -> tags.toArray(String[]::new)).orElse(null),
                edit.published().orElse(null),
                edit.isPublic().orElse(null)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Adds a chapter that explains another one again, behind all others; one that was there before
   * goes.
   *
   * @param chapter the chapter that was not understood
   * @param lessons as {@link courses.content.Written} wrote them, of {@link LessonText}s
   * @return false when the owner has no such course
   */
  public Future<Boolean> explainAgain(
      String owner, UUID course, JsonObject chapter, String title, JsonArray lessons) {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < lessons.size(); i++) {
      Written<LessonText> written = Written.read(LessonText.class, lessons.getJsonObject(i));
      LessonText text = written.content();
      rows.add(
          new JsonObject()
              .put("index", i)
              .put("title", text.title())
              .put("description", text.description())
              .put("body", text.toJson().put("author", written.author()))
              .put("md", text.contentMarkdown())
              .put("html", SafeHtml.render(text.contentMarkdown()))
              .put("minutes", Math.max(1, text.words() / WORDS_A_MINUTE)));
    }
    UUID again = UUID.fromString(chapter.getString("id"));
    return OwnerScope.of(pool, owner)
        .transaction(
            connection ->
                CourseJobs.run(
                        connection,
                        "SELECT FROM course WHERE owner_id = $1 AND id = $2 FOR UPDATE",
                        Tuple.of(owner, course))
                    .compose(
                        found ->
                            found.size() == 0
                                ? Future.succeededFuture(false)
                                : CourseJobs.run(
                                        connection,
                                        "DELETE FROM course_chapter WHERE remediates = $1",
                                        Tuple.of(again))
                                    .compose(
                                        gone ->
                                            CourseJobs.run(
                                                connection,
                                                """
                                                WITH made AS (
                                                  INSERT INTO course_chapter (course_id, owner_id, order_index, title, description, level, objectives,
                                                      key_concepts, estimated_minutes, remediates)
                                                  SELECT h.course_id, h.owner_id,
                                                      (SELECT max(order_index) + 1 FROM course_chapter WHERE course_id = $2), $4, h.description, 'beginner',
                                                      h.objectives, h.key_concepts,
                                                      (SELECT sum((l ->> 'minutes')::int)::int FROM jsonb_array_elements($5::jsonb) l), h.id
                                                  FROM course_chapter h WHERE h.id = $3 AND h.course_id = $2 AND h.owner_id = $1
                                                  RETURNING id)
                                                INSERT INTO course_lesson (course_id, chapter_id, owner_id, ordinal, order_index, title, description, plan,
                                                    body, content_md, content_html, estimated_minutes)
                                                SELECT $2, made.id, $1,
                                                    (SELECT max(ordinal) + 1 FROM course_lesson WHERE course_id = $2) + (l ->> 'index')::int,
                                                    (l ->> 'index')::int + 1, l ->> 'title', l ->> 'description', '{}', l -> 'body', l ->> 'md',
                                                    l ->> 'html', (l ->> 'minutes')::int
                                                FROM made, jsonb_array_elements($5::jsonb) l
                                                """,
                                                Tuple.of(owner, course, again, title, rows)))
                                    .map(made -> made.rowCount() > 0)));
  }

  /** Removes a course with everything below it, also while it is being made. */
  public Future<Boolean> delete(String owner, UUID course) {
    return OwnerScope.of(pool, owner)
        .transaction(
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
