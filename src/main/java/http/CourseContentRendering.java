package http;

import courses.AssessmentStore;
import courses.content.AssessmentQuestion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A course's content as the native interface gives it; answers only where they may be seen. */
final class CourseContentRendering {
  // What says or gives away which answer is right.
  private static final List<String> KEYS =
      List.of("answerKey", "correctIndex", "explanation", "hints", "definition");

  // These stand in the lessons.
  private static final Set<String> IN_LESSONS = Set.of("lessons", "exercises", "concepts");

  private CourseContentRendering() {}

  /** What may be asked for by name. */
  static final Set<String> PARTS = parts();

  private static Set<String> parts() {
    Set<String> parts = new TreeSet<>(Set.of("lessons", "exercises", "concepts", "assessment"));
    for (CourseItemKind kind : CourseItemKind.values()) {
      parts.add(kind.member());
    }
    return parts;
  }

  /**
   * @param answers whether right answers may be seen
   * @param parts of {@link #PARTS}; all when empty
   */
  static JsonObject content(
      JsonObject course,
      JsonArray chapters,
      List<JsonObject> items,
      boolean answers,
      Set<String> parts) {
    Map<String, JsonArray> exercises = new HashMap<>();
    Map<CourseItemKind, JsonArray> others = new EnumMap<>(CourseItemKind.class);
    for (JsonObject item : items) {
      JsonObject shown = item(item, answers);
      CourseItemKind.of(item.getString("kind"))
          .map(kind -> others.computeIfAbsent(kind, k -> new JsonArray()))
          .orElseGet(
              () -> exercises.computeIfAbsent(item.getString("lesson_id"), l -> new JsonArray()))
          .add(shown);
    }
    JsonObject body = new JsonObject().put("course", course);
    if (parts.isEmpty() || !Collections.disjoint(parts, IN_LESSONS)) {
      JsonArray list = new JsonArray();
      for (Object entry : chapters) {
        list.add(chapter((JsonObject) entry, exercises));
      }
      body.put("chapters", list);
    }
    for (CourseItemKind kind : CourseItemKind.values()) {
      if (parts.isEmpty() || parts.contains(kind.member())) {
        body.put(kind.member(), others.getOrDefault(kind, new JsonArray()));
      }
    }
    return body;
  }

  static JsonObject chapter(JsonObject chapter, Map<String, JsonArray> exercises) {
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
        .put("remediationOf", chapter.getString("remediates"))
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
        .put("courseId", stored.course().map(UUID::toString).orElse(null))
        .put("kind", stored.assessment().kind().name().toLowerCase(Locale.ROOT))
        .put("title", stored.assessment().title())
        .put("description", stored.assessment().description())
        .put("passingScore", stored.assessment().passingScore())
        .put("timeLimitMinutes", stored.assessment().timeLimitMinutes())
        .put("questions", questions);
  }
}
