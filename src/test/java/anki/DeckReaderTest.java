package anki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeckReaderTest {
  @TempDir Path folder;

  private static final String COL =
      "CREATE TABLE col (id integer primary key, models text not null)";

  private List<DeckNote> read(byte[] deck) throws IOException {
    Path file = Files.write(folder.resolve("deck.apkg"), deck);
    List<DeckNote> found = new ArrayList<>();
    try (DeckReader reader = DeckReader.open(file);
        DeckNotes notes = reader.notes()) {
      for (var note = notes.next(); note.isPresent(); note = notes.next()) {
        found.add(note.get());
      }
    }
    return found;
  }

  private void refused(byte[] deck, String reason) {
    assertThatThrownBy(() -> read(deck))
        .isInstanceOf(UnreadableDeckException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] deckOf(String... statements) {
    List<String> all = new ArrayList<>(List.of(COL, "INSERT INTO col VALUES (1, '{}')"));
    all.addAll(List.of(statements));
    return ForeignDeck.zip(Map.of("collection.anki2", new ForeignDeck().sqlite(all)));
  }

  @Test
  void namesOfFieldsDecideAndElseTheirOrder() {
    assertThat(FieldRoles.of(List.of("Front", "Back"))).isEqualTo(new FieldRoles(0, 1, -1, -1));
    assertThat(FieldRoles.of(List.of("Picture", "Meaning", "Expression", "Notes")))
        .isEqualTo(new FieldRoles(2, 1, 3, -1));
    assertThat(FieldRoles.of(List.of("Front", "Back", "Add Reverse")))
        .isEqualTo(new FieldRoles(0, 1, -1, -1));
    assertThat(FieldRoles.of(List.of("Deutsch", "Englisch", "Kommentar")))
        .isEqualTo(new FieldRoles(0, 1, 2, -1));
    assertThat(FieldRoles.of(List.of("Text", "Back Extra")))
        .isEqualTo(new FieldRoles(0, 1, -1, -1));
    assertThat(FieldRoles.of(List.of("Word", "Example sentence", "Hebrew", "Audio")))
        .isEqualTo(new FieldRoles(0, 2, -1, 1));
    assertThat(FieldRoles.of(List.of("Front"))).isEqualTo(new FieldRoles(0, 1, 2, -1));
  }

  @Test
  void oldAndNewFormsAreReadAlike() throws IOException {
    ForeignDeck deck =
        new ForeignDeck()
            .type(7, "Meaning", "Expression", "Notes")
            .note(7, "a <b>pot</b>", "kettle", "boils")
            .tagged(7, " kitchen marked ", "spoon", "ladle", "")
            .note(99, "no type", "has this", "note");
    List<DeckNote> notes = read(deck.apkg());
    assertThat(notes)
        .containsExactly(
            new DeckNote(1, "kettle", "a pot", "boils", "", false, null),
            new DeckNote(2, "ladle", "spoon", "", "", true, null),
            new DeckNote(3, "no type", "has this", "note", "", false, null));
    assertThat(read(deck.newApkg())).isEqualTo(notes);
  }

  /** Decks that Anki itself exported: {@code make_school.py} beside them says of what. */
  @ParameterizedTest
  @ValueSource(strings = {"school.apkg", "school-legacy.apkg"})
  void whatAnkiItselfExportsIsRead(String name) throws IOException {
    try (InputStream deck = getClass().getResourceAsStream("/anki/" + name)) {
      assertThat(read(deck.readAllBytes()))
          .containsExactly(
              new DeckNote(1, "kettle", "קומקום", "", "", false, null),
              new DeckNote(2, "ladle", "מצקת", "", "", true, null),
              new DeckNote(3, "oven", "תנור", "", "", false, null),
              new DeckNote(4, "spoon & fork", "כף ומזלג", "", "", false, null),
              new DeckNote(5, "I put the kettle on.", "שמתי את הקומקום", "", "", false, null),
              new DeckNote(6, "We boil water first.", "", "", "", false, DeckNote.Flaw.EMPTY),
              new DeckNote(7, "", "cup", "", "", false, DeckNote.Flaw.MEDIA_ONLY),
              new DeckNote(8, "line one\nline two", "two\nlines", "", "", false, null),
              new DeckNote(9, "كتاب", "a book", "", "", false, null),
              new DeckNote(10, "frying pan", "מחבת", "", "The pan is hot.", false, null));
    }
  }

  @Test
  void brokenArchivesAreRefused() {
    byte[] deck = new ForeignDeck().type(1, "Front", "Back").note(1, "a", "b").apkg();
    refused(new byte[0], "no Anki deck");
    refused(ForeignDeck.text("PK"), "no Anki deck");
    refused(ForeignDeck.text("word,translation\n".repeat(5_000)), "no Anki deck");
    refused(Arrays.copyOf(deck, deck.length / 2), "no Anki deck");
    byte[] damaged = deck.clone();
    Arrays.fill(damaged, 60, 400, (byte) 0x55);
    assertThatThrownBy(() -> read(damaged)).isInstanceOf(UnreadableDeckException.class);
    refused(ForeignDeck.zip(Map.of("../../collection.anki2", new byte[] {1})), "no collection");
    refused(ForeignDeck.zip(Map.of("collection.anki2/", new byte[0])), "no collection");
    refused(ForeignDeck.zip(Map.of("collection.anki2", new byte[0])), "empty collection");
    refused(ForeignDeck.zip(Map.of("collection.anki2", ForeignDeck.text("hello"))), "no SQLite");
    refused(
        ForeignDeck.zip(Map.of("collection.anki21b", ForeignDeck.text("no zstd here at all"))),
        "Support older Anki versions");
  }

  @Test
  void whatUnpacksToTooMuchIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("collection.anki2"));
      bomb(zip);
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    refused(bytes.toByteArray(), "unpacks to more than 128 MiB");
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream zstd = new io.airlift.compress.zstd.ZstdOutputStream(compressed)) {
      bomb(zstd);
    }
    refused(
        ForeignDeck.zip(Map.of("collection.anki21b", compressed.toByteArray())),
        "unpacks to more than 128 MiB");
  }

  private static void bomb(OutputStream out) throws IOException {
    out.write("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    byte[] zeros = new byte[1 << 20];
    for (int i = 0; i < 129; i++) {
      out.write(zeros);
    }
  }

  @Test
  void archivesOfTooManyFilesAreRefusedUnopened() {
    ByteBuffer end = ByteBuffer.allocate(5 << 20).order(ByteOrder.LITTLE_ENDIAN);
    int at = end.capacity() - 22;
    end.putInt(at, 0x06054b50).putInt(at + 12, at);
    refused(end.array(), "too many files");
  }

  @Test
  void collectionsThatLieAreRefused() {
    refused(ForeignDeck.zip(Map.of("collection.anki2", damagedSqlite())), "damaged");
    refused(deckOf("CREATE TABLE notes (id integer primary key, mid integer)"), "not Anki's");
    refused(
        deckOf(
            "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
                + " SELECT id, 1 AS mid, '' AS tags, 'a' || x'1f' || 'b' AS flds FROM n"),
        "damaged or not Anki's");
    refused(
        deckOf(
            "CREATE TABLE notes (id integer primary key, mid integer, tags text, flds text AS"
                + " (printf('%.*c', 100000000, 'x')))"),
        "damaged or not Anki's");
    refused(
        ForeignDeck.zip(
            Map.of(
                "collection.anki2",
                new ForeignDeck().sqlite(List.of("CREATE TABLE something (id integer)")))),
        "damaged or not Anki's");
    Map<String, byte[]> noModels = new LinkedHashMap<>();
    for (String models : new String[] {"", "[]", "{\"x\": 1}", "{\"1\": {\"flds\": 7}}"}) {
      noModels.put(
          "collection.anki2",
          new ForeignDeck()
              .note(1, "a", "b")
              .sqlite(List.of(COL, "INSERT INTO col VALUES (1, '" + models + "')")));
      refused(ForeignDeck.zip(noModels), "damaged or not Anki's");
    }
  }

  private static byte[] damagedSqlite() {
    ForeignDeck deck = new ForeignDeck().type(1, "Front", "Back");
    for (int i = 0; i < 500; i++) {
      deck.note(1, "word " + i, "translation " + i);
    }
    byte[] bytes = deck.sqlite(List.of());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0xaa);
    return bytes;
  }

  @Test
  void fieldsLongerThanAnyWordAreFlaws() throws IOException {
    List<DeckNote> notes =
        read(
            new ForeignDeck()
                .type(1, "Front", "Back")
                .note(1, "a", "x".repeat(70_000))
                .note(1, "<img src=a.png>", "[sound:b.mp3]")
                .note(1, "", "b")
                .note(1, "a <img src=x>", "b")
                .note(1, "only one")
                .apkg());
    assertThat(notes)
        .extracting(DeckNote::flaw)
        .containsExactly(
            DeckNote.Flaw.TOO_LONG,
            DeckNote.Flaw.MEDIA_ONLY,
            DeckNote.Flaw.EMPTY,
            null,
            DeckNote.Flaw.EMPTY);
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    Path file = Files.write(folder.resolve("deck.apkg"), ForeignDeck.text("no deck"));
    long before = workFolders();
    assertThatThrownBy(() -> DeckReader.open(file)).isInstanceOf(UnreadableDeckException.class);
    byte[] lying = deckOf("CREATE TABLE notes (id integer)");
    assertThatThrownBy(() -> read(lying)).isInstanceOf(UnreadableDeckException.class);
    assertThat(read(new ForeignDeck().type(1, "Front", "Back").note(1, "a", "b").apkg()))
        .hasSize(1);
    assertThat(workFolders()).isEqualTo(before);
  }

  private static long workFolders() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("lessonweave-anki-"))
          .count();
    }
  }
}
