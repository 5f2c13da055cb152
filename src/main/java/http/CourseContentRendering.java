package http;

import courses.AssessmentStore;
import courses.content.AssessmentQuestion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A course's content as the native interface gives it; answers only where they may be seen. */
final class CourseContentRendering {
  private static final Map<String, String> NAMES =
      Map.of(
          "flashcard", "flashcards",
          "mcq", "mcqs",
          "article", "articles",
          "word_game", "wordGames",
          "audio", "audio",
          "suggestion", "suggestions");

  // What says or gives away which answer is right.
  private static final List<String> KEYS =
      List.of("answerKey", "correctIndex", "explanation", "hints", "definition");

  private CourseContentRendering() {}

  static JsonObject content(
      JsonObject course,
      JsonArray chapters,
      List<JsonObject> items,
      boolean answers,
      Optional<List<String>> parts) {
    Map<String, JsonArray> exercises = new HashMap<>();
    Map<String, JsonArray> others = new HashMap<>();
    for (JsonObject item : items) {
      JsonObject shown = item(item, answers);
      if (item.getString("kind").equals("exercise")) {
        exercises
            .computeIfAbsent(item.getString("lesson_id"), lesson -> new JsonArray())
            .add(shown);
      } else {
        others.computeIfAbsent(item.getString("kind"), kind -> new JsonArray()).add(shown);
      }
    }
    JsonArray list = new JsonArray();
    for (Object entry : chapters) {
      list.add(chapter((JsonObject) entry, exercises));
    }
    JsonObject body = new JsonObject().put("course", course);
    if (parts.isEmpty() || parts.get().contains("lessons")) {
      body.put("chapters", list);
    }
    NAMES.forEach(
        (kind, name) -> {
          if (parts.isEmpty() || parts.get().contains(name)) {
            body.put(name, others.getOrDefault(kind, new JsonArray()));
          }
        });
    return body;
  }

  private static JsonObject chapter(JsonObject chapter, Map<String, JsonArray> exercises) {
    JsonArray lessons = new JsonArray();
    for (Object entry : chapter.getJsonArray("lessons")) {
      JsonObject lesson = (JsonObject) entry;
      // null and not absent until the lesson, and its concepts, are written
      JsonObject body = Optional.ofNullable(lesson.getJsonObject("body")).orElse(new JsonObject());
      JsonArray concepts =
          Optional.ofNullable(lesson.getJsonArray("concepts"))
              .orElse(body.getJsonArray("keyConcepts"));
      lessons.add(
          new JsonObject()
              .put("id", lesson.getString("id"))
              .put("legacyId", lesson.getLong("legacy_id"))
              .put("orderIndex", lesson.getInteger("order_index"))
              .put("title", lesson.getString("title"))
              .put("description", lesson.getString("description"))
              .put("status", lesson.getString("content_md") == null ? "generating" : "ready")
              .put("contentMarkdown", lesson.getString("content_md"))
              .put("contentHtml", lesson.getString("content_html"))
              .put("keyConcepts", concepts)
              .put("sourceRefs", body.getJsonArray("sourceRefs"))
              .put("author", body.getString("author"))
              .put("estimatedMinutes", lesson.getInteger("estimated_minutes"))
              .put("exercises", exercises.getOrDefault(lesson.getString("id"), new JsonArray())));
    }
    return new JsonObject()
        .put("id", chapter.getString("id"))
        .put("legacyId", chapter.getLong("legacy_id"))
        .put("orderIndex", chapter.getInteger("order_index"))
        .put("title", chapter.getString("title"))
        .put("description", chapter.getString("description"))
        .put("level", chapter.getString("level"))
        .put("objectives", chapter.getJsonArray("objectives"))
        .put("keyConcepts", chapter.getJsonArray("key_concepts"))
        .put("estimatedMinutes", chapter.getInteger("estimated_minutes"))
        .put("lessons", lessons);
  }

  private static JsonObject item(JsonObject item, boolean answers) {
    JsonObject shown = item.getJsonObject("data").copy();
    String kind = item.getString("kind");
    if (!answers && (kind.equals("exercise") || kind.equals("mcq"))) {
      KEYS.forEach(shown::remove);
    }
    return shown.put("id", item.getString("id")).put("chapterId", item.getString("chapter_id"));
  }

  static JsonObject assessment(AssessmentStore.Stored stored, boolean answers) {
    JsonArray questions = new JsonArray();
    for (AssessmentQuestion question : stored.assessment().questions()) {
      JsonObject json = question.toJson().put("id", "q" + question.number());
      if (!answers) {
        json.remove("answerKey");
        json.remove("explanation");
        json.remove("hint");
      }
      questions.add(json);
    }
    return new JsonObject()
        .put("id", stored.id().toString())
        .put("code", stored.code())
        .put("courseId", stored.course().toString())
        .put("kind", stored.assessment().kind().name().toLowerCase(java.util.Locale.ROOT))
        .put("title", stored.assessment().title())
        .put("description", stored.assessment().description())
        .put("passingScore", stored.assessment().passingScore())
        .put("timeLimitMinutes", stored.assessment().timeLimitMinutes())
        .put("questions", questions);
  }
}
