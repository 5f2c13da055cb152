package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import lessons.LessonDatabases;
import lessons.PublishLesson;
import lessons.PublishSets;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Teachers judge and mend generated sets. */
class ApprovalEndpointsTest extends ApiTest {
  ApprovalEndpointsTest() {
    super(Settings.AuthMode.JWT);
  }

  private String[] teacher() {
    return server.token("t-9", "teacher");
  }

  private long pending(String classId, String userId) {
    return PublishSets.store(databases, null, classId, userId, 1, 1, PublishSets.set(classId));
  }

  private Answer edit(long set, String item, JsonObject change) {
    String[] token = teacher();
    return server.call(
        "PATCH",
        "/v1/exercises/" + set + "/items/" + item,
        change.encode(),
        token[0],
        token[1],
        "Content-Type",
        "application/json");
  }

  private JsonArray exercises(String classId) {
    return server
        .get("/v1/exercises?class_id=" + classId, server.token("s", "service"))
        .json()
        .getJsonArray("exercises");
  }

  @Test
  void pendingSetsAreListedInPages() {
    long first = pending("ap-1", "stu-1");
    long second = pending("ap-1", "stu-2");
    long judged = pending("ap-1", "stu-3");
    long older = set(null, "ap-1", "stu-4", "{}");
    databases.postgres(
        "UPDATE lesson_exercises SET generated_at = now() - interval '1 day' WHERE id = $1", older);
    assertThat(server.post("/v1/exercises/" + judged + "/approve", null, teacher()).status())
        .isEqualTo(200);
    Answer answer = server.get("/v1/exercises/pending?class_id=ap-1&limit=2", teacher());
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.json().getJsonObject("pagination").getInteger("total")).isEqualTo(3);
    assertThat(answer.json().getJsonArray("data"))
        .isEqualTo(answer.json().getJsonArray("exercises"));
    assertThat(
            answer.json().getJsonArray("data").stream()
                .map(row -> ((JsonObject) row).getLong("id")))
        .containsExactly(second, first);
    JsonObject last =
        server.get("/v1/exercises/pending?class_id=ap-1&limit=2&page=2", teacher()).json();
    assertThat(last.getInteger("count")).isEqualTo(1);
    assertThat(last.getJsonArray("data").getJsonObject(0).getLong("id")).isEqualTo(older);
    assertThat(last.getJsonArray("data").getJsonObject(0).getString("status"))
        .isEqualTo("pending_approval");
    assertThat(
            server
                .get("/v1/exercises/pending?teacher_id=nobody", teacher())
                .json()
                .getInteger("count"))
        .isZero();
    JsonArray legacy =
        server
            .get("/api/v1/exercises/pending?class_id=ap-1&limit=5000", teacher())
            .json()
            .getJsonArray("data");
    assertThat(legacy.getJsonObject(0).getInteger("total_exercises")).isEqualTo(3);
  }

  @Test
  void approvingOrdersPublicationOnce() {
    long set = pending("ap-2", "stu-1");
    Answer approved = server.post("/v1/exercises/" + set + "/approve", null, teacher());
    assertThat(approved.status()).as(approved.response().body()).isEqualTo(200);
    assertThat(approved.json().getString("status")).isEqualTo("approved");
    assertThat(approved.json().getString("approved_by")).isEqualTo("t-9");
    assertThat(approved.json().getJsonObject("publication").getString("status"))
        .isEqualTo("pending");
    Answer again =
        server.post("/v1/exercises/" + set + "/approve", "{}", server.token("t-8", "teacher"));
    assertThat(again.json()).isEqualTo(approved.json());
    assertThat(
            databases.count(
                "SELECT count(*) FROM lesson_publications WHERE id = $1 AND lease_token = 0", set))
        .isEqualTo(1);
    assertThat(exercises("ap-2").getJsonObject(0).getString("status")).isEqualTo("approved");

    databases.postgres(
        "UPDATE lesson_publications SET status = 'failed', due_at = NULL, last_error = 'it was so'"
            + " WHERE id = $1",
        set);
    assertThat(
            server
                .post("/v1/exercises/" + set + "/approve", null, teacher())
                .json()
                .getJsonObject("publication"))
        .isEqualTo(new JsonObject().put("status", "pending").putNull("last_error"));
    assertThat(
            databases.count(
                "SELECT count(*) FROM lesson_publications WHERE id = $1 AND due_at <= now()", set))
        .isEqualTo(1);
  }

  @Test
  void rejectingKeepsTheReasonAndTakesBackWhatWasApproved() {
    long never = pending("ap-3", "stu-1");
    Answer rejected =
        server.post(
            "/v1/exercises/" + never + "/reject", "{\"reason\":\"  names a pupil \"}", teacher());
    assertThat(rejected.status()).isEqualTo(200);
    assertThat(rejected.json().getString("status")).isEqualTo("rejected");
    assertThat(rejected.json().getString("reason")).isEqualTo("names a pupil");
    assertThat(rejected.json().getString("rejected_by")).isEqualTo("t-9");
    assertThat(rejected.json().getValue("publication")).isNull();
    assertThat(server.post("/v1/exercises/" + never + "/reject", null, teacher()).json())
        .isEqualTo(rejected.json());

    long once = pending("ap-3", "stu-1");
    server.post("/v1/exercises/" + once + "/approve", null, teacher());
    databases.postgres(
        "UPDATE lesson_publications SET status = 'completed', due_at = NULL WHERE id = $1", once);
    JsonObject back = server.post("/v1/exercises/" + once + "/reject", "{}", teacher()).json();
    assertThat(back.getValue("approved_by")).isNull();
    assertThat(back.getJsonObject("publication").getString("status")).isEqualTo("pending");
    assertThat(
            server
                .post("/v1/exercises/" + once + "/approve", null, teacher())
                .json()
                .getValue("reason"))
        .isNull();
  }

  @Test
  void onlyTeachersJudge() {
    long set = pending("ap-4", "stu-1");
    for (String[] token :
        List.of(server.token("stu-1", ""), server.token("x", "lessons:read lessons:write"))) {
      assertThat(server.get("/v1/exercises/pending", token).status()).isEqualTo(403);
      for (String verb : List.of("approve", "reject")) {
        assertThat(server.post("/v1/exercises/" + set + "/" + verb, null, token).status())
            .isEqualTo(403);
      }
      assertThat(
              server
                  .call(
                      "PATCH",
                      "/v1/exercises/" + set + "/items/ap-4-card",
                      "{\"hint\":\"x\"}",
                      token)
                  .status())
          .isEqualTo(403);
    }
    assertThat(server.post("/v1/exercises/" + set + "/approve", null).status()).isEqualTo(401);
    assertThat(
            server
                .post("/v1/exercises/" + set + "/reject", null, server.token("ops", "service"))
                .status())
        .isEqualTo(200);
    try (ApiServer compat = new ApiServer(databases, Settings.AuthMode.COMPAT)) {
      assertThat(
              compat.post("/v1/exercises/" + set + "/approve", null).json().getValue("approved_by"))
          .isNull();
    }
  }

  @Test
  void unknownSetsAndSetsOfNobody() {
    for (String id : List.of("0", "99999999", "x", "%00", "99999999999999999999", "-1", "ap%2F")) {
      for (String verb : List.of("approve", "reject")) {
        Answer answer = server.post("/v1/exercises/" + id + "/" + verb, null, teacher());
        assertThat(answer.status()).as(id + answer.response().body()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
      }
    }
    long nobodys = pending("ap-5", null);
    Answer refused = server.post("/v1/exercises/" + nobodys + "/approve", null, teacher());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("detail")).contains("names no learner");
    assertThat(exercises("ap-5").getJsonObject(0).getString("status"))
        .isEqualTo("pending_approval");
  }

  @Test
  void itemsAreMendedByTheRulesOfGeneratedOnes() {
    long set = pending("ap-6", "stu-1");
    Answer good =
        edit(
            set,
            "ap-6-card",
            new JsonObject()
                .put("translation", " סולמות ")
                .put("exampleSentence", "Two ladders stood there.")
                .put("unknown", 1));
    assertThat(good.status()).as(good.response().body()).isEqualTo(200);
    assertThat(good.json().getJsonObject("item"))
        .isEqualTo(
            new JsonObject()
                .put("id", "ap-6-card")
                .put("difficulty", "intermediate")
                .put("word", "ladder")
                .put("translation", "סולמות")
                .put("example_sentence", "Two ladders stood there.")
                .put("hint", "You climb it.")
                .put("edited", true));
    assertThat(good.json().getJsonArray("warnings")).isEmpty();
    JsonObject stored = exercises("ap-6").getJsonObject(0).getJsonObject("exercises");
    assertThat(stored.getJsonArray("flashcards").getJsonObject(0))
        .isEqualTo(good.json().getJsonObject("item"));
    assertThat(stored.getJsonArray("spelling"))
        .isEqualTo(PublishSets.set("ap-6").getJsonArray("spelling"));

    Answer warned =
        edit(
            set,
            "ap-6-spell",
            new JsonObject().put("sample_sentence", "The kettle is frumbly today."));
    assertThat(warned.status()).as("a teacher may know the word").isEqualTo(200);
    assertThat(warned.json().getJsonArray("warnings"))
        .containsExactly(
            new JsonObject()
                .put("rule", "misspelled")
                .put("field", "sample_sentence")
                .put("reason", "Words are in an English dictionary."));
    refused(
        edit(set, "ap-6-card", new JsonObject().put("word", "basket")),
        "example_sentence",
        "contain their word");
    refused(edit(set, "ap-6-card", new JsonObject().put("word", "   ")), "word", "1 to 120");
    refused(
        edit(set, "ap-6-card", new JsonObject().put("example_sentence", "so the ladder is tall")),
        "example_sentence",
        "sentence_form");
    refused(
        edit(set, "ap-6-card", new JsonObject().put("hint", "It is a ladder.")),
        "hint",
        "hint_gives_answer");
    refused(
        edit(set, "ap-6-card", new JsonObject().put("english", "A ladder stands here.")),
        "english",
        "no member of a flashcards item");
    refused(edit(set, "ap-6-spell", new JsonObject().put("word", "סולם")), "word", "not_latin");
    refused(
        edit(set, "ap-6-gap", new JsonObject().put("sentence", "Yesterday we went to the market.")),
        "sentence",
        "blank_count");
    refused(
        edit(set, "ap-6-gap", new JsonObject().put("correct_answer", "walked")),
        "correct_answer",
        "options");
    refused(
        edit(
            set,
            "ap-6-gap",
            new JsonObject()
                .put("options", new JsonArray().add("go").add("went").add("Went").add("x"))),
        "options",
        "duplicate_options");
    refused(
        edit(
            set,
            "ap-6-gap",
            new JsonObject().put("options", new JsonArray().add("went").add("go").add("goes"))),
        "options",
        "options");
    refused(
        edit(
            set,
            "ap-6-cloze",
            new JsonObject().put("blank1", new JsonObject().put("correct", "snows"))),
        "blank1.correct",
        "options");
    refused(
        edit(set, "ap-6-sentence", new JsonObject().put("english", "My sister never drinks tea.")),
        "tokens",
        "tokens");
    refused(
        edit(set, "ap-6-sentence", new JsonObject().put("difficulty", "impossible")),
        "difficulty",
        "one of");
    assertThat(edit(set, "ap-6-card", new JsonObject()).status()).isEqualTo(400);
    assertThat(edit(set, "ap-6-card", new JsonObject().put("unknown", 1)).status()).isEqualTo(400);

    assertThat(
            edit(
                    set,
                    "ap-6-gap",
                    new JsonObject()
                        .put(
                            "options",
                            new JsonArray().add("go").add("walked").add("gone").add("goes"))
                        .put("correct_answer", "walked"))
                .status())
        .isEqualTo(200);
    assertThat(
            edit(
                    set,
                    "ap-6-grammar",
                    new JsonObject().put("prompt", "He ___ coffee every evening."))
                .status())
        .isEqualTo(200);
    assertThat(
            edit(
                    set,
                    "ap-6-cloze",
                    new JsonObject().put("blank2", new JsonObject().put("hint", "Later.")))
                .status())
        .isEqualTo(200);
    JsonArray tokens = new JsonArray().add("My").add("sister").add("drinks").add("tea").add(".");
    assertThat(
            edit(
                    set,
                    "ap-6-sentence",
                    new JsonObject()
                        .put("english", "My sister drinks tea.")
                        .put("tokens", tokens)
                        .put("accepted", new JsonArray().add(tokens)))
                .status())
        .isEqualTo(200);
    Answer missing = edit(set, "ap-7-card", new JsonObject().put("hint", "x"));
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().getString("code")).isEqualTo("UNKNOWN_ITEM");

    assertThat(server.post("/v1/exercises/" + set + "/approve", null, teacher()).status())
        .isEqualTo(200);
    Answer late = edit(set, "ap-6-card", new JsonObject().put("hint", "x"));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().getString("detail")).contains("reject it");
  }

  private static void refused(Answer answer, String field, String reason) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    assertThat(answer.json().getString("code")).isEqualTo("VALIDATION_ERROR");
    assertThat(
            answer
                .json()
                .getJsonObject("error")
                .getJsonObject("details")
                .getJsonArray("fields")
                .stream()
                .map(JsonObject.class::cast))
        .anySatisfy(
            told -> {
              assertThat(told.getString("field")).isEqualTo(field);
              assertThat(told.getString("reason")).contains(reason);
            });
  }

  @Test
  void whatAnOlderProducerWroteIsPublishedInTodaysForm() {
    JsonObject old =
        new JsonObject()
            .put(
                "cloze",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("id", "ap-8-old")
                            .put("text_parts", new JsonArray().add("I ").add(" and ").add(" tea."))
                            .put(
                                "options",
                                new JsonArray()
                                    .add(new JsonArray().add("make").add("makes"))
                                    .add(new JsonArray().add("drink").add("drinks")))
                            .put("correct_answers", new JsonArray().add("make").add("drink"))))
            .put(
                "grammar",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("id", "ap-8-g")
                            .put("prompt", "I ___ here.")
                            .put("options", new JsonArray().add("am").add("is"))
                            .put("correct_index", 0)));
    long set = set(null, "ap-8", "stu-8", old.encode());
    assertThat(server.post("/v1/exercises/" + set + "/approve", null, teacher()).status())
        .isEqualTo(200);
    LessonDatabases.await(new PublishLesson(databases.postgres, databases.mysql).publish(set));
    var rows =
        databases.mysql(
            "SELECT e.id FROM lesson_exercises e JOIN lessons l ON l.id = e.lesson_id WHERE"
                + " l.class_id = 'ap-8' ORDER BY e.id");
    assertThat(rows).extracting(row -> row.getString("id")).containsExactly("ap-8-g", "ap-8-old");
  }
}
