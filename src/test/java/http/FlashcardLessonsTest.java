package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flashcards of published lessons: B1, B2, and sessions of lessons and topics. */
class FlashcardLessonsTest extends SessionTest {
  private String me;
  private String lesson;
  private String topic;
  private List<String> cards;

  @BeforeEach
  void zoo() {
    me = learner();
    topic = "zoo-" + me.substring(4, 12);
    lesson = publish("approved", me, "At the zoo", 3);
    cards =
        List.of(
            card(lesson, topic, "Zoo", "lion", "easy"),
            card(lesson, topic, "zoo animals", "tiger", "hard"));
  }

  private static JsonObject mode(String mode, String member, String id) {
    return new JsonObject().put("mode", mode).put(member, id);
  }

  @Test
  void topicsAreListedOnceWithTheLatestName() {
    String second = publish("approved", me, null, 4);
    card(second, null, null, "table", "easy");
    JsonObject page = expect(200, server.get("/v1/flashcards/topics", as(me))).json();
    assertThat(page.getJsonArray("data")).isEqualTo(page.getJsonArray("topics"));
    assertThat(page.getBoolean("success")).isTrue();
    assertThat(page.getInteger("count")).isEqualTo(2);
    assertThat(page.getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 1).put("limit", 100).put("total", 2));
    assertThat(page.getJsonArray("topics").getJsonObject(0))
        .isEqualTo(
            new JsonObject().put("id", "general").put("name", "General").put("itemCount", 1));
    assertThat(page.getJsonArray("topics").getJsonObject(1))
        .isEqualTo(
            new JsonObject().put("id", topic).put("name", "zoo animals").put("itemCount", 2));
    assertThat(
            server
                .get("/api/v1/flashcards/topics?user_id=" + me)
                .json()
                .getJsonArray("topics")
                .getJsonObject(1)
                .getInteger("item_count"))
        .isEqualTo(2);
    JsonObject paged = server.get("/v1/flashcards/topics?limit=1&page=2", as(me)).json();
    assertThat(paged.getJsonArray("data")).hasSize(1);
    assertThat(paged.getJsonObject("pagination").getInteger("total")).isEqualTo(2);
  }

  @Test
  void catalogueAnswersCarryTags() {
    String tag = server.get("/v1/flashcards/topics", as(me)).header("ETag");
    assertThat(tag).startsWith("W/");
    expect(304, server.get("/v1/flashcards/topics", "X-User-Id", me, "If-None-Match", tag));
  }

  @Test
  void lessonsAreListedNewestFirst() {
    String second = publish("approved", me, null, 4);
    card(second, null, null, "table", "easy");
    JsonObject page = expect(200, server.get("/v1/flashcards/lessons", as(me))).json();
    assertThat(ids(page.getJsonArray("lessons"))).containsExactly(second, lesson);
    assertThat(page.getJsonArray("data").getJsonObject(0).getString("title")).isEqualTo("Lesson 4");
    assertThat(page.getJsonArray("data").getJsonObject(1))
        .isEqualTo(
            new JsonObject()
                .put("id", lesson)
                .put("title", "At the zoo")
                .put("lessonDate", "2026-01-20")
                .put("topicId", topic)
                .put("itemCount", 2));
    assertThat(
            ids(
                server
                    .get("/v1/flashcards/lessons?topic_id=" + topic, as(me))
                    .json()
                    .getJsonArray("data")))
        .containsExactly(lesson);
    assertThat(
            ids(
                server
                    .get("/v1/flashcards/lessons?topicId=general", as(me))
                    .json()
                    .getJsonArray("data")))
        .containsExactly(second);
  }

  @Test
  void onlyApprovedLessonsOfMineOrOfTheClassAreThere() {
    String pending = publish("pending", me, "Not yet", 5);
    card(pending, topic, "Zoo", "bear", "easy");
    String foreign = publish("approved", learner(), "Theirs", 6);
    String foreignCard = card(foreign, topic, "Zoo", "wolf", "easy");
    String open = publish("approved", null, "Everybody's", 7);
    card(open, topic, "Zoo", "fox", "easy");
    assertThat(
            ids(
                server
                    .get("/v1/flashcards/lessons?topicId=" + topic, as(me))
                    .json()
                    .getJsonArray("data")))
        .containsExactly(open, lesson);
    assertThat(
            ids(server.get("/v1/flashcards/lessons?topicId=" + topic).json().getJsonArray("data")))
        .containsExactly(open);
    assertThat(server.get("/v1/flashcards/topics").json().getJsonArray("topics").encode())
        .contains(topic);
    for (String hidden : List.of(pending, foreign, "nope")) {
      refused(
          server.post("/v1/flashcards/sessions", mode("lesson", "lessonId", hidden), as(me)),
          404,
          "LESSON_NOT_FOUND");
    }
    refused(
        server.post("/v1/flashcards/sessions", mode("topic", "topicId", "nope"), as(me)),
        404,
        "TOPIC_NOT_FOUND");
    // another one's card is unknown, also to a session that takes everything
    String session =
        expect(
                201,
                server.post(
                    "/v1/sessions/start", new JsonObject().put("game_type", "flashcard"), as(me)))
            .json()
            .getString("id");
    Answer answer =
        server.post(
            "/v1/sessions/" + session + "/result",
            new JsonObject().put("item_id", foreignCard).put("is_correct", true),
            as(me));
    refused(answer, 400, "UNKNOWN_WORD");
  }

  @Test
  void aSessionOfALessonPlaysItsCardsAndCountsForMeAlone() {
    JsonObject session = start(me, "flashcards", mode("lesson", "lessonId", lesson));
    assertThat(session.getString("lessonId")).isEqualTo(lesson);
    assertThat(session.getString("mode")).isEqualTo("lesson");
    assertThat(ids(session.getJsonArray("words"))).containsExactlyInAnyOrderElementsOf(cards);
    JsonObject card = session.getJsonArray("words").getJsonObject(0);
    assertThat(card.getString("source")).isEqualTo("lesson");
    assertThat(card.getString("explanation")).isEqualTo("why");
    assertThat(card.getValue("practiceCount")).isEqualTo(0);
    assertThat(card.getString("exampleSentence")).startsWith("A ");
    String id = session.getString("id");
    expect(200, result(me, "flashcards", id, known(cards.get(0), true)));
    JsonObject second =
        expect(200, result(me, "flashcards", id, known(cards.get(0), false))).json();
    assertThat(second.getJsonObject("word").getInteger("practiceCount")).isEqualTo(2);
    assertThat(second.getJsonObject("word").getInteger("accuracy")).isEqualTo(50);
    assertThat(second.getJsonObject("word").getString("lastPracticed")).isNotNull();
    JsonObject resumed = server.get("/v1/flashcards/sessions/" + id, as(me)).json();
    assertThat(ids(resumed.getJsonArray("words"))).isEqualTo(ids(session.getJsonArray("words")));
    JsonObject mistake =
        server
            .get("/v1/flashcards/mistakes", as(me))
            .json()
            .getJsonArray("mistakes")
            .getJsonObject(0);
    assertThat(mistake.getString("word")).isEqualTo("lion");
    assertThat(mistake.getString("translation")).isEqualTo("t-lion");
  }

  @Test
  void topicsAndDifficultiesSelectCards() {
    assertThat(ids(start(me, "flashcards", mode("topic", "topicId", topic)).getJsonArray("words")))
        .containsExactlyInAnyOrderElementsOf(cards);
    JsonObject hard =
        start(me, "flashcards", mode("topic", "topicId", topic).put("difficulty", "hard"));
    assertThat(ids(hard.getJsonArray("words"))).containsExactly(cards.get(1));
    assertThat(hard.getString("difficulty")).isEqualTo("hard");
    assertThat(hard.getString("topicId")).isEqualTo(topic);
    refused(
        server.post(
            "/v1/flashcards/sessions",
            mode("lesson", "lessonId", lesson).put("difficulty", "medium"),
            as(me)),
        400,
        "VALIDATION_ERROR");
  }

  @Test
  void mistakesMixWordsAndCardsNewestFirst() {
    String list = list(me, "Mine");
    String word = word(me, list, "hat");
    String own = start(me, "flashcards", new JsonObject().put("wordListId", list)).getString("id");
    String ofLesson = start(me, "flashcards", mode("lesson", "lessonId", lesson)).getString("id");
    expect(200, result(me, "flashcards", ofLesson, known(cards.get(1), false)));
    expect(200, result(me, "flashcards", own, known(word, false)));
    expect(200, result(me, "flashcards", ofLesson, known(cards.get(0), false)));
    JsonObject session = start(me, "flashcards", new JsonObject().put("mode", "mistakes"));
    assertThat(ids(session.getJsonArray("words")))
        .containsExactly(cards.get(0), word, cards.get(1));
    assertThat(
            ids(
                server
                    .get("/v1/flashcards/sessions/" + session.getString("id"), as(me))
                    .json()
                    .getJsonArray("words")))
        .containsExactly(cards.get(0), word, cards.get(1));
    // a lesson that is withdrawn takes its cards along
    databases.mysql("UPDATE lessons SET status = 'rejected' WHERE id = ?", lesson);
    assertThat(
            ids(
                start(me, "flashcards", new JsonObject().put("mode", "mistakes"))
                    .getJsonArray("words")))
        .containsExactly(word);
    assertThat(
            server
                .get("/v1/flashcards/mistakes", as(me))
                .json()
                .getJsonObject("pagination")
                .getInteger("total"))
        .isEqualTo(1);
  }

  @Test
  void aCardWithoutAWordIsNotShown() {
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, exercise_data) VALUES (?, ?,"
            + " 'flashcards', '{\"word\":5}')",
        "broken-" + me.substring(4),
        lesson);
    assertThat(
            ids(start(me, "flashcards", mode("lesson", "lessonId", lesson)).getJsonArray("words")))
        .containsExactlyInAnyOrderElementsOf(cards);
  }
}
