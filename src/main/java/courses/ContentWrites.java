package courses;

import static courses.TaskWrites.update;

import courses.content.Article;
import courses.content.Assessment;
import courses.content.AudioScript;
import courses.content.Concepts;
import courses.content.Content;
import courses.content.Exercises;
import courses.content.Flashcards;
import courses.content.LessonText;
import courses.content.Mcqs;
import courses.content.Notebook;
import courses.content.Qnas;
import courses.content.SafeHtml;
import courses.content.Suggestions;
import courses.content.TooLittleSource;
import courses.content.WordGame;
import courses.content.Written;
import courses.sources.WebSearch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** What the parts of a course leave, each in the place of what an earlier run of it left. */
final class ContentWrites {
  private ContentWrites() {}

  static TaskWrites lesson(TaskContext task, Written<LessonText> written) {
    LessonText text = written.content();
    return new TaskWrites(
        task,
        written.origin(),
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
        written.origin(),
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
        task, written.origin(), connection -> replaceItems(connection, task, kind, rows));
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

  /**
   * The source holds too little for the part: the course goes without it and says so. What an
   * earlier run wrote of it goes as well.
   */
  static TaskWrites leftOut(TaskContext task, TooLittleSource reason) {
    return new TaskWrites(
        task,
        new JsonObject().put("leftOut", reason.getMessage()),
        connection ->
            update(
                connection,
                "DELETE FROM course_item WHERE course_id = $1 AND part = $2",
                task.course(),
                task.part()));
  }

  static TaskWrites assessment(TaskContext task, Written<Assessment> written) {
    return new TaskWrites(
        task,
        written.origin(),
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
