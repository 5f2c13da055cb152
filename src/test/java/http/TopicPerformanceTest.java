package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import settings.Settings;

class TopicPerformanceTest extends CatalogueTest {
  private static final String PATH = "/v1/advanced-cloze/analytics/topic-performance";

  private String me;

  TopicPerformanceTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeEach
  void somebodyNew() {
    me = "stu-" + UUID.randomUUID();
  }

  private JsonObject performance(String query) {
    ApiServer.Answer answer = server.get(PATH + query, as(me));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  private String session(String... items) {
    JsonObject body = new JsonObject().put("itemIds", new JsonArray(List.of(items)));
    return server.post("/v1/cloze/sessions", body, as(me)).json().getString("id");
  }

  private void answer(String session, String item, int daysAgo, String... chosen) {
    JsonObject body = new JsonObject().put("itemId", item);
    if (chosen.length == 0) {
      body.put("isCorrect", false);
    } else {
      body.put("selectedAnswers", new JsonArray(List.of(chosen)));
    }
    ApiServer.Answer answer =
        server.post("/v1/cloze/sessions/" + session + "/results", body, as(me));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    databases.mysql(
        "UPDATE game_results SET created_at = created_at - INTERVAL ? DAY WHERE id = ?",
        daysAgo,
        Long.parseLong(answer.json().getString("id")));
  }

  @Test
  void attemptsAccuracyMistakesAndTheTrendAreThoseOfTheTopicAndTheTime() {
    String session = session("cz-weather-1", "cz-weather-2", "cz-shopping-1");
    answer(session, "cz-weather-1", 40, "engine"); // before the time
    answer(session, "cz-weather-1", 29, "engine");
    answer(session, "cz-weather-1", 28, "elephant");
    answer(session, "cz-weather-1", 20, "elephant");
    answer(session, "cz-weather-2", 20); // the client's verdict alone
    answer(session, "cz-weather-2", 2, "rain", "stays");
    answer(session, "cz-weather-1", 1, "umbrella");
    answer(session, "cz-weather-2", 0, "rains", "stay");
    answer(session, "cz-shopping-1", 0); // another topic
    JsonObject found = performance("?topicId=cz-weather");
    assertThat(found)
        .isEqualTo(
            new JsonObject()
                .put("topicId", "cz-weather")
                .put("accuracy", 29)
                .put("totalAttempts", 7L)
                .put(
                    "commonMistakes",
                    new JsonArray()
                        .add(mistake("cz-weather-1", 3, "[\"elephant\"]"))
                        .add(mistake("cz-weather-2", 2, "[\"rain\",\"stays\"]")))
                .put("improvement", new JsonObject().put("trend", "up").put("percentage", 67)));
    assertThat(performance("?topicId=cz-weather&timeframe=60d").getInteger("totalAttempts"))
        .isEqualTo(8);
    assertThat(performance("?timeframe=30d").getInteger("totalAttempts")).isEqualTo(8);
    assertThat(performance("").getValue("topicId")).isNull();
    JsonObject legacy =
        server.get("/api/v1/cloze/analytics/topic-performance?topic_id=cz-weather", as(me)).json();
    assertThat(legacy.getInteger("total_attempts")).isEqualTo(7);
    assertThat(legacy.getBoolean("success")).isTrue();
  }

  private static JsonObject mistake(String item, int count, String answer) {
    return new JsonObject()
        .put("itemId", item)
        .put("mistakeCount", count)
        .put("commonWrongAnswer", answer);
  }

  @Test
  void itemsOfLessonsCountAsLongAsTheyAreToBeSeen() {
    String lesson = "perf-" + me;
    taught(lesson, me, "approved");
    exercise("x-" + me, lesson, CLOZE, null, null, published(CLOZE));
    String session = session("x-" + me);
    answer(session, "x-" + me, 1, "ladder");
    assertThat(performance("?topicId=general").getInteger("accuracy")).isEqualTo(100);
    assertThat(performance("?topicId=cz-weather").getInteger("totalAttempts")).isZero();
    databases.mysql("UPDATE lessons SET status = 'rejected' WHERE id = ?", lesson);
    assertThat(performance("?topicId=general").getInteger("totalAttempts")).isZero();
  }

  @Test
  void whoNeverPlayedHasZeros() {
    assertThat(performance("?topicId=nowhere"))
        .isEqualTo(
            new JsonObject(
                "{\"topicId\":\"nowhere\",\"accuracy\":0,\"totalAttempts\":0,\"commonMistakes\":[],"
                    + "\"improvement\":{\"trend\":\"flat\",\"percentage\":0}}"));
    assertThat(server.get(PATH).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "366d", "30", "d", "-1d", "1.5d", "30d%20"})
  void otherTimesAreRefused(String frame) {
    ApiServer.Answer answer = server.get(PATH + "?timeframe=" + frame, as(me));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    assertThat(answer.json().getString("detail")).contains("timeframe").contains("1d to 365d");
  }
}
