package anki;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a deck that Anki imports, and imports again as an update: deck, note type and notes keep
 * their identities. Words go to a file as they come. All methods block.
 */
public final class DeckWriter implements Closeable {
  // A deck's id is the millisecond of its making in Anki; these are of the year 2001 on.
  private static final long FIRST_DECK = 1_000_000_000_000L;
  private static final long DECKS = 1L << 38;
  private static final int NEW_CARD = 0;
  private static final int CHECKSUM_BYTES = 4;

  private final WorkFolder folder;
  private final Connection collection;
  private final PreparedStatement note;
  private final PreparedStatement card;
  private final long deck;
  private final String name;
  private final String description;
  private long lastId;
  private long written;

  private DeckWriter(WorkFolder folder, String listId, String name, String description)
      throws SQLException {
    this.folder = folder;
    this.deck = FIRST_DECK + deckNumber(listId);
    // two colons would make a deck in a deck
    this.name = name.replace("::", ": ");
    this.description = FieldText.toHtml(description);
    this.collection = DriverManager.getConnection("jdbc:sqlite:" + folder.file("collection.anki2"));
    try (Statement statement = collection.createStatement()) {
      // whoever loses the file half-written makes it anew
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      collection.setAutoCommit(false);
      for (String table : Collection.TABLES) {
        statement.execute(table);
      }
    }
    this.note =
        collection.prepareStatement("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')");
    this.card =
        collection.prepareStatement(
            "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, "
                + NEW_CARD
                + ", "
                + NEW_CARD
                + ", ?, 0, 0, 0, 0, 0, 0, 0, 0, '')");
  }

  /**
   * Begins a deck.
   *
   * @param parent a folder for the deck's own
   * @param listId decides the deck's identity
   * @param description empty when there is none
   */
  public static DeckWriter create(Path parent, String listId, String name, String description)
      throws IOException {
    WorkFolder folder = WorkFolder.create(parent);
    try {
      return new DeckWriter(folder, listId, name, description);
    } catch (SQLException failure) {
      folder.close();
      throw new IOException("a deck can't be written", failure);
    }
  }

  /** Adds words, in the order in which they are to be learned. */
  public void add(List<DeckWord> words) throws IOException {
    try {
      for (DeckWord word : words) {
        add(word);
      }
      note.executeBatch();
      card.executeBatch();
      collection.commit();
    } catch (SQLException failure) {
      throw new IOException("words can't be written to a deck", failure);
    }
  }

  private void add(DeckWord word) throws SQLException {
    long id = Math.max(lastId + 1, word.createdAt().toEpochMilli());
    lastId = id;
    written++;
    String first = FieldText.sortText(word.word());
    note.setLong(1, id);
    note.setString(2, word.guid());
    note.setLong(3, Collection.NOTE_TYPE);
    note.setLong(4, word.updatedAt().getEpochSecond());
    note.setString(5, word.favorite() ? " marked " : "");
    note.setString(
        6,
        String.join(
            "\u001f",
            FieldText.toHtml(word.word()),
            FieldText.toHtml(word.translation()),
            FieldText.toHtml(word.notes()),
            FieldText.toHtml(word.example())));
    note.setString(7, first);
    note.setLong(8, checksum(first));
    note.addBatch();
    card.setLong(1, id);
    card.setLong(2, id);
    card.setLong(3, deck);
    card.setLong(4, word.updatedAt().getEpochSecond());
    card.setLong(5, written);
    card.addBatch();
  }

  /** The first four bytes of the SHA-1: how Anki finds notes with the same first field. */
  static long checksum(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      long sum = 0;
      for (int i = 0; i < CHECKSUM_BYTES; i++) {
        sum = sum << 8 | (hash[i] & 0xff);
      }
      return sum;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long deckNumber(String listId) {
    UUID hash = UUID.nameUUIDFromBytes(listId.getBytes(StandardCharsets.UTF_8));
    return Math.floorMod(hash.getLeastSignificantBits(), DECKS);
  }

  /** Ends the deck; nothing can be added then. Gives the .apkg, which goes when this closes. */
  public Path finish() throws IOException {
    try {
      Instant now = Instant.now();
      try (PreparedStatement row =
          collection.prepareStatement(
              "INSERT INTO col VALUES (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, '{}')")) {
        row.setLong(1, now.getEpochSecond());
        row.setLong(2, now.toEpochMilli());
        row.setLong(3, now.toEpochMilli());
        row.setInt(4, Collection.SCHEMA);
        row.setString(5, Collection.settings(deck, written + 1).encode());
        row.setString(6, Collection.noteTypes(deck).encode());
        row.setString(7, Collection.decks(deck, name, description, now.getEpochSecond()).encode());
        row.setString(8, Collection.deckOptions().encode());
        row.executeUpdate();
      }
      try (Statement statement = collection.createStatement()) {
        for (String index : Collection.INDEXES) {
          statement.execute(index);
        }
      }
      collection.commit();
      collection.close();
    } catch (SQLException failure) {
      throw new IOException("a deck can't be finished", failure);
    }
    Path deckFile = folder.file("deck.apkg");
    try (OutputStream out = Files.newOutputStream(deckFile);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("collection.anki2"));
      Files.copy(folder.file("collection.anki2"), zip);
      zip.putNextEntry(new ZipEntry("media"));
      zip.write("{}".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return deckFile;
  }

  @Override
  public void close() throws IOException {
    try {
      collection.close();
    } catch (SQLException failure) {
      throw new IOException("a deck can't be closed", failure);
    } finally {
      folder.close();
    }
  }
}
