package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** A13 and A14: lists in and out over a socket. */
class WordTransferTest extends ApiTest {
  private final String me = "stu-" + UUID.randomUUID();

  WordTransferTest() {
    super(Settings.AuthMode.COMPAT);
  }

  private String newList() {
    return "/v1/word-lists/"
        + server
            .post("/v1/word-lists", new JsonObject().put("name", "list"), "X-User-Id", me)
            .json()
            .getString("id");
  }

  private ApiServer.Answer take(String list, String type, String body) {
    return server.call("POST", list + "/import", body, "X-User-Id", me, "Content-Type", type);
  }

  private String give(String list, String accept) {
    ApiServer.Answer answer = server.get(list + "/export", "X-User-Id", me, "Accept", accept);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(accept);
    return answer.response().body();
  }

  private static JsonObject done(int imported, int skipped) {
    return new JsonObject().put("ok", true).put("imported", imported).put("skipped", skipped);
  }

  private static JsonObject counts(ApiServer.Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    JsonObject report = answer.json().copy();
    report.remove("errors");
    return report;
  }

  private int count(String list) {
    return server.get(list, "X-User-Id", me).json().getInteger("wordCount");
  }

  @Test
  void csvGoesInAndComesOutAsItWas() {
    String list = newList();
    String csv =
        "word,translation,notes\r\n"
            + "kettle,\u05e7\u05d5\u05de\u05e7\u05d5\u05dd,boils water\r\n"
            + "\"salt, pepper\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n"
            + "\ud83d\ude00,e\u0301,\r\n";
    assertThat(counts(take(list, "text/csv", "\ufeff" + csv))).isEqualTo(done(3, 0));
    assertThat(count(list)).isEqualTo(3);
    assertThat(give(list, "text/csv")).isEqualTo(csv);
    String copy = newList();
    assertThat(counts(take(copy, "text/csv; charset=utf-8", give(list, "text/csv"))))
        .isEqualTo(done(3, 0));
    assertThat(give(copy, "text/csv")).isEqualTo(csv);
  }

  @Test
  void tabsPartWordsAsFlashcardSitesExportThem() {
    String list = newList();
    assertThat(
            counts(
                take(
                    list,
                    "text/tab-separated-values",
                    "to \"run\"\tlaufen\r\nhouse\tHaus\tnoun, n.\n\n")))
        .isEqualTo(done(2, 0));
    assertThat(give(list, "text/tab-separated-values"))
        .isEqualTo("to \"run\"\tlaufen\nhouse\tHaus\tnoun, n.\n");
    server.post(
        list + "/words",
        new JsonObject().put("word", "tab\there").put("translation", "line\nend"),
        "X-User-Id",
        me);
    assertThat(server.get(list + "/export?format=tsv", "X-User-Id", me).response().body())
        .endsWith("tab here\tline end\n");
  }

  @Test
  void rowsOfOneColumnSayWhatPartsColumns() {
    assertThat(firstReason(take(newList(), "text/tab-separated-values", "kettle,x\nspoon,y\n")))
        .contains("translation", "one column", "tabs", "text/csv");
    assertThat(firstReason(take(newList(), "text/csv", "kettle\tx\n")))
        .contains("translation", "one column", "commas", "text/tab-separated-values");
    assertThat(firstReason(take(newList(), "text/csv", "sep=|\nkettle,x\n")))
        .contains("one column", "says that \"|\" parts columns");
    // names of columns only, so it is no word
    for (String names : List.of("Word,Notes", "Word,Notes,,")) {
      assertThat(firstReason(take(newList(), "text/csv", names + "\nkettle,hot\n")))
          .as(names)
          .contains("translation", "none translation");
    }
    // where there are columns, an empty one is what is wrong
    assertThat(firstReason(take(newList(), "text/csv", "kettle,\n")))
        .contains("translation")
        .doesNotContain("column");
  }

  private static String firstReason(ApiServer.Answer report) {
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.json().getInteger("imported")).isZero();
    return report.json().getJsonArray("errors").getJsonObject(0).getString("reason");
  }

  @Test
  void aTableWithoutATypeIsToldWhichThereAre() {
    ApiServer.Answer answer =
        server.call("POST", newList() + "/import", "kettle,x\n", "X-User-Id", me);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.firstField())
        .startsWith("body is not valid JSON")
        .contains("Content-Type", "text/csv", "application/apkg");
  }

  @Test
  void jsonGoesInAndComesOut() {
    String list = newList();
    JsonObject words =
        new JsonObject()
            .put(
                "words",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("word", "a")
                            .put("translation", "b")
                            .put("notes", "n")
                            .put("is_favorite", true))
                    .add("not a word")
                    .add(new JsonObject().put("word", "c").put("translation", "d")));
    ApiServer.Answer report = take(list, "application/json", words.encode());
    assertThat(counts(report)).isEqualTo(done(2, 1));
    assertThat(report.json().getJsonArray("errors").getJsonObject(0).getInteger("row"))
        .isEqualTo(2);
    JsonObject out = new JsonObject(give(list, "application/json"));
    assertThat(out.fieldNames()).containsExactlyInAnyOrder("list", "words");
    assertThat(out.getJsonObject("list")).isEqualTo(server.get(list, "X-User-Id", me).json());
    assertThat(out.getJsonArray("words"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("word", "a")
                        .put("translation", "b")
                        .put("notes", "n")
                        .put("isFavorite", true))
                .add(
                    new JsonObject()
                        .put("word", "c")
                        .put("translation", "d")
                        .putNull("notes")
                        .put("isFavorite", false)));
    JsonObject legacy = server.get("/api" + list + "/export", "X-User-Id", me).json();
    assertThat(legacy.getBoolean("success")).isTrue();
    assertThat(legacy.getJsonObject("list").getInteger("word_count")).isEqualTo(2);
    assertThat(counts(take(newList(), "application/json", out.encode()))).isEqualTo(done(2, 0));
  }

  @Test
  void cachesAreToldWhatAnExportDependsOn() {
    for (String accepted : List.of("application/json", "text/csv", "application/apkg")) {
      assertThat(
              server
                  .get(newList() + "/export", "X-User-Id", me, "Accept", accepted)
                  .response()
                  .headers()
                  .allValues("Vary"))
          .anyMatch(vary -> vary.contains("Accept-Encoding"))
          .contains("Accept");
    }
  }

  @Test
  void anEmptyListIsExportedEmpty() {
    String list = newList();
    assertThat(give(list, "text/csv")).isEqualTo("word,translation,notes\r\n");
    assertThat(give(list, "text/tab-separated-values")).isEmpty();
    assertThat(new JsonObject(give(list, "application/json")).getJsonArray("words")).isEmpty();
    assertThat(
            server
                .get(list + "/export", "X-User-Id", me, "Accept", "image/png")
                .json()
                .containsKey("list"))
        .isTrue();
  }

  @Test
  void whatIsSkippedIsToldWithRowAndReason() {
    String list = newList();
    String csv =
        "Translation;Word\n"
            + "Haus;house\n"
            + "nothing;\n"
            + ";;\n"
            + "x;"
            + "y".repeat(121)
            + "\n"
            + "Hund;dog\n";
    ApiServer.Answer report = take(list, "text/csv", csv);
    assertThat(counts(report)).isEqualTo(done(2, 2));
    assertThat(report.json().getJsonArray("errors"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("row", 3)
                        .put("reason", "word must be text of 1 to 120 characters"))
                .add(
                    new JsonObject()
                        .put("row", 5)
                        .put("reason", "word must be text of 1 to 120 characters")));
    assertThat(give(list, "text/csv"))
        .isEqualTo("word,translation,notes\r\nhouse,Haus,\r\ndog,Hund,\r\n");
  }

  @Test
  void columnsMayBeNamedAsPeopleNameThem() {
    for (String names :
        List.of(
            "English,Hebrew,Comment",
            "Word (English),Translation (Hebrew),Notes",
            "Vocabulary,Meaning,Note",
            "\u05de\u05d9\u05dc\u05d4,\u05ea\u05e8\u05d2\u05d5\u05dd,\u05d4\u05e2\u05e8\u05d5\u05ea")) {
      String list = newList();
      assertThat(counts(take(list, "text/csv", names + "\nkettle,kumkum,hot\n")))
          .as(names)
          .isEqualTo(done(1, 0));
      assertThat(give(list, "text/csv"))
          .isEqualTo("word,translation,notes\r\nkettle,kumkum,hot\r\n");
    }
    // a word to be learnt may be one of these names
    assertThat(counts(take(newList(), "text/csv", "word,mila\nEnglish,anglit\n")))
        .isEqualTo(done(2, 0));
  }

  @Test
  void columnsOfExamplesDifficultyAndFavoritesAreTaken() {
    String list = newList();
    assertThat(
            counts(
                take(
                    list,
                    "text/csv",
                    "word,translation,example_sentence,Difficulty,isFavorite\n"
                        + "kettle,kumkum,The kettle is hot.,easy,true\nspoon,kaf,,,\n")))
        .isEqualTo(done(2, 0));
    JsonArray words =
        server.get(list + "/words?sort=createdAt", "X-User-Id", me).json().getJsonArray("words");
    JsonObject kettle = word(words, "kettle");
    assertThat(kettle.getString("exampleSentence")).isEqualTo("The kettle is hot.");
    assertThat(kettle.getString("difficulty")).isEqualTo("easy");
    assertThat(kettle.getBoolean("isFavorite")).isTrue();
    assertThat(word(words, "spoon").getString("exampleSentence")).isNull();
    assertThat(word(words, "spoon").getBoolean("isFavorite")).isFalse();
    assertThat(
            firstReason(
                take(newList(), "text/csv", "word,translation,favorite\nkettle,kumkum,hot\n")))
        .contains("isFavorite");
  }

  private static JsonObject word(JsonArray words, String named) {
    return words.stream()
        .map(JsonObject.class::cast)
        .filter(word -> word.getString("word").equals(named))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTableMaySayWhatPartsItsColumns() {
    for (String said :
        List.of("sep=|\r\n", "\uFEFF\"sep=|\"\n", "#separator:Pipe\n#html:false\n")) {
      String list = newList();
      assertThat(counts(take(list, "text/csv", said + "kettle|kumkum, dud|hot\n")))
          .as(said)
          .isEqualTo(done(1, 0));
      assertThat(give(list, "text/tab-separated-values")).isEqualTo("kettle\tkumkum, dud\thot\n");
    }
    // what says nothing that can be used is passed over, and what only looks like it is a word
    assertThat(counts(take(newList(), "text/csv", "sep=\"\nkettle,kumkum\n")))
        .isEqualTo(done(1, 0));
    assertThat(counts(take(newList(), "text/csv", "#1,first\n#hashtag,sulamit\n")))
        .isEqualTo(done(2, 0));
  }

  @Test
  void notesThatAnkiExportsAsTextAreTaken() {
    String list = newList();
    assertThat(
            counts(
                take(
                    list,
                    "text/plain",
                    "#separator:tab\n"
                        + "#html:true\n"
                        + "#guid column:1\n"
                        + "#deck column:2\n"
                        + "#tags column:6\n"
                        + "Qw3\tEnglish\t<b>kettle</b>\tkumkum &amp; dud\t\"for \"\"tea\"\"\""
                        + "\tleech\n")))
        .isEqualTo(done(1, 0));
    assertThat(give(list, "text/tab-separated-values"))
        .isEqualTo("kettle\tkumkum & dud\tfor \"tea\"\n");
  }

  @Test
  void atomicTakesAllOrNothing() {
    String list = newList();
    ApiServer.Answer refused =
        server.call(
            "POST",
            list + "/import?atomic=true",
            "a,b\nc\nd,e\n",
            "X-User-Id",
            me,
            "Content-Type",
            "text/csv");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.firstField())
        .isEqualTo("row 2 translation must be text of 1 to 240 characters");
    assertThat(
            refused.json().getJsonObject("error").getJsonObject("details").getInteger("imported"))
        .isZero();
    assertThat(count(list)).isZero();
    ApiServer.Answer taken =
        server.call(
            "POST",
            list + "/import?atomic=1",
            "a,b\nd,e\n",
            "X-User-Id",
            me,
            "Content-Type",
            "text/csv");
    assertThat(counts(taken)).isEqualTo(done(2, 0));
  }

  @Test
  void filesThatCannotBeReadChangeNothing() {
    String list = newList();
    for (String broken : new String[] {"a,b\n\"never ends", "a,b\n\"x\"y,z\n"}) {
      ApiServer.Answer answer = take(list, "text/csv", broken);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
      assertThat(answer.firstField()).contains("row 2 is not CSV");
    }
    ApiServer.Answer latin =
        server.call(
            "POST",
            list + "/import",
            "x,y\n".repeat(3_000) + "caf\u00e9,b\n",
            StandardCharsets.ISO_8859_1,
            "X-User-Id",
            me,
            "Content-Type",
            "text/csv");
    assertThat(latin.status()).isEqualTo(400);
    assertThat(latin.firstField()).contains("not UTF-8");
    assertThat(take(list, "application/pdf", "PK").status()).isEqualTo(415);
    assertThat(take(list, "application/json", "{\"words\":7}").status()).isEqualTo(400);
    assertThat(take(list, "application/json", "").status()).isEqualTo(400);
    assertThat(count(list)).isZero();
    assertThat(counts(take(list, "text/csv", ""))).isEqualTo(done(0, 0));
  }

  @Test
  void strangersListsAndMissingOnesAreNotThere() {
    String list = newList();
    for (String who : List.of("somebody-else", me)) {
      String path = who.equals(me) ? "/v1/word-lists/nowhere" : list;
      for (ApiServer.Answer answer :
          List.of(
              server.get(path + "/export", "X-User-Id", who),
              server.call(
                  "POST",
                  path + "/import",
                  "a,b\n",
                  "X-User-Id",
                  who,
                  "Content-Type",
                  "text/csv"))) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isEqualTo("WORD_LIST_NOT_FOUND");
      }
    }
    assertThat(count(list)).isZero();
  }

  @Test
  void anImportIsRepeatedOnlyInItsAnswer() {
    String list = newList();
    String[] headers = {"X-User-Id", me, "Content-Type", "text/csv", "Idempotency-Key", "import"};
    JsonObject first = server.call("POST", list + "/import", "a,b\nc,d\n", headers).json();
    ApiServer.Answer again = server.call("POST", list + "/import", "a,b\nc,d\n", headers);
    assertThat(again.json()).isEqualTo(first);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(server.call("POST", list + "/import", "a,b\nc,e\n", headers).status())
        .isEqualTo(422);
    assertThat(count(list)).isEqualTo(2);
  }

  @Test
  void tenThousandWordsGoInAndOutInOrder() {
    String list = newList();
    String rows =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "word " + i + ",\u05de\u05d9\u05dc\u05d4 " + i + ",note " + i + "\r\n")
            .collect(Collectors.joining());
    assertThat(counts(take(list, "text/csv", rows))).isEqualTo(done(10_000, 0));
    assertThat(give(list, "text/csv")).isEqualTo("word,translation,notes\r\n" + rows);
    assertThat(count(list)).isEqualTo(10_000);
    ApiServer.Answer more = take(list, "text/csv", rows + "one,more\r\n");
    assertThat(more.status()).isEqualTo(400);
    assertThat(more.firstField()).contains("at most 10000 rows");
    assertThat(count(list)).isEqualTo(10_000);
    assertThat(counts(take(list, "text/csv", rows))).isEqualTo(done(10_000, 0));
    ApiServer.Answer full = take(list, "text/csv", "one,more\r\n");
    assertThat(full.status()).isEqualTo(409);
    assertThat(count(list)).isEqualTo(20_000);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    String list = newList();
    ApiServer.Answer refused = take(list, "text/csv", "x".repeat((8 << 20) + 1));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.json().getJsonObject("error").getJsonObject("details").getInteger("limit"))
        .isEqualTo(8 << 20);
    assertThat(count(list)).isZero();
  }
}
