package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Courses in the rows that topic clients read: sections 2.1 and 3.2 of the courses' contract. */
final class TopicCourseRendering {
  private static final int READING_MINUTES = 15;

  private TopicCourseRendering() {}

  static JsonObject course(JsonObject row) {
    String status = row.getString("status");
    int chapters = row.getInteger("chapter_count", 0);
    JsonObject course = new JsonObject();
    for (String same :
        List.of(
            "id",
            "title",
            "purpose",
            "difficulty",
            "summary",
            "description",
            "category",
            "thumbnail_url",
            "tags",
            "is_public",
            "custom_prompt",
            "generation_duration_seconds",
            "audio_generated",
            "articles_generated",
            "games_generated",
            "created_at",
            "updated_at")) {
      course.put(same, row.getValue(same));
    }
    return course
        .put("user_id", row.getString("owner_id"))
        .put("status", status(status))
        .put("status_detail", status)
        .put("progress_percentage", row.getInteger("progress_percentage"))
        .put("completion_time_estimate", READING_MINUTES * chapters)
        .put("generation_duration_seconds", row.getInteger("generation_seconds"))
        .put("generation_job_id", row.getString("job_id"))
        .put("is_oboe_style", true)
        .put("include_exam_prep", false);
  }

  /** Pages of topic courses load content for {@code published} only, and show {@code failed}. */
  private static String status(String status) {
    return switch (status) {
      case "ready", "partial" -> "published";
      case "rejected", "cancelled" -> "failed";
      default -> status;
    };
  }

  /**
   * @param chapters with their lessons
   * @param answers whether right answers may be seen
   */
  static JsonObject content(JsonArray chapters, List<JsonObject> items, boolean answers) {
    JsonArray written = new JsonArray();
    for (Object entry : chapters) {
      JsonObject chapter = (JsonObject) entry;
      String html = html(chapter.getJsonArray("lessons"));
      if (!html.isEmpty()) {
        written.add(
            new JsonObject()
                .put("id", chapter.getString("id"))
                .put("course_id", chapter.getString("course_id"))
                .put("title", chapter.getString("title"))
                .put("content", html)
                .put("order_number", chapter.getInteger("order_index"))
                .put(
                    "estimated_reading_time",
                    chapter.getInteger("estimated_minutes", READING_MINUTES))
                .put("created_at", chapter.getString("created_at"))
                .put("updated_at", chapter.getString("updated_at")));
      }
    }
    JsonObject content = new JsonObject().put("chapters", written);
    for (CourseItemKind kind : CourseItemKind.values()) {
      content.put(kind.rows(), new JsonArray());
    }
    for (JsonObject item : items) {
      CourseItemKind.of(item.getString("kind"))
          .ifPresent(
              kind -> {
                JsonObject row = item(item);
                if (!answers) {
                  row.remove("correct_answer");
                  if (kind == CourseItemKind.MCQ) {
                    row.remove("explanation");
                  }
                }
                content.getJsonArray(kind.rows()).add(row);
              });
    }
    JsonArray notebooks = (JsonArray) content.remove(CourseItemKind.NOTEBOOK.rows());
    return content.put("notebook", notebooks.isEmpty() ? null : notebooks.getJsonObject(0));
  }

  /** Empty while no lesson of the chapter is there. */
  private static String html(JsonArray lessons) {
    StringBuilder html = new StringBuilder();
    for (Object entry : lessons) {
      JsonObject lesson = (JsonObject) entry;
      String text = lesson.getString("content_html");
      if (text != null && !text.isBlank()) {
        if (lessons.size() > 1) {
          html.append("<h2>").append(escaped(lesson.getString("title"))).append("</h2>\n");
        }
        html.append(text.strip()).append('\n');
      }
    }
    return html.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static JsonObject item(JsonObject item) {
    JsonObject data = item.getJsonObject("data");
    JsonObject row =
        new JsonObject()
            .put("id", item.getString("id"))
            .put("course_id", item.getString("course_id"))
            .put("chapter_id", item.getString("chapter_id"))
            .put("created_at", item.getString("created_at"));
    String difficulty = difficulty(data.getString("difficulty", "intermediate"));
    return switch (item.getString("kind")) {
      case "flashcard" ->
          row.put("question", data.getString("question"))
              .put("answer", data.getString("answer"))
              .put("difficulty", difficulty);
      case "mcq" ->
          row.put("question", data.getString("question"))
              .put("options", data.getJsonArray("options"))
              // clients compare the chosen text with it
              .put(
                  "correct_answer",
                  data.getJsonArray("options").getString(data.getInteger("correctIndex")))
              .put("explanation", data.getString("explanation"))
              .put("difficulty", difficulty);
      case "article" ->
          row.put("article_type", data.getString("kind"))
              .put("title", data.getString("title"))
              .put("content", article(data))
              .put("reading_time_minutes", minutes(article(data)));
      case "word_game" ->
          row.put("word", data.getString("word"))
              .put("definition", data.getString("definition"))
              .put("incorrect_options", data.getJsonArray("incorrectOptions"))
              .put("difficulty", difficulty);
      case "audio" ->
          row.put("audio_type", data.getString("kind"))
              .put("script", data.getString("script"))
              .put("script_text", data.getString("script"))
              .put("audio_url", data.getString("audioUrl"))
              .put("transcript", data.getString("script"))
              .put("voice_id", data.getString("voice"))
              .put("voice_used", data.getString("voice"))
              .put("duration_seconds", seconds(data.getLong("durationMs")))
              // ready, speaking, failed; device or script_only: the browser reads the script
              .put("speech", data.getString("speech"))
              .put("updated_at", item.getString("created_at"));
      case "resource" ->
          row.put("title", data.getString("title"))
              .put("type", data.getString("type"))
              .put("url", data.getString("url"))
              .put("description", data.getString("description"))
              .put("thumbnail_url", data.getString("thumbnailUrl"))
              .put("duration", data.getInteger("duration"))
              .put("provider", data.getString("provider"));
      case "qna" ->
          row.put("question", data.getString("question")).put("answer", data.getString("answer"));
      case "notebook" ->
          row.put("key_concepts", data.getJsonArray("keyConcepts"))
              .put("analogy", data.getString("analogy"))
              .put("mind_map", data.getJsonObject("mindMap"))
              .put("study_guide", data.getString("studyGuide"))
              .put("updated_at", item.getString("created_at"));
      default ->
          row.put("suggestion_topic", data.getString("topic"))
              .put("suggestion_description", data.getString("description"))
              .put("relevance_score", data.getInteger("relevance"));
    };
  }

  private static Long seconds(Long millis) {
    return millis == null ? null : Long.valueOf(Math.round(millis / 1_000.0));
  }

  private static String difficulty(String level) {
    return switch (level) {
      case "beginner", "easy" -> "easy";
      case "advanced", "expert", "hard" -> "hard";
      default -> "medium";
    };
  }

  /** Questions and answers go out as a JSON text, which is what clients parse. */
  private static String article(JsonObject data) {
    return switch (data.getString("kind")) {
      case "faq" -> data.getJsonArray("faq", new JsonArray()).encode();
      case "key_takeaways" ->
          data.getJsonArray("points", new JsonArray()).stream()
              .map(point -> "- " + point)
              .collect(java.util.stream.Collectors.joining("\n"));
      default -> data.getString("contentMarkdown");
    };
  }

  private static int minutes(String text) {
    return Math.max(1, text.split("\\s+").length / 200);
  }
}
