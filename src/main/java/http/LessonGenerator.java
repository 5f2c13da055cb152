package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Makes exercises out of a transcript, wherever in the cluster that is done. */
public interface LessonGenerator {
  /**
   * Generates a set.
   *
   * @param request {@code transcript} (text), {@code lesson_number}; where known also {@code
   *     language} (of the translations), {@code zoom_summary_id}, and {@code utterances} (the
   *     cleaned transcript as stored)
   * @return the set, section 5.6 of the wire contract; fails with a {@code ReplyException} of type
   *     NO_HANDLERS or TIMEOUT when nobody generates
   */
  Future<JsonObject> generate(JsonObject request);
}
