package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What nobody sends who means well: every body and every text of the contract is told what is wrong
 * with it, or is taken as it is; the server is never to blame.
 */
final class ContractBadInput {
  /** Texts that may stand anywhere. */
  private static final List<String> HARMLESS =
      List.of(
          "'; DROP TABLE words; -- \" OR 1=1 /*",
          "<script>alert(1)</script><img src=x onerror=alert(1)>",
          "\u202eשלום\u200f עולם\u202c ‏العربية",
          "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301",
          "\\u0041 %00 %s ${x} {{x}} \t\r\n",
          "\ufeff\uffff\ud83d\ude00");

  private final ApiServer server;

  ContractBadInput(ApiServer server) {
    this.server = server;
  }

  Stream<DynamicTest> bodies() {
    return ContractCall.all().stream()
        .filter(call -> !call.body().isEmpty())
        .map(call -> dynamicTest(call.toString(), () -> brokenBodies(call)));
  }

  private void brokenBodies(ContractCall call) {
    ContractLearner learner = new ContractLearner(server);
    for (String prefix : List.of("", "/api")) {
      String path = prefix + learner.fill(call.path());
      for (String body :
          List.of(
              "[".repeat(5_000), "{\"a\":".repeat(5_000), "{\"a\":1", "{'a':1}", "[]", "\"a\"")) {
        names(send(call, learner, path, body), "body");
      }
      names(send(call, learner, path, "{\"a\":\"\u00ff\"}"), "body");
      String deep = "[".repeat(40) + "]".repeat(40);
      JsonObject nested = new JsonObject(learner.fill(call.body()));
      names(send(call, learner, path, with(nested, "metadata", deep)), "metadata");
      names(send(call, learner, path, with(nested, "unknown", deep)), "unknown");
      if (!call.row().equals("A14")) {
        Answer large = send(call, learner, path, "{\"a\":\"" + "x".repeat(256 * 1024) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().getString("code")).isEqualTo("PAYLOAD_TOO_LARGE");
      }
    }
  }

  private static String with(JsonObject body, String member, String value) {
    String text = body.copy().put(member, "@").encode();
    return text.replace("\"@\"", value);
  }

  Stream<DynamicTest> texts() {
    return ContractTable.rows("bodies", 4).stream()
        .filter(row -> row.get(3).startsWith("text") && !row.get(3).equals("texts"))
        .map(
            row ->
                dynamicTest(
                    row.get(0) + " " + row.get(1),
                    () -> oddTexts(ContractCall.of(row.get(0)), row.get(1))));
  }

  private void oddTexts(ContractCall call, String member) {
    ContractLearner learner = new ContractLearner(server);
    String path = learner.fill(call.path());
    JsonObject body = new JsonObject(learner.fill(call.body()));
    for (String text : List.of("\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"")) {
      names(send(call, learner, path, with(body, member, text)), member);
    }
    for (String text : HARMLESS) {
      Answer answer = send(call, learner, path, body.copy().put(member, text).encode());
      assertThat(answer.status()).as(answer.response().body()).isLessThan(500);
      if (answer.status() >= 400) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail")).isNotBlank();
      } else if (answer.json().containsKey(member)) {
        assertThat(answer.json().getString(member).strip()).isEqualTo(text.strip());
      }
    }
  }

  Stream<DynamicTest> searches() {
    Map<String, String> texts =
        Map.of("/v1/word-lists", "search", "/v1/word-lists/{list}/words", "search");
    return texts.keySet().stream()
        .map(
            path ->
                dynamicTest(
                    path,
                    () -> {
                      ContractLearner learner = new ContractLearner(server);
                      String search = learner.fill(path) + "?search=";
                      for (String text :
                          List.of("%25", "_", "%5C", "'%20OR%201=1--", "%F0%9F%98%80")) {
                        Answer found = server.get(search + text, "X-User-Id", learner.id);
                        assertThat(found.status()).isEqualTo(200);
                        assertThat(found.json().getJsonArray("data")).as(text).isEmpty();
                      }
                      names(server.get(search + "%00", "X-User-Id", learner.id), "search");
                    }));
  }

  private Answer send(ContractCall call, ContractLearner learner, String path, String body) {
    return server.call(
        call.method(),
        path,
        body,
        body.contains("\u00ff") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8,
        "X-User-Id",
        learner.id,
        "Content-Type",
        "application/json");
  }

  private static void names(Answer answer, String field) {
    String sent = answer.response().body();
    assertThat(answer.status()).as(sent).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().getString("code")).isEqualTo("VALIDATION_ERROR");
    assertThat(MemberNames.plain(answer.firstField().replaceFirst("[ .\\[].*", "")))
        .as(sent)
        .isEqualTo(MemberNames.plain(field));
  }
}
