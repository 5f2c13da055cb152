package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A request of every operation of the games, for the learner of {@link OwnershipWalkSeed}. */
final class GameRequests {
  private static final Map<String, String> GAMES =
      Map.of(
          "Flashcard",
          "flashcards",
          "Spelling",
          "spelling_bee",
          "Cloze",
          "advanced_cloze",
          "Grammar",
          "grammar_challenge",
          "Sentence",
          "sentence_builder");

  private final ApiServer server;

  GameRequests(ApiServer server) {
    this.server = server;
  }

  final class Request {
    private final Operation operation;
    private final Map<String, String> path = new LinkedHashMap<>();
    private JsonObject body;
    private String key;

    Request(String operation) {
      this.operation = ApiDocument.shared().operation(operation);
    }

    Request with(String name, String value) {
      path.put(name, value);
      return this;
    }

    Request body(JsonObject sent) {
      body = sent;
      return this;
    }

    ApiServer.Answer send() {
      String route = operation.mounts().get(0).route();
      for (Map.Entry<String, String> part : path.entrySet()) {
        route = route.replace(":" + part.getKey(), part.getValue());
      }
      assertThat(route).as("all path parameters are known").doesNotContain(":");
      String text = body == null ? null : body.encode();
      return key == null
          ? server.call(
              operation.method().name(), route, text, "X-User-Id", OwnershipWalkSeed.OWNER)
          : server.call(
              operation.method().name(),
              route,
              text,
              "X-User-Id",
              OwnershipWalkSeed.OWNER,
              Idempotency.HEADER,
              key);
    }

    String made() {
      ApiServer.Answer answer = send();
      assertThat(answer.status()).as(answer.response().body()).isBetween(200, 201);
      return answer.json().getString("id");
    }
  }

  /**
   * One operation's request; what it needs, such as a session, is made first.
   *
   * @param id the operation's
   * @param variant words such as "wrong", "lesson card", "key" or "sent again"
   */
  Request request(String id, String variant) {
    String game =
        GAMES.entrySet().stream()
            .filter(entry -> id.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("flashcards");
    Request request =
        new Request(id)
            .with("listId", "walk-list")
            .with("wordId", "walk-word")
            .with("userId", OwnershipWalkSeed.OWNER)
            .with("sessionId", "walk-session-" + game)
            .with("itemId", "walk-item-" + game);
    if (id.startsWith("start")) {
      request.body(start(id, game));
    } else if (id.startsWith("record") || id.startsWith("skip")) {
      if (variant.contains("lesson card")) {
        request.with("sessionId", new Request(starting(id)).body(ofLesson()).made());
      } else {
        request.with("sessionId", new Request(starting(id)).body(start(starting(id), game)).made());
      }
      request.body(answer(id, variant));
    } else if (id.startsWith("complete")) {
      request.with("sessionId", new Request(starting(id)).body(start(starting(id), game)).made());
    } else if (id.endsWith("WordList") && !id.startsWith("get")) {
      if (id.startsWith("delete")) {
        request.with("listId", new Request("createWordList").body(name()).made());
      } else if (!id.startsWith("favorite")) {
        request.body(name());
      }
    } else if (id.equals("createWord") || id.equals("updateWord")) {
      request.body(word());
    } else if (id.equals("deleteWord")) {
      request.with(
          "wordId", new Request("createWord").with("listId", "walk-list").body(word()).made());
    }
    if (variant.contains("key")) {
      request.key = UUID.randomUUID().toString();
    }
    if (variant.contains("sent again")) {
      assertThat(request.send().status()).isBetween(200, 201);
    }
    return request;
  }

  private static String starting(String operation) {
    String game =
        operation
            .replaceFirst("^(record|skip|complete)", "")
            .replaceFirst("(Result|Question|Session)$", "");
    return "start" + game + "Session";
  }

  private static JsonObject name() {
    return new JsonObject().put("name", "Words of the week");
  }

  private static JsonObject word() {
    return new JsonObject().put("word", "harbour").put("translation", "t");
  }

  private static JsonObject start(String operation, String game) {
    if (operation.equals("startSession")) {
      return new JsonObject()
          .put("game_type", "flashcards")
          .put("item_ids", new JsonArray().add("walk-word"));
    }
    return game.equals("flashcards") || game.equals("spelling_bee")
        ? new JsonObject().put("mode", "custom").put("wordListId", "walk-list")
        : ofLesson();
  }

  private static JsonObject ofLesson() {
    return new JsonObject().put("mode", "lesson").put("lessonId", "walk-lesson");
  }

  private static JsonObject answer(String operation, String variant) {
    boolean right = !variant.contains("wrong");
    JsonObject body =
        switch (operation) {
          case "recordSpellingResult" ->
              new JsonObject()
                  .put("wordId", "walk-word")
                  .put("userAnswer", right ? OwnershipWalkSeed.MARK + "word" : "no");
          case "recordClozeResult" ->
              new JsonObject()
                  .put("itemId", "walk-item-advanced_cloze")
                  .put("selectedAnswers", new JsonArray().add(right ? "a" : "b"));
          case "recordGrammarResult" ->
              new JsonObject()
                  .put("questionId", "walk-item-grammar_challenge")
                  .put("selectedAnswer", right ? 0 : 1);
          case "skipGrammarQuestion" ->
              new JsonObject().put("questionId", "walk-item-grammar_challenge");
          case "recordSentenceResult" ->
              new JsonObject()
                  .put("itemId", "walk-item-sentence_builder")
                  .put(
                      "userTokens",
                      new JsonArray()
                          .add(right ? OwnershipWalkSeed.MARK : "no")
                          .add("runs")
                          .add("."));
          case "recordResult" ->
              new JsonObject().put("item_id", "walk-word").put("is_correct", right);
          default ->
              new JsonObject()
                  .put(
                      "wordId",
                      variant.contains("lesson card") ? "walk-item-flashcards" : "walk-word")
                  .put("isCorrect", right);
        };
    return body.put("clientResultId", UUID.randomUUID().toString());
  }
}
