package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a course may be asked for with, and what is refused at once. */
class CourseRequestsTest extends CourseJobTest {
  @Test
  void whatIsNotThereOrSomebodyElsesIsRefusedAtOnce() throws Exception {
    String[] owner = owner("refused");
    String foreign = file(owner("other"), "The river carries sand to its mouth.");
    for (String id : List.of(foreign, UUID.randomUUID().toString())) {
      JsonObject source =
          new JsonObject().put("type", "files").put("fileIds", new JsonArray().add(id));
      Answer answer =
          server.post("/api/v1/course-jobs", new JsonObject().put("source", source), owner);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(404);
      assertThat(answer.response().body()).contains("NOT_FOUND", id);
    }
    long lesson = lesson("class-refused", "somebody-else", "completed", "spoken words");
    for (long id : new long[] {lesson, 999_999_999}) {
      JsonObject source = new JsonObject().put("type", "transcript").put("lessonId", id);
      Answer answer =
          server.post("/api/v1/course-jobs", new JsonObject().put("source", source), owner);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(404);
      assertThat(answer.response().body()).contains("LESSON_NOT_FOUND");
    }
    assertThat(server.get("/api/v1/course-jobs", owner).json().getJsonArray("data")).isEmpty();
  }

  @Test
  void aFormBringsTheRequestAndItsFiles() throws Exception {
    String[] owner = owner("form");
    String process = UUID.randomUUID().toString();
    JsonObject options = new JsonObject().put("chapters", new JsonObject().put("max", 1));
    JsonObject request =
        new JsonObject().put("generationProcessId", process).put("options", options);
    String json = part("request", null, "application/json", request.encode());
    String text = part("file", "rivers.txt", "text/plain", CourseText.RIVERS);
    HttpResponse<String> accepted = form(owner, "/api/v1/course-jobs", json, text);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    JsonObject job = new JsonObject(accepted.body());
    assertThat(accepted.headers().firstValue("Location")).hasValue(job.getString("statusUrl"));
    // the same bytes again are the same request
    String named = part("request", "request.json", "application/json", request.encode());
    HttpResponse<String> repeated = form(owner, "/api/v1/course-jobs", named, text);
    assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(200);
    assertThat(new JsonObject(repeated.body()).getString("jobId"))
        .isEqualTo(job.getString("jobId"));
    JsonObject done = awaitEnd(owner, job.getString("jobId"));
    assertThat(done.getString("status")).as(done.encodePrettily()).isIn("completed", "partial");
    assertThat(done.getJsonObject("usage").getLong("calls")).isZero();
    JsonObject content =
        server.get("/v1/courses/" + job.getString("courseId") + "/content", owner).json();
    assertThat(content.getJsonArray("chapters")).hasSize(1);

    assertThat(form(owner, "/api/v1/course-jobs", text).statusCode()).isEqualTo(400);
    String broken = part("request", null, "application/json", "[1]");
    assertThat(form(owner, "/api/v1/course-jobs", broken, text).statusCode()).isEqualTo(400);
    JsonObject pdf = new JsonObject().put("source", new JsonObject().put("type", "pdf"));
    HttpResponse<String> lie =
        form(
            owner,
            "/api/v1/course-jobs",
            part("request", null, "application/json", pdf.encode()),
            part("file", "lie.pdf", "application/pdf", "no PDF at all"));
    assertThat(lie.statusCode()).as(lie.body()).isEqualTo(400);
  }

  @Test
  void aTopicIsRefusedWhereNoModelIsSetUp() {
    String[] owner = owner("no-model");
    server.models = false;
    try {
      JsonObject source = new JsonObject().put("type", "topic").put("topic", "Rivers");
      Answer answer =
          server.post("/api/v1/course-jobs", new JsonObject().put("source", source), owner);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
      assertThat(answer.response().body()).contains("set one up");
      Answer topic =
          server.post("/generate-course-parallel", new JsonObject().put("topic", "Rivers"), owner);
      assertThat(topic.status()).as(topic.response().body()).isEqualTo(503);
      assertThat(topic.json().getString("detail")).contains("set one up");
    } finally {
      server.models = true;
    }
  }

  @Test
  void optionsOutOfRangeAreRefusedByName() {
    String[] owner = owner("options");
    JsonObject wrong =
        new JsonObject().put("chapters", new JsonObject().put("min", 5).put("max", 2));
    Answer chapters =
        server.post(
            "/v1/course-jobs",
            textRequest(UUID.randomUUID().toString()).put("options", wrong),
            owner);
    assertThat(chapters.status()).isEqualTo(400);
    assertThat(chapters.firstField()).startsWith("options.chapters.min");
    Answer cost =
        server.post(
            "/v1/course-jobs",
            textRequest(UUID.randomUUID().toString())
                .put("options", new JsonObject().put("maxCostUsd", -1)),
            owner);
    assertThat(cost.status()).isEqualTo(400);
    assertThat(cost.firstField()).startsWith("options.maxCostUsd");
  }

  @Test
  void brokenRequestsAreToldInTheShapeOfTheirPath() {
    String[] owner = owner("broken");
    Answer topic = server.post("/generate-course-parallel", new JsonObject(), owner);
    assertThat(topic.status()).isEqualTo(422);
    JsonObject first = topic.json().getJsonArray("detail").getJsonObject(0);
    assertThat(first.getString("type")).isEqualTo("missing");
    assertThat(first.getJsonArray("loc")).containsExactly("body", "topic");
    Answer forged =
        server.post(
            "/generate-course-parallel",
            new JsonObject().put("topic", "Rivers").put("userId", "somebody-else"),
            owner);
    assertThat(forged.status()).isEqualTo(403);
    Answer source =
        server.post(
            "/v1/course-jobs",
            new JsonObject().put("source", new JsonObject().put("type", "spell")),
            owner);
    assertThat(source.status()).isEqualTo(400);
    assertThat(source.firstField()).startsWith("source.type");
  }

  private String file(String[] owner, String text) throws Exception {
    HttpResponse<String> answer =
        form(owner, "/v1/source-files", part("files", "notes.txt", "text/plain", text));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body()).getJsonArray("files").getJsonObject(0).getString("id");
  }

  private static String part(String name, String file, String type, String content) {
    return "--part-of-a-form\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + (file == null ? "" : "; filename=\"" + file + "\"")
        + "\r\nContent-Type: "
        + type
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private HttpResponse<String> form(String[] owner, String path, String... parts) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
                .headers(owner)
                .header("Content-Type", "multipart/form-data; boundary=part-of-a-form")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        String.join("", parts) + "--part-of-a-form--\r\n"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
