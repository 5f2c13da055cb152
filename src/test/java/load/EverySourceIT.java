package load;

import static org.assertj.core.api.Assertions.assertThat;

import courses.content.Replies;
import databases.Databases;
import databases.Migrations;
import databases.TestServers;
import fakes.FakeModel;
import fakes.FakeService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import launch.NodeProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import settings.Secret;
import settings.Settings;

/**
 * A course of each kind of source on a whole node, from the request to the graded assessment; with
 * a plain role of the database, which row-level security binds.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EverySourceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TYPES = List.of("topic", "text", "files", "lesson", "youtube");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private Settings settings;
  private Databases databases;
  private FakeModel model;
  private FakeService videos;
  private NodeProcess node;
  private CourseOrders orders;
  private URI service;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    settings = asPlainRole();
    databases = Databases.open(vertx, settings).await(20, TimeUnit.SECONDS);
    model = Replies.speak(FakeModel.start(vertx), "");
    videos = CourseOrders.videos(vertx);
    Map<String, String> environment = new HashMap<>(GamesBench.addresses(settings));
    environment.putAll(CourseOrders.environment(videos));
    environment.put("DATA_DIR", folder.toString());
    environment.put("HTTP_PORT", "0");
    environment.put("AUTH_MODE", "compat");
    environment.put("VERTICLES", "GameHttp,CourseGenerator,LanguageModel");
    environment.put("LANGUAGE_MODEL_ORDER", "openai");
    environment.put("LANGUAGE_MODEL_AUDIO_ORDER", "openai");
    environment.put("LANGUAGE_MODEL_OPENAI_BASE_URL", model.address().toString());
    environment.put("LANGUAGE_MODEL_OPENAI_MODEL", "model-a");
    environment.put("LANGUAGE_MODEL_OPENAI_TOKENS_PER_MINUTE", "0");
    environment.put("LANGUAGE_MODEL_OPENAI_REQUESTS_PER_MINUTE", "0");
    environment.put("OPENAI_API_KEY", "test-key-1");
    node = NodeProcess.start(environment, "serve");
    service = node.awaitReady();
    orders = new CourseOrders(service, databases.postgres(), folder);
  }

  @AfterAll
  void close() throws Exception {
    node.close();
    databases.close().await(10, TimeUnit.SECONDS);
    model.close();
    videos.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Neither superuser nor above row-level security, and without the right to make roles. */
  private Settings asPlainRole() throws Exception {
    Settings fresh = TestServers.freshSettings();
    Settings admin = fresh.withDatabases(TestServers.freshHostSettings(), fresh.postgres());
    Settings.Postgres server = admin.postgres();
    String role = "plain_" + server.database();
    Databases all = Databases.open(vertx, admin).await(20, TimeUnit.SECONDS);
    for (String statement :
        List.of(
            "CREATE ROLE " + role + " LOGIN PASSWORD 'test-key-1'",
            "ALTER DATABASE " + server.database() + " OWNER TO " + role)) {
      all.postgres().query(statement).execute().await(10, TimeUnit.SECONDS);
    }
    all.close().await(10, TimeUnit.SECONDS);
    Settings plain =
        admin.withDatabases(
            admin.mysql(),
            new Settings.Postgres(
                server.host(),
                server.port(),
                role,
                Optional.of(new Secret("test-key-1")),
                server.database(),
                server.poolSize(),
                server.tls(),
                server.tlsCa(),
                server.pooler()));
    Migrations.run(plain);
    return plain;
  }

  private JsonObject send(String owner, String path, JsonObject body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path))
            .header("X-User-Id", owner)
            .timeout(Duration.ofSeconds(20));
    HttpResponse<String> answer =
        http.send(
            body == null
                ? request.build()
                : request
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                    .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
    return new JsonObject(answer.body());
  }

  private JsonObject job(CourseOrders.Order order) throws Exception {
    for (Object entry :
        send(order.owner(), "/v1/course-jobs?limit=50", null).getJsonArray("data")) {
      JsonObject job = (JsonObject) entry;
      if (job.getString("title").equals(order.title())) {
        return job;
      }
    }
    throw new AssertionError("no job of " + order.title());
  }

  @Test
  void everySourceBecomesACourseWithAnAssessmentThatIsGraded() throws Exception {
    List<CourseOrders.Order> all = new ArrayList<>();
    for (int kind = 0; kind < CourseOrders.KINDS; kind++) {
      CourseOrders.Order order = orders.order(kind, "e-" + kind, "learner-" + kind);
      HttpResponse<String> accepted =
          http.send(order.request(), HttpResponse.BodyHandlers.ofString());
      assertThat(accepted.statusCode()).as(accepted.body()).isBetween(200, 202);
      all.add(order);
    }
    for (CourseOrders.Order order : all) {
      becomesACourse(order, TYPES.get(order.kind()));
    }
  }

  private void becomesACourse(CourseOrders.Order order, String type) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonObject job = job(order);
    while (job.getValue("finishedAt") == null) {
      assertThat(System.nanoTime()).as("the end of " + job.encode()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      job = job(order);
    }
    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("completed");
    JsonObject result =
        send(order.owner(), "/api/jobs/" + job.getString("taskId"), null).getJsonObject("result");
    String course = job.getString("courseId");
    assertThat(send(order.owner(), "/v1/courses/" + course, null).getString("sourceType"))
        .isEqualTo(type);
    JsonObject content =
        send(order.owner(), "/v1/courses/" + course + "/content?withAnswers=true", null);
    assertThat(result.getInteger("modules")).isEqualTo(content.getJsonArray("chapters").size());
    assertThat(result.containsKey("quiz_id")).isEqualTo(type.equals("files"));
    for (Object chapter : content.getJsonArray("chapters")) {
      JsonArray lessons = ((JsonObject) chapter).getJsonArray("lessons");
      assertThat(lessons).as(type).isNotEmpty();
      for (Object entry : lessons) {
        JsonObject lesson = (JsonObject) entry;
        assertThat(lesson.getString("contentMarkdown")).as(type).isNotBlank();
        // a bare topic has no segments that could be named
        assertThat(lesson.getJsonArray("sourceRefs").isEmpty()).isEqualTo(type.equals("topic"));
      }
    }
    JsonObject assessment = content.getJsonObject("assessment");
    JsonObject right = new JsonObject();
    for (Object entry : assessment.getJsonArray("questions")) {
      JsonObject question = (JsonObject) entry;
      right.put(question.getString("id"), question.getJsonObject("answerKey").getString("correct"));
    }
    String at = "/v1/assessments/" + assessment.getString("id") + "/attempts";
    int attempt = send(order.owner(), at, new JsonObject()).getInteger("attemptNumber");
    JsonObject graded =
        send(order.owner(), at + "/" + attempt + "/submit", new JsonObject().put("answers", right))
            .getJsonObject("result");
    assertThat(graded.getDouble("percentage")).as(graded.encodePrettily()).isEqualTo(100.0);
    assertThat(graded.getBoolean("passed")).isTrue();
  }
}
