package courses;

import courses.content.Article;
import courses.content.ArticleKind;
import courses.content.Assessment;
import courses.content.AudioScript;
import courses.content.Category;
import courses.content.ChapterPlan;
import courses.content.Concepts;
import courses.content.Content;
import courses.content.Exercises;
import courses.content.Flashcards;
import courses.content.LessonPlan;
import courses.content.LessonText;
import courses.content.Mcqs;
import courses.content.Notebook;
import courses.content.Outline;
import courses.content.Qnas;
import courses.content.SafeHtml;
import courses.content.ScriptKind;
import courses.content.Suggestions;
import courses.content.Verdict;
import courses.content.WordGame;
import courses.content.Written;
import courses.sources.Extracted;
import courses.sources.SourceRefused;
import courses.sources.SourceRequest;
import courses.sources.WebSearch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a task leaves, stored in the transaction that ends it. */
final class TaskWrites {
  private interface Statements {
    Future<?> run(SqlConnection connection);
  }

  private final TaskContext task;
  private final JsonObject output;
  private final Statements statements;

  private TaskWrites(TaskContext task, JsonObject output, Statements statements) {
    this.task = task;
    this.output = output;
    this.statements = statements;
  }

  /** The job first, as {@link JobControl} has it; then the content, then the task's own record. */
  Future<?> store(SqlConnection connection, long millis) {
    return task.rows().within(connection, mine -> store(mine, Tuple.of(task.id(), output, millis)));
  }

  private Future<?> store(SqlConnection connection, Tuple record) {
    return CourseJobs.run(
            connection, "SELECT FROM course_job WHERE id = $1 FOR UPDATE", Tuple.of(task.job()))
        .compose(locked -> statements.run(connection))
        .compose(
            stored ->
                CourseJobs.run(
                    connection,
                    "UPDATE course_task SET output = $2, duration_ms = $3 WHERE id = $1",
                    record));
  }

  private static Future<?> update(SqlConnection connection, String sql, Object... values) {
    Tuple parameters = Tuple.tuple();
    for (Object value : values) {
      parameters.addValue(value);
    }
    return CourseJobs.run(connection, sql, parameters);
  }

  static TaskWrites extracted(TaskContext task, Extracted source) {
    JsonObject facts = new JsonObject();
    source.facts().forEach(facts::put);
    JsonArray segments = new JsonArray();
    source.segments().forEach(segment -> segments.add(segment.toJson()));
    JsonObject output =
        new JsonObject().put("segments", segments.size()).put("tokens", source.tokens());
    String title = task.request().title().orElse(source.title());
    return new TaskWrites(
        task,
        output,
        connection ->
            update(
                    connection,
                    "UPDATE course SET title = $2, thumbnail_url = $3, language = $4, source_facts"
                        + " = $5, summary = 'A course on ' || $2, updated_at = now() WHERE id = $1",
                    task.course(),
                    title,
                    source.thumbnailUrl().orElse(null),
                    source.language(),
                    facts)
                .compose(
                    named ->
                        update(
                            connection,
                            "DELETE FROM course_segment WHERE course_id = $1",
                            task.course()))
                .compose(
                    gone ->
                        update(
                            connection,
                            "INSERT INTO course_segment (course_id, owner_id, ordinal, body) SELECT"
                                + " $1, $2, (s ->> 'ordinal')::int, s FROM"
                                + " jsonb_array_elements($3::jsonb) s",
                            task.course(),
                            task.owner(),
                            segments))
                .compose(stored -> plan(connection, task, List.of(TaskPlan.step("validate")))));
  }

  /** The source itself is at fault: no failure, but the end. */
  static TaskWrites refused(TaskContext task, SourceRefused refused) {
    JsonObject verdict =
        new JsonObject()
            .put("suitable", false)
            .put("confidence", 1.0)
            .put("reasoning", refused.getMessage())
            .put("code", refused.code().word())
            .put("degraded", false);
    return new TaskWrites(task, verdict, connection -> reject(connection, task, verdict));
  }

  static TaskWrites validated(TaskContext task, Written<Verdict> written) {
    Verdict verdict = written.content();
    JsonObject json = verdict.toJson().put("author", written.author());
    if (verdict.rejects() && !task.request().force()) {
      return new TaskWrites(task, written.toJson(), connection -> reject(connection, task, json));
    }
    return new TaskWrites(
        task,
        written.toJson(),
        connection ->
            update(
                    connection,
                    "UPDATE course SET verdict = $2, language = CASE WHEN coalesce(language, 'und')"
                        + " = 'und' THEN $3 ELSE language END, updated_at = now() WHERE id = $1",
                    task.course(),
                    json,
                    verdict.language())
                .compose(
                    noted ->
                        plan(
                            connection,
                            task,
                            List.of(TaskPlan.step("structure"), TaskPlan.step("categorize")))));
  }

  private static Future<?> reject(SqlConnection connection, TaskContext task, JsonObject verdict) {
    return update(
            connection,
            "UPDATE course SET verdict = $2, status = 'rejected', status_reason = $2::jsonb ->>"
                + " 'reasoning', updated_at = now() WHERE id = $1",
            task.course(),
            verdict)
        .compose(
            noted ->
                update(
                    connection,
                    "UPDATE course_job SET status = 'rejected', finished_at = now(), remaining_ms ="
                        + " 0, updated_at = clock_timestamp() WHERE id = $1",
                    task.job()))
        .compose(
            ended ->
                update(
                    connection,
                    "SELECT course_tell($1, 'state', jsonb_build_object('status', 'rejected',"
                        + " 'validation', $2::jsonb))::text",
                    task.job(),
                    verdict));
  }

  static TaskWrites categorised(TaskContext task, Written<Category> written) {
    Category category = written.content();
    return new TaskWrites(
        task,
        written.toJson(),
        connection ->
            update(
                connection,
                "UPDATE course SET category = $2, tags = $3, description = $4, updated_at = now()"
                    + " WHERE id = $1",
                task.course(),
                category.category(),
                category.tags().toArray(String[]::new),
                category.description()));
  }

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
        written.toJson(),
        connection ->
            update(connection, "DELETE FROM course_chapter WHERE course_id = $1", task.course())
                .compose(
                    gone ->
                        update(
                            connection,
                            "UPDATE course SET outline = $2, title = $3, updated_at = now() WHERE"
                                + " id = $1",
                            task.course(),
                            outline.toJson(),
                            title))
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

  private static TaskPlan ofKind(String part, Enum<?> kind, List<String> needs) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return TaskPlan.content(part, ":" + word, new JsonObject().put("kind", word), needs, false);
  }

  private static Future<?> plan(SqlConnection connection, TaskContext task, List<TaskPlan> plans) {
    return TaskPlan.insert(connection, task.job(), plans, task.inputHash());
  }

  static TaskWrites lesson(TaskContext task, Written<LessonText> written) {
    LessonText text = written.content();
    return new TaskWrites(
        task,
        written.toJson(),
        connection ->
            update(
                connection,
                "UPDATE course_lesson SET body = $3, content_md = $4, title = $5, description = $6,"
                    + " content_html = $7, updated_at = now() WHERE course_id = $1 AND ordinal ="
                    + " $2",
                task.course(),
                task.input().getInteger("lesson"),
                text.toJson().put("author", written.author()),
                text.contentMarkdown(),
                text.title(),
                text.description(),
                SafeHtml.render(text.contentMarkdown())));
  }

  static TaskWrites concepts(TaskContext task, Written<Concepts> written) {
    JsonArray concepts = new JsonArray();
    written.content().concepts().forEach(concept -> concepts.add(concept.toJson()));
    return new TaskWrites(
        task,
        written.toJson(),
        connection ->
            update(
                connection,
                "UPDATE course_lesson SET concepts = $3, updated_at = now() WHERE course_id = $1"
                    + " AND ordinal = $2",
                task.course(),
                task.input().getInteger("lesson"),
                concepts));
  }

  static TaskWrites exercises(TaskContext task, Written<Exercises> written) {
    int chapter = task.plan().chapterIndex();
    return items(
        task,
        written,
        "exercise",
        written.content().exercises().stream()
            .map(exercise -> item(exercise, chapter, task.input().getInteger("lesson")))
            .toList());
  }

  static TaskWrites flashcards(TaskContext task, Written<Flashcards> written) {
    return items(
        task,
        written,
        "flashcard",
        written.content().cards().stream()
            .map(card -> item(card, card.chapterIndex(), null))
            .toList());
  }

  static TaskWrites mcqs(TaskContext task, Written<Mcqs> written) {
    return items(
        task,
        written,
        "mcq",
        written.content().questions().stream()
            .map(question -> item(question, question.chapterIndex(), null))
            .toList());
  }

  static TaskWrites wordGame(TaskContext task, Written<WordGame> written) {
    return items(
        task,
        written,
        "word_game",
        written.content().words().stream()
            .map(word -> item(word, word.chapterIndex(), null))
            .toList());
  }

  static TaskWrites article(TaskContext task, Written<Article> written) {
    return items(task, written, "article", List.of(item(written.content(), null, null)));
  }

  static TaskWrites script(TaskContext task, Written<AudioScript> written) {
    return items(task, written, "audio", List.of(item(written.content(), null, null)));
  }

  static TaskWrites suggestions(TaskContext task, Written<Suggestions> written) {
    return items(
        task,
        written,
        "suggestion",
        written.content().suggestions().stream()
            .map(suggestion -> item(suggestion, null, null))
            .toList());
  }

  static TaskWrites qnas(TaskContext task, Written<Qnas> written) {
    return items(
        task,
        written,
        "qna",
        written.content().pairs().stream()
            .map(pair -> item(pair, pair.chapterIndex(), null))
            .toList());
  }

  /** Nothing that an author wrote, so there is no author's name on it. */
  static TaskWrites resources(TaskContext task, List<WebSearch.Resource> found) {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < found.size(); i++) {
      rows.add(new JsonObject().put("data", found.get(i).toJson()).put("index", i));
    }
    return new TaskWrites(
        task,
        new JsonObject().put("found", rows.size()),
        connection -> replaceItems(connection, task, "resource", rows));
  }

  static TaskWrites notebook(TaskContext task, Written<Notebook> written) {
    return items(task, written, "notebook", List.of(item(written.content(), null, null)));
  }

  private static JsonObject item(Content content, Integer chapter, Integer lesson) {
    return new JsonObject()
        .put("data", content.toJson())
        .put("chapter", chapter)
        .put("lesson", lesson);
  }

  private static <T extends Record & Content> TaskWrites items(
      TaskContext task, Written<T> written, String kind, List<JsonObject> items) {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < items.size(); i++) {
      items.get(i).getJsonObject("data").put("author", written.author());
      rows.add(items.get(i).put("index", i));
    }
    return new TaskWrites(
        task, written.toJson(), connection -> replaceItems(connection, task, kind, rows));
  }

  private static Future<?> replaceItems(
      SqlConnection connection, TaskContext task, String kind, JsonArray rows) {
    return update(
            connection,
            "DELETE FROM course_item WHERE course_id = $1 AND part = $2",
            task.course(),
            task.part())
        .compose(
            gone ->
                update(
                    connection,
                    """
                    INSERT INTO course_item (course_id, owner_id, part, kind, chapter_id, lesson_id, order_index, data)
                    SELECT $1, $2, $3, $4, c.id, l.id, (i ->> 'index')::int, i -> 'data'
                    FROM jsonb_array_elements($5::jsonb) i
                    LEFT JOIN course_chapter c ON c.course_id = $1 AND c.order_index = (i ->> 'chapter')::int + 1
                    LEFT JOIN course_lesson l ON l.course_id = $1 AND l.ordinal = (i ->> 'lesson')::int
                    ORDER BY (i ->> 'index')::int
                    """,
                    task.course(),
                    task.owner(),
                    task.part(),
                    kind,
                    rows));
  }

  static TaskWrites assessment(TaskContext task, Written<Assessment> written) {
    return new TaskWrites(
        task,
        written.toJson(),
        connection ->
            AssessmentStore.store(
                connection, task.owner(), task.course(), null, written.content()));
  }

  /** The one transaction that makes the version readable as a whole. */
  static TaskWrites published(TaskContext task) {
    return new TaskWrites(
        task,
        new JsonObject(),
        connection ->
            update(
                connection,
                """
                UPDATE course SET content_version = content_version + 1, updated_at = now(),
                    estimated_minutes = (SELECT sum(estimated_minutes) FROM course_lesson WHERE course_id = $1)
                WHERE id = $1
                """,
                task.course()));
  }
}
