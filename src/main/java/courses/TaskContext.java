package courses;

import courses.content.Brief;
import courses.content.Content;
import courses.content.CourseSoFar;
import courses.content.LessonPlan;
import courses.content.LessonText;
import courses.content.Level;
import courses.content.Material;
import courses.content.Outline;
import courses.content.WrittenLesson;
import courses.sources.Extracted;
import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What one task works with, read when it begins.
 *
 * @param rows what it reads with
 * @param inputHash of what the task is made from
 * @param outline null before there is a structure
 */
record TaskContext(
    OwnerScope rows,
    long id,
    UUID job,
    UUID course,
    String owner,
    String step,
    String part,
    String kind,
    JsonObject input,
    String inputHash,
    CourseRequest request,
    Brief brief,
    Outline outline) {

  private static final String LOAD =
      """
      SELECT t.id, t.job_id, t.course_id, t.owner_id, t.step, t.part, t.kind, t.input, t.input_hash,
          CASE t.kind WHEN 'extract' THEN j.request ELSE j.request #- '{source,text}' #- '{source,segments}' END AS request, c.title, c.language,
          c.target_language, c.difficulty, c.purpose, c.custom_prompt, c.outline
      FROM course_task t JOIN course_job j ON j.id = t.job_id JOIN course c ON c.id = t.course_id
      WHERE t.id = $1
      """;

  /** Empty when the course has been deleted, or is not of whom the scope is. */
  static Future<Optional<TaskContext>> load(OwnerScope scope, long task) {
    return scope
        .run(LOAD, Tuple.of(task))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(of(scope, rows.iterator().next())));
  }

  private static TaskContext of(OwnerScope scope, Row row) {
    JsonObject asked = row.getJsonObject("request");
    CourseRequest request =
        row.getString("kind").equals("extract")
            ? CourseRequest.read(asked)
            : CourseRequest.withoutText(asked);
    String language = Optional.ofNullable(row.getString("language")).orElse(Extracted.UNDETERMINED);
    String target =
        Optional.ofNullable(row.getString("target_language"))
            .orElse(language.equals(Extracted.UNDETERMINED) ? "en" : language);
    JsonObject outline = row.getJsonObject("outline");
    return new TaskContext(
        scope,
        row.getLong("id"),
        row.getUUID("job_id"),
        row.getUUID("course_id"),
        row.getString("owner_id"),
        row.getString("step"),
        row.getString("part"),
        row.getString("kind"),
        row.getJsonObject("input"),
        row.getString("input_hash"),
        request,
        new Brief(
            "course:" + row.getUUID("course_id"),
            row.getString("title"),
            language,
            target,
            Level.valueOf(row.getString("difficulty").toUpperCase(Locale.ROOT)),
            row.getString("purpose"),
            Optional.ofNullable(row.getString("custom_prompt")),
            request.chapters()),
        outline == null ? null : Content.read(Outline.class, outline));
  }

  /** All of the source; without segments for a topic. */
  Future<Material> material() {
    return segments(0, Integer.MAX_VALUE).map(all -> new Material(brief, all));
  }

  private Future<List<Segment>> segments(int from, int to) {
    return rows.run(
            "SELECT body FROM course_segment WHERE course_id = $1 AND ordinal BETWEEN $2 AND $3"
                + " ORDER BY ordinal",
            Tuple.of(course, from, to))
        .map(
            rows -> {
              List<Segment> segments = new ArrayList<>(rows.size());
              rows.forEach(row -> segments.add(Segment.of(row.getJsonObject("body"))));
              return segments;
            });
  }

  /** A lesson's own segments and no others. */
  Future<List<Segment>> span(LessonPlan plan) {
    return plan.span()
        .map(span -> segments(span.from(), span.to()))
        .orElse(Future.succeededFuture(List.of()));
  }

  /** The lesson that a part is of, by its place in the course. */
  LessonPlan plan() {
    return outline.lessons().get(input.getInteger("lesson"));
  }

  /** The finished lesson that a part is of. */
  Future<WrittenLesson> lesson() {
    int ordinal = input.getInteger("lesson");
    return rows.run(
            "SELECT body FROM course_lesson WHERE course_id = $1 AND ordinal = $2 AND body IS NOT"
                + " NULL",
            Tuple.of(course, ordinal))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.failedFuture("lesson " + ordinal + " is not there");
              }
              LessonText text =
                  Content.read(LessonText.class, rows.iterator().next().getJsonObject("body"));
              LessonPlan plan = plan();
              return span(plan).map(span -> new WrittenLesson(plan, text, span));
            });
  }

  /** All lessons that are finished. */
  Future<CourseSoFar> courseSoFar() {
    List<LessonPlan> plans = outline.lessons();
    return rows.run(
            "SELECT l.ordinal, l.body FROM course_lesson l JOIN course_chapter h ON h.id ="
                + " l.chapter_id WHERE l.course_id = $1 AND l.body IS NOT NULL AND h.remediates IS"
                + " NULL ORDER BY l.ordinal",
            Tuple.of(course))
        .compose(
            rows ->
                material()
                    .map(
                        material -> {
                          List<WrittenLesson> lessons = new ArrayList<>();
                          for (Row row : rows) {
                            LessonPlan plan = plans.get(row.getInteger("ordinal"));
                            lessons.add(
                                new WrittenLesson(
                                    plan,
                                    Content.read(LessonText.class, row.getJsonObject("body")),
                                    material.within(plan.span())));
                          }
                          return new CourseSoFar(brief, outline, lessons);
                        }));
  }
}
