package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import settings.Settings;

/**
 * Sends bad input to every operation of the interface's document, however many there are by now:
 * each member and parameter at, below and above its bounds and of wrong types, hostile texts in
 * every string, bodies that are no JSON, ids of nothing. Nothing may end in a 500, every error is a
 * problem that names the member. {@code -Dfuzz.seed} repeats a run, {@code -Dfuzz.seconds}
 * lengthens it.
 */
@Tag("slow")
class OpenApiFuzzTest extends ApiTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20260203);
  private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("fuzz.seconds", 40));
  private static final int MOST_TOLD = 40;
  private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z_]+}");
  private static final Pattern INSIDES =
      Pattern.compile("Exception|\\bat [a-z]+\\.[a-z.]+\\(|SQLSTATE|SQL syntax|io\\.vertx|java\\.");

  private static final List<String> UNKNOWN_IDS =
      List.of(
          "0",
          "-1",
          "nothing",
          "99999999999999999999",
          "%00",
          "%ff%fe",
          "%F0%9F%98%80",
          "%D7%A9%D7%9C",
          "..%2F..%2Fetc",
          "%27%20OR%201%3D1--",
          "%3Cb%3E",
          "a".repeat(300),
          "%20",
          "%25",
          "x%0D%0Ay");

  private final JsonObject document = ApiDocument.shared().json().toJsonObject();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random(SEED);
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> sent = new HashMap<>();
  private final Map<Integer, Integer> statuses = new java.util.TreeMap<>();
  private OwnershipWalkSeed seed;

  OpenApiFuzzTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void seed() {
    seed = new OwnershipWalkSeed(databases);
  }

  /**
   * One request; {@code member} is what an error must name, null when any answer but a 500 will do.
   */
  private record Shot(
      Operation operation,
      String path,
      byte[] body,
      String contentType,
      String member,
      String label) {}

  /** Everything the document says about one operation, and a request that it takes. */
  private final class Target {
    final Operation operation;
    final String path;
    final Map<String, OpenApiFuzzSchema> query = new LinkedHashMap<>();
    final Map<String, OpenApiFuzzSchema> members;
    final JsonObject body;

    Target(Operation operation) {
      this.operation = operation;
      JsonObject item = document.getJsonObject("paths").getJsonObject(operation.path());
      JsonObject definition =
          item.getJsonObject(operation.method().name().toLowerCase(java.util.Locale.ROOT));
      for (Object entry : definition.getJsonArray("parameters", new JsonArray())) {
        JsonObject parameter = SchemaRules.follow(document, (JsonObject) entry);
        if ("query".equals(parameter.getString("in"))) {
          query.put(
              parameter.getString("name"),
              new OpenApiFuzzSchema(document, parameter.getJsonObject("schema")));
        }
      }
      JsonObject content =
          definition
              .getJsonObject("requestBody", new JsonObject())
              .getJsonObject("content", new JsonObject())
              .getJsonObject("application/json");
      OpenApiFuzzSchema schema =
          content == null ? null : new OpenApiFuzzSchema(document, content.getJsonObject("schema"));
      this.members = schema == null ? Map.of() : schema.members();
      this.body = schema != null && schema.valid() instanceof JsonObject object ? object : null;
      this.path = reachable();
    }

    /** The path with ids behind which there is something, where such ids are known. */
    private String reachable() {
      if (!operation.path().contains("{")) {
        return operation.path();
      }
      List<String> paths = new ArrayList<>(List.of(operation.path()));
      while (paths.get(0).contains("{")) {
        paths =
            paths.stream()
                .flatMap(
                    at -> seed.ids().stream().map(id -> PARAMETER.matcher(at).replaceFirst(id)))
                .limit(600)
                .toList();
      }
      if (!operation.method().name().equals("GET")) {
        return paths.get(random.nextInt(paths.size()));
      }
      return paths.stream()
          .filter(at -> send(new Shot(operation, at, null, null, null, "look")).statusCode() == 200)
          .findFirst()
          .orElse(paths.get(0));
    }

    String queryString(String name, Object value) {
      StringBuilder text = new StringBuilder();
      query.forEach(
          (parameter, schema) -> {
            boolean required = !parameter.equals(name) && schema != null && isRequired(parameter);
            Object sent = parameter.equals(name) ? value : required ? schema.valid() : null;
            if (sent != null) {
              text.append(text.isEmpty() ? "?" : "&")
                  .append(parameter)
                  .append('=')
                  .append(URLEncoder.encode(String.valueOf(sent), StandardCharsets.UTF_8));
            }
          });
      return text.toString();
    }

    private boolean isRequired(String parameter) {
      JsonObject item =
          document
              .getJsonObject("paths")
              .getJsonObject(operation.path())
              .getJsonObject(operation.method().name().toLowerCase(java.util.Locale.ROOT));
      return item.getJsonArray("parameters", new JsonArray()).stream()
          .map(entry -> SchemaRules.follow(document, (JsonObject) entry))
          .anyMatch(
              entry ->
                  parameter.equals(entry.getString("name")) && entry.getBoolean("required", false));
    }

    List<Shot> shots() {
      List<Shot> shots = new ArrayList<>();
      shots.add(shot(path + queryString(null, null), body, null, "as documented"));
      query.forEach(
          (name, schema) -> {
            for (OpenApiFuzzSchema.Probe probe : schema.probes(true)) {
              boolean clamped = operation.legacy() && schema.isClamped();
              shots.add(
                  shot(
                      path + queryString(name, probe.value()),
                      body,
                      probe.invalid() && !clamped ? name : null,
                      name + ": " + probe.label()));
            }
          });
      if (operation.takesBody()) {
        members.forEach(
            (name, schema) -> {
              for (OpenApiFuzzSchema.Probe probe : schema.probes(false)) {
                JsonObject changed = body == null ? new JsonObject() : body.copy();
                changed.getMap().put(name, probe.value());
                shots.add(
                    shot(
                        path + queryString(null, null),
                        changed,
                        probe.invalid() ? name : null,
                        name + ": " + probe.label()));
              }
            });
        rawBodies()
            .forEach(
                (label, bytes) ->
                    shots.add(
                        new Shot(
                            operation,
                            path + queryString(null, null),
                            bytes,
                            "application/json",
                            null,
                            label)));
        for (String type :
            List.of(
                "text/plain",
                "application/xml",
                "application/json; charset=utf-16",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "nonsense",
                "")) {
          shots.add(
              new Shot(
                  operation,
                  path + queryString(null, null),
                  "{}".getBytes(StandardCharsets.UTF_8),
                  type,
                  null,
                  "content type " + type));
        }
      }
      if (operation.path().contains("{")) {
        for (String id : UNKNOWN_IDS) {
          String unknown = operation.path();
          while (unknown.contains("{")) {
            unknown =
                PARAMETER
                    .matcher(unknown)
                    .replaceFirst(id.replace("\\", "\\\\").replace("$", "\\$"));
          }
          shots.add(shot(unknown + queryString(null, null), body, null, "unknown id"));
        }
      }
      if (query.containsKey("page") && operation.method().name().equals("GET")) {
        shots.add(shot(path + queryString("page", 1_000_000), body, null, "page past the end"));
      }
      return shots;
    }

    private Shot shot(String at, JsonObject content, String member, String label) {
      byte[] bytes = operation.takesBody() && content != null ? encoded(content) : null;
      return new Shot(
          operation, at, bytes, bytes == null ? null : "application/json", member, label);
    }
  }

  private static byte[] encoded(JsonObject content) {
    return content
        .encode()
        .replace(OpenApiFuzzSchema.LONE_SURROGATE, "\\ud800")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> rawBodies() {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    for (String text :
        List.of(
            "",
            " ",
            "null",
            "[]",
            "7",
            "\"x\"",
            "{",
            "}",
            "{\"a\":}",
            "{'a':1}",
            "{\"a\":1}trailing",
            "{\"a\":1,\"a\":2}",
            "\uFEFF{}",
            "{\"\":1}",
            "{\"a\":1e999999}",
            "{\"a\":NaN}",
            "nul")) {
      bodies.put("body " + text, text.getBytes(StandardCharsets.UTF_8));
    }
    bodies.put(
        "deep lists",
        ("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}")
            .getBytes(StandardCharsets.UTF_8));
    bodies.put(
        "deep objects",
        ("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000)).getBytes(StandardCharsets.UTF_8));
    bodies.put(
        "not so deep", OpenApiFuzzSchema.deep(400).encode().getBytes(StandardCharsets.UTF_8));
    bodies.put(
        "many members",
        ("{" + String.join(",", Collections.nCopies(8_000, "\"m\":1")) + "}")
            .getBytes(StandardCharsets.UTF_8));
    bodies.put(
        "a long number", ("{\"a\":" + "9".repeat(5_000) + "}").getBytes(StandardCharsets.UTF_8));
    bodies.put(
        "invalid UTF-8",
        new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, 0x28, (byte) 0xff, '"', '}'});
    bodies.put("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
    bodies.put("NUL bytes", new byte[] {'{', 0, 0, '}'});
    return bodies;
  }

  private HttpResponse<String> send(Shot shot) {
    // a service token may act for any learner, so that the sources of identity can be fuzzed as
    // well
    String[] token = server.token("fuzz-service", "service");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + shot.path()))
            .timeout(Duration.ofSeconds(30))
            .method(
                shot.operation().method().name(),
                shot.body() == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(shot.body()))
            .headers(token)
            .header("X-User-Id", OwnershipWalkSeed.OWNER);
    if (shot.contentType() != null && !shot.contentType().isEmpty()) {
      request.header("Content-Type", shot.contentType());
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(
          shot.operation().method() + " " + shot.path() + " (" + shot.label() + ") got no answer",
          e);
    }
  }

  private void fire(Shot shot) {
    HttpResponse<String> answer = send(shot);
    sent.merge(shot.operation().id(), 1, Integer::sum);
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    String flaw = flaw(shot, answer);
    if (flaw != null && wrong.size() < MOST_TOLD) {
      String body =
          shot.body() == null
              ? ""
              : " " + shortened(new String(shot.body(), StandardCharsets.UTF_8));
      wrong.add(
          shot.operation().method()
              + " "
              + shortened(shot.path())
              + body
              + " ("
              + shot.label()
              + "): "
              + flaw
              + ": "
              + answer.statusCode()
              + " "
              + shortened(answer.body()));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 400 ? text : text.substring(0, 400) + "... (" + text.length() + ")";
  }

  /** What is wrong with an answer; null when nothing is. */
  private String flaw(Shot shot, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status == 500 || status == 501 || status == 504) {
      return "an error of the server's";
    }
    if (status < 400) {
      return shot.member() != null ? shot.member() + " was accepted" : pageFlaw(shot, answer);
    }
    if (shot.operation().detailErrors()) {
      return detailFlaw(shot, answer);
    }
    if (shot.operation().transcriptErrors()) {
      return transcriptFlaw(answer);
    }
    if (!answer
        .headers()
        .firstValue("Content-Type")
        .orElse("")
        .startsWith("application/problem+json")) {
      return status == 503 && shot.operation().id().equals("healthDetailed")
          ? null
          : "no problem document";
    }
    JsonObject problem = new JsonObject(answer.body());
    JsonObject error = problem.getJsonObject("error", new JsonObject());
    boolean complete =
        problem.getInteger("status", 0) == status
            && !problem.getString("detail", "").isBlank()
            && !problem.getString("code", "").isBlank()
            && problem.getString("code").equals(error.getString("code"))
            && error.containsKey("details")
            && !problem.getString("traceId", "").isBlank();
    if (!complete) {
      return "an incomplete problem document";
    }
    if (INSIDES.matcher(problem.getString("detail")).find()) {
      return "a problem that shows the insides";
    }
    if (shot.member() != null) {
      return status == 400 && names(error, shot.member())
          ? null
          : "a problem that does not name " + shot.member();
    }
    boolean unreadable = problem.getString("detail").contains("can't be read");
    return status == 400
            && problem.getString("code").equals("VALIDATION_ERROR")
            && !unreadable
            && !names(error, null)
        ? "a problem that names no member"
        : null;
  }

  /** The same for clients of the transcript service, which know errors by a code of their own. */
  private static String transcriptFlaw(HttpResponse<String> answer) {
    JsonObject body = new JsonObject(answer.body());
    String error = body.getString("error", "");
    boolean coded =
        answer.statusCode() == 401
            || body.getString("errorCode", "").matches("[A-Z_]+")
                && body.getString("requestId", "").startsWith("req_");
    return error.isBlank() || !coded
        ? "no error with a code"
        : INSIDES.matcher(error).find() ? "an error that shows the insides" : null;
  }

  /** The same for paths whose clients know errors as a text or, of broken rules, a list. */
  private static String detailFlaw(Shot shot, HttpResponse<String> answer) {
    Object detail = new JsonObject(answer.body()).getValue("detail");
    if (answer.statusCode() != 422) {
      return !(detail instanceof String text) || text.isBlank()
          ? "no detail"
          : INSIDES.matcher(text).find()
              ? "a detail that shows the insides"
              : shot.member() == null ? null : "a detail that does not name " + shot.member();
    }
    if (!(detail instanceof JsonArray list) || list.isEmpty()) {
      return "no list of broken rules";
    }
    return shot.member() == null
            || list.stream()
                .map(entry -> ((JsonObject) entry).getJsonArray("loc"))
                .anyMatch(
                    at ->
                        at.size() > 1
                            && at.getString(1)
                                .matches(Pattern.quote(shot.member()) + "([.\\[].*)?"))
        ? null
        : "a list that does not name " + shot.member();
  }

  private static String pageFlaw(Shot shot, HttpResponse<String> answer) {
    if (!shot.label().equals("page past the end")) {
      return null;
    }
    JsonArray data =
        answer.statusCode() == 200 ? new JsonObject(answer.body()).getJsonArray("data") : null;
    // an object may page one of its members only
    return answer.statusCode() == 200 && (data == null || data.isEmpty())
        ? null
        : "a page past the end that is not an empty list";
  }

  /**
   * @param member null: any
   */
  private static boolean names(JsonObject error, String member) {
    JsonArray fields =
        error.getJsonObject("details") == null
            ? null
            : error.getJsonObject("details").getJsonArray("fields");
    return fields != null
        && fields.stream()
            .map(field -> ((JsonObject) field).getString("field"))
            .anyMatch(
                field ->
                    member == null
                        || field.equals(member)
                        || field.startsWith(member + ".")
                        || field.startsWith(member + "["));
  }

  /** Several members at once, on any of the operation's paths, with hostile headers. */
  private Shot salvo(Target target) {
    String at = target.path;
    if (at.startsWith("/v1/") && random.nextInt(3) == 0) {
      at = "/api" + at;
    } else if (!target.operation.aliases().isEmpty() && random.nextInt(3) == 0) {
      String alias =
          target.operation.aliases().get(random.nextInt(target.operation.aliases().size()));
      while (alias.contains("{")) {
        alias =
            PARAMETER
                .matcher(alias)
                .replaceFirst(seed.ids().get(random.nextInt(seed.ids().size())));
      }
      at = alias;
    }
    StringBuilder query = new StringBuilder();
    target.query.forEach(
        (name, schema) -> {
          if (random.nextInt(3) == 0) {
            String spelling = random.nextBoolean() ? name : name.toUpperCase(java.util.Locale.ROOT);
            Object value = pick(schema.probes(true)).value();
            query
                .append(query.isEmpty() ? "?" : "&")
                .append(spelling)
                .append('=')
                .append(
                    URLEncoder.encode(shortened(String.valueOf(value)), StandardCharsets.UTF_8));
          }
        });
    if (!target.operation.takesBody()) {
      return new Shot(target.operation, at + query, null, null, null, "salvo");
    }
    JsonObject body =
        target.body == null || random.nextInt(5) == 0 ? new JsonObject() : target.body.copy();
    target.members.forEach(
        (name, schema) -> {
          if (random.nextInt(3) == 0) {
            body.getMap().put(name, pick(schema.probes(false)).value());
          }
        });
    return new Shot(target.operation, at + query, encoded(body), "application/json", null, "salvo");
  }

  private OpenApiFuzzSchema.Probe pick(List<OpenApiFuzzSchema.Probe> probes) {
    return probes.get(random.nextInt(probes.size()));
  }

  @Test
  void noInputEndsInAnErrorOfTheServers() {
    long deadline = System.nanoTime() + BUDGET.toNanos();
    // stopping a stage would not change what the requests that follow are answered, but docs' files
    // would only slow them down
    List<Target> targets =
        ApiDocument.shared().operations().stream()
            .filter(operation -> !Set.of("docsAsset").contains(operation.id()))
            .map(Target::new)
            .toList();
    List<Shot> shots = new ArrayList<>();
    targets.forEach(target -> shots.addAll(target.shots()));
    // in an order of its own, so that a slow machine leaves out a little of everything instead of
    // the last operations
    Collections.shuffle(shots, random);
    int fired = 0;
    for (Shot shot : shots) {
      if (System.nanoTime() > deadline) {
        break;
      }
      fire(shot);
      fired++;
    }
    int salvos = 0;
    while (System.nanoTime() < deadline) {
      fire(salvo(targets.get(random.nextInt(targets.size()))));
      salvos++;
    }
    // on a slow machine the rest, once each
    targets.stream()
        .filter(target -> !sent.containsKey(target.operation.id()))
        .forEach(target -> fire(target.shots().get(0)));
    System.getLogger("http")
        .log(
            System.Logger.Level.INFO,
            "seed {0}: {1} operations, {2} of {3} systematic requests, {4} salvos; answers by"
                + " status {5}",
            Long.toString(SEED),
            targets.size(),
            fired,
            shots.size(),
            salvos,
            statuses);
    assertThat(wrong).as("seed %d", SEED).isEmpty();
    assertThat(sent.keySet()).hasSize(targets.size());
    assertThat(server.get("/v1/ready").status()).isEqualTo(200);
  }
}
