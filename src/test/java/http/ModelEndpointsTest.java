package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Key pools for operators, and usage for those whose courses and lessons it is. */
class ModelEndpointsTest extends ApiTest {
  private long lessonId;

  ModelEndpointsTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void seed() {
    lessonId = lesson("models-1", "learner-1", "completed", "text");
    String course =
        databases
            .postgres(
                "INSERT INTO course (owner_id, source_type, title, status) VALUES ('learner-1',"
                    + " 'topic', 'Tides', 'ready') RETURNING id::TEXT")
            .iterator()
            .next()
            .getString(0);
    use("lesson-" + lessonId, "lesson", 100, 20, 0.25, "0 days");
    use("course:" + course, "chapter", 1_000, 300, 0.125, "0 days");
    use("course:" + course, "quiz", 10, 3, 0.001, "3 days");
    use("course:" + course, "quiz", 10, 3, 0.5, "60 days");
    String gone =
        databases
            .postgres(
                "INSERT INTO course (owner_id, source_type, title, status) VALUES ('learner-3',"
                    + " 'topic', 'Gone', 'ready') RETURNING id::TEXT")
            .iterator()
            .next()
            .getString(0);
    use("course:" + gone, "chapter", 7, 5, 0.5, "0 days");
    databases.postgres(
        "UPDATE llm_usage SET owner_id = 'learner-3' WHERE account = $1", "course:" + gone);
    databases.postgres("DELETE FROM course WHERE id::TEXT = $1", gone);
    use("lesson-987654", "lesson", 9, 9, 9, "0 days");
  }

  private void use(String account, String service, int in, int out, double usd, String ago) {
    databases.postgres(
        "INSERT INTO llm_usage (at, node, service, account, prompt, key_alias, provider, model,"
            + " status, tokens_in, tokens_out, cost_usd, wait_ms, took_ms) VALUES (now() -"
            + " $1::TEXT::INTERVAL, 'n', $2, $3, 'p', 'k', 'gemini', 'm', 'ok', $4, $5, $6, 0, 1)",
        ago,
        service,
        account,
        in,
        out,
        usd);
  }

  private static JsonObject pool(int healthy, int inFlight, int failed) {
    return new JsonObject()
        .put("keys", 2)
        .put("healthy", healthy)
        .put("open", 2 - healthy)
        .put("disabled", 0)
        .put("inFlight", inFlight)
        .put("waiting", 1)
        .put("oldestWaitMs", 10 * inFlight)
        .put("limitRpm", 60)
        .put("limitTpm", 0)
        .put("rpm", 5)
        .put("tpm", 500)
        .put("calls5m", 10)
        .put("rateLimited5m", 0)
        .put("failed5m", failed);
  }

  private void node(String name, JsonObject pool, String ago) {
    JsonObject status =
        new JsonObject()
            .put("pools", new JsonObject().put("chapter", pool))
            .put("quotas", new JsonArray().add(new JsonObject().put("name", "gemini")));
    databases.postgres(
        "INSERT INTO llm_pools (node, status, updated_at) VALUES ($1, $2, now() -"
            + " $3::TEXT::INTERVAL)",
        name,
        status,
        ago);
  }

  @Test
  void poolsOfAllLivingNodesAreOneAndForOperatorsOnly() {
    node("one", pool(2, 3, 0), "1 second");
    node("two", pool(1, 4, 5), "2 seconds");
    node("dead", pool(0, 100, 9), "10 minutes");

    assertThat(server.get("/v1/key-pools").status()).isEqualTo(401);
    assertThat(
            server
                .get("/v1/key-pools", server.token("staff", "lessons:read lessons:write"))
                .status())
        .isEqualTo(403);
    for (String path : new String[] {"/v1/key-pools", "/api/v1/key-pools"}) {
      JsonObject answer = server.get(path, server.token("ops", "service")).json();
      assertThat(answer.getJsonArray("nodes")).hasSize(2);
      JsonObject expected =
          pool(1, 7, 0)
              .put("waiting", 2)
              .put("oldestWaitMs", 40)
              .put("rpm", 10)
              .put("tpm", 1_000)
              .put("calls5m", 20)
              .put("errorRate5m", 0.25);
      expected.remove("failed5m");
      assertThat(answer.getJsonObject("pools").getJsonObject("chapter")).isEqualTo(expected);
    }
  }

  @Test
  void whatWasSpentOnADeletedCourseStaysSpent() {
    JsonObject usage =
        server.get("/v1/usage", server.token("learner-3", "")).json().getJsonObject("usage");

    assertThat(usage.getLong("calls")).isEqualTo(1);
    assertThat(usage.getDouble("costUsd")).isEqualTo(0.5);
  }

  @Test
  void everybodySeesTheirOwnUsage() {
    JsonObject usage =
        server.get("/v1/usage", server.token("learner-1", "")).json().getJsonObject("usage");
    assertThat(usage.getLong("calls")).isEqualTo(3);
    assertThat(usage.getLong("tokensIn")).isEqualTo(1_110);
    assertThat(usage.getDouble("costUsd")).isEqualTo(0.376);
    assertThat(usage.getJsonObject("byPart").getJsonObject("chapter").getLong("tokensOut"))
        .isEqualTo(300);
    assertThat(usage.getJsonArray("byDay")).hasSize(2);

    JsonObject today =
        server.get("/v1/usage?days=1", server.token("learner-1", "")).json().getJsonObject("usage");
    assertThat(today.getLong("calls")).isEqualTo(2);
    JsonObject nothing =
        server.get("/v1/usage", server.token("learner-2", "")).json().getJsonObject("usage");
    assertThat(nothing.getLong("calls")).isZero();
    assertThat(server.get("/v1/usage").status()).isEqualTo(401);
    assertThat(server.get("/v1/usage?days=0", server.token("learner-1", "")).status())
        .isEqualTo(400);
  }
}
