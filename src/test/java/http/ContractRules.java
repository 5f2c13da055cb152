package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Single requests, how answers are judged, what mistakes are kept, and the starter catalogue. */
final class ContractRules {
  /** An answer of each game that is right, wrong or skipped, and the item it is to. */
  private record Play(String item, String noun, String right, String wrong, String skipped) {}

  private static final Map<String, Play> GAMES =
      Map.of(
          "flashcards",
          new Play("kettle", "word", "{\"isCorrect\":true}", "{\"isCorrect\":false}", ""),
          "spelling",
          new Play(
              "kettle",
              "word",
              "{\"userAnswer\":\"kettle\"}",
              "{\"userAnswer\":\"cattle\"}",
              "{\"skipped\":true}"),
          "grammar-challenge",
          new Play(
              "gram-articles-1",
              "question",
              "{\"selectedAnswer\":1}",
              "{\"selectedAnswer\":0}",
              "{}"),
          "advanced-cloze",
          new Play(
              "cz-weather-2",
              "item",
              "{\"selectedAnswers\":[\"rains\",\"stay\"]}",
              "{\"selectedAnswers\":[\"rain\",\"stay\"]}",
              ""),
          "sentence-builder",
          new Play(
              "sb-routine-1",
              "item",
              "{\"userTokens\":[\"My\",\"brother\",\"never\",\"drinks\",\"tea\",\".\"]}",
              "{\"userTokens\":[\"My\"]}",
              ""));

  private final ApiServer server;

  ContractRules(ApiServer server) {
    this.server = server;
  }

  Stream<DynamicTest> answers() {
    return ContractTable.rows("answers", 6).stream()
        .flatMap(
            row ->
                Stream.of("", "/api")
                    .map(
                        prefix ->
                            dynamicTest(
                                row.get(0) + " " + prefix + row.get(1) + " " + row.get(2),
                                () -> answer(row, prefix))));
  }

  private void answer(List<String> row, String prefix) {
    ContractLearner learner = new ContractLearner(server);
    learner.fill(row.get(5));
    String[] call = learner.fill(row.get(1)).split(" ");
    String body = learner.fill(row.get(2));
    Answer answer =
        server.call(
            call[0],
            prefix + call[1],
            body.isEmpty() ? null : body,
            "X-User-Id",
            learner.id,
            "Content-Type",
            "application/json",
            "Accept",
            "application/json");
    assertThat(answer.status())
        .as(answer.response().body())
        .isEqualTo(Integer.parseInt(row.get(3)));
    if (!row.get(4).isEmpty()) {
      isProblem(answer, row.get(4).split(" "));
    }
  }

  private static void isProblem(Answer answer, String[] codeAndField) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonObject body = answer.json();
    assertThat(body.getInteger("status")).isEqualTo(answer.status());
    assertThat(body.getString("code")).isEqualTo(codeAndField[0]);
    assertThat(body.getString("detail")).isNotBlank();
    assertThat(body.getBoolean("success")).isFalse();
    JsonObject error = body.getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo(codeAndField[0]);
    assertThat(error.getString("message")).isEqualTo(body.getString("detail"));
    assertThat(error.containsKey("details")).isTrue();
    assertThat(error.getValue("details")).matches(it -> it == null || it instanceof JsonObject);
    if (codeAndField.length > 1) {
      assertThat(answer.firstField()).startsWith(codeAndField[1] + " ");
    }
    if (codeAndField[0].startsWith("UNKNOWN_") && answer.status() == 400) {
      assertThat(error.getJsonObject("details").getJsonArray("invalidIds")).hasSize(1);
    }
    if (answer.status() == 405) {
      assertThat(answer.header("Allow")).isNotBlank();
    }
  }

  Stream<DynamicTest> judging() {
    return ContractTable.rows("judging", 5).stream()
        .map(
            row ->
                dynamicTest(row.get(0) + " " + row.get(1) + " " + row.get(2), () -> judged(row)));
  }

  private void judged(List<String> row) {
    Game game = new Game(row.get(0), row.get(1));
    Answer answer = game.result(row.get(2));
    if (row.get(3).equals("refused")) {
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
      assertThat(answer.firstField()).isNotBlank();
      return;
    }
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    boolean right = row.get(3).equals("right");
    JsonObject body = answer.json();
    assertThat(body.getJsonObject("progress"))
        .isEqualTo(
            new JsonObject()
                .put("current", 1)
                .put("total", 1)
                .put("correct", right ? 1 : 0)
                .put("incorrect", right ? 0 : 1));
    assertThat(body.getBoolean("isCorrect", right)).isEqualTo(right);
    if (!row.get(4).isEmpty()) {
      assertThat(body.getJsonObject("item").getString("errorType")).isEqualTo(row.get(4));
    }
  }

  Stream<DynamicTest> mistakes() {
    return ContractTable.rows("mistakes", 3).stream()
        .map(row -> dynamicTest(row.get(0) + " " + row.get(1), () -> kept(row)));
  }

  private void kept(List<String> row) {
    Play play = GAMES.get(row.get(0));
    Game game = new Game(row.get(0), play.item());
    for (String outcome : row.get(1).split(" ")) {
      Answer answer =
          switch (outcome) {
            case "r" -> game.result(play.right());
            case "w" -> game.result(play.wrong());
            default -> play.skipped().equals("{}") ? game.skip() : game.result(play.skipped());
          };
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }
    JsonArray mistakes =
        server
            .get("/v1/" + row.get(0) + "/mistakes", "X-User-Id", game.learner.id)
            .json()
            .getJsonArray("mistakes");
    int count = Integer.parseInt(row.get(2));
    assertThat(mistakes).hasSize(count == 0 ? 0 : 1);
    if (count > 0) {
      assertThat(mistakes.getJsonObject(0).getInteger("mistakeCount")).isEqualTo(count);
      assertThat(mistakes.getJsonObject(0).getString("itemId")).isEqualTo(game.item);
    }
  }

  /** One learner's session of one word or item. */
  private final class Game {
    private final ContractLearner learner = new ContractLearner(server);
    private final String path;
    private final String noun;
    private final String item;

    Game(String family, String wordOrItem) {
      noun = GAMES.get(family).noun();
      JsonObject start = new JsonObject().put("mode", "custom");
      if (noun.equals("word")) {
        JsonObject word = new JsonObject().put("word", wordOrItem).put("translation", "t");
        item = made("/v1/word-lists/" + learner.get("list") + "/words", word);
        start.put("wordListId", learner.get("list"));
      } else {
        item = wordOrItem;
      }
      start.put(
          "selected"
              + noun.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
              + noun.substring(1)
              + "Ids",
          new JsonArray().add(item));
      String sessions = "/v1/" + family + "/sessions";
      path = sessions + "/" + made(sessions, start);
    }

    private String made(String where, JsonObject body) {
      Answer answer = server.post(where, body, "X-User-Id", learner.id);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
      return answer.json().getString("id");
    }

    Answer result(String answer) {
      return server.post(
          path + "/results",
          new JsonObject(answer).put(noun + "Id", item),
          "X-User-Id",
          learner.id);
    }

    Answer skip() {
      return server.post(
          path + "/skip", new JsonObject().put(noun + "Id", item), "X-User-Id", learner.id);
    }
  }

  Stream<DynamicTest> orders() {
    return ContractTable.rows("orders", 3).stream()
        .map(row -> dynamicTest(row.get(0), () -> ordered(row)));
  }

  private void ordered(List<String> row) {
    List<JsonObject> listed =
        server.get(row.get(0)).json().getJsonArray("data").stream()
            .map(JsonObject.class::cast)
            .toList();
    Comparator<JsonObject> order =
        Comparator.comparing(item -> item.getString(row.get(1)), String.CASE_INSENSITIVE_ORDER);
    order = row.get(2).equals("desc") ? order.reversed() : order;
    assertThat(listed)
        .hasSizeGreaterThan(4)
        .isSortedAccordingTo(order.thenComparing(item -> item.getString("id")));
  }

  Stream<DynamicTest> catalogue() {
    return ContractTable.rows("catalogue", 3).stream()
        .map(row -> dynamicTest(row.get(0) + " " + row.get(1), () -> seeded(row)));
  }

  private void seeded(List<String> row) {
    JsonObject found =
        CatalogueTest.byId(server.get(row.get(0)).json().getJsonArray("data"), row.get(1));
    assertThat(found).as(row.get(1)).isNotNull();
    JsonObject due = new JsonObject(row.get(2));
    Set<String> others = new java.util.HashSet<>(found.fieldNames());
    others.removeAll(due.fieldNames());
    others.forEach(found::remove);
    assertThat(found).isEqualTo(due);
  }
}
