package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ids that databases like to take for one another, because they differ in letter case, in an accent
 * or in a blank only: each is somebody or something of its own.
 */
class DistinctIdsTest extends SessionTest {
  private static final List<String> LEARNERS =
      List.of("Ann", "ann", "ANN", "a nn", "an-n", "ann.", "_nn", "%");

  /** Short texts that people read and sort; nobody is told apart by them. */
  private static final Set<String> READ_BY_PEOPLE =
      Set.of(
          "word_lists.name",
          "words.word",
          "cloze_topics.name",
          "cloze_lessons.title",
          "cloze_items.difficulty",
          "grammar_categories.name",
          "grammar_lessons.title",
          "grammar_questions.difficulty",
          "sentence_topics.name",
          "sentence_lessons.title",
          "sentence_items.difficulty",
          "lesson_exercises.difficulty");

  @Test
  void learnersAreToldApartByteForByte() {
    for (String learner : LEARNERS) {
      String list = list(learner, "of " + learner);
      String word = word(learner, list, "kettle");
      String session =
          start(learner, "flashcards", new JsonObject().put("wordListId", list)).getString("id");
      expect(200, result(learner, "flashcards", session, known(word, false)));
      String lesson = publish("approved", learner, "Lesson of " + learner, 1);
      card(lesson, "zoo", "Zoo", "lion of " + learner, "easy");
    }
    for (String learner : LEARNERS) {
      JsonObject lists = expect(200, server.get("/v1/word-lists", as(learner))).json();
      assertThat(lists.getJsonObject("pagination").getInteger("total")).isEqualTo(1);
      assertThat(lists.getJsonArray("data").getJsonObject(0).getString("name"))
          .isEqualTo("of " + learner);
      JsonObject stats = expect(200, server.get("/v1/flashcards/stats/me", as(learner))).json();
      assertThat(stats.getInteger("totalSessions")).as(learner).isEqualTo(1);
      assertThat(stats.getInteger("totalIncorrect")).as(learner).isEqualTo(1);
      JsonObject mistakes = expect(200, server.get("/v1/flashcards/mistakes", as(learner))).json();
      assertThat(mistakes.getJsonObject("pagination").getInteger("total")).isEqualTo(1);
      JsonArray lessons =
          expect(200, server.get("/v1/flashcards/lessons", as(learner)))
              .json()
              .getJsonArray("data");
      assertThat(lessons).as(learner).hasSize(1);
      assertThat(lessons.getJsonObject(0).getString("title")).isEqualTo("Lesson of " + learner);
    }
  }

  @Test
  void aLearnerWithABlankAtTheEndIsRefusedRatherThanTakenForAnother() {
    list("padded", "of padded");
    refused(server.get("/v1/word-lists?user_id=padded%20"), 400, "VALIDATION_ERROR");
    refused(server.get("/v1/progress/padded%20"), 400, "VALIDATION_ERROR");
    refused(
        server.post(
            "/v1/sessions/start",
            new JsonObject().put("game_type", "spelling").put("user_id", "padded ")),
        400,
        "VALIDATION_ERROR");
  }

  @Test
  void keysOfRequestsAreToldApartByteForByte() {
    String me = learner();
    Set<String> made = new HashSet<>();
    List<String> keys = List.of("key", "KEY", "Key", "k-ey", "ke y", "k%y", "k_y");
    for (boolean again : new boolean[] {false, true}) {
      for (String key : keys) {
        Answer answer =
            server.post(
                "/v1/word-lists",
                new JsonObject().put("name", "keyed"),
                "X-User-Id",
                me,
                "Idempotency-Key",
                key);
        expect(201, answer);
        assertThat(answer.header("Idempotent-Replayed")).as(key).isEqualTo(again ? "true" : null);
        made.add(answer.json().getString("id"));
      }
    }
    assertThat(made).hasSize(keys.size());
  }

  @Test
  void wordsAndItemsAreToldApartByteForByte() {
    String me = learner();
    String list = list(me, "Twins");
    List<String> ids = List.of("twin-a", "twin-A", "TWIN-a", "twin-á", "twin-a\u0301", "twin-ä");
    List<String> words = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      words.add("word" + i);
      databases.mysql(
          "INSERT INTO words (id, list_id, word, translation) VALUES (?, ?, ?, 't')",
          ids.get(i),
          list,
          words.get(i));
      databases.mysql(
          "INSERT INTO cloze_topics (id, name) VALUES (?, ?)", ids.get(i), "Topic " + i);
      databases.mysql(
          "INSERT INTO cloze_items (id, topic_id, text_parts, options, correct_answers, hint)"
              + " VALUES (?, ?, '[\"I \", \" home.\"]', '[[\"go\", \"goes\"]]', '[\"go\"]', ?)",
          ids.get(i),
          ids.get(i),
          "hint " + i);
    }
    for (int i = 0; i < ids.size(); i++) {
      String id = java.net.URLEncoder.encode(ids.get(i), java.nio.charset.StandardCharsets.UTF_8);
      Answer word = server.get("/v1/word-lists/" + list + "/words/" + id, as(me));
      assertThat(expect(200, word).json().getString("word")).isEqualTo(words.get(i));
      Answer hint = server.get("/v1/advanced-cloze/items/" + id + "/hint", as(me));
      assertThat(expect(200, hint).json().getString("hint")).isEqualTo("hint " + i);
      Answer items = server.get("/v1/advanced-cloze/items?topicId=" + id, as(me));
      assertThat(ids(expect(200, items).json().getJsonArray("data"))).containsExactly(ids.get(i));
    }
    for (boolean keyed : new boolean[] {false, true}) {
      JsonObject session =
          start(
              me,
              "advanced-cloze",
              new JsonObject().put("mode", "custom").put("selectedItemIds", new JsonArray(ids)));
      assertThat(session.getJsonObject("progress").getInteger("total")).isEqualTo(ids.size());
      for (int i = 0; i < ids.size(); i++) {
        JsonObject answer =
            new JsonObject()
                .put("itemId", ids.get(i))
                .put("selectedAnswers", new JsonArray().add(i % 2 == 0 ? "go" : "goes"));
        List<String> headers = new ArrayList<>(List.of(as(me)));
        if (keyed) {
          headers.addAll(List.of("Idempotency-Key", "twin-" + i));
        }
        expect(
            200,
            server.post(
                "/v1/advanced-cloze/sessions/" + session.getString("id") + "/results",
                answer,
                headers.toArray(new String[0])));
      }
      JsonObject ended =
          expect(
                  200,
                  server.post(
                      "/v1/advanced-cloze/sessions/" + session.getString("id") + "/complete",
                      null,
                      as(me)))
              .json();
      assertThat(ended.getJsonArray("masteredItemIds"))
          .containsExactly(ids.get(0), ids.get(2), ids.get(4));
      assertThat(ended.getJsonArray("needsPracticeItemIds"))
          .containsExactly(ids.get(1), ids.get(3), ids.get(5));
    }
    assertThat(
            number(
                "SELECT COUNT(*) FROM user_mistakes WHERE user_id = ? AND mistake_count = 2", me))
        .isEqualTo(3);
  }

  @Test
  void topicsAndListsWithABlankAtTheEndAreOthers() {
    String me = learner();
    String list = list(me, "Blank");
    String word = word(me, list, "kettle");
    Answer topic = server.get("/v1/advanced-cloze/items?topicId=cz-weather%20", as(me));
    assertThat(expect(200, topic).json().getJsonArray("data")).isEmpty();
    JsonObject start =
        new JsonObject()
            .put("game_type", "flashcards")
            .put("reference_id", list + " ")
            .put("item_ids", new JsonArray().add(word));
    JsonObject session = expect(201, server.post("/v1/sessions/start", start, as(me))).json();
    assertThat(session.getString("wordListId")).isNull();
    refused(
        server.post(
            "/v1/sessions/start",
            start.copy().put("item_ids", new JsonArray().add(word + " ")),
            as(me)),
        400,
        "UNKNOWN_WORD");
  }

  /** Whoever adds a key to a table thinks of how it compares. */
  @Test
  void everyColumnThatTellsRowsApartComparesBytes() {
    List<String> loose = new ArrayList<>();
    for (Row row :
        databases.mysql(
            "SELECT DISTINCT CONCAT(c.table_name, '.', c.column_name) AS name FROM"
                + " information_schema.columns c JOIN information_schema.statistics s ON"
                + " s.table_schema = c.table_schema AND s.table_name = c.table_name AND"
                + " s.column_name = c.column_name WHERE c.table_schema = DATABASE() AND"
                + " c.collation_name IS NOT NULL AND c.collation_name NOT LIKE '%\\_bin' AND"
                + " c.table_name NOT IN ('classes', 'users') AND c.table_name NOT LIKE"
                + " 'lessonweave%'")) {
      loose.add(row.getString(0));
    }
    assertThat(loose).isSubsetOf(READ_BY_PEOPLE);
  }
}
