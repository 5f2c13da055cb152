package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lessons.LessonDatabases;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Section 1.7: what is repeated is done once. */
class IdempotencyTest extends ApiTest {
  IdempotencyTest() {
    super(Settings.AuthMode.COMPAT);
  }

  private static String fresh(String what) {
    return what + "-" + UUID.randomUUID();
  }

  private static String list(String name) {
    return new JsonObject().put("name", name).encode();
  }

  private ApiServer.Answer create(String who, String key, String body) {
    return server.call("POST", "/v1/word-lists", body, "X-User-Id", who, "Idempotency-Key", key);
  }

  private long lists(String who) {
    return databases
        .mysql("SELECT COUNT(*) FROM word_lists WHERE user_id = ?", who)
        .iterator()
        .next()
        .getLong(0);
  }

  private static String error(ApiServer.Answer answer) {
    return answer.status() + " " + answer.json().getString("code");
  }

  @Test
  void aRepetitionGetsTheFirstAnswerAndNothingHappensAgain() {
    String who = fresh("stu");
    ApiServer.Answer first = create(who, "k1", "{\"name\":\"A\",\"class_id\":\"c\"}");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replayed")).isNull();
    ApiServer.Answer again = create(who, "k1", "{\"classId\":\"c\", \"name\":\"A\"}");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(lists(who)).isEqualTo(1);
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    String who = fresh("stu");
    create(who, "k", list("A"));
    assertThat(error(create(who, "k", list("B")))).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
    assertThat(lists(who)).isEqualTo(1);
  }

  @Test
  void keysBelongToLearnerPathAndSpelling() {
    String who = fresh("stu");
    String other = fresh("stu");
    create(who, "k", list("A"));
    create(who, "K", list("A"));
    create(other, "k", list("B"));
    assertThat(
            server
                .call(
                    "POST",
                    "/api/v1/word-lists",
                    list("A"),
                    "X-User-Id",
                    who,
                    "Idempotency-Key",
                    "k")
                .header("Idempotent-Replayed"))
        .isNull();
    assertThat(lists(who)).isEqualTo(3);
    assertThat(lists(other)).isEqualTo(1);
  }

  @Test
  void firstGenerationAnswersAreReplayedInTheirRendering() {
    String who = fresh("stu");
    String[] headers = {"X-User-Id", who, "Idempotency-Key", "k"};
    JsonObject first = server.call("POST", "/api/v1/word-lists", list("A"), headers).json();
    assertThat(server.call("POST", "/api/v1/word-lists", list("A"), headers).json())
        .isEqualTo(first);
    assertThat(first.getString("message")).isNotBlank();
    String path = "/api/v1/word-lists/" + first.getString("id");
    String[] second = {"X-User-Id", who, "Idempotency-Key", "delete"};
    JsonObject deleted = server.call("DELETE", path, null, second).json();
    ApiServer.Answer again = server.call("DELETE", path, null, second);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(deleted);
  }

  @Test
  void anAnswerWithoutBodyIsReplayedToo() {
    String who = fresh("stu");
    String path = "/v1/word-lists/" + create(who, "k", list("A")).json().getString("id");
    String[] headers = {"X-User-Id", who, "Idempotency-Key", "gone"};
    assertThat(server.call("DELETE", path, null, headers).status()).isEqualTo(204);
    ApiServer.Answer again = server.call("DELETE", path, null, headers);
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void whatFailsLeavesTheKeyFree() {
    String who = fresh("stu");
    assertThat(create(who, "k", "{\"name\":\"\"}").status()).isEqualTo(400);
    String missing = "/v1/word-lists/" + UUID.randomUUID();
    assertThat(
            server.call("DELETE", missing, null, "X-User-Id", who, "Idempotency-Key", "k").status())
        .isEqualTo(404);
    assertThat(
            databases
                .mysql("SELECT COUNT(*) FROM idempotency_keys WHERE user_id = ?", who)
                .iterator()
                .next()
                .getLong(0))
        .isZero();
    assertThat(create(who, "k", list("A")).status()).isEqualTo(201);
    for (String key : new String[] {"", "x".repeat(256)}) {
      assertThat(error(create(who, key, list("A")))).isEqualTo("400 VALIDATION_ERROR");
    }
    assertThat(create(who, "x".repeat(255), list("A")).status()).isEqualTo(201);
  }

  @Test
  void sixteenParallelCopiesMakeOneList() {
    for (int round = 0; round < 5; round++) {
      String who = fresh("stu");
      List<ApiServer.Answer> answers =
          IntStream.range(0, 16)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> create(who, "k", list("A"))))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(lists(who)).isEqualTo(1);
      assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
      for (ApiServer.Answer answer : answers) {
        if (answer.status() == 409) {
          assertThat(answer.json().getString("code")).isEqualTo("DUPLICATE_REQUEST");
          assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
      }
      assertThat(
              answers.stream()
                  .filter(
                      answer ->
                          answer.status() == 201 && answer.header("Idempotent-Replayed") == null))
          .hasSize(1);
      assertThat(
              answers.stream()
                  .filter(answer -> answer.status() == 201)
                  .map(answer -> answer.json().getString("id"))
                  .distinct())
          .hasSize(1);
    }
  }

  @Test
  void parallelCopiesOfWhatFailsAreAllToldSo() {
    String missing = "/v1/word-lists/" + UUID.randomUUID();
    for (int round = 0; round < 10; round++) {
      String[] headers = {"X-User-Id", fresh("stu"), "Idempotency-Key", "k"};
      List<CompletableFuture<String>> copies =
          IntStream.range(0, 16)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> error(server.call("DELETE", missing, null, headers))))
              .toList();
      assertThat(copies.stream().map(CompletableFuture::join))
          .containsAnyOf("404 WORD_LIST_NOT_FOUND")
          .isSubsetOf("404 WORD_LIST_NOT_FOUND", "409 DUPLICATE_REQUEST");
    }
  }

  @Test
  void abandonedAndExpiredReservationsAreTakenOver() {
    String who = fresh("stu");
    String reserved =
        "INSERT INTO idempotency_keys (user_id, endpoint, idempotency_key, request_hash, state,"
            + " created_at, expires_at) VALUES (?, 'POST /v1/word-lists', ?, UNHEX(REPEAT('00',"
            + " 32)), ?, UTC_TIMESTAMP(6) - INTERVAL ? SECOND, UTC_TIMESTAMP(6) + INTERVAL ?"
            + " SECOND)";
    databases.mysql(reserved, who, "running", "in_progress", 5, 3600);
    databases.mysql(reserved, who, "abandoned", "in_progress", 61, 3600);
    databases.mysql(reserved, who, "expired", "done", 86_400, -1);
    assertThat(create(who, "running", list("A")).status()).isEqualTo(422);
    assertThat(create(who, "abandoned", list("A")).status()).isEqualTo(201);
    assertThat(create(who, "expired", list("A")).status()).isEqualTo(201);
    assertThat(lists(who)).isEqualTo(2);
  }

  @Test
  void expiredKeysAreDeletedInChunks() {
    databases.mysql(
        "INSERT INTO idempotency_keys (user_id, endpoint, idempotency_key, request_hash, state,"
            + " expires_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i"
            + " < 900) SELECT 'cleaner', CONCAT('e', a.i), CONCAT('k', b.i), UNHEX(REPEAT('00',"
            + " 32)), 'done', UTC_TIMESTAMP(6) - INTERVAL 1 SECOND FROM n a JOIN (SELECT 1 AS i"
            + " UNION SELECT 2 UNION SELECT 3) b");
    String who = fresh("stu");
    create(who, "stays", list("A"));
    assertThat(LessonDatabases.await(new IdempotencyKeys(databases.mysql).deleteExpired()))
        .isGreaterThanOrEqualTo(2_700);
    assertThat(
            databases
                .mysql("SELECT COUNT(*) FROM idempotency_keys WHERE user_id IN ('cleaner', ?)", who)
                .iterator()
                .next()
                .getLong(0))
        .isEqualTo(1);
  }

  @Test
  void aLateFirstWorkerIsUndoneWhenItsReservationWasTakenOver() {
    String who = fresh("stu");
    var keys = new IdempotencyKeys(databases.mysql);
    var scope = new IdempotencyKeys.Scope(who, "POST /x", "k");
    long first = LessonDatabases.await(keys.reserve(scope, new byte[32])).id();
    databases.mysql(
        "UPDATE idempotency_keys SET created_at = UTC_TIMESTAMP(6) - INTERVAL 61 SECOND WHERE id ="
            + " ?",
        first);
    long second = LessonDatabases.await(keys.reserve(scope, new byte[32])).id();
    assertThat(second).isNotEqualTo(first);
    assertThat(LessonDatabases.await(keys.settle(first, Reply.ok(new JsonObject())))).isFalse();
    LessonDatabases.await(keys.release(first));
    assertThat(LessonDatabases.await(keys.settle(second, Reply.ok(new JsonObject().put("n", 1)))))
        .isTrue();
    assertThat(LessonDatabases.await(keys.reserve(scope, new byte[32])).replay().json())
        .isEqualTo(new JsonObject().put("n", 1));
  }

  @Test
  void thePipelineTakesKeysToo() {
    AtomicInteger generated = new AtomicInteger();
    Promise<JsonObject> set = Promise.promise();
    CompletableFuture<Void> started = new CompletableFuture<>();
    server.generator =
        request -> {
          generated.incrementAndGet();
          started.complete(null);
          return set.future();
        };
    String body =
        new JsonObject()
            .put("transcript", "Teacher: What did you do? Student: I goed home.")
            .encode();
    String[] headers = {"X-User-Id", fresh("teacher"), "Idempotency-Key", "k"};
    CompletableFuture<ApiServer.Answer> running =
        CompletableFuture.supplyAsync(() -> server.call("POST", "/v1/process", body, headers));
    started.join();
    assertThat(error(server.call("POST", "/v1/process", body, headers)))
        .isEqualTo("409 DUPLICATE_REQUEST");
    set.complete(ApiServer.sampleSet());
    JsonObject first = running.join().json();
    ApiServer.Answer again = server.call("POST", "/v1/process", body, headers);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first);
    assertThat(generated).hasValue(1);

    server.generator = request -> Future.failedFuture(new IllegalStateException("broken once"));
    String[] other = {"X-User-Id", fresh("teacher"), "Idempotency-Key", "k"};
    assertThat(server.call("POST", "/v1/process", body, other).status()).isEqualTo(500);
    server.generator = request -> Future.succeededFuture(ApiServer.sampleSet());
    assertThat(server.call("POST", "/v1/process", body, other).status()).isEqualTo(200);

    String trigger =
        new JsonObject()
            .put("teacherEmail", "t@example.org")
            .put("date", "2026-02-03")
            .put("startTime", "10:00")
            .put("endTime", "11:00")
            .put("user_id", "s")
            .put("teacher_id", "t")
            .put("class_id", fresh("c"))
            .encode();
    JsonObject queued =
        server
            .call("POST", "/v1/trigger-lesson-processing", trigger, "Idempotency-Key", "k")
            .json();
    assertThat(queued.containsKey("already_exists")).isFalse();
    assertThat(
            server
                .call("POST", "/v1/trigger-lesson-processing", trigger, "Idempotency-Key", "k")
                .json())
        .isEqualTo(queued);
    assertThat(
            server
                .call("POST", "/v1/trigger-lesson-processing", trigger)
                .json()
                .getBoolean("already_exists"))
        .isTrue();
  }

  @Test
  void whoIsNamedByOtherSystemsHasKeysOfTheirOwn() {
    String body = new JsonObject().put("transcript", "Teacher: What did you do?").encode();
    for (String user : new String[] {"7", "7%20", "x".repeat(300), "%D7%90", "%20"}) {
      ApiServer.Answer first =
          server.call("POST", "/v1/process?user_id=" + user, body, "Idempotency-Key", "named");
      assertThat(first.status()).as(user).isEqualTo(200);
      assertThat(first.header("Idempotent-Replayed")).as(user).isNull();
      ApiServer.Answer again =
          server.call("POST", "/v1/process?user_id=" + user, body, "Idempotency-Key", "named");
      assertThat(again.header("Idempotent-Replayed")).as(user).isEqualTo("true");
    }
  }
}
