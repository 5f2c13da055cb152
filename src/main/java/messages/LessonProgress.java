package messages;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A lesson took a step.
 *
 * @param stage fetch, transcribe or generate
 * @param step started, next, completed, not_ready, retry, failed, lost or released
 * @param took how long the stage worked on it; zero when it has only started
 */
public record LessonProgress(long lessonId, String stage, String step, Duration took) {
  public JsonObject toJson() {
    return new JsonObject()
        .put("lesson_id", lessonId)
        .put("stage", stage)
        .put("step", step)
        .put("took_us", took.toNanos() / 1_000);
  }

  public static LessonProgress of(JsonObject json) {
    return new LessonProgress(
        json.getLong("lesson_id"),
        json.getString("stage"),
        json.getString("step"),
        Duration.ofNanos(json.getLong("took_us") * 1_000));
  }
}
