package http;

import games.TopicPerformance;
import games.TopicPerformance.Performance;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Optional;

/** How a learner does in a topic of advanced cloze: D11 of the wire contract. */
final class TopicPerformanceEndpoint {
  private final TopicPerformance performance;

  TopicPerformanceEndpoint(Pool mysql) {
    this.performance = new TopicPerformance(mysql);
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("getClozeTopicPerformance", this::get);
  }

  private Future<Reply> get(Call call) {
    Optional<String> topic = call.input().query("topicId");
    return performance
        .of(call.learner(), topic, days(call.input().query().getString("timeframe")))
        .map(found -> Reply.ok(LegacyTwins.where(call.legacy(), json(topic, found))));
  }

  /** A number of days such as {@code 30d}, as the document's rule has let it through. */
  private static Duration days(String frame) {
    return Duration.ofDays(Integer.parseInt(frame.substring(0, frame.length() - 1)));
  }

  private static JsonObject json(Optional<String> topic, Performance found) {
    JsonArray mistakes = new JsonArray();
    found
        .mistakes()
        .forEach(
            mistake ->
                mistakes.add(
                    new JsonObject()
                        .put("itemId", mistake.itemId())
                        .put("mistakeCount", mistake.count())
                        .put(
                            "commonWrongAnswer",
                            mistake.wrongAnswer().map(JsonArray::encode).orElse(null))));
    return new JsonObject()
        .put("topicId", topic.orElse(null))
        .put("accuracy", found.accuracy())
        .put("totalAttempts", found.attempts())
        .put("commonMistakes", mistakes)
        .put(
            "improvement",
            new JsonObject()
                .put("trend", found.change() > 0 ? "up" : found.change() < 0 ? "down" : "flat")
                .put("percentage", Math.abs(found.change())));
  }
}
