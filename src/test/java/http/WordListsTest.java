package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import settings.Settings;

/** A1 to A6 over a socket and a real database. Every test plays a learner of its own. */
class WordListsTest extends ApiTest {
  private final String me = "stu-" + UUID.randomUUID();
  private final String[] asMe = {"X-User-Id", me};

  WordListsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  static String[] learner() {
    return new String[] {"X-User-Id", "stu-" + UUID.randomUUID()};
  }

  private JsonObject create(String[] who, JsonObject body) {
    ApiServer.Answer answer = server.post("/v1/word-lists", body, who);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json();
  }

  private JsonObject named(String[] who, String name) {
    return create(who, new JsonObject().put("name", name));
  }

  private List<String> names(String[] who, String query) {
    ApiServer.Answer answer = server.get("/v1/word-lists" + query, who);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json().getJsonArray("data").stream()
        .map(row -> ((JsonObject) row).getString("name"))
        .toList();
  }

  private static String error(ApiServer.Answer answer) {
    return answer.status() + " " + answer.json().getString("code");
  }

  @Test
  void aNewListIsAnsweredWholeAndFoundAgain() {
    ApiServer.Answer made =
        server.post(
            "/v1/word-lists",
            new JsonObject()
                .put("name", "  Kitchen ")
                .put("description", "Things near\nthe sink")
                .put("class_id", "class-77"),
            asMe);
    JsonObject list = made.json();
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/v1/word-lists/" + list.getString("id"));
    assertThat(list.fieldNames())
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "description",
            "classId",
            "wordCount",
            "isFavorite",
            "createdAt",
            "updatedAt");
    assertThat(list.getString("name")).isEqualTo("Kitchen");
    assertThat(list.getString("description")).isEqualTo("Things near\nthe sink");
    assertThat(list.getString("classId")).isEqualTo("class-77");
    assertThat(list.getValue("wordCount")).isEqualTo(0);
    assertThat(list.getValue("isFavorite")).isEqualTo(false);
    assertThat(list.getString("createdAt"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
        .isEqualTo(list.getString("updatedAt"));
    assertThat(server.get("/v1/word-lists/" + list.getString("id"), asMe).json()).isEqualTo(list);
    assertThat(server.get("/v1/word-lists", asMe).json().getJsonArray("data")).contains(list);
  }

  @Test
  void firstGenerationClientsGetTwinsSuccessAndMessages() {
    String query = "?user_id=" + me;
    ApiServer.Answer made =
        server.post(
            "/api/v1/word-lists" + query,
            new JsonObject().put("name", "Old app").put("class_id", "c1"));
    JsonObject list = made.json();
    assertThat(made.status()).isEqualTo(201);
    assertThat(list.getBoolean("success")).isTrue();
    assertThat(list.getString("message")).isNotBlank();
    assertThat(list.getString("user_id")).isEqualTo(me);
    for (String[] twins :
        new String[][] {
          {"class_id", "classId"},
          {"word_count", "wordCount"},
          {"is_favorite", "isFavorite"},
          {"created_at", "createdAt"},
          {"updated_at", "updatedAt"}
        }) {
      assertThat(list.getValue(twins[0]))
          .as(twins[0])
          .isEqualTo(list.getValue(twins[1]))
          .isNotNull();
    }
    String path = "/api/v1/word-lists/" + list.getString("id");
    JsonObject toggled = server.post(path + "/favorite" + query, null).json();
    assertThat(toggled.getBoolean("is_favorite")).isTrue();
    assertThat(toggled.getBoolean("isFavorite")).isTrue();
    assertThat(server.post(path + "/favorite" + query, "").json().getBoolean("isFavorite"))
        .isFalse();
    ApiServer.Answer deleted =
        server.call("DELETE", path + query, null, "Content-Type", "application/json");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json())
        .isEqualTo(new JsonObject().put("success", true).put("ok", true).put("message", "Deleted"));
    assertThat(error(server.get(path + query))).isEqualTo("404 WORD_LIST_NOT_FOUND");
  }

  @Test
  void listsAreSortedPagedAndFiltered() {
    String[] who = learner();
    JsonObject bravo = named(who, "bravo");
    named(who, "Alpha");
    create(
        who, new JsonObject().put("name", "charlie").put("isFavorite", true).put("classId", "c9"));
    assertThat(names(who, "")).containsExactly("charlie", "Alpha", "bravo");
    assertThat(names(who, "?sort=name")).containsExactly("Alpha", "bravo", "charlie");
    assertThat(names(who, "?sort=name&order=desc")).containsExactly("charlie", "bravo", "Alpha");
    assertThat(names(who, "?sort=created_at&order=asc"))
        .containsExactly("bravo", "Alpha", "charlie");
    assertThat(
            server
                .call(
                    "PATCH",
                    "/v1/word-lists/" + bravo.getString("id"),
                    "{\"description\":\"x\"}",
                    who)
                .status())
        .isEqualTo(200);
    assertThat(names(who, "?sort=updatedAt")).containsExactly("bravo", "charlie", "Alpha");
    assertThat(names(who, "?favorite=1")).containsExactly("charlie");
    assertThat(names(who, "?favorite=false")).containsExactly("Alpha", "bravo");
    assertThat(names(who, "?class_id=c9")).containsExactly("charlie");
    assertThat(names(who, "?search=LPH")).containsExactly("Alpha");
    assertThat(names(who, "?limit=1&page=2")).containsExactly("Alpha");
    JsonObject past = server.get("/v1/word-lists?page=9&limit=2", who).json();
    assertThat(past.getJsonArray("data")).isEmpty();
    assertThat(past.getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 9).put("limit", 2).put("total", 3));
    assertThat(past.getBoolean("success")).isTrue();
    assertThat(past.getInteger("count")).isZero();
    assertThat(error(server.get("/v1/word-lists?limit=101", who)))
        .isEqualTo("400 VALIDATION_ERROR");
    assertThat(
            server
                .get("/api/v1/word-lists?limit=5000&page=0", who)
                .json()
                .getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 1).put("limit", 100).put("total", 3));
    assertThat(error(server.get("/v1/word-lists?sort=color", who)))
        .isEqualTo("400 VALIDATION_ERROR");
  }

  @Test
  void everyListIsOnExactlyOnePage() {
    String[] who = learner();
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 23; i++) {
      made.add(named(who, "same name").getString("id"));
    }
    for (String sort : new String[] {"createdAt", "name", "updatedAt"}) {
      List<String> seen = new ArrayList<>();
      for (int page = 1; page <= 5; page++) {
        server
            .get("/v1/word-lists?sort=" + sort + "&limit=5&page=" + page, who)
            .json()
            .getJsonArray("data")
            .forEach(row -> seen.add(((JsonObject) row).getString("id")));
      }
      assertThat(seen).doesNotHaveDuplicates().hasSize(23).containsAll(made);
    }
  }

  @Test
  void whatIsSearchedIsTakenLiterally() {
    String[] who = learner();
    for (String name : new String[] {"100% sure", "snake_case", "back\\slash", "wow!", "plain"}) {
      named(who, name);
    }
    assertThat(names(who, "?search=%25")).containsExactly("100% sure");
    assertThat(names(who, "?search=_")).containsExactly("snake_case");
    assertThat(names(who, "?search=%5C")).containsExactly("back\\slash");
    assertThat(names(who, "?search=!")).containsExactly("wow!");
    assertThat(names(who, "?search='%20OR%201=1")).isEmpty();
  }

  @Test
  void textIsKeptCodePointForCodePoint() {
    // decomposed e + acute, Hebrew with a mark, an emoji of four code points, right-to-left
    // override, 120 characters outside the BMP
    for (String name :
        new String[] {
          "cafe\u0301  x",
          "\u05e7\u05bc\u05d5\u05de\u05e7\u05d5\u05dd",
          "\ud83d\udc69\u200d\ud83d\udcbb",
          "\u202eabc\u202c",
          "\ud83d\ude00".repeat(120),
          "<b>'\"; DROP TABLE words;--"
        }) {
      JsonObject made = named(asMe, name);
      assertThat(made.getString("name")).isEqualTo(name);
      assertThat(
              server.get("/v1/word-lists/" + made.getString("id"), asMe).json().getString("name"))
          .isEqualTo(name);
    }
  }

  @Test
  void badBodiesAreRefusedWithTheFieldAndTheRule() {
    String[] who = learner();
    assertThat(server.post("/v1/word-lists", new JsonObject(), who).firstField())
        .isEqualTo("name is missing; it must be text of 1 to 120 characters");
    for (String bad :
        new String[] {
          "{\"name\":\"\"}",
          "{\"name\":\"  \\t \"}",
          "{\"name\":null}",
          "{\"name\":7}",
          "{\"name\":\"a\\u0000b\"}",
          "{\"name\":\"\\ud83d\"}",
          "[]",
          "{",
          "nonsense",
          "{\"name\":\"" + "x".repeat(121) + "\"}",
          "{\"name\":\"x\",\"description\":\"" + "x".repeat(10_001) + "\"}",
          "{\"name\":\"x\",\"isFavorite\":\"yes\"}",
          "{\"name\":\"x\",\"classId\":\"" + "c".repeat(65) + "\"}"
        }) {
      assertThat(error(server.call("POST", "/v1/word-lists", bad, who)))
          .as(bad)
          .isEqualTo("400 VALIDATION_ERROR");
    }
    assertThat(
            server
                .get("/v1/word-lists", who)
                .json()
                .getJsonObject("pagination")
                .getInteger("total"))
        .isZero();
    create(
        who,
        new JsonObject()
            .put("name", "x".repeat(120))
            .put("description", "\ud83d\ude00".repeat(10_000))
            .put("user_role", "ignored"));
  }

  @Test
  void changesAreCountedByWhatIsFoundNotByWhatChanges() {
    String id = named(asMe, "Same").getString("id");
    ApiServer.Answer same =
        server.call("PATCH", "/v1/word-lists/" + id, "{\"name\":\"Same\"}", asMe);
    assertThat(same.status()).isEqualTo(200);
    assertThat(server.call("PATCH", "/v1/word-lists/" + id, "{\"name\":\"Same\"}", asMe).status())
        .isEqualTo(200);
    JsonObject changed =
        server
            .call(
                "PATCH",
                "/v1/word-lists/" + id,
                "{\"is_favorite\":true,\"description\":\"d\",\"classId\":\"c\"}",
                asMe)
            .json();
    assertThat(changed.getBoolean("isFavorite")).isTrue();
    assertThat(changed.getString("description")).isEqualTo("d");
    assertThat(server.get("/v1/word-lists/" + id, asMe).json()).isEqualTo(changed);
    JsonObject cleared =
        server
            .call("PATCH", "/v1/word-lists/" + id, "{\"description\":null,\"classId\":null}", asMe)
            .json();
    assertThat(cleared.getValue("description")).isNull();
    assertThat(cleared.getValue("classId")).isNull();
    assertThat(cleared.getString("name")).isEqualTo("Same");
    for (String nothing : new String[] {"{}", "{\"colour\":\"red\"}", "{\"name\":null}"}) {
      assertThat(error(server.call("PATCH", "/v1/word-lists/" + id, nothing, asMe)))
          .as(nothing)
          .isEqualTo("400 VALIDATION_ERROR");
    }
    JsonObject favorite =
        server
            .post(
                "/v1/word-lists/" + id + "/favorite",
                new JsonObject().put("isFavorite", true),
                asMe)
            .json();
    assertThat(favorite).isEqualTo(new JsonObject().put("ok", true).put("isFavorite", true));
    assertThat(
            server
                .post("/v1/word-lists/" + id + "/favorite", new JsonObject(), asMe)
                .json()
                .getBoolean("isFavorite"))
        .isFalse();
  }

  @Test
  void deletingTakesTheWordsAlong() {
    String id = named(asMe, "Gone").getString("id");
    server.post(
        "/v1/word-lists/" + id + "/words",
        new JsonObject().put("word", "a").put("translation", "b"),
        asMe);
    ApiServer.Answer deleted =
        server.call(
            "DELETE",
            "/v1/word-lists/" + id,
            null,
            "X-User-Id",
            me,
            "Content-Type",
            "application/json");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.response().body()).isEmpty();
    assertThat(
            databases
                .mysql("SELECT COUNT(*) FROM words WHERE list_id = ?", id)
                .iterator()
                .next()
                .getLong(0))
        .isZero();
    assertThat(error(server.call("DELETE", "/v1/word-lists/" + id, null, asMe)))
        .isEqualTo("404 WORD_LIST_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET ",
        "GET /words",
        "GET ?include=words",
        "PATCH ",
        "DELETE ",
        "POST /favorite",
        "POST /words",
        "GET /words/x",
        "PATCH /words/x",
        "DELETE /words/x",
        "POST /words/x/favorite"
      })
  void somebodyElsesListIsNotThere(String call) {
    String[] parts = call.split(" ", 2);
    String id = named(asMe, "Mine").getString("id");
    String body =
        parts[0].equals("GET") || parts[0].equals("DELETE")
            ? null
            : "{\"name\":\"n\",\"word\":\"w\",\"translation\":\"t\"}";
    ApiServer.Answer foreign =
        server.call(parts[0], "/v1/word-lists/" + id + parts[1], body, learner());
    ApiServer.Answer missing =
        server.call(parts[0], "/v1/word-lists/" + UUID.randomUUID() + parts[1], body, asMe);
    assertThat(error(foreign)).isEqualTo("404 WORD_LIST_NOT_FOUND").isEqualTo(error(missing));
    assertThat(server.get("/v1/word-lists/" + id, asMe).json().getString("name")).isEqualTo("Mine");
    assertThat(
            error(server.call(parts[0], "/v1/word-lists/%F0%9F%98%80'--" + parts[1], body, asMe)))
        .isEqualTo("404 WORD_LIST_NOT_FOUND");
  }

  @Test
  void somebodyMustBeNamedAndOnlyOne() {
    assertThat(error(server.get("/v1/word-lists"))).isEqualTo("401 UNAUTHORIZED");
    assertThat(error(server.post("/v1/word-lists", new JsonObject().put("name", "x"))))
        .isEqualTo("401 UNAUTHORIZED");
    assertThat(error(server.get("/v1/word-lists?user_id=other", asMe))).isEqualTo("403 FORBIDDEN");
    assertThat(error(server.get("/v1/word-lists?user_id=%C3%A9")))
        .isEqualTo("400 VALIDATION_ERROR");
    assertThat(
            server
                .post("/v1/word-lists", new JsonObject().put("name", "by body").put("user_id", me))
                .status())
        .isEqualTo(201);
    assertThat(names(asMe, "?search=by%20body")).hasSize(1);
    assertThat(server.get("/v1/word-lists?user_id=" + me.toUpperCase()).json().getJsonArray("data"))
        .isEmpty();
  }

  @Test
  void anETagAnswersForTheWholeBody() {
    String path = "/v1/word-lists/" + named(asMe, "Tagged").getString("id");
    ApiServer.Answer first = server.get(path, asMe);
    String tag = first.header("ETag");
    assertThat(tag).startsWith("W/\"");
    assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
    ApiServer.Answer unchanged =
        server.get(path, "X-User-Id", me, "If-None-Match", "\"other\", " + tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.response().body()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo(tag);
    assertThat(
            server
                .call("PATCH", path, "{\"name\":\"New\"}", "X-User-Id", me, "If-Match", tag)
                .status())
        .isEqualTo(200);
    assertThat(server.get(path, "X-User-Id", me, "If-None-Match", tag).status()).isEqualTo(200);
    ApiServer.Answer stale =
        server.call("PATCH", path, "{\"name\":\"Newer\"}", "X-User-Id", me, "If-Match", tag);
    assertThat(error(stale)).isEqualTo("412 PRECONDITION_FAILED");
    assertThat(error(server.call("DELETE", path, null, "X-User-Id", me, "If-Match", tag)))
        .isEqualTo("412 PRECONDITION_FAILED");
    assertThat(server.get(path, asMe).json().getString("name")).isEqualTo("New");
    String legacyTag = server.get("/api" + path, asMe).header("ETag");
    assertThat(
            server
                .call(
                    "PATCH",
                    "/api" + path,
                    "{\"name\":\"G1\"}",
                    "X-User-Id",
                    me,
                    "If-Match",
                    legacyTag)
                .status())
        .isEqualTo(200);
    assertThat(server.call("DELETE", path, null, "X-User-Id", me, "If-Match", "*").status())
        .isEqualTo(204);
    String listTag = server.get("/v1/word-lists", asMe).header("ETag");
    assertThat(server.get("/v1/word-lists", "X-User-Id", me, "If-None-Match", listTag).status())
        .isEqualTo(304);
    named(asMe, "another");
    assertThat(server.get("/v1/word-lists", "X-User-Id", me, "If-None-Match", listTag).status())
        .isEqualTo(200);
  }

  @Test
  void theTagOfAListWithItsWordsGoesForTheList() {
    for (String api : List.of("", "/api")) {
      String id = named(asMe, "Tagged with words").getString("id");
      String path = api + "/v1/word-lists/" + id;
      String withWords = path + "?include=words";
      String tag = server.get(withWords, asMe).header("ETag");
      assertThat(tag).isNotEqualTo(server.get(path, asMe).header("ETag"));
      assertThat(server.get(withWords, "X-User-Id", me, "If-None-Match", tag).status())
          .isEqualTo(304);
      assertThat(server.get(path, "X-User-Id", me, "If-None-Match", tag).status()).isEqualTo(200);
      assertThat(
              server
                  .call("PATCH", path, "{\"name\":\"New\"}", "X-User-Id", me, "If-Match", tag)
                  .status())
          .isEqualTo(200);
      assertThat(
              error(
                  server.call(
                      "PATCH", path, "{\"name\":\"Newer\"}", "X-User-Id", me, "If-Match", tag)))
          .isEqualTo("412 PRECONDITION_FAILED");
      String fresh = server.get(withWords, asMe).header("ETag");
      assertThat(
              server
                  .call("DELETE", path, null, "X-User-Id", me, "If-Match", "\"x\", " + fresh)
                  .status())
          .isIn(200, 204);
    }
  }

  @Test
  void wordsComeAlongWhenAskedFor() {
    String id = named(asMe, "With words").getString("id");
    for (String word : new String[] {"one", "two", "three"}) {
      server.post(
          "/v1/word-lists/" + id + "/words",
          new JsonObject().put("word", word).put("translation", "t-" + word),
          asMe);
    }
    JsonObject list =
        server.get("/v1/word-lists/" + id + "?include=colours,%20words&limit=2", asMe).json();
    assertThat(list.getInteger("wordCount")).isEqualTo(3);
    JsonObject words = list.getJsonObject("words");
    assertThat(words.getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 1).put("limit", 2).put("total", 3));
    assertThat(words.getJsonArray("data").stream().map(w -> ((JsonObject) w).getString("word")))
        .containsExactly("three", "two");
    assertThat(server.get("/v1/word-lists/" + id, asMe).json().containsKey("words")).isFalse();
    JsonArray found =
        server
            .get("/v1/word-lists/" + id + "?include=words&search=T-ONE", asMe)
            .json()
            .getJsonObject("words")
            .getJsonArray("data");
    assertThat(found.stream().map(w -> ((JsonObject) w).getString("word"))).containsExactly("one");
  }
}
