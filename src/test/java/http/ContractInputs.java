package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import http.ApiServer.Answer;
import http.ContractCall.Way;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Every query parameter and every member of a body: at, below and above its bounds. */
final class ContractInputs {
  private final ApiServer server;

  ContractInputs(ApiServer server) {
    this.server = server;
  }

  Stream<DynamicTest> parameters() {
    return ContractTable.rows("parameters", 4).stream()
        .map(
            row ->
                dynamicTest(
                    row.get(0) + " " + row.get(1),
                    () ->
                        parameter(
                            ContractCall.of(row.get(0)), row.get(1), row.get(2), row.get(3))));
  }

  private void parameter(ContractCall call, String name, String standard, String allowed) {
    ContractLearner learner = new ContractLearner(server);
    for (Way way : call.ways()) {
      String path = learner.fill(way.path());
      if (!standard.equals("-")) {
        String due =
            way.alias() && standard.contains("alias")
                ? standard.replaceFirst(".*alias ", "")
                : standard.replaceFirst(" .*", "");
        assertThat(applied(get(path, learner), name))
            .as(way.path())
            .isEqualTo(Integer.valueOf(due));
      }
      if (allowed.contains("..")) {
        bounds(path, learner, name, allowed, way.legacy());
      } else {
        for (String value :
            allowed.equals("bool")
                ? List.of("true", "false", "1", "0")
                : List.of(allowed.split(","))) {
          Answer answer = get(with(path, name, value), learner);
          assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        }
        if (!way.legacy()) {
          names(get(with(path, name, "neither"), learner), name);
        }
      }
    }
  }

  private void bounds(
      String path, ContractLearner learner, String name, String allowed, boolean legacy) {
    String[] bounds = allowed.split("\\.\\.");
    int least = Integer.parseInt(bounds[0]);
    assertThat(applied(get(with(path, name, bounds[0]), learner), name)).isEqualTo(least);
    outside(path, learner, name, least - 1, least, legacy);
    if (bounds.length > 1) {
      int most = Integer.parseInt(bounds[1]);
      assertThat(applied(get(with(path, name, bounds[1]), learner), name)).isEqualTo(most);
      outside(path, learner, name, most + 1, most, legacy);
    } else {
      Answer past = get(with(path, name, "999"), learner);
      assertThat(past.status()).isEqualTo(200);
      JsonObject body = past.json();
      JsonArray data =
          body.getValue("words") instanceof JsonObject words
              ? words.getJsonArray("data")
              : body.getJsonArray("data");
      assertThat(data).isEmpty();
    }
  }

  private void outside(
      String path, ContractLearner learner, String name, int value, int moved, boolean legacy) {
    Answer answer = get(with(path, name, String.valueOf(value)), learner);
    if (legacy) {
      assertThat(applied(answer, name)).isEqualTo(moved);
    } else {
      names(answer, name);
    }
  }

  private static String with(String path, String name, String value) {
    return path + (path.contains("?") ? "&" : "?") + name + "=" + value;
  }

  private Answer get(String path, ContractLearner learner) {
    return server.get(path, "X-User-Id", learner.id);
  }

  /** What the answer says it applied. */
  private static Integer applied(Answer answer, String name) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    JsonObject body = answer.json();
    JsonObject pagination =
        body.getValue("words") instanceof JsonObject words
            ? words.getJsonObject("pagination")
            : body.getJsonObject("pagination");
    return pagination.getInteger(name);
  }

  /** The answer is a problem that names the field. */
  private static void names(Answer answer, String field) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().getString("code")).isEqualTo("VALIDATION_ERROR");
    assertThat(MemberNames.plain(answer.firstField().replaceFirst("[ .\\[].*", "")))
        .as(answer.response().body())
        .isEqualTo(MemberNames.plain(field));
  }

  Stream<DynamicTest> bodies() {
    return ContractTable.rows("bodies", 4).stream()
        .map(
            row ->
                dynamicTest(
                    row.get(0) + " " + row.get(1),
                    () -> member(ContractCall.of(row.get(0)), row.get(1), row.get(2), row.get(3))));
  }

  private void member(ContractCall call, String name, String need, String rule) {
    ContractLearner learner = new ContractLearner(server);
    for (String spelling : new TreeSet<>(List.of(name, LegacyTwins.snake(name)))) {
      for (Object good : allowed(call, name, rule)) {
        Answer answer = send(learner, call, name, spelling, good);
        // an id that names nothing, or nothing to play, is no fault of the member's form
        boolean formed =
            answer.status() == call.status()
                || answer.status() != 500 && !answer.response().body().contains("\"fields\"");
        assertThat(formed).as(good + " -> " + answer.response().body()).isTrue();
      }
      for (Object bad : refused(rule)) {
        names(send(learner, call, name, spelling, bad), name);
      }
    }
    Answer without = send(learner, call, name, null, null);
    if (need.equals("required")) {
      names(without, name);
    } else {
      assertThat(without.status())
          .as(without.response().body())
          .isEqualTo(onlyMember(call, name) ? 400 : call.status());
    }
    if (need.equals("nullable")) {
      Answer cleared = send(learner, call, name, name, null);
      assertThat(cleared.status()).as(cleared.response().body()).isEqualTo(call.status());
    }
  }

  /** Whether a change without this member changes nothing, which is refused. */
  private static boolean onlyMember(ContractCall call, String name) {
    return call.method().equals("PATCH")
        && new JsonObject(call.body()).fieldNames().equals(java.util.Set.of(name));
  }

  /** The row's valid body with one member spelt and set so, or left out. */
  private Answer send(
      ContractLearner learner, ContractCall call, String name, String spelling, Object value) {
    JsonObject body = new JsonObject(call.body().isEmpty() ? "{}" : learner.fill(call.body()));
    body.remove(name);
    if (spelling != null) {
      body.put(spelling, value);
    }
    return server.call(
        call.method(),
        learner.fill(call.path()),
        body.encode(),
        "X-User-Id",
        learner.id,
        "Content-Type",
        "application/json");
  }

  private static List<Object> allowed(ContractCall call, String name, String rule) {
    List<Object> values = new ArrayList<>();
    if (rule.equals("bool")) {
      values.addAll(List.of(true, false));
    } else if (rule.equals("texts")) {
      JsonObject body = new JsonObject(call.body());
      values.add(body.getJsonArray(name, new JsonArray().add("none")));
    } else if (rule.equals("object")) {
      values.add(new JsonObject().put("device", "tablet"));
    } else if (rule.startsWith("one of ") || rule.startsWith("hint ")) {
      values.addAll(List.of(rule.replaceFirst("one of |hint ", "").split(",")));
    } else {
      for (int bound : bounds(rule)) {
        values.add(rule.startsWith("text") ? "😀".repeat(bound) : (Object) bound);
      }
    }
    if (rule.equals("text")) {
      values.add("none");
    }
    return values;
  }

  private static List<Object> refused(String rule) {
    if (rule.startsWith("hint ")) {
      return List.of();
    }
    List<Object> values = new ArrayList<>(List.of(new JsonObject().put("a", 1)));
    if (rule.equals("object")) {
      values.set(0, "tablet");
    } else if (!rule.startsWith("text") || rule.equals("texts")) {
      values.add("neither");
    }
    if (rule.equals("texts")) {
      values.add(new JsonArray().add(7));
    }
    List<Integer> bounds = bounds(rule);
    if (!bounds.isEmpty() && !(rule.startsWith("text") && bounds.get(0) == 0)) {
      int below = bounds.get(0) - 1;
      values.add(rule.startsWith("text") ? "😀".repeat(below) : (Object) below);
    }
    if (bounds.size() > 1) {
      int above = bounds.get(1) + 1;
      values.add(rule.startsWith("text") ? "😀".repeat(above) : (Object) above);
    }
    return values;
  }

  /** Lower and upper bound as far as there are any. */
  private static List<Integer> bounds(String rule) {
    if (!rule.contains("..")) {
      return List.of();
    }
    String[] ends = rule.replaceFirst("^\\w+ ", "").split("\\.\\.");
    return ends.length == 1
        ? List.of(Integer.valueOf(ends[0]))
        : List.of(Integer.valueOf(ends[0]), Integer.valueOf(ends[1]));
  }
}
