package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** A7 to A12 over a socket and a real database. */
class WordsTest extends ApiTest {
  private final String me = "stu-" + UUID.randomUUID();
  private final String[] asMe = {"X-User-Id", me};
  private String listPath;

  WordsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeAll
  void makeList() {
    listPath = newList();
  }

  private String newList() {
    return "/v1/word-lists/"
        + server
            .post("/v1/word-lists", new JsonObject().put("name", "list"), asMe)
            .json()
            .getString("id");
  }

  private JsonObject add(String list, String word, String translation) {
    ApiServer.Answer answer =
        server.post(
            list + "/words",
            new JsonObject().put("word", word).put("translation", translation),
            asMe);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json();
  }

  private int count(String list) {
    return server.get(list, asMe).json().getInteger("wordCount");
  }

  private List<String> words(String list, String query) {
    JsonObject page = server.get(list + "/words" + query, asMe).json();
    assertThat(page.getJsonArray("words")).isEqualTo(page.getJsonArray("data"));
    assertThat(page.getInteger("count")).isEqualTo(page.getJsonArray("data").size());
    return page.getJsonArray("data").stream()
        .map(word -> ((JsonObject) word).getString("word"))
        .toList();
  }

  private static String error(ApiServer.Answer answer) {
    return answer.status() + " " + answer.json().getString("code");
  }

  @Test
  void aNewWordIsAnsweredWholeAndCounted() {
    String list = newList();
    ApiServer.Answer made =
        server.post(
            list + "/words",
            new JsonObject()
                .put("word", " kettle ")
                .put("translation", "\u05e7\u05d5\u05de\u05e7\u05d5\u05dd")
                .put("notes", "boils water")
                .put("example_sentence", "Put the kettle on."),
            asMe);
    JsonObject word = made.json();
    assertThat(made.header("Location")).isEqualTo(list + "/words/" + word.getString("id"));
    assertThat(word.fieldNames())
        .containsExactlyInAnyOrder(
            "id",
            "listId",
            "word",
            "translation",
            "notes",
            "difficulty",
            "exampleSentence",
            "isFavorite",
            "practiceCount",
            "correctCount",
            "accuracy",
            "lastPracticed",
            "createdAt",
            "updatedAt");
    assertThat(word.getString("word")).isEqualTo("kettle");
    assertThat(word.getString("exampleSentence")).isEqualTo("Put the kettle on.");
    assertThat(word.getValue("practiceCount")).isEqualTo(0);
    assertThat(word.getValue("accuracy")).isEqualTo(0);
    assertThat(word.getValue("lastPracticed")).isNull();
    assertThat(list).endsWith(word.getString("listId"));
    assertThat(server.get(list + "/words/" + word.getString("id"), asMe).json()).isEqualTo(word);
    assertThat(count(list)).isEqualTo(1);
  }

  @Test
  void firstGenerationClientsGetTwins() {
    JsonObject word =
        server
            .post(
                "/api" + listPath + "/words?user_id=" + me,
                new JsonObject().put("word", "w").put("translation", "t"))
            .json();
    assertThat(word.getBoolean("success")).isTrue();
    assertThat(word.getString("message")).isNotBlank();
    assertThat(word.getString("list_id"))
        .isEqualTo(word.getString("word_list_id"))
        .isEqualTo(word.getString("listId"));
    assertThat(word.fieldNames())
        .contains(
            "is_favorite",
            "practice_count",
            "correct_count",
            "last_practiced",
            "example_sentence",
            "pronunciation_audio_url",
            "created_at",
            "updated_at");
    assertThat(word.getValue("pronunciation_audio_url")).isNull();
    String path = "/api" + listPath + "/words/" + word.getString("id");
    assertThat(server.post(path + "/favorite", null, asMe).json().getBoolean("is_favorite"))
        .isTrue();
    ApiServer.Answer deleted = server.call("DELETE", path, null, asMe);
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().getBoolean("ok")).isTrue();
  }

  @Test
  void wordsAreNewestFirstPagedAndSearched() {
    String list = newList();
    add(list, "100%", "a");
    add(list, "under_score", "b");
    add(list, "same", "c");
    String favorite = add(list, "same", "Kettle").getString("id");
    server.post(
        list + "/words/" + favorite + "/favorite", new JsonObject().put("isFavorite", true), asMe);
    assertThat(words(list, "")).containsExactly("same", "same", "under_score", "100%");
    assertThat(words(list, "?limit=3&page=2")).containsExactly("100%");
    assertThat(words(list, "?page=7")).isEmpty();
    assertThat(words(list, "?search=%25")).containsExactly("100%");
    assertThat(words(list, "?search=_")).containsExactly("under_score");
    assertThat(words(list, "?search=KETT")).containsExactly("same");
    assertThat(words(list, "?favorite=true")).containsExactly("same");
    JsonObject pagination =
        server.get(list + "/words?page=7", asMe).json().getJsonObject("pagination");
    assertThat(pagination)
        .isEqualTo(new JsonObject().put("page", 7).put("limit", 50).put("total", 4));
    assertThat(error(server.get(list + "/words?limit=201", asMe)))
        .isEqualTo("400 VALIDATION_ERROR");
  }

  @Test
  void badWordsAreRefusedAndNothingIsCounted() {
    String list = newList();
    for (String bad :
        new String[] {
          "{}",
          "{\"word\":\"x\"}",
          "{\"word\":\"\",\"translation\":\"t\"}",
          "{\"word\":\"x\",\"translation\":\" \"}",
          "{\"word\":[],\"translation\":\"t\"}",
          "{\"word\":\"" + "x".repeat(121) + "\",\"translation\":\"t\"}",
          "{\"word\":\"x\",\"translation\":\"" + "t".repeat(241) + "\"}",
          "{\"word\":\"x\",\"translation\":\"t\",\"difficulty\":\"" + "d".repeat(21) + "\"}",
          "{\"word\":\"x\",\"translation\":\"t\",\"notes\":\"" + "n".repeat(10_001) + "\"}"
        }) {
      assertThat(error(server.call("POST", list + "/words", bad, asMe)))
          .as(bad)
          .isEqualTo("400 VALIDATION_ERROR");
    }
    assertThat(count(list)).isZero();
    add(list, "\ud83d\ude00".repeat(120), "\u05d0".repeat(240));
    assertThat(count(list)).isEqualTo(1);
  }

  @Test
  void wordsChangeAndGo() {
    String list = newList();
    JsonObject word = add(list, "old", "t");
    String path = list + "/words/" + word.getString("id");
    JsonObject changed =
        server
            .call("PATCH", path, "{\"word\":\"new\",\"notes\":\"n\",\"is_favorite\":true}", asMe)
            .json();
    assertThat(changed.getString("word")).isEqualTo("new");
    assertThat(changed.getString("translation")).isEqualTo("t");
    assertThat(changed.getBoolean("isFavorite")).isTrue();
    assertThat(server.get(path, asMe).json()).isEqualTo(changed);
    assertThat(server.call("PATCH", path, "{\"notes\":null}", asMe).json().getValue("notes"))
        .isNull();
    assertThat(server.call("PATCH", path, "{\"word\":\"new\"}", asMe).status()).isEqualTo(200);
    assertThat(error(server.call("PATCH", path, "{}", asMe))).isEqualTo("400 VALIDATION_ERROR");
    String tag = server.get(path, asMe).header("ETag");
    assertThat(server.get(path, "X-User-Id", me, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(error(server.call("DELETE", path, null, "X-User-Id", me, "If-Match", "W/\"old\"")))
        .isEqualTo("412 PRECONDITION_FAILED");
    assertThat(server.call("DELETE", path, null, "X-User-Id", me, "If-Match", tag).status())
        .isEqualTo(204);
    assertThat(count(list)).isZero();
    for (ApiServer.Answer gone :
        List.of(
            server.get(path, asMe),
            server.call("DELETE", path, null, asMe),
            server.call("PATCH", path, "{\"word\":\"x\"}", asMe))) {
      assertThat(error(gone)).isEqualTo("404 UNKNOWN_WORD");
      assertThat(gone.invalidIds()).isEqualTo(List.of(word.getString("id")));
    }
  }

  @Test
  void aWordOfAnotherListIsUnknown() {
    String other = newList();
    String word = add(other, "w", "t").getString("id");
    assertThat(error(server.get(listPath + "/words/" + word, asMe))).isEqualTo("404 UNKNOWN_WORD");
    assertThat(error(server.call("DELETE", listPath + "/words/" + word, null, asMe)))
        .isEqualTo("404 UNKNOWN_WORD");
    assertThat(count(other)).isEqualTo(1);
  }

  @Test
  void parallelAdditionsAndRemovalsAreAllCounted() {
    String list = newList();
    String doomed = add(list, "first", "t").getString("id");
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String body = new JsonObject().put("word", "w" + i).put("translation", "t").encode();
      calls.add(
          CompletableFuture.supplyAsync(
              () -> server.call("POST", list + "/words", body, asMe).status()));
    }
    calls.add(
        CompletableFuture.supplyAsync(
            () -> server.call("DELETE", list + "/words/" + doomed, null, asMe).status()));
    assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(201, 204);
    assertThat(count(list)).isEqualTo(24);
    assertThat(words(list, "?limit=200")).hasSize(24);
  }

  @Test
  void aFullListTakesNoMore() {
    String list = newList();
    databases.mysql(
        "UPDATE word_lists SET word_count = 20000 WHERE id = ?",
        list.substring(list.lastIndexOf('/') + 1));
    assertThat(
            error(
                server.post(
                    list + "/words",
                    new JsonObject().put("word", "w").put("translation", "t"),
                    asMe)))
        .isEqualTo("409 CONFLICT");
  }

  @Test
  void anotherTextHasNoRecordedPronunciation() {
    JsonObject word = add(listPath, "say", "t");
    String path = "/api" + listPath + "/words/" + word.getString("id");
    databases.mysql(
        "UPDATE words SET pronunciation_audio_url = '/a.mp3' WHERE id = ?", word.getString("id"));
    assertThat(
            server
                .call("PATCH", path, "{\"word\":\"say\",\"translation\":\"u\"}", asMe)
                .json()
                .getString("pronunciation_audio_url"))
        .isEqualTo("/a.mp3");
    assertThat(
            server
                .call("PATCH", path, "{\"word\":\"said\"}", asMe)
                .json()
                .getValue("pronunciation_audio_url"))
        .isNull();
  }
}
