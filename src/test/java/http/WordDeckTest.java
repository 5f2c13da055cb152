package http;

import static org.assertj.core.api.Assertions.assertThat;

import anki.ForeignDeck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.Settings;

/** A13 and A14 with decks of Anki: over a socket, with decks built by hand. */
class WordDeckTest extends ApiTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String me = "stu-" + UUID.randomUUID();
  @TempDir Path folder;

  WordDeckTest() {
    super(Settings.AuthMode.COMPAT);
  }

  private String newList(String name) {
    return "/v1/word-lists/"
        + server
            .post("/v1/word-lists", new JsonObject().put("name", name), "X-User-Id", me)
            .json()
            .getString("id");
  }

  private ApiServer.Answer take(String list, byte[] deck, String... more) {
    String query = more.length > 0 ? more[0] : "";
    return server.call(
        "POST",
        list + "/import" + query,
        new String(deck, StandardCharsets.ISO_8859_1),
        StandardCharsets.ISO_8859_1,
        "X-User-Id",
        me,
        "Content-Type",
        "application/apkg");
  }

  private HttpResponse<byte[]> give(String list, String query, String accept) {
    try {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.port + list + "/export" + query))
              .timeout(Duration.ofSeconds(30))
              .header("X-User-Id", me)
              .header("Accept", accept)
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private String csv(String list) {
    return server.get(list + "/export", "X-User-Id", me, "Accept", "text/csv").response().body();
  }

  private Connection collection(byte[] deck) throws IOException, SQLException {
    Path file = folder.resolve("collection-" + UUID.randomUUID());
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(deck))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        if (entry.getName().equals("collection.anki2")) {
          Files.copy((InputStream) zip, file);
        } else {
          assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{}");
        }
      }
    }
    assertThat(names).containsExactly("collection.anki2", "media");
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static List<List<String>> rows(Connection collection, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet found = collection.createStatement().executeQuery(sql)) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private void word(String list, JsonObject word) {
    assertThat(server.post(list + "/words", word, "X-User-Id", me).status()).isEqualTo(201);
  }

  private String kitchen() {
    String list = newList("Kitchen::\u05de\u05d8\u05d1\u05d7");
    word(
        list,
        new JsonObject()
            .put("word", "kettle & <pot>")
            .put("translation", "\u05e7\u05d5\u05de\u05e7\u05d5\u05dd")
            .put("notes", "boils\nwater")
            .put("exampleSentence", "The {{c1::kettle}} [sound:x.mp3] boils.")
            .put("isFavorite", true));
    word(list, new JsonObject().put("word", "12").put("translation", "e\u0301 \ud83d\ude00"));
    return list;
  }

  @Test
  void whatIsExportedIsACollectionOfAnki() throws Exception {
    String list = kitchen();
    HttpResponse<byte[]> answer = give(list, "", "application/apkg");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/apkg");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"words.apkg\"");
    try (Connection collection = collection(answer.body())) {
      assertThat(rows(collection, "PRAGMA integrity_check")).containsExactly(List.of("ok"));
      assertThat(
              rows(collection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
          .extracting(row -> row.get(0))
          .containsExactly("cards", "col", "graves", "notes", "revlog");
      List<String> col =
          rows(collection, "SELECT ver, models, decks, dconf, conf, tags FROM col").get(0);
      assertThat(col.get(0)).isEqualTo("11");
      JsonObject models = new JsonObject(col.get(1));
      String noteType = models.fieldNames().iterator().next();
      JsonObject model = models.getJsonObject(noteType);
      assertThat(String.valueOf(model.getLong("id"))).isEqualTo(noteType);
      assertThat(names(model.getJsonArray("flds")))
          .containsExactly("Word", "Translation", "Notes", "Example");
      assertThat(model.getJsonArray("tmpls").getJsonObject(0).getString("qfmt"))
          .contains("{{Word}}");
      JsonObject decks = new JsonObject(col.get(2));
      String deck = decks.fieldNames().stream().filter(id -> !id.equals("1")).findAny().get();
      assertThat(decks.getJsonObject(deck).getString("name"))
          .isEqualTo("Kitchen: \u05de\u05d8\u05d1\u05d7");
      assertThat(new JsonObject(col.get(3)).getJsonObject("1").getJsonObject("new")).isNotNull();
      assertThat(new JsonObject(col.get(4)).getLong("curModel")).isEqualTo(model.getLong("id"));
      String first = "kettle & <pot>";
      String fields =
          "kettle &amp; &lt;pot&gt;\u001f\u05e7\u05d5\u05de\u05e7\u05d5\u05dd\u001fboils<br>water"
              + "\u001fThe &#123;&#123;c1::kettle}} &#91;sound:x.mp3] boils.";
      assertThat(
              rows(
                  collection,
                  "SELECT mid, tags, flds, sfld, typeof(sfld), csum FROM notes ORDER BY id"))
          .containsExactly(
              List.of(noteType, " marked ", fields, first, "text", checksum(first)),
              List.of(
                  noteType,
                  "",
                  "12\u001fe\u0301 \ud83d\ude00\u001f\u001f",
                  "12",
                  "integer",
                  checksum("12")));
      assertThat(
              rows(
                  collection,
                  "SELECT c.did, c.ord, c.type, c.queue, c.due FROM cards c JOIN notes n ON n.id ="
                      + " c.nid ORDER BY c.due"))
          .containsExactly(List.of(deck, "0", "0", "0", "1"), List.of(deck, "0", "0", "0", "2"));
    }
  }

  private static List<String> names(JsonArray fields) {
    return fields.stream().map(field -> ((JsonObject) field).getString("name")).toList();
  }

  private static String checksum(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    return new java.math.BigInteger(1, java.util.Arrays.copyOf(hash, 4)).toString();
  }

  @Test
  void aLaterExportUpdatesTheDeckInsteadOfDoublingIt() throws Exception {
    String list = kitchen();
    List<List<String>> before;
    try (Connection collection = collection(give(list, "?format=apkg", "*/*").body())) {
      before = identities(collection);
    }
    String id =
        server
            .get(list + "/words?search=kettle", "X-User-Id", me)
            .json()
            .getJsonArray("data")
            .getJsonObject(0)
            .getString("id");
    server.call(
        "PATCH",
        list + "/words/" + id,
        "{\"translation\":\"other\"}",
        "X-User-Id",
        me,
        "Content-Type",
        "application/json");
    try (Connection collection = collection(give(list, "", "application/vnd.anki").body())) {
      assertThat(identities(collection)).isEqualTo(before);
      assertThat(rows(collection, "SELECT flds FROM notes ORDER BY id").get(0).get(0))
          .contains("other");
    }
  }

  private static List<List<String>> identities(Connection collection) throws SQLException {
    return rows(
        collection,
        "SELECT n.guid, n.mid, c.did FROM notes n JOIN cards c ON c.nid = n.id ORDER BY n.id");
  }

  @Test
  void whatIsExportedComesBackAsItWas() {
    String list = kitchen();
    byte[] deck = give(list, "?format=apkg", "*/*").body();
    String copy = newList("copy");
    assertThat(take(copy, deck).json()).isEqualTo(report(2, skippedBy(0, 0, 0, 0, 0)));
    JsonArray words = server.get(copy + "/words", "X-User-Id", me).json().getJsonArray("data");
    JsonObject kettle = words.getJsonObject(1);
    assertThat(kettle.getString("word")).isEqualTo("kettle & <pot>");
    assertThat(kettle.getString("notes")).isEqualTo("boils\nwater");
    assertThat(kettle.getString("exampleSentence"))
        .isEqualTo("The {{c1::kettle}} [sound:x.mp3] boils.");
    assertThat(kettle.getBoolean("isFavorite")).isTrue();
    assertThat(csv(copy)).isEqualTo(csv(list));
    // again: nothing is doubled
    ApiServer.Answer again = take(copy, deck);
    assertThat(again.json().getInteger("imported")).isZero();
    assertThat(again.json().getJsonObject("skippedBy")).isEqualTo(skippedBy(0, 0, 2, 0, 0));
    assertThat(csv(copy)).isEqualTo(csv(list));
  }

  private static JsonObject skippedBy(
      long empty, long mediaOnly, long duplicate, long rule, long limit) {
    return new JsonObject(
        new JsonObject()
            .put("empty", empty)
            .put("mediaOnly", mediaOnly)
            .put("duplicate", duplicate)
            .put("rule", rule)
            .put("limit", limit)
            .encode());
  }

  private static JsonObject report(int imported, JsonObject skippedBy) {
    return new JsonObject()
        .put("ok", true)
        .put("imported", imported)
        .put("skipped", 0)
        .put("errors", new JsonArray())
        .put("skippedBy", skippedBy);
  }

  private static ForeignDeck foreign() {
    return new ForeignDeck()
        .type(10, "Front", "Back")
        .type(20, "Text", "Back Extra")
        .type(30, "Picture", "Meaning", "Expression", "Notes")
        .note(10, "<b>house</b>", "Haus<br>Heim")
        .note(10, "dog", "Hund [sound:hund.mp3]")
        .note(20, "The {{c1::cat::animal}} sleeps.", "Die Katze schl\u00e4ft.")
        .note(30, "<img src=\"t.png\">", "Baum", "tree", "n., &quot;grows&quot;")
        .note(10, "", "leer")
        .note(10, "<img src=\"x.png\">", "Bild")
        .note(10, "dog", "Hund")
        .note(10, "dog", "K\u00f6ter")
        .note(10, "x".repeat(121), "lang");
  }

  @Test
  void foreignDecksOfBothFormsComeInWithAReport() {
    for (byte[] deck : List.of(foreign().apkg(), foreign().newApkg())) {
      String list = newList("foreign");
      ApiServer.Answer answer = take(list, deck);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
      JsonObject report = answer.json();
      assertThat(report.getInteger("imported")).isEqualTo(5);
      assertThat(report.getInteger("skipped")).isEqualTo(4);
      assertThat(report.getJsonObject("skippedBy")).isEqualTo(skippedBy(1, 1, 1, 1, 0));
      assertThat(report.getJsonArray("errors"))
          .containsExactlyInAnyOrder(
              error(5, "\"leer\": one side has no text"),
              error(6, "\"Bild\": one side has pictures or sounds and no text"),
              error(7, "\"dog\": the list has it already, with the same translation"),
              error(
                  9, "\"" + "x".repeat(40) + "\u2026\": word must be text of 1 to 120 characters"));
      assertThat(csv(list))
          .isEqualTo(
              "word,translation,notes\r\n"
                  + "house,\"Haus\nHeim\",\r\n"
                  + "dog,Hund,\r\n"
                  + "The cat sleeps.,Die Katze schl\u00e4ft.,\r\n"
                  + "tree,Baum,\"n., \"\"grows\"\"\"\r\n"
                  + "dog,K\u00f6ter,\r\n");
    }
  }

  private static JsonObject error(int row, String reason) {
    return new JsonObject().put("row", row).put("reason", reason);
  }

  @Test
  void atomicTakesTheWholeDeckOrNothing() {
    String list = newList("atomic");
    ApiServer.Answer answer = take(list, foreign().apkg(), "?atomic=true");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("detail")).contains("4 of 9 rows");
    assertThat(csv(list)).isEqualTo("word,translation,notes\r\n");
  }

  @Test
  void whatIsNoDeckIsRefusedInWords() {
    String list = newList("broken");
    for (byte[] broken :
        List.of(
            new byte[0],
            ForeignDeck.text("PK"),
            java.util.Arrays.copyOf(foreign().apkg(), 500),
            ForeignDeck.zip(
                java.util.Map.of("../../collection.anki2", ForeignDeck.text("SQLite format 3"))))) {
      ApiServer.Answer answer = take(list, broken);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.firstField()).startsWith("body ").contains("deck");
    }
    assertThat(csv(list)).isEqualTo("word,translation,notes\r\n");
  }

  @Test
  void decksMayBeLargerThanTablesButNotAnySize() {
    String list = newList("large");
    byte[] media = new byte[9 << 20];
    new java.util.Random(1).nextBytes(media);
    java.util.Map<String, byte[]> entries = new java.util.LinkedHashMap<>();
    entries.put("0", media);
    entries.put("collection.anki2", foreign().sqlite(List.of()));
    ApiServer.Answer answer = take(list, ForeignDeck.zip(entries));
    assertThat(answer.json().getInteger("imported")).isEqualTo(5);
    ApiServer.Answer refused = take(list, new byte[(64 << 20) + 1]);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.json().getJsonObject("error").getJsonObject("details").getInteger("limit"))
        .isEqualTo(64 << 20);
  }

  @Test
  void tenThousandNotesGoInAndOutInOrder() {
    ForeignDeck deck = new ForeignDeck().type(1, "Front", "Back", "Extra");
    IntStream.range(0, 10_005)
        .forEach(i -> deck.note(1, "word " + i, "\u05de\u05d9\u05dc\u05d4 " + i, "note " + i));
    String list = newList("many");
    JsonObject report = take(list, deck.apkg()).json();
    assertThat(report.getInteger("imported")).isEqualTo(10_000);
    assertThat(report.getJsonObject("skippedBy")).isEqualTo(skippedBy(0, 0, 0, 0, 5));
    assertThat(report.getJsonArray("errors").getJsonObject(0).getInteger("row")).isEqualTo(10_001);
    byte[] out = give(list, "?format=apkg", "*/*").body();
    String copy = newList("copy");
    assertThat(take(copy, out).json().getInteger("imported")).isEqualTo(10_000);
    String expected =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "word " + i + ",\u05de\u05d9\u05dc\u05d4 " + i + ",note " + i + "\r\n")
            .collect(Collectors.joining());
    assertThat(csv(copy)).isEqualTo("word,translation,notes\r\n" + expected);
  }

  @Test
  void nothingIsLeftInTheFolderForFiles() throws IOException {
    String list = kitchen();
    List<String> before = temporary();
    take(list, foreign().apkg());
    take(list, ForeignDeck.text("PK"));
    assertThat(take("/v1/word-lists/nowhere", foreign().apkg()).status()).isEqualTo(404);
    give(list, "?format=apkg", "*/*");
    // files go on worker threads right after the answer: those of the next requests come after them
    for (int i = 0; i < 50 && !before.containsAll(temporary()); i++) {
      csv(list);
    }
    // those of the tests before may have gone meanwhile
    assertThat(before).containsAll(temporary());
  }

  private List<String> temporary() throws IOException {
    try (var files = Files.list(RequestFiles.folder(databases.settings.dataDir()))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
