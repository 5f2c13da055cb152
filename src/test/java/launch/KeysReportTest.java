package launch;

import static org.assertj.core.api.Assertions.assertThat;

import databases.TestServers;
import fakes.FakeModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import org.junit.jupiter.api.Test;
import settings.Settings;

class KeysReportTest {
  private static final String SECRET = "test-key-1";

  @Test
  void poolsModelsAndErrorsAreShownAndNoKey() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (LessonDatabases databases = new LessonDatabases();
        FakeModel fake = FakeModel.start(vertx).knows("model-b")) {
      Settings read =
          Node.loadSettings(
                  Optional.empty(),
                  Map.of(
                      "GROQ_API_KEY_1",
                      SECRET,
                      "GROQ_MODEL",
                      "model-a, model-b",
                      "LANGUAGE_MODEL_GROQ_BASE_URL",
                      fake.address().toString()),
                  Map.of())
              .withDatabases(databases.settings.mysql(), databases.settings.postgres());
      JsonObject status =
          new JsonObject(
              "{\"quotas\":[{\"name\":\"groq\",\"model\":\"model-b\",\"opens_in_ms\":0,\"keys\":[{\"alias\":\"groq-1\",\"state\":\"open\",\"last_error\":\"answered"
                  + " 503\"}]}]}");
      LessonDatabases.await(
          databases
              .postgres
              .preparedQuery("INSERT INTO llm_pools (node, status) VALUES ($1, $2)")
              .execute(Tuple.of("node-1", status)));
      ByteArrayOutputStream printed = new ByteArrayOutputStream();

      int exit =
          new KeysReport(read, new PrintStream(printed, true, StandardCharsets.UTF_8)).print();

      assertThat(exit).isEqualTo(1);
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("groq does not list model-a: set language-model.groq-model")
          .contains("30 requests and 8000 tokens a minute")
          .contains("key groq-1 open, last error: answered 503")
          .doesNotContain(SECRET);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void withoutKeysThereIsNothingToShow() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThat(
            new KeysReport(
                    TestServers.freshSettings(),
                    new PrintStream(printed, true, StandardCharsets.UTF_8))
                .print())
        .isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("no key");
  }
}
