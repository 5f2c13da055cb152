package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import settings.Settings;

/** D4 to D10, E4 to E11, F4 to F11: playing. */
class CatalogueSessionsTest extends CatalogueTest {
  CatalogueSessionsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  private JsonObject start(Family family, String learner, String body) {
    Answer answer = server.post(family.path() + "/sessions", body, as(learner));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json();
  }

  private JsonObject custom(Family family, String learner, String... ids) {
    JsonArray chosen = new JsonArray(List.of(ids));
    return start(
        family,
        learner,
        new JsonObject()
            .put("mode", "custom")
            .put(family.selected(), chosen)
            .put("shuffle", false)
            .encode());
  }

  private Answer result(Family family, String learner, String session, String item, String answer) {
    JsonObject body = new JsonObject(answer).put(family.noun() + "Id", item);
    return server.post(family.path() + "/sessions/" + session + "/results", body, as(learner));
  }

  @ParameterizedTest
  @MethodSource("families")
  void aGameIsPlayedFromStartToEnd(Family family) {
    String learner = "play-" + family.gameType();
    Answer started =
        server.post(
            family.path() + "/sessions",
            new JsonObject()
                .put("mode", "custom")
                .put(family.selected(), new JsonArray().add(family.type())),
            as(learner));
    assertThat(started.status()).isEqualTo(201);
    JsonObject session = started.json();
    String id = session.getString("id");
    assertThat(started.header("Location")).isEqualTo(family.path() + "/sessions/" + id);
    assertThat(session.getString("gameType")).isEqualTo(family.gameType());
    assertThat(session.getJsonObject("progress").encode())
        .isEqualTo("{\"current\":0,\"total\":1,\"correct\":0,\"incorrect\":0}");
    JsonObject item = session.getJsonArray(family.items()).getJsonObject(0);
    assertThat(item.getString("hint")).isNotBlank();
    assertThat(
            item.containsKey("correct")
                || item.containsKey("correctIndex")
                || item.containsKey("accepted"))
        .isTrue();

    JsonObject wrong = result(family, learner, id, family.type(), family.wrong()).json();
    assertThat(wrong.getBoolean("ok")).isTrue();
    assertThat(wrong.getBoolean("duplicate")).isFalse();
    assertThat(wrong.getBoolean("isCorrect")).isFalse();
    assertThat(wrong.getJsonObject("progress").encode())
        .isEqualTo("{\"current\":1,\"total\":1,\"correct\":0,\"incorrect\":1}");
    JsonObject mistakes = server.get(family.path() + "/mistakes", as(learner)).json();
    assertThat(mistakes.getJsonArray("mistakes"))
        .isEqualTo(mistakes.getJsonArray("data"))
        .hasSize(1);
    assertThat(mistakes.getJsonArray("data").getJsonObject(0).getInteger("mistakeCount"))
        .isEqualTo(1);

    JsonObject right = result(family, learner, id, family.type(), family.right()).json();
    assertThat(right.getBoolean("isCorrect")).isTrue();
    assertThat(right.getJsonObject("progress").getInteger("correct")).isEqualTo(1);
    assertThat(server.get(family.path() + "/mistakes", as(learner)).json().getInteger("count"))
        .as("history stays")
        .isEqualTo(1);

    JsonObject again = start(family, learner, "{\"mode\":\"mistakes\"}");
    assertThat(again.getJsonArray("itemIds")).containsExactly(family.type());

    assertThat(
            server
                .get(family.path() + "/sessions/" + id, as(learner))
                .json()
                .getJsonArray(family.items()))
        .hasSize(1);
    assertThat(
            server.get(family.path() + "/sessions/" + id, as("somebody")).json().getString("code"))
        .isEqualTo("SESSION_NOT_FOUND");
    Answer completed =
        server.post(family.path() + "/sessions/" + id + "/complete", null, as(learner));
    assertThat(completed.status()).isEqualTo(200);
    assertThat(completed.json().getJsonArray(family.items())).isEmpty();
    assertThat(completed.json().getJsonArray(family.mastered())).containsExactly(family.type());
    assertThat(completed.json().getJsonArray(family.needsPractice())).isEmpty();
    assertThat(
            server
                .post(family.path() + "/sessions/" + id + "/complete", null, as(learner))
                .status())
        .isEqualTo(409);
    assertThat(result(family, learner, id, family.type(), family.right()).json().getString("code"))
        .isEqualTo("SESSION_COMPLETED");
    JsonObject stats = server.get(family.path() + "/stats/me", as(learner)).json();
    assertThat(stats.getInteger("accuracy")).isEqualTo(50);
    assertThat(stats.getInteger("completedSessions")).isEqualTo(1);
  }

  @Test
  void theClientsOpinionDoesNotCountBesideAnAnswer() {
    for (Family family : families()) {
      String id = custom(family, "opinion", family.type()).getString("id");
      String wrong = new JsonObject(family.wrong()).put("isCorrect", true).encode();
      assertThat(result(family, "opinion", id, family.type(), wrong).json().getBoolean("isCorrect"))
          .isFalse();
      String right = new JsonObject(family.right()).put("isCorrect", false).encode();
      assertThat(result(family, "opinion", id, family.type(), right).json().getBoolean("isCorrect"))
          .isTrue();
    }
  }

  @Test
  void resultsSayWhatTheContractShows() {
    String cloze = custom(CLOZE, "shapes", "cz-weather-2").getString("id");
    assertThat(
            result(CLOZE, "shapes", cloze, "cz-weather-2", CLOZE.wrong())
                .json()
                .getJsonObject("item")
                .encode())
        .isEqualTo(
            "{\"id\":\"cz-weather-2\",\"lastSelected\":[\"rain\",\"stay\"],\"attempts\":1,\"correct\":[\"rains\",\"stay\"]}");
    String grammar = custom(GRAMMAR, "shapes", "gram-articles-1").getString("id");
    assertThat(
            result(GRAMMAR, "shapes", grammar, "gram-articles-1", GRAMMAR.right())
                .json()
                .getJsonObject("question")
                .encode())
        .isEqualTo(
            "{\"id\":\"gram-articles-1\",\"lastSelected\":1,\"attempts\":1,\"correctIndex\":1}");
    String sentence = custom(SENTENCE, "shapes", "sb-routine-1").getString("id");
    assertThat(
            result(
                    SENTENCE,
                    "shapes",
                    sentence,
                    "sb-routine-1",
                    "{\"userTokens\":[\"tea\",\"My\"],\"attempts\":2}")
                .json()
                .getJsonObject("item")
                .encode())
        .isEqualTo(
            "{\"id\":\"sb-routine-1\",\"lastTokens\":[\"tea\",\"My\"],\"errorType\":\"missing_words\",\"attempts\":2}");
    JsonObject legacy =
        server
            .post(
                "/api/v1/sentence/sessions/" + sentence + "/results",
                "{\"item_id\":\"sb-routine-1\",\"is_correct\":true,\"time_spent_ms\":5}",
                as("shapes"))
            .json();
    assertThat(legacy.getString("id")).matches("[0-9]+");
    assertThat(legacy.getString("message")).isNotBlank();
    assertThat(legacy.getBoolean("is_correct")).isTrue();
  }

  @Test
  void sentencesAreJudgedByEveryAcceptedOrder() {
    String id = custom(SENTENCE, "orders", "sb-routine-5", "sb-routine-2").getString("id");
    List<List<String>> cases =
        List.of(
            List.of("We usually have dinner at home together .", "null"),
            List.of("We usually have dinner together at home .", "null"),
            List.of("We have usually dinner together at home .", "word_order"),
            List.of("we usually have dinner together at home .", "word_order"),
            List.of("We usually have dinner together home .", "missing_words"),
            List.of("We usually have have dinner together at home .", "extra_words"),
            List.of("We usually have dinner dinner at home .", "word_order"));
    for (List<String> one : cases) {
      JsonObject answer =
          new JsonObject().put("userTokens", new JsonArray(List.of(one.get(0).split(" "))));
      JsonObject verdict = result(SENTENCE, "orders", id, "sb-routine-5", answer.encode()).json();
      assertThat(verdict.getBoolean("isCorrect"))
          .as(one.get(0))
          .isEqualTo(one.get(1).equals("null"));
      assertThat(String.valueOf(verdict.getJsonObject("item").getValue("errorType")))
          .as(one.get(0))
          .isEqualTo(one.get(1));
    }
    JsonObject mistake = data("/v1/sentence/mistakes", as("orders")).getJsonObject(0);
    assertThat(mistake.getString("english")).isEqualTo("We usually have dinner together at home.");
    assertThat(mistake.getString("lastErrorType"))
        .isEqualTo(mistake.getString("mistake_type"))
        .isEqualTo("word_order");
    assertThat(new JsonArray(mistake.getString("correctAnswer"))).hasSize(8);
    assertThat(new JsonArray(mistake.getString("userAnswer")).getString(4)).isEqualTo("dinner");
  }

  @Test
  void mistakesShowTheirItems() {
    String cloze = custom(CLOZE, "shown", "cz-weather-2").getString("id");
    result(CLOZE, "shown", cloze, "cz-weather-2", CLOZE.wrong());
    JsonObject row = data("/api/v1/cloze/mistakes", as("shown")).getJsonObject(0);
    assertThat(row.getJsonArray("selectedAnswers")).containsExactly("rain", "stay");
    assertThat(row.getString("correctAnswer")).isEqualTo("[\"rains\",\"stay\"]");
    assertThat(row.getString("topic")).isEqualTo("cz-weather");
    assertThat(row.getJsonArray("text_parts")).hasSize(3);
    assertThat(row.getJsonArray("correct_answers")).containsExactly("rains", "stay");
    assertThat(row.getString("item_type")).isEqualTo("advanced_cloze");
    String grammar = custom(GRAMMAR, "shown", "gram-articles-1").getString("id");
    result(GRAMMAR, "shown", grammar, "gram-articles-1", "{\"selectedAnswer\":2}");
    row = data("/v1/grammar/mistakes", as("shown")).getJsonObject(0);
    assertThat(row.getString("questionId"))
        .isEqualTo(row.getString("itemId"))
        .isEqualTo("gram-articles-1");
    assertThat(row.getInteger("lastSelected")).isEqualTo(2);
    assertThat(row.getString("userAnswer")).isEqualTo("the");
    assertThat(row.getString("correct_answer")).isEqualTo("an");
    assertThat(row.getString("question")).contains("____");
    assertThat(row.getJsonArray("options")).hasSize(4);
    assertThat(row.getString("category")).isEqualTo("gram-articles");
    assertThat(
            server
                .get("/v1/grammar/mistakes", as("shown"))
                .json()
                .getJsonObject("pagination")
                .getInteger("limit"))
        .isEqualTo(10);
    assertThat(
            server
                .get("/v1/grammar-challenge/mistakes", as("shown"))
                .json()
                .getJsonObject("pagination")
                .getInteger("limit"))
        .isEqualTo(20);
  }

  @ParameterizedTest
  @MethodSource("families")
  void answersThatAreNoneAreRefused(Family family) {
    String id = custom(family, "refused", family.type()).getString("id");
    List<String> bad =
        family == CLOZE
            ? List.of(
                "{}",
                "{\"selectedAnswers\":[\"rains\"]}",
                "{\"selectedAnswers\":[]}",
                "{\"selectedAnswers\":\"rains\"}",
                "{\"selectedAnswers\":[1,2]}")
            : family == GRAMMAR
                ? List.of(
                    "{}",
                    "{\"selectedAnswer\":4}",
                    "{\"selectedAnswer\":-1}",
                    "{\"selectedAnswer\":\"an\"}",
                    "{\"selectedAnswer\":1.5}")
                : List.of(
                    "{}",
                    "{\"userTokens\":[]}",
                    "{\"userTokens\":\"My brother\"}",
                    "{\"userTokens\":[null]}");
    for (String answer : bad) {
      Answer refused = result(family, "refused", id, family.type(), answer);
      assertThat(refused.status()).as(answer).isEqualTo(400);
      assertThat(refused.json().getString("code")).isEqualTo("VALIDATION_ERROR");
    }
    Answer unknown = result(family, "refused", id, "nothing", family.right());
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().getString("code")).isEqualTo(family.unknown());
    assertThat(unknown.invalidIds()).isEqualTo(List.of("nothing"));
    assertThat(result(family, "refused", "nothing", family.type(), family.right()).status())
        .isEqualTo(404);
    Family other = family == CLOZE ? GRAMMAR : CLOZE;
    assertThat(result(other, "refused", id, other.type(), other.right()).json().getString("code"))
        .isEqualTo("SESSION_NOT_FOUND");
    assertThat(
            server
                .get(family.path() + "/sessions/" + id, as("refused"))
                .json()
                .getJsonObject("progress")
                .getInteger("current"))
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyModeDemandsWhatItNeeds(Family family) {
    List<List<String>> cases =
        List.of(
            List.of("{}", "400", "VALIDATION_ERROR"),
            List.of("{\"mode\":\"random\"}", "400", "VALIDATION_ERROR"),
            List.of("{\"mode\":\"custom\"}", "400", "VALIDATION_ERROR"),
            List.of(
                "{\"mode\":\"custom\",\"" + family.selected() + "\":[]}",
                "400",
                "VALIDATION_ERROR"),
            List.of(
                "{\"mode\":\"custom\",\""
                    + family.selected()
                    + "\":[\""
                    + family.type()
                    + "\",\"nothing\"]}",
                "400",
                family.unknown()),
            List.of("{\"mode\":\"lesson\"}", "400", "VALIDATION_ERROR"),
            List.of("{\"mode\":\"lesson\",\"lessonId\":\"nothing\"}", "404", "LESSON_NOT_FOUND"),
            List.of(
                "{\"mode\":\"topic\",\"" + family.topicId() + "\":\"nothing\"}",
                "400",
                "VALIDATION_ERROR"),
            List.of("{\"mode\":\"mistakes\"}", "400", "VALIDATION_ERROR"),
            List.of("{\"mode\":\"unknown\"}", "400", "VALIDATION_ERROR"),
            List.of("{\"mode\":\"topic\",\"limit\":51}", "400", "VALIDATION_ERROR"),
            List.of("{\"mode\":\"topic\",\"difficulty\":\"nasty\"}", "400", "VALIDATION_ERROR"));
    for (List<String> one : cases) {
      Answer answer = server.post(family.path() + "/sessions", one.get(0), as("modes"));
      assertThat(answer.status()).as(one.get(0)).isEqualTo(Integer.parseInt(one.get(1)));
      assertThat(answer.json().getString("code")).as(one.get(0)).isEqualTo(one.get(2));
    }
    assertThat(server.post(family.path() + "/sessions", "{\"mode\":\"topic\"}").status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("families")
  void topicsAndLessonsAreDrawnFrom(Family family) {
    String learner = "drawn-" + family.gameType();
    int usual = family == SENTENCE ? 8 : 20;
    assertThat(start(family, learner, "{\"mode\":\"topic\"}").getJsonArray("itemIds"))
        .hasSize(usual);
    JsonObject five =
        start(family, learner, "{\"mode\":\"topic\",\"limit\":5,\"difficulty\":\"hard\"}");
    assertThat(
            five.getJsonArray(family.items()).stream()
                .map(item -> ((JsonObject) item).getString("difficulty")))
        .hasSize(5)
        .containsOnly("hard");
    assertThat(five.getString("difficulty")).isEqualTo("hard");
    String topic = family.type().substring(0, family.type().lastIndexOf('-'));
    JsonObject byTopic =
        start(
            family,
            learner,
            new JsonObject()
                .put("mode", "topic")
                .put(family.topicId(), topic)
                .put("limit", 50)
                .encode());
    assertThat(byTopic.getString(family.topicId())).isEqualTo(topic);
    assertThat(byTopic.getJsonArray("itemIds").stream().map(String::valueOf))
        .hasSize(12)
        .allMatch(item -> item.startsWith(topic))
        .doesNotHaveDuplicates();
    JsonObject lesson =
        start(
            family,
            learner,
            "{\"mode\":\"lesson\",\"shuffle\":false,\"lessonId\":\"" + topic + "-a\"}");
    assertThat(lesson.getString("lessonId")).isEqualTo(topic + "-a");
    assertThat(lesson.getJsonArray("itemIds").getString(0))
        .as("in the author's order")
        .isEqualTo(topic + "-1");
    assertThat(lesson.getJsonArray("itemIds").getString(1)).isEqualTo(topic + "-2");
  }

  @ParameterizedTest
  @MethodSource("families")
  void lessonsOfOthersCannotBePlayed(Family family) {
    String at = "play-" + family.gameType().substring(0, 4);
    taught(at, "owner", "approved");
    taught(at + "-empty", "owner", "approved");
    exercise(at + "-1", at, family, null, null, published(family));
    String body = "{\"mode\":\"lesson\",\"lessonId\":\"" + at + "\"}";
    assertThat(start(family, "owner", body).getJsonArray("itemIds")).containsExactly(at + "-1");
    assertThat(
            server.post(family.path() + "/sessions", body, as("stranger")).json().getString("code"))
        .isEqualTo("LESSON_NOT_FOUND");
    assertThat(
            server
                .post(family.path() + "/sessions", body.replace(at, at + "-empty"), as("owner"))
                .status())
        .isEqualTo(400);
    String chosen = "{\"mode\":\"custom\",\"" + family.selected() + "\":[\"" + at + "-1\"]}";
    assertThat(
            server
                .post(family.path() + "/sessions", chosen, as("stranger"))
                .json()
                .getString("code"))
        .isEqualTo(family.unknown());
    String id = custom(family, "owner", at + "-1").getString("id");
    databases.mysql("UPDATE lessons SET status = 'rejected' WHERE id = ?", at);
    assertThat(
            server
                .get(family.path() + "/sessions/" + id, as("owner"))
                .json()
                .getJsonArray(family.items()))
        .isEmpty();
    assertThat(server.post(family.path() + "/sessions", body, as("owner")).status()).isEqualTo(404);
  }

  @Test
  void mistakesAreOrderedByHowOftenTheyWereMade() {
    String id =
        custom(GRAMMAR, "worst", "gram-articles-1", "gram-articles-2", "gram-articles-3")
            .getString("id");
    for (String item :
        List.of("gram-articles-2", "gram-articles-3", "gram-articles-1", "gram-articles-3")) {
      result(
          GRAMMAR, "worst", id, item, "{\"selectedAnswer\":" + (item.endsWith("2") ? 0 : 3) + "}");
    }
    databases.mysql(
        "INSERT INTO user_mistakes (user_id, game_type, item_id, mistake_count, last_answered_at)"
            + " VALUES ('worst', 'grammar_challenge', 'gone', 9, NOW())");
    assertThat(start(GRAMMAR, "worst", "{\"mode\":\"mistakes\"}").getJsonArray("itemIds"))
        .containsExactly("gram-articles-3", "gram-articles-1", "gram-articles-2");
    assertThat(
            start(GRAMMAR, "worst", "{\"mode\":\"mistakes\",\"limit\":1}").getJsonArray("itemIds"))
        .containsExactly("gram-articles-3");
    assertThat(
            server
                .get("/v1/grammar/mistakes", as("worst"))
                .json()
                .getJsonObject("pagination")
                .getInteger("total"))
        .isEqualTo(3);
  }

  @Test
  void aSkippedQuestionIsWrongOnceAndNoMistake() {
    String id = custom(GRAMMAR, "skips", "gram-articles-1", "gram-articles-2").getString("id");
    String path = "/v1/grammar-challenge/sessions/" + id + "/skip";
    for (int i = 0; i < 2; i++) {
      JsonObject answer =
          server.post(path, "{\"question_id\":\"gram-articles-1\"}", as("skips")).json();
      assertThat(answer.getBoolean("ok")).isTrue();
      assertThat(answer.getJsonObject("progress").encode())
          .isEqualTo("{\"current\":1,\"total\":2,\"correct\":0,\"incorrect\":1}");
    }
    JsonObject legacy =
        server
            .post(
                "/v1/grammar/sessions/" + id + "/skip",
                "{\"item_id\":\"gram-articles-2\"}",
                as("skips"))
            .json();
    assertThat(legacy.getString("id")).isNotNull();
    assertThat(legacy.getString("message")).isNotBlank();
    assertThat(data("/v1/grammar/mistakes", as("skips"))).isEmpty();
    assertThat(
            server
                .post(path, "{\"questionId\":\"gram-modals-1\"}", as("skips"))
                .json()
                .getString("code"))
        .isEqualTo("UNKNOWN_QUESTION");
    assertThat(server.post(path, "{}", as("skips")).status()).isEqualTo(400);
    assertThat(server.post(path, "{\"questionId\":\"gram-articles-1\"}", as("somebody")).status())
        .isEqualTo(404);
    server.post("/v1/grammar-challenge/sessions/" + id + "/complete", null, as("skips"));
    assertThat(server.post(path, "{\"questionId\":\"gram-articles-1\"}", as("skips")).status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @MethodSource("families")
  void firstGenerationClientsPlayToo(Family family) {
    JsonObject body =
        new JsonObject()
            .put("user_id", "g1")
            .put("class_id", "class-7")
            .put("reference_id", family.type().substring(0, family.type().lastIndexOf('-')))
            .put("item_ids", new JsonArray().add(family.type()));
    Answer started = server.post("/api" + family.alias() + "/sessions", body);
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    JsonObject session = started.json();
    assertThat(session.getString("game_type")).isEqualTo(family.gameType());
    assertThat(session.getInteger("total_items")).isEqualTo(1);
    assertThat(session.getString(family.topicId())).isEqualTo(body.getString("reference_id"));
    String path = "/api" + family.alias() + "/sessions/" + session.getString("id");
    String result =
        "{\"item_id\":\"" + family.type() + "\",\"is_correct\":false,\"user_id\":\"g1\"}";
    JsonObject recorded = server.post(path + "/results", result).json();
    assertThat(recorded.getJsonObject("progress").getInteger("incorrect")).isEqualTo(1);
    JsonObject mistakes = server.get(family.alias() + "/mistakes?user_id=g1").json();
    assertThat(mistakes.getInteger("count")).isEqualTo(1);
    assertThat(mistakes.getJsonArray("data").getJsonObject(0).getValue("lastSelected")).isNull();
    Answer completed =
        server.post(
            path + "/complete?user_id=g1",
            "{\"final_score\":0,\"correct_count\":0,\"incorrect_count\":1}");
    assertThat(completed.json().getString("status")).isEqualTo("completed");
    assertThat(
            server
                .get("/v1/sessions/" + session.getString("id") + "?user_id=g1")
                .json()
                .getString("status"))
        .isEqualTo("completed");
  }

  @ParameterizedTest
  @MethodSource("families")
  void aRepeatedStartWithOneKeyStartsOneSession(Family family) {
    String[] headers = {"X-User-Id", "twice", "Idempotency-Key", "k-" + family.gameType()};
    Answer first =
        server.post(family.path() + "/sessions", "{\"mode\":\"topic\",\"limit\":3}", headers);
    Answer second =
        server.post(family.path() + "/sessions", "{\"mode\":\"topic\",\"limit\":3}", headers);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(
            server
                .post(family.path() + "/sessions", "{\"mode\":\"topic\",\"limit\":4}", headers)
                .status())
        .isEqualTo(422);
  }
}
