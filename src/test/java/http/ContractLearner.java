package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A learner of one row, and what the row's {@code {names}} stand for: each is made over HTTP when
 * it is first named.
 */
final class ContractLearner {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private final ApiServer server;
  private final Map<String, String> made = new HashMap<>();
  final String id = "row-" + UUID.randomUUID();

  ContractLearner(ApiServer server) {
    this.server = server;
  }

  /** The text with every name replaced. */
  String fill(String template) {
    return NAME.matcher(template).replaceAll(name -> Matcher.quoteReplacement(get(name.group(1))));
  }

  /** What a name stands for. */
  String get(String name) {
    String known = made.get(name);
    if (known == null) {
      known = make(name);
      made.put(name, known);
    }
    return known;
  }

  private String make(String name) {
    return switch (name) {
      case "me" -> id;
      case "list" -> {
        String list = post("/v1/word-lists", "{\"name\":\"Kitchen\",\"classId\":\"class-77\"}");
        made.put("list", list);
        made.put("word", word("kettle"));
        yield list;
      }
      case "word" -> {
        get("list");
        yield made.get("word");
      }
      case "cardTopic" -> ContractTest.TOPIC;
      case "cards" -> words("flashcards");
      case "bee" -> words("spelling");
      case "cloze" -> items("advanced-cloze", "Item", "cz-weather-2");
      case "grammar" -> items("grammar-challenge", "Question", "gram-articles-1");
      case "sentence" -> items("sentence-builder", "Item", "sb-routine-1");
      case "cardMistake" ->
          result("flashcards", "cards", "wordId", get("word"), "isCorrect", false);
      case "beeMistake" -> result("spelling", "bee", "wordId", get("word"), "userAnswer", "kettel");
      case "clozeMistake" ->
          result(
              "advanced-cloze",
              "cloze",
              "itemId",
              "cz-weather-2",
              "selectedAnswers",
              new JsonArray().add("rain").add("stay"));
      case "grammarMistake" ->
          result(
              "grammar-challenge", "grammar", "questionId", "gram-articles-1", "selectedAnswer", 0);
      case "sentenceMistake" ->
          result(
              "sentence-builder",
              "sentence",
              "itemId",
              "sb-routine-1",
              "userTokens",
              new JsonArray().add("tea").add("My"));
      case "played" -> post("/v1/flashcards/sessions/" + get("cards") + "/complete", null);
      default -> throw new IllegalArgumentException("no row of the contract may name " + name);
    };
  }

  private String word(String word) {
    return post(
        "/v1/word-lists/" + made.get("list") + "/words",
        "{\"word\":\"" + word + "\",\"translation\":\"t\"}");
  }

  private String words(String family) {
    return post("/v1/" + family + "/sessions", "{\"wordListId\":\"" + get("list") + "\"}");
  }

  private String items(String family, String noun, String item) {
    return post(
        "/v1/" + family + "/sessions",
        "{\"mode\":\"custom\",\"selected" + noun + "Ids\":[\"" + item + "\"]}");
  }

  private String result(
      String family, String session, String member, String item, String answer, Object value) {
    return post(
        "/v1/" + family + "/sessions/" + get(session) + "/results",
        new JsonObject().put(member, item).put(answer, value).encode());
  }

  private String post(String path, String body) {
    Answer answer = server.post(path, body, "X-User-Id", id);
    assertThat(answer.status()).as(path + " " + answer.response().body()).isBetween(200, 201);
    return answer.json().getString("id", "");
  }
}
