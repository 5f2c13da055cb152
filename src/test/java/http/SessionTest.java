package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import settings.Settings;

/**
 * What tests of sessions need: learners of their own, lists, published lessons, and what the rows
 * say.
 */
abstract class SessionTest extends ApiTest {
  SessionTest() {
    super(Settings.AuthMode.COMPAT);
  }

  static String learner() {
    return "stu-" + UUID.randomUUID();
  }

  static String[] as(String learner) {
    return new String[] {"X-User-Id", learner};
  }

  static Answer expect(int status, Answer answer) {
    assertThat(answer.status())
        .as(answer.response().request().uri() + " " + answer.response().body())
        .isEqualTo(status);
    return answer;
  }

  static void refused(Answer answer, int status, String code) {
    expect(status, answer);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().getString("code")).as(answer.response().body()).isEqualTo(code);
    assertThat(answer.json().getString("detail")).isNotBlank();
  }

  String list(String learner, String name) {
    return expect(
            201,
            server.post(
                "/v1/word-lists",
                new JsonObject().put("name", name).put("classId", "class-77"),
                as(learner)))
        .json()
        .getString("id");
  }

  String word(String learner, String list, String word) {
    JsonObject body = new JsonObject().put("word", word).put("translation", "t-" + word);
    return expect(201, server.post("/v1/word-lists/" + list + "/words", body, as(learner)))
        .json()
        .getString("id");
  }

  List<String> words(String learner, String list, String... words) {
    List<String> ids = new ArrayList<>();
    for (String word : words) {
      ids.add(word(learner, list, word));
    }
    return ids;
  }

  JsonObject start(String learner, String family, JsonObject body) {
    return expect(201, server.post("/v1/" + family + "/sessions", body, as(learner))).json();
  }

  Answer result(String learner, String family, String session, JsonObject body) {
    return server.post("/v1/" + family + "/sessions/" + session + "/results", body, as(learner));
  }

  static JsonObject known(String word, boolean correct) {
    return new JsonObject().put("wordId", word).put("isCorrect", correct).put("timeSpentMs", 1200);
  }

  static List<String> ids(JsonArray items) {
    return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
  }

  static JsonObject progress(int current, int total, int correct, int incorrect) {
    return new JsonObject()
        .put("current", current)
        .put("total", total)
        .put("correct", correct)
        .put("incorrect", incorrect);
  }

  /** A published lesson; {@code student} null: of the whole class. */
  String publish(String status, String student, String title, int number) {
    String id = UUID.randomUUID().toString();
    databases.mysql(
        "INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, title,"
            + " lesson_date, status) VALUES (?, ?, 't-9', ?, ?, ?, '2026-01-20', ?)",
        id,
        "class-" + id.substring(0, 8),
        student,
        number,
        title,
        status);
    return id;
  }

  String card(String lesson, String topic, String topicName, String word, String difficulty) {
    String id = "card-" + UUID.randomUUID();
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
            + " exercise_data, difficulty, explanation) VALUES (?, ?, 'flashcards', ?, ?, ?, ?,"
            + " 'why')",
        id,
        lesson,
        topic,
        topicName,
        new JsonObject()
            .put("word", word)
            .put("translation", "t-" + word)
            .put("exampleSentence", "A " + word + ".")
            .put("notes", "n")
            .encode(),
        difficulty);
    return id;
  }

  Row row(String sql, Object... arguments) {
    return databases.mysql(sql, arguments).iterator().next();
  }

  long number(String sql, Object... arguments) {
    return row(sql, arguments).getLong(0);
  }
}
