package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One course of a test, from the request to its end. */
record CourseRun(ApiServer server, String[] owner, String job, String course) {
  /** Has a course made of the text on rivers. */
  static CourseRun begin(ApiServer server, String owner, List<String> parts) {
    String[] who = server.token(owner, "");
    Answer answer =
        server.post(
            "/v1/course-jobs",
            new JsonObject()
                .put("source", new JsonObject().put("type", "text").put("text", CourseText.RIVERS))
                .put("options", new JsonObject().put("parts", new JsonArray(parts))),
            who);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    return new CourseRun(
        server, who, answer.json().getString("jobId"), answer.json().getString("courseId"));
  }

  /** Waits until nothing more can happen to the job, and gives it. */
  JsonObject end() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + server.port + "/v1/course-jobs/" + job + "/events")
                  .toURL()
                  .openConnection();
      connection.setRequestProperty(owner[0], owner[1]);
      connection.setReadTimeout(40_000);
      try (BufferedReader events =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        while (events.readLine() != null) {
          // the stream ends with the job
        }
      }
      return server.get("/v1/course-jobs/" + job, owner).json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject content() {
    return server.get("/v1/courses/" + course + "/content?withAnswers=true", owner).json();
  }

  /** The course's lessons in order. */
  List<JsonObject> lessons() {
    return content().getJsonArray("chapters").stream()
        .flatMap(chapter -> ((JsonObject) chapter).getJsonArray("lessons").stream())
        .map(JsonObject.class::cast)
        .toList();
  }
}
