package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class RequestRulesTest {
  private static final RequestRules TRIGGER =
      ApiDocument.shared().operation("triggerLessonProcessing").rules();
  private static final RequestRules EXERCISES =
      ApiDocument.shared().operation("listExercises").rules();
  private static final RequestRules PROCESS = ApiDocument.shared().operation("process").rules();

  private static JsonObject trigger() {
    return new JsonObject()
        .put("teacherEmail", "t@example.org")
        .put("date", "2026-02-03")
        .put("startTime", "16:00")
        .put("endTime", "16:30")
        .put("user_id", "stu-1")
        .put("teacher_id", "t-9")
        .put("class_id", "class-77");
  }

  private static JsonObject body(RequestRules rules, JsonObject body) {
    return rules
        .check(MultiMap.caseInsensitiveMultiMap(), "application/json", body.toBuffer(), false)
        .body();
  }

  private static ApiException refused(RequestRules rules, Buffer body) {
    return catchThrowableOfType(
        ApiException.class,
        () -> rules.check(MultiMap.caseInsensitiveMultiMap(), "application/json", body, false));
  }

  private static JsonObject query(boolean clamp, String... pairs) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < pairs.length; i += 2) {
      query.add(pairs[i], pairs[i + 1]);
    }
    return EXERCISES.check(query, null, null, clamp).query();
  }

  private static String fields(ApiException refused) {
    return refused.details().getJsonArray("fields").encode();
  }

  @Test
  void understandsBothSpellingsOfNames() {
    JsonObject mixed = trigger();
    mixed
        .put("teacher_email", mixed.remove("teacherEmail"))
        .put("start_time", mixed.remove("startTime"));
    mixed.put("classId", mixed.remove("class_id")).put("userId", mixed.remove("user_id"));
    assertThat(body(TRIGGER, mixed)).isEqualTo(body(TRIGGER, trigger()));
    assertThat(query(false, "classId", "c").getString("class_id")).isEqualTo("c");
  }

  @Test
  void documentedSpellingWinsOverTheOther() {
    assertThat(query(false, "class_id", "right", "classId", "wrong").getString("class_id"))
        .isEqualTo("right");
    assertThat(query(false, "classId", "wrong", "class_id", "right").getString("class_id"))
        .isEqualTo("right");
    assertThat(body(TRIGGER, trigger().put("classId", "wrong")).getString("class_id"))
        .isEqualTo("class-77");
  }

  @Test
  void ignoresUnknownMembersAndNullsAndFillsDefaults() {
    JsonObject body =
        body(TRIGGER, trigger().put("whatever", new JsonArray().add(1)).putNull("meetingId"));
    assertThat(body.getInteger("lesson_number")).isEqualTo(1);
    assertThat(body.getBoolean("force")).isFalse();
    assertThat(body.getString("meetingId")).isNull();
  }

  @Test
  void tellsAllBrokenRulesWithWhatIsAllowed() {
    JsonObject body =
        trigger()
            .put("date", "2025-02-30")
            .put("startTime", "25:00")
            .put("lesson_number", 0)
            .put("teacherEmail", "nobody");
    body.remove("class_id");
    ApiException refused = refused(TRIGGER, body.toBuffer());
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(fields(refused))
        .contains(
            "{\"field\":\"date\",\"reason\":\"must be a date that exists, written YYYY-MM-DD\"}",
            "{\"field\":\"startTime\",\"reason\":\"must be a time of day, written HH:MM\"}",
            "{\"field\":\"lesson_number\",\"reason\":\"must be a whole number from 1 to 1000000\"}",
            "{\"field\":\"teacherEmail\",\"reason\":\"must be an e-mail address\"}",
            "{\"field\":\"class_id\",\"reason\":\"is missing; it must be text of 1 to 100"
                + " characters\"}");
    assertThat(refused.getMessage()).endsWith("and 2 more");
  }

  @Test
  void wrongTypesAreToldToo() {
    ApiException refused =
        refused(
            PROCESS,
            new JsonObject().put("transcript", 7).put("lesson_number", "three").toBuffer());
    assertThat(fields(refused))
        .contains(
            "\"transcript\",\"reason\":\"must be text of 10 to 500000 characters\"",
            "\"lesson_number\",\"reason\":\"must be a whole number from 1 to 1000\"");
    assertThat(
            fields(
                refused(
                    PROCESS,
                    new JsonObject()
                        .put("transcript", "long enough text")
                        .put("lesson_number", 1.5)
                        .toBuffer())))
        .contains("lesson_number");
  }

  @Test
  void countsTheTranscriptAfterTrimming() {
    assertThat(
            fields(
                refused(
                    PROCESS, new JsonObject().put("transcript", "  short    \n\n  ").toBuffer())))
        .contains("transcript");
    String longest = "x".repeat(500_000);
    assertThat(
            body(PROCESS, new JsonObject().put("transcript", "  " + longest + "\n"))
                .getString("transcript"))
        .isEqualTo(longest);
    assertThat(
            fields(refused(PROCESS, new JsonObject().put("transcript", longest + "x").toBuffer())))
        .contains("transcript");
  }

  @Test
  void aNulCharacterIsTheClientsMistake() {
    assertThat(fields(refused(TRIGGER, trigger().put("class_id", "a\0b").toBuffer())))
        .contains("class_id", "U+0000");
  }

  @Test
  void brokenBodiesAreRefusedInWords() {
    assertThat(refused(PROCESS, Buffer.buffer("{\"transcript\": \"abc\n\"}")).getMessage())
        .startsWith("body is not valid JSON: look at line 1");
    assertThat(refused(PROCESS, Buffer.buffer("[]")).getMessage())
        .isEqualTo("body must be a JSON object");
    assertThat(refused(PROCESS, Buffer.buffer("null")).getMessage())
        .isEqualTo("body must be a JSON object");
    assertThat(refused(PROCESS, Buffer.buffer("{} x")).getMessage())
        .startsWith("body is not valid JSON");
    assertThat(refused(PROCESS, Buffer.buffer("")).getMessage())
        .isEqualTo("body is missing; send a JSON object");
    assertThat(refused(PROCESS, Buffer.buffer("[".repeat(5_000))).getMessage())
        .startsWith("body is not valid JSON");
    assertThat(
            refused(PROCESS, Buffer.buffer(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}))
                .getMessage())
        .startsWith("body is not valid JSON");
  }

  @Test
  void pagingIsRefusedOrMovedIntoRange() {
    assertThat(query(true, "class_id", "c", "limit", "1000", "page", "0"))
        .isEqualTo(query(true, "class_id", "c", "limit", "100", "page", "1"));
    assertThat(query(true, "class_id", "c", "limit", "99999999999999999999").getInteger("limit"))
        .isEqualTo(100);
    assertThat(query(false, "class_id", "c").getInteger("limit")).isEqualTo(50);
    for (String limit : new String[] {"0", "101", "-1", "ten", "1.5", "99999999999999999999"}) {
      ApiException refused =
          catchThrowableOfType(
              ApiException.class, () -> query(false, "class_id", "c", "limit", limit));
      assertThat(refused.getMessage())
          .as(limit)
          .isEqualTo("limit must be a whole number from 1 to 100");
    }
    assertThat(
            catchThrowableOfType(
                    ApiException.class, () -> query(true, "class_id", "c", "limit", "ten"))
                .getMessage())
        .contains("limit");
  }

  @Test
  void emptyParametersAreAbsent() {
    assertThat(query(false, "class_id", "c", "user_id", "").getString("user_id")).isNull();
    assertThat(
            catchThrowableOfType(ApiException.class, () -> query(false, "class_id", ""))
                .getMessage())
        .startsWith("class_id is missing");
  }

  @Test
  void booleansComeInFourSpellings() {
    RequestRules rules = ApiDocument.shared().operation("processZoomLesson").rules();
    JsonObject body =
        new JsonObject()
            .put("user_id", "u")
            .put("teacher_id", "t")
            .put("class_id", "c")
            .put("date", "2026-02-03");
    for (String yes : new String[] {"true", "1"}) {
      assertThat(
              rules
                  .check(
                      MultiMap.caseInsensitiveMultiMap().add("async", yes),
                      null,
                      body.toBuffer(),
                      false)
                  .query()
                  .getBoolean("async"))
          .isTrue();
    }
    for (String no : new String[] {"false", "0"}) {
      assertThat(
              rules
                  .check(
                      MultiMap.caseInsensitiveMultiMap().add("async", no),
                      null,
                      body.toBuffer(),
                      false)
                  .query()
                  .getBoolean("async"))
          .isFalse();
    }
  }
}
