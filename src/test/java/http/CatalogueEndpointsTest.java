package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import settings.Settings;

/** D1 to D3, E1 to E3, F1 to F3 and the hints. */
class CatalogueEndpointsTest extends CatalogueTest {
  CatalogueEndpointsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @ParameterizedTest
  @MethodSource("families")
  void theFirstTopicOfTheListHasALessonAndAnItem(Family family) {
    Answer answer = server.get(family.alias() + "/" + family.topics() + "?limit=3");
    assertThat(answer.status()).isEqualTo(200);
    JsonObject body = answer.json();
    assertThat(body.getBoolean("success")).isTrue();
    assertThat(body.getInteger("count")).isEqualTo(3);
    assertThat(body.getJsonArray(family.topics())).isEqualTo(body.getJsonArray("data"));
    assertThat(body.getJsonObject("pagination").getInteger("total")).isGreaterThanOrEqualTo(5);
    List<String> names =
        body.getJsonArray("data").stream()
            .map(row -> ((JsonObject) row).getString("name"))
            .toList();
    assertThat(names).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    JsonObject topic = body.getJsonArray("data").getJsonObject(0);
    assertThat(topic.fieldNames())
        .contains(
            "id", "name", "icon", "description", family.count(), LegacyTwins.snake(family.count()));

    String filter = family.topicId() + "=" + topic.getString("id");
    JsonObject lesson = data(family.alias() + "/lessons?" + filter).getJsonObject(0);
    assertThat(lesson.getString(family.topicId())).isEqualTo(topic.getString("id"));
    assertThat(lesson.getInteger(family.items()))
        .isEqualTo(lesson.getInteger(family.count()))
        .isPositive();
    assertThat(lesson.getString("created_at"))
        .isEqualTo(lesson.getString("createdAt"))
        .endsWith("Z");
    JsonArray items =
        data(
            family.path()
                + "/"
                + family.items()
                + "?"
                + filter
                + "&lessonId="
                + lesson.getString("id"));
    assertThat(items).hasSize(lesson.getInteger(family.count()));
  }

  @ParameterizedTest
  @MethodSource("families")
  void countsAddUp(Family family) {
    for (Object row : data(family.path() + "/" + family.topics())) {
      JsonObject topic = (JsonObject) row;
      String filter = "?" + family.topicId() + "=" + topic.getString("id");
      long inLessons =
          data(family.path() + "/lessons" + filter).stream()
              .mapToInt(lesson -> ((JsonObject) lesson).getInteger(family.count()))
              .sum();
      long items =
          server
              .get(family.path() + "/" + family.items() + filter)
              .json()
              .getJsonObject("pagination")
              .getLong("total");
      assertThat(topic.getLong(family.count()))
          .as(topic.encode())
          .isEqualTo(items)
          .isEqualTo(inLessons);
    }
  }

  @Test
  void answersAreHiddenOnCanonicalPathsAndShownOnAliases() {
    List<List<String>> hidden =
        List.of(
            List.of("/v1/advanced-cloze/items", "correct", "explanation", "hint"),
            List.of("/v1/grammar-challenge/questions", "correctIndex", "explanation", "hint"),
            List.of("/v1/sentence-builder/items", "accepted", "hint"));
    for (List<String> rule : hidden) {
      List<String> members = rule.subList(1, rule.size());
      assertThat(data(rule.get(0)).getJsonObject(0).fieldNames())
          .doesNotContainAnyElementsOf(members);
      assertThat(data("/api" + rule.get(0)).getJsonObject(0).fieldNames())
          .doesNotContainAnyElementsOf(members)
          .doesNotContain(
              "correct_answers", "correct_answer", "correct_index", "accepted_sequences");
      assertThat(data(rule.get(0) + "?include=nonsense,%20answers").getJsonObject(0).fieldNames())
          .containsAll(members);
      assertThat(data(rule.get(0) + "?include=nonsense").getJsonObject(0).fieldNames())
          .doesNotContainAnyElementsOf(members);
      String alias =
          rule.get(0)
              .replace("advanced-cloze", "cloze")
              .replace("-challenge", "")
              .replace("-builder", "");
      for (String path : List.of(alias, "/api" + alias)) {
        assertThat(data(path).getJsonObject(0).fieldNames()).as(path).containsAll(members);
      }
    }
    assertThat(
            data("/v1/grammar-challenge/questions?include=explanation")
                .getJsonObject(0)
                .getInteger("correctIndex"))
        .isNotNull();
    assertThat(
            data("/v1/sentence-builder/items?include=tokens")
                .getJsonObject(0)
                .getJsonArray("accepted"))
        .isNotEmpty();
    assertThat(
            data("/v1/sentence-builder/items?include=options")
                .getJsonObject(0)
                .containsKey("accepted"))
        .isFalse();
  }

  @Test
  void itemsLookAsTheContractShowsThem() {
    JsonObject cloze = byId(data("/v1/cloze/items?topicId=cz-weather&limit=100"), "cz-weather-2");
    JsonObject expected =
        new JsonObject(
            """
            {"id":"cz-weather-2","textParts":["If it "," tomorrow, we will "," at home."],
             "options":[["rains","rain","raining"],["stay","stays","stayed"]],"topic":"cz-weather","topicId":"cz-weather",
             "lesson":"cz-weather-a","lessonId":"cz-weather-a","difficulty":"medium","correct":["rains","stay"],
             "hint":"Think about real possibilities.","topic_id":"cz-weather","lesson_id":"cz-weather-a",
             "text_parts":["If it "," tomorrow, we will "," at home."],"correct_answers":["rains","stay"]}
            """);
    expected.forEach(
        member ->
            assertThat(cloze.getValue(member.getKey()))
                .as(member.getKey())
                .isEqualTo(member.getValue()));
    assertThat(cloze.getString("created_at")).isNotNull();

    JsonObject grammar =
        byId(data("/v1/grammar/questions?category_id=gram-articles&limit=100"), "gram-articles-1");
    assertThat(grammar.getString("prompt"))
        .isEqualTo(grammar.getString("question"))
        .isEqualTo("She wants to be ____ engineer.");
    assertThat(grammar.getJsonArray("options"))
        .isEqualTo(new JsonArray().add("a").add("an").add("the").add("—"));
    assertThat(grammar.getInteger("correctIndex"))
        .isEqualTo(grammar.getInteger("correct_index"))
        .isEqualTo(1);
    assertThat(grammar.getString("correct_answer")).isEqualTo("an");
    assertThat(grammar.getString("category"))
        .isEqualTo(grammar.getString("category_id"))
        .isEqualTo("gram-articles");

    JsonObject sentence =
        byId(data("/v1/sentence/items?topicId=sb-routine&limit=100"), "sb-routine-1");
    JsonArray tokens =
        new JsonArray().add("My").add("brother").add("never").add("drinks").add("tea").add(".");
    assertThat(sentence.getJsonArray("tokens"))
        .isEqualTo(sentence.getJsonArray("sentence_tokens"))
        .isEqualTo(tokens);
    assertThat(sentence.getJsonArray("accepted"))
        .isEqualTo(sentence.getJsonArray("accepted_sequences"))
        .isEqualTo(new JsonArray().add(tokens));
    assertThat(sentence.getString("english_sentence")).isEqualTo("My brother never drinks tea.");
    assertThat(sentence.getString("translation")).isEqualTo("אחי אף פעם לא שותה תה.");
  }

  @ParameterizedTest
  @MethodSource("families")
  void pagesDoNotOverlapAndHaveTheirDefaultSize(Family family) {
    String path = family.path() + "/" + family.items();
    List<String> ids = new ArrayList<>();
    int total = server.get(path).json().getJsonObject("pagination").getInteger("total");
    for (int page = 1; ids.size() < total; page++) {
      JsonArray rows = data(path + "?limit=30&page=" + page);
      assertThat(rows.size()).isPositive();
      rows.forEach(row -> ids.add(((JsonObject) row).getString("id")));
    }
    assertThat(ids).hasSize(total).doesNotHaveDuplicates();
    JsonObject past = server.get(path + "?page=999").json();
    assertThat(past.getJsonArray("data")).isEmpty();
    assertThat(past.getJsonArray(family.items())).isEmpty();
    assertThat(past.getJsonObject("pagination").getInteger("total")).isEqualTo(total);
    assertThat(server.get(path).json().getJsonObject("pagination").getInteger("limit"))
        .isEqualTo(20);
    assertThat(
            server
                .get(family.alias() + "/" + family.items())
                .json()
                .getJsonObject("pagination")
                .getInteger("limit"))
        .isEqualTo(10);
    assertThat(data(path)).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("families")
  void badParametersAreNamedOrClamped(Family family) {
    for (String list : List.of(family.topics(), "lessons", family.items())) {
      String path = family.path() + "/" + list;
      for (String query : List.of("limit=0", "limit=101", "page=0", "page=x")) {
        Answer answer = server.get(path + "?" + query);
        assertThat(answer.status()).as(path + query).isEqualTo(400);
        assertThat(answer.firstField()).startsWith(query.substring(0, query.indexOf('=')));
      }
      assertThat(
              server
                  .get("/api" + path + "?limit=1000&page=0")
                  .json()
                  .getJsonObject("pagination")
                  .getInteger("limit"))
          .isEqualTo(100);
    }
    assertThat(server.get(family.path() + "/lessons?difficulty=nasty").status()).isEqualTo(400);
    assertThat(
            data(family.path() + "/lessons?difficulty=hard").stream()
                .map(row -> ((JsonObject) row).getString("difficulty")))
        .isNotEmpty()
        .containsOnly("hard");
    assertThat(
            data(family.path() + "/" + family.items() + "?difficulty=easy").stream()
                .map(row -> ((JsonObject) row).getString("difficulty")))
        .isNotEmpty()
        .containsOnly("easy");
    assertThat(data(family.path() + "/lessons?" + family.topicId() + "=nothing")).isEmpty();
    assertThat(data(family.path() + "/" + family.items() + "?lessonId=%27%20OR%201=1--")).isEmpty();
    assertThat(server.post(family.path() + "/lessons", null).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @MethodSource("families")
  void unchangedListsAreNotSentAgain(Family family) {
    for (String list : List.of(family.topics(), "lessons", family.items())) {
      Answer first = server.get(family.path() + "/" + list);
      String tag = first.header("ETag");
      assertThat(tag).startsWith("W/\"");
      assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
      Answer second = server.get(family.path() + "/" + list, "If-None-Match", tag);
      assertThat(second.status()).isEqualTo(304);
      assertThat(second.response().body()).isEmpty();
      assertThat(server.get(family.path() + "/" + list + "?limit=1", "If-None-Match", tag).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void hintsHelpAndGiveNothingElseAway(Family family) {
    String path = "/" + family.items() + "/" + family.type() + "/hint";
    JsonObject hint = server.get(family.path() + path).json();
    assertThat(hint.fieldNames()).containsExactlyInAnyOrder(family.noun() + "Id", "hint");
    assertThat(hint.getString("hint")).isNotBlank();
    JsonObject legacy = server.get("/api" + family.path() + path).json();
    assertThat(legacy.getString(family.noun() + "_id")).isEqualTo(family.type());
    assertThat(legacy.getBoolean("success")).isTrue();
    if (family == GRAMMAR) {
      assertThat(legacy.getString("explanation")).isNotBlank();
    }
    if (family == SENTENCE) {
      assertThat(legacy.getJsonArray("accepted_sequences")).isNotEmpty();
    }
    for (String id : List.of("nothing", "%00", "a%20b", "x".repeat(300), "cz-weather")) {
      Answer missing = server.get(family.path() + "/" + family.items() + "/" + id + "/hint");
      assertThat(missing.status()).as(id).isEqualTo(404);
    }
    assertThat(
            server
                .get(family.path() + "/" + family.items() + "/nothing/hint")
                .json()
                .getString("code"))
        .isEqualTo(family.unknown());
  }

  @Test
  void anItemWithoutHintSaysSoAndNotItsExplanation() {
    databases.mysql(
        "INSERT INTO grammar_questions (id, category_id, lesson_id, difficulty, question, options,"
            + " correct_answer, explanation) VALUES ('no-hint', 'gram-modals', 'gram-modals-a',"
            + " 'hard', 'I ____.', '[\"am\",\"is\"]', 'am', 'It is am.')");
    assertThat(server.get("/v1/grammar-challenge/questions/no-hint/hint").json().getString("hint"))
        .isEqualTo("There is no hint for this one yet.");
    databases.mysql("DELETE FROM grammar_questions WHERE id = 'no-hint'");
  }
}
