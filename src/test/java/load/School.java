package load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A class of students with lists, an open session of each game, finished ones and mistakes: all
 * made by playing over HTTP, but for the lesson, which a teacher would have approved.
 */
final class School {
  private static final int WORDS = 40;
  private static final int DECK = 10;
  private static final int FINISHED = 2;

  private record Game(
      String kind,
      String family,
      String items,
      String itemId,
      String answer,
      String topicId,
      String topic) {}

  private static final List<Game> GAMES =
      List.of(
          new Game("flashcards", "/v1/flashcards", "words", "wordId", "isCorrect", null, null),
          new Game("spelling", "/v1/spelling", "words", "wordId", "userAnswer", null, null),
          new Game(
              "cloze",
              "/v1/advanced-cloze",
              "items",
              "itemId",
              "selectedAnswers",
              "topicId",
              "cz-health"),
          new Game(
              "grammar",
              "/v1/grammar-challenge",
              "questions",
              "questionId",
              "selectedAnswer",
              "categoryId",
              "gram-tenses"),
          new Game(
              "sentence",
              "/v1/sentence-builder",
              "items",
              "itemId",
              "userTokens",
              "topicId",
              "sb-town"));

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  School(URI server) {
    this.server = server;
  }

  List<Student> students(int count, Pool mysql) throws Exception {
    lesson(mysql);
    List<Student> students = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      students.add(student(String.format("student-%02d", i)));
    }
    return students;
  }

  private static void lesson(Pool mysql) throws Exception {
    mysql
        .query(
            "INSERT INTO lessons (id, class_id, teacher_id, lesson_number, title, status) VALUES"
                + " ('bench-lesson', 'bench', 'teacher', 1, 'At the harbour', 'approved')")
        .execute()
        .await(10, TimeUnit.SECONDS);
    for (int i = 0; i < 10; i++) {
      mysql
          .preparedQuery(
              "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
                  + " exercise_data) VALUES (?, 'bench-lesson', 'flashcards', 'harbour', 'Harbour',"
                  + " ?)")
          .execute(
              Tuple.of(
                  "bench-card-" + i,
                  new JsonObject().put("word", "ship " + i).put("translation", "אונייה").encode()))
          .await(10, TimeUnit.SECONDS);
    }
  }

  private Student student(String id) throws Exception {
    Student student = new Student(id);
    String list = post(id, "/v1/word-lists", new JsonObject().put("name", "Harbour words"));
    student.has("list", list);
    String deck = post(id, "/v1/word-lists", new JsonObject().put("name", "Words to play"));
    student.has("deck", deck);
    student.has("spare", post(id, "/v1/word-lists", new JsonObject().put("name", "Notebook")));
    words(student, "word", list, WORDS);
    words(student, "card", deck, DECK);
    for (Game game : GAMES) {
      for (int i = 0; i <= FINISHED; i++) {
        play(student, game, deck, i == FINISHED);
      }
    }
    return student;
  }

  private void words(Student student, String kind, String list, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String text = "harbour " + kind + " " + i;
      String word =
          post(
              student.id,
              "/v1/word-lists/" + list + "/words",
              new JsonObject()
                  .put("word", text)
                  .put("translation", "מילה " + i)
                  .put("exampleSentence", "We saw the " + text + " on the way."));
      student.canAnswer(kind, word, text);
      student.canAnswer(kind, word, "harbor wrod " + i);
    }
  }

  /**
   * @param last stays open, to be answered by the load; all sessions that it begins later hold the
   *     same items, so that what answers one answers all
   */
  private void play(Student student, Game game, String list, boolean last) throws Exception {
    boolean words = game.items().equals("words");
    JsonObject start =
        words
            ? new JsonObject()
                .put("mode", "custom")
                .put("wordListId", list)
                .put("limit", last ? DECK : 4)
            : new JsonObject()
                .put("mode", "topic")
                .put(game.topicId(), game.topic())
                .put("limit", last ? 20 : 4);
    JsonObject session = call("POST", student.id, game.family() + "/sessions", start);
    String path = game.family() + "/sessions/" + session.getString("id");
    for (Object entry : session.getJsonArray(game.items())) {
      JsonObject item = (JsonObject) entry;
      Object wrong = wrong(game, item);
      if (!last) {
        call(
            "POST",
            student.id,
            path + "/results",
            new JsonObject()
                .put(game.itemId(), item.getString("id"))
                .put(game.answer(), wrong)
                .put("clientResultId", UUID.randomUUID().toString()));
      } else if (!words) {
        student.canAnswer(game.kind(), item.getString("id"), right(game, item));
        student.canAnswer(game.kind(), item.getString("id"), wrong.toString());
      }
    }
    if (last) {
      student.made(game.kind(), session.getString("id"));
    } else {
      call("POST", student.id, path + "/complete", new JsonObject());
    }
  }

  private static Object wrong(Game game, JsonObject item) {
    return switch (game.kind()) {
      case "flashcards" -> (Object) false;
      case "spelling" -> "no idea";
      case "cloze" -> texts(item.getJsonArray("correct").size());
      case "grammar" -> (item.getInteger("correctIndex") + 1) % item.getJsonArray("options").size();
      default -> texts(2);
    };
  }

  private static JsonArray texts(int count) {
    return new JsonArray(java.util.Collections.nCopies(count, "nothing"));
  }

  private static String right(Game game, JsonObject item) {
    return switch (game.kind()) {
      case "cloze" -> item.getJsonArray("correct").encode();
      case "grammar" -> item.getInteger("correctIndex").toString();
      default -> item.getJsonArray("accepted").getJsonArray(0).encode();
    };
  }

  /**
   * @return the id of what was made
   */
  private String post(String student, String path, JsonObject body) throws Exception {
    return call("POST", student, path, body).getString("id");
  }

  private JsonObject call(String method, String student, String path, JsonObject body)
      throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(server.resolve(path))
                .header("X-User-Id", student)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          method + " " + path + " answered " + response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }
}
