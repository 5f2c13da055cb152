package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Settings;

/**
 * Walks every operation of the interface's document, however many there are by now, as a learner
 * who tries another learner's ids everywhere: nothing is found, nothing shown, nothing changed.
 */
class OwnershipWalkTest extends ApiTest {
  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z_]+)}");
  private static final Set<String> USER_PARAMETERS = Set.of("userId", "user_id");

  private static final int FEW = 60;

  private OwnershipWalkSeed seed;
  private Map<String, String> before;
  private final JsonObject document = ApiDocument.shared().json().toJsonObject();

  OwnershipWalkTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void seed() {
    seed = new OwnershipWalkSeed(databases);
  }

  @BeforeEach
  void remember() {
    before = seed.rows();
    assertThat(before).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
  }

  @AfterEach
  void nothingOfTheOwnersHasChanged() {
    assertThat(seed.rows()).isEqualTo(before);
  }

  /** A path with every combination of the owner's ids, at most some hundreds. */
  private List<String> paths(String template) {
    List<String> paths = new ArrayList<>(List.of(template));
    Matcher parameter = PARAMETER.matcher(template);
    while (parameter.find()) {
      String braces = parameter.group();
      List<String> values =
          USER_PARAMETERS.contains(parameter.group(1))
              ? List.of(OwnershipWalkSeed.OWNER)
              : seed.ids();
      paths =
          paths.stream()
              .flatMap(path -> values.stream().map(value -> path.replace(braces, value)))
              .limit(1_000)
              .toList();
    }
    return paths;
  }

  private List<String> templates(Operation operation) {
    List<String> templates = new ArrayList<>();
    templates.add(operation.path());
    if (operation.path().startsWith("/v1/")) {
      templates.add("/api" + operation.path());
    }
    templates.addAll(operation.aliases());
    return templates;
  }

  private JsonObject definition(Operation operation) {
    return document
        .getJsonObject("paths")
        .getJsonObject(operation.path())
        .getJsonObject(operation.method().name().toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * Bodies that obey the operation's schema, one for each mode it knows; ids in them are the
   * owner's.
   */
  private List<String> bodies(Operation operation) {
    JsonObject request = definition(operation).getJsonObject("requestBody");
    if (request == null) {
      return java.util.Collections.singletonList(null);
    }
    JsonObject content =
        request.getJsonObject("content", new JsonObject()).getJsonObject("application/json");
    if (content == null
        || !(new OpenApiFuzzSchema(document, content.getJsonObject("schema")).valid()
            instanceof JsonObject body)) {
      return List.of("{}");
    }
    for (String member : List.copyOf(body.fieldNames())) {
      Object owners = owners(member, operation.path());
      if (owners != null) {
        body.put(member, owners);
      }
    }
    // who calls is what is being tested, so the body must not say something else
    body.remove("user_id");
    body.remove("userId");
    return body.containsKey("mode")
        ? List.of("custom", "lesson", "topic", "mistakes", "unknown").stream()
            .map(mode -> body.copy().put("mode", mode).encode())
            .toList()
        : List.of(body.encode());
  }

  private static Object owners(String member, String path) {
    String game =
        List.of("spelling", "cloze", "grammar", "sentence").stream()
            .filter(path::contains)
            .findFirst()
            .orElse("flashcards");
    String item =
        "walk-item-"
            + Map.of(
                    "spelling",
                    "spelling_bee",
                    "cloze",
                    "advanced_cloze",
                    "grammar",
                    "grammar_challenge",
                    "sentence",
                    "sentence_builder")
                .getOrDefault(game, "flashcards");
    return switch (MemberNames.plain(member)) {
      case "wordlistid", "referenceid", "listid" -> "walk-list";
      case "lessonid" -> "walk-lesson";
      case "topicid", "categoryid" -> "walk-topic";
      case "classid" -> OwnershipWalkSeed.CLASS;
      case "quizid" -> "walk_course_quiz";
      case "wordid" -> "walk-word";
      case "itemid", "questionid" -> item;
      case "selectedwordids" -> new JsonArray().add("walk-word");
      case "itemids", "selecteditemids", "selectedquestionids" -> new JsonArray().add(item);
      default -> null;
    };
  }

  private String query(Operation operation, boolean ownersIds) {
    StringBuilder query = new StringBuilder();
    for (Object entry : definition(operation).getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = SchemaRules.follow(document, (JsonObject) entry);
      String name = parameter.getString("name");
      if (!"query".equals(parameter.getString("in"))) {
        continue;
      }
      String value =
          switch (MemberNames.plain(name)) {
            case "classid" -> OwnershipWalkSeed.CLASS;
            case "userid" -> ownersIds ? OwnershipWalkSeed.OWNER : null;
            case "lessonid" -> ownersIds ? "walk-lesson" : null;
            case "topicid", "categoryid" -> ownersIds ? "walk-topic" : null;
            case "teacherid" -> "t-9";
            default ->
                parameter.getBoolean("required", false)
                    ? String.valueOf(
                        new OpenApiFuzzSchema(document, parameter.getJsonObject("schema")).valid())
                    : null;
          };
      if (value != null) {
        query
            .append(query.isEmpty() ? "?" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private Answer call(Operation operation, String path, String body, String[] token) {
    return body == null
        ? server.call(operation.method().name(), path, null, token)
        : server.call(
            operation.method().name(),
            path,
            body,
            token[0],
            token[1],
            "Content-Type",
            "application/json");
  }

  @Test
  void anotherLearnersIdsNameNothing() {
    String[] stranger = server.token(OwnershipWalkSeed.STRANGER, "");
    List<String> found = new ArrayList<>();
    int walked = 0;
    for (Operation operation : ApiDocument.shared().operations()) {
      if (operation.open() || !operation.path().contains("{")) {
        continue;
      }
      for (String template : templates(operation)) {
        List<String> paths = paths(template);
        // aliases lead to the same endpoint: of their hundreds of pairs of ids some suffice
        int step = template.equals(operation.path()) || paths.size() <= FEW ? 1 : 11;
        for (int i = 0; i < paths.size(); i += step) {
          String path = paths.get(i);
          walked++;
          Answer answer =
              call(operation, path + query(operation, false), bodies(operation).get(0), stranger);
          boolean forbidden =
              answer.status() == 403
                  && (!operation.scopes().isEmpty() || template.contains("{userId}"));
          // a body that this walk can't make right is refused before anything is looked up
          boolean refusedUnseen =
              answer.status() == 400
                  && operation.takesBody()
                  && "VALIDATION_ERROR".equals(answer.json().getString("code"));
          if (!(answer.status() == 404 || forbidden || refusedUnseen)
              || answer.response().body().contains(OwnershipWalkSeed.MARK)) {
            found.add(
                operation.method()
                    + " "
                    + path
                    + " -> "
                    + answer.status()
                    + " "
                    + answer.response().body());
          }
        }
      }
    }
    assertThat(walked).isPositive();
    assertThat(found).isEmpty();
  }

  @Test
  void listsShowNothingOfAnotherLearner() {
    String[] stranger = server.token(OwnershipWalkSeed.STRANGER, "");
    List<String> shown = new ArrayList<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      if (operation.path().contains("{") || operation.id().equals("metrics")) {
        continue;
      }
      for (String template : templates(operation)) {
        for (boolean ownersIds : new boolean[] {false, true}) {
          if (!operation.method().name().equals("GET") && !ownersIds) {
            continue;
          }
          for (String body : bodies(operation)) {
            Answer answer = call(operation, template + query(operation, ownersIds), body, stranger);
            if (answer.response().body().contains(OwnershipWalkSeed.MARK)
                || answer.status() == 500) {
              shown.add(
                  operation.method()
                      + " "
                      + template
                      + " "
                      + body
                      + " -> "
                      + answer.status()
                      + " "
                      + answer.response().body());
            }
          }
        }
      }
    }
    assertThat(shown).isEmpty();
  }

  /** Who names nobody, or names the owner without proof, gets nothing either. */
  @Test
  void namingTheOwnerIsNoProof() {
    String[] stranger = server.token(OwnershipWalkSeed.STRANGER, "");
    List<String> shown = new ArrayList<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      if (operation.open() || operation.loopbackSuffices()) {
        continue;
      }
      String path = paths(operation.path()).get(0);
      String owner = (path.contains("?") ? "&" : "?") + "user_id=" + OwnershipWalkSeed.OWNER;
      Answer unproved =
          server.call(
              operation.method().name(), path + owner, null, "X-User-Id", OwnershipWalkSeed.OWNER);
      if (unproved.status() != 401) {
        shown.add(operation.method() + " " + path + " without a token -> " + unproved.status());
      }
      Answer mixed =
          server.call(
              operation.method().name(),
              path,
              bodies(operation).get(0),
              stranger[0],
              stranger[1],
              "X-User-Id",
              OwnershipWalkSeed.OWNER,
              "Content-Type",
              "application/json");
      if (mixed.status() < 400 || mixed.response().body().contains(OwnershipWalkSeed.MARK)) {
        shown.add(
            operation.method()
                + " "
                + path
                + " for somebody else -> "
                + mixed.status()
                + " "
                + mixed.response().body());
      }
    }
    assertThat(shown).isEmpty();
  }

  /** The walk is worth something: the owner reaches their things with the very same requests. */
  @Test
  void theOwnerFindsTheirThings() {
    String[] owner = server.token(OwnershipWalkSeed.OWNER, "lessons:read teacher");
    Set<String> reached = new TreeSet<>();
    Set<String> missed = new TreeSet<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      if (operation.open()
          || !operation.method().name().equals("GET")
          || !operation.path().contains("{")) {
        continue;
      }
      boolean seen =
          paths(operation.path()).stream()
              .anyMatch(
                  path ->
                      call(operation, path + query(operation, false), null, owner).status() == 200);
      (seen ? reached : missed).add(operation.id());
    }
    System.getLogger("http")
        .log(
            System.Logger.Level.INFO,
            "the owner reaches {0}; nothing of theirs is behind {1}",
            reached,
            missed);
    assertThat(reached)
        .contains("getLessonStatus", "getCourse", "getNotesAssessment", "listNotesAttempts");
  }
}
