package courses;

import static courses.TaskWrites.plan;
import static courses.TaskWrites.update;

import courses.content.ArticleKind;
import courses.content.ChapterPlan;
import courses.content.LessonPlan;
import courses.content.Outline;
import courses.content.ScriptKind;
import courses.content.Subject;
import courses.content.Written;
import courses.sources.SourceRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The chapters and lessons to be written, and the tasks that write them. */
final class StructureWrites {
  private StructureWrites() {}

  /**
   * @param searching whether further reading can be searched for
   */
  static TaskWrites structured(TaskContext task, Written<Outline> written, boolean searching) {
    Outline outline = written.content();
    JsonArray chapters = new JsonArray();
    JsonArray lessons = new JsonArray();
    int ordinal = 0;
    for (int i = 0; i < outline.chapters().size(); i++) {
      ChapterPlan chapter = outline.chapters().get(i);
      chapters.add(chapter.toJson().put("index", i));
      for (int k = 0; k < chapter.lessons().size(); k++) {
        LessonPlan lesson = chapter.lessons().get(k);
        lessons.add(
            new JsonObject()
                .put("chapter", i)
                .put("index", k)
                .put("ordinal", ordinal++)
                .put("title", lesson.title())
                .put("description", lesson.description())
                .put("minutes", lesson.estimatedMinutes())
                .put("plan", lesson.toJson()));
      }
    }
    String title = task.request().title().orElse(outline.title());
    return new TaskWrites(
        task,
        written.origin(),
        connection ->
            update(connection, "DELETE FROM course_chapter WHERE course_id = $1", task.course())
                .compose(
                    gone ->
                        update(
                            connection,
                            "UPDATE course SET outline = $2, title = $3, summary = $5,"
                                + " chapter_count = $4, updated_at = now() WHERE id = $1",
                            task.course(),
                            outline.toJson(),
                            title,
                            chapters.size(),
                            Subject.summary(title)))
                .compose(
                    noted ->
                        update(
                            connection,
                            """
                            INSERT INTO course_chapter (course_id, owner_id, order_index, title, description, level, objectives, key_concepts,
                                estimated_minutes)
                            SELECT $1, $2, (c ->> 'index')::int + 1, c ->> 'title', c ->> 'description', c ->> 'level',
                                coalesce(c -> 'objectives', '[]'), coalesce(c -> 'keyConcepts', '[]'), (c ->> 'estimatedMinutes')::int
                            FROM jsonb_array_elements($3::jsonb) c ORDER BY (c ->> 'index')::int
                            """,
                            task.course(),
                            task.owner(),
                            chapters))
                .compose(
                    made ->
                        update(
                            connection,
                            """
                            INSERT INTO course_lesson (course_id, chapter_id, owner_id, ordinal, order_index, title, description, plan,
                                estimated_minutes)
                            SELECT $1, c.id, $2, (l ->> 'ordinal')::int, (l ->> 'index')::int + 1, l ->> 'title', l ->> 'description',
                                l -> 'plan', (l ->> 'minutes')::int
                            FROM jsonb_array_elements($3::jsonb) l
                            JOIN course_chapter c ON c.course_id = $1 AND c.order_index = (l ->> 'chapter')::int + 1
                            ORDER BY (l ->> 'ordinal')::int
                            """,
                            task.course(),
                            task.owner(),
                            lessons))
                .compose(made -> plan(connection, task, parts(task, outline, searching))));
  }

  /** Everything that comes after the structure, in the order it is to be written. */
  private static List<TaskPlan> parts(TaskContext task, Outline outline, boolean searching) {
    Set<String> wanted = task.request().parts();
    List<TaskPlan> plans = new ArrayList<>();
    List<String> lessons = new ArrayList<>();
    int count = outline.lessons().size();
    for (int i = 0; i < count; i++) {
      plans.add(
          TaskPlan.content("lesson", ":" + i, new JsonObject().put("lesson", i), List.of(), false));
      lessons.add("lesson:" + i);
    }
    for (int i = 0; i < count; i++) {
      JsonObject of = new JsonObject().put("lesson", i);
      if (wanted.contains("exercises")) {
        plans.add(TaskPlan.content("exercises", ":" + i, of, List.of("lesson:" + i), true));
      }
      if (wanted.contains("concepts")) {
        plans.add(TaskPlan.content("concepts", ":" + i, of, List.of("lesson:" + i), true));
      }
    }
    for (String part : List.of("flashcards", "mcqs", "suggestions")) {
      if (wanted.contains(part)) {
        plans.add(TaskPlan.content(part, "", new JsonObject(), lessons, false));
      }
    }
    for (String part : List.of("qna", "notebook")) {
      if (wanted.contains(part)) {
        plans.add(TaskPlan.content(part, "", new JsonObject(), lessons, false));
      }
    }
    if (searching && wanted.contains("resources")) {
      plans.add(TaskPlan.content("resources", "", new JsonObject(), List.of("categorize"), false));
    }
    if (wanted.contains("wordGames")) {
      plans.add(TaskPlan.content("word_game", "", new JsonObject(), lessons, false));
    }
    if (wanted.contains("articles")) {
      for (ArticleKind kind : ArticleKind.values()) {
        plans.add(ofKind("article", kind, lessons));
      }
    }
    if (wanted.contains("audio")) {
      for (ScriptKind kind : ScriptKind.values()) {
        plans.add(ofKind("audio", kind, lessons));
      }
    }
    if (wanted.contains("speech")) {
      for (ScriptKind kind : ScriptKind.values()) {
        plans.add(speech(kind.name().toLowerCase(Locale.ROOT)));
      }
    }
    List<String> all = new ArrayList<>(List.of("categorize"));
    plans.forEach(plan -> all.add(plan.part()));
    if (wanted.contains("assessment")) {
      plans.add(TaskPlan.after("assess", lessons));
      all.add("assess");
      if (task.request().source() instanceof SourceRequest.Files) {
        plans.add(
            new TaskPlan(
                CourseStages.WRITE,
                "assess",
                "course_quiz",
                "course_quiz",
                new JsonObject(),
                lessons,
                false));
        all.add("course_quiz");
      }
    }
    plans.add(TaskPlan.after("store", all));
    return plans;
  }

  /**
   * Has a script read aloud.
   *
   * @param word the kind of script, such as {@code short_podcast}
   */
  static TaskPlan speech(String word) {
    return new TaskPlan(
        CourseStages.SPEECH,
        "content",
        "speech:" + word,
        "speech",
        new JsonObject().put("kind", word),
        List.of("audio:" + word),
        true);
  }

  private static TaskPlan ofKind(String part, Enum<?> kind, List<String> needs) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return TaskPlan.content(part, ":" + word, new JsonObject().put("kind", word), needs, false);
  }
}
