package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import http.ApiServer.Answer;
import http.ContractCall.Way;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What holds for each operation of the games, whichever way it is called. */
final class ContractOperations {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  /** What is said when what a path names is not there. */
  private static final Map<String, String> MISSING =
      Map.of(
          "list", "WORD_LIST_NOT_FOUND",
          "word", "UNKNOWN_WORD",
          "cards", "SESSION_NOT_FOUND",
          "bee", "SESSION_NOT_FOUND",
          "cloze", "SESSION_NOT_FOUND",
          "grammar", "SESSION_NOT_FOUND",
          "sentence", "SESSION_NOT_FOUND");

  private static final List<String> ODD_IDS =
      List.of("none", "%00", "%20", "a%20", "%F0%9F%98%80", "'%20OR%20'1'='1", "x".repeat(65));

  private final ApiServer server;
  private final ContractShapes shapes = new ContractShapes();

  ContractOperations(ApiServer server) {
    this.server = server;
  }

  Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ContractCall call : ContractCall.all()) {
      for (Way way : call.ways()) {
        tests.add(
            dynamicTest(
                call.row() + " " + call.method() + " " + way.path(), () -> succeeds(call, way)));
      }
      tests.add(dynamicTest(call.row() + " asks who calls", () -> asksWhoCalls(call)));
      if (call.path().contains("{") && !call.note("path") && !call.path().contains("{cardTopic}")) {
        tests.add(dynamicTest(call.row() + " finds nothing else", () -> findsNothingElse(call)));
      }
      if (call.method().equals("POST")) {
        tests.add(dynamicTest(call.row() + " takes an Idempotency-Key", () -> isIdempotent(call)));
      }
      if (call.note("match")) {
        tests.add(dynamicTest(call.row() + " honours If-Match", () -> honoursIfMatch(call)));
      }
    }
    return tests.stream();
  }

  private Answer send(ContractCall call, String path, String body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return server.call(call.method(), path, body.isEmpty() ? null : body, all);
  }

  private ContractLearner learner(ContractCall call) {
    ContractLearner learner = new ContractLearner(server);
    if (call.noteAfter("after") != null) {
      learner.fill(call.noteAfter("after"));
    }
    return learner;
  }

  /** Second-generation clients name themselves in a header, the first in the query. */
  private Answer send(ContractCall call, Way way, ContractLearner learner) {
    String path = learner.fill(way.path());
    String body = learner.fill(call.body());
    return way.legacy()
        ? send(call, path + (path.contains("?") ? "&" : "?") + "user_id=" + learner.id, body)
        : send(call, path, body, "X-User-Id", learner.id);
  }

  private void succeeds(ContractCall call, Way way) {
    ContractLearner learner = learner(call);
    Answer answer = send(call, way, learner);
    String sent = answer.response().body();
    assertThat(answer.header("RateLimit-Limit"))
        .as("the group of the rate limit")
        .isEqualTo(String.valueOf(ContractTest.limit(call.group())));
    if (call.status() == 204 && !way.legacy()) {
      assertThat(answer.status()).as(sent).isEqualTo(204);
      assertThat(sent).isEmpty();
      return;
    }
    assertThat(answer.status()).as(sent).isEqualTo(call.status() == 204 ? 200 : call.status());
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    JsonObject body = answer.json();
    if (way.legacy()) {
      assertThat(body.getBoolean("success")).isTrue();
      if (!call.method().equals("GET")) {
        assertThat(body.getString("message")).isNotBlank();
      }
    }
    if (call.status() == 204) {
      assertThat(body.getBoolean("ok")).isTrue();
    } else if (call.answer().startsWith("page ")) {
      String[] page = call.answer().split(" ");
      assertThat(shapes.pageFaults(page[1], page[2], body, way.legacy())).as(sent).isEmpty();
    } else {
      assertThat(shapes.faults(call.answer(), body, way.legacy())).as(sent).isEmpty();
    }
    String location = call.noteAfter("at");
    if (location != null) {
      assertThat(answer.header("Location"))
          .isEqualTo(learner.fill(location) + body.getString("id"));
    }
    if (call.note("tag")) {
      tagged(call, way, learner, answer);
    }
  }

  private void tagged(ContractCall call, Way way, ContractLearner learner, Answer first) {
    assertThat(first.header("ETag")).startsWith("W/\"");
    assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
    Answer again =
        send(
            call,
            learner.fill(way.path()),
            "",
            "X-User-Id",
            learner.id,
            "If-None-Match",
            first.header("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
  }

  private void asksWhoCalls(ContractCall call) {
    ContractLearner learner = learner(call);
    Answer answer = send(call, learner.fill(call.path()), learner.fill(call.body()));
    if (call.note("open") || call.note("path")) {
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(call.status());
    } else {
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(401);
      assertThat(answer.json().getString("code")).isEqualTo("UNAUTHORIZED");
    }
    Answer two =
        send(
            call,
            learner.fill(call.path()) + (call.path().contains("?") ? "&" : "?") + "user_id=other",
            learner.fill(call.body()),
            "X-User-Id",
            learner.id);
    assertThat(two.status()).as(two.response().body()).isEqualTo(403);
    assertThat(two.json().getString("code")).isEqualTo("FORBIDDEN");
    Answer forged =
        send(
            call,
            learner.fill(call.path()),
            learner.fill(call.body()),
            "Authorization",
            "Bearer forged",
            "X-User-Id",
            learner.id);
    assertThat(forged.status()).as(forged.response().body()).isEqualTo(401);
    assertThat(forged.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  /** Neither odd ids nor those of another learner lead anywhere. */
  private void findsNothingElse(ContractCall call) {
    ContractLearner owner = learner(call);
    ContractLearner other = new ContractLearner(server);
    Matcher names = NAME.matcher(call.path());
    while (names.find()) {
      List<String> ids = new ArrayList<>(ODD_IDS);
      ids.add(other.get(names.group(1)));
      for (String id : ids) {
        String path = owner.fill(call.path().replace(names.group(), id));
        Answer answer = send(call, path, owner.fill(call.body()), "X-User-Id", owner.id);
        assertThat(answer.status()).as(path + " " + answer.response().body()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("code")).as(path).isEqualTo(MISSING.get(names.group(1)));
      }
    }
  }

  private void isIdempotent(ContractCall call) {
    ContractLearner learner = learner(call);
    String path = learner.fill(call.path());
    String body = learner.fill(call.body());
    String[] headers = {"X-User-Id", learner.id, "Idempotency-Key", "k".repeat(255)};
    Answer first = send(call, path, body, headers);
    assertThat(first.status()).as(first.response().body()).isEqualTo(call.status());
    assertThat(first.header("Idempotent-Replayed")).isNull();
    Answer again = send(call, path, body, headers);
    assertThat(again.status()).isEqualTo(call.status());
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    JsonObject changed = body.isEmpty() ? new JsonObject() : new JsonObject(body);
    Answer other = send(call, path, changed.put("note", "another").encode(), headers);
    assertThat(other.status()).as(other.response().body()).isEqualTo(422);
    assertThat(other.json().getString("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    headers[3] = "k".repeat(256);
    assertThat(send(call, path, body, headers).status()).isEqualTo(400);
  }

  private void honoursIfMatch(ContractCall call) {
    ContractLearner learner = learner(call);
    String path = learner.fill(call.path());
    String[] headers = {"X-User-Id", learner.id, "If-Match", "W/\"another\""};
    Answer refused = send(call, path, call.body(), headers);
    assertThat(refused.status()).as(refused.response().body()).isEqualTo(412);
    assertThat(refused.json().getString("code")).isEqualTo("PRECONDITION_FAILED");
    headers[3] = server.get(path, "X-User-Id", learner.id).header("ETag");
    assertThat(send(call, path, call.body(), headers).status()).isEqualTo(call.status());
  }
}
