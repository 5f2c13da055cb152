package http;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;

/** Asks for a set, and says in the interface's words why there is none. */
final class Generation {
  private static final int REFUSED = 400;

  private final LessonGenerator generator;

  Generation(LessonGenerator generator) {
    this.generator = generator;
  }

  /**
   * Generates a complete set.
   *
   * @return fails with {@link ApiException} when the transcript was refused, with what the
   *     generator failed with otherwise
   */
  Future<JsonObject> generate(JsonObject request) {
    return generator
        .generate(request)
        .map(ExerciseSets::complete)
        .recover(
            failure ->
                failure instanceof ReplyException reply
                        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                        && reply.failureCode() == REFUSED
                    ? Future.failedFuture(
                        ApiException.invalid("transcript", "is refused: " + reply.getMessage()))
                    : Future.failedFuture(failure));
  }

  /**
   * The members of {@code metadata} that clients rely on, filled in where the generator left them
   * out.
   */
  static JsonObject metadata(JsonObject set, int lessonNumber) {
    JsonObject metadata = set.getJsonObject("metadata").copy();
    int total = ExerciseSets.total(set);
    metadata.put("lesson_number", lessonNumber).put("total_exercises", total);
    metadata.getMap().putIfAbsent("status", total == 0 ? "empty" : "success");
    metadata.getMap().putIfAbsent("quality_passed", total > 0);
    metadata.getMap().putIfAbsent("vocabulary_count", 0);
    metadata.getMap().putIfAbsent("mistakes_count", set.getJsonArray("mistakes").size());
    metadata.getMap().putIfAbsent("sentences_count", 0);
    return metadata;
  }

  /** Seconds since {@code startNanos}, in thousandths. */
  static double seconds(long startNanos) {
    return Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3;
  }
}
