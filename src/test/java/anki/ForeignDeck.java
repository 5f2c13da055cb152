package anki;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Decks as other programs write them, built by hand and not with this program's writer. */
public final class ForeignDeck {
  private record Note(long type, String tags, String fields) {}

  private final Map<Long, List<String>> types = new LinkedHashMap<>();
  private final List<Note> notes = new ArrayList<>();

  /** Adds a note type. */
  public ForeignDeck type(long id, String... fields) {
    types.put(id, List.of(fields));
    return this;
  }

  /** Adds a note; every second one gets two cards, in a subdeck. */
  public ForeignDeck note(long type, String... fields) {
    return tagged(type, "", fields);
  }

  /** As {@link #note}, with tags. */
  public ForeignDeck tagged(long type, String tags, String... fields) {
    notes.add(new Note(type, tags, String.join("\u001f", fields)));
    return this;
  }

  /** An .apkg of the older form. */
  public byte[] apkg() {
    return zip(Map.of("collection.anki2", sqlite(legacyTables()), "media", "{}".getBytes()));
  }

  /** An .apkg of version 2.1.50 on, with the note it has for older versions beside it. */
  public byte[] newApkg() {
    byte[] old =
        new ForeignDeck()
            .type(1, "Front", "Back")
            .note(1, "Please update to the latest Anki version", "x")
            .sqlite(List.of());
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("meta", new byte[] {8, 3});
    entries.put("collection.anki21b", zstd(sqlite(newTables())));
    entries.put("collection.anki2", old);
    entries.put("media", zstd(new byte[0]));
    return zip(entries);
  }

  private List<String> legacyTables() {
    JsonObject models = new JsonObject();
    types.forEach(
        (id, fields) -> {
          JsonArray list = new JsonArray();
          // not in order: "ord" says which is which
          for (int i = fields.size() - 1; i >= 0; i--) {
            list.add(new JsonObject().put("name", fields.get(i)).put("ord", i));
          }
          models.put(String.valueOf(id), new JsonObject().put("id", id).put("flds", list));
        });
    return List.of(
        "CREATE TABLE col (id integer primary key, models text not null, decks text not null)",
        "INSERT INTO col VALUES (1, '" + models.encode().replace("'", "''") + "', '{}')");
  }

  private List<String> newTables() {
    List<String> tables = new ArrayList<>();
    tables.add("CREATE TABLE col (id integer primary key, models text not null)");
    tables.add("INSERT INTO col VALUES (1, '')");
    tables.add(
        "CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL"
            + " COLLATE nocase, config blob NOT NULL, PRIMARY KEY (ntid, ord)) WITHOUT ROWID");
    types.forEach(
        (id, fields) -> {
          for (int i = 0; i < fields.size(); i++) {
            tables.add(
                "INSERT INTO fields VALUES ("
                    + id
                    + ", "
                    + i
                    + ", '"
                    + fields.get(i).replace("'", "''")
                    + "', x'00')");
          }
        });
    return tables;
  }

  /** A SQLite file with the notes and these statements run before them. */
  public byte[] sqlite(List<String> before) {
    try {
      Path file = Files.createTempFile("foreign", ".anki2");
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (String sql : before.isEmpty() ? legacyTables() : before) {
          statement.execute(sql);
        }
        if (before.stream().noneMatch(sql -> sql.contains(" notes "))) {
          fill(connection, statement);
        }
        connection.commit();
      }
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException | SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private void fill(Connection connection, Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod"
            + " integer not null, usn integer not null, tags text not null, flds text not null,"
            + " sfld integer not null, csum integer not null, flags integer not null, data text not"
            + " null)");
    statement.execute("CREATE TABLE cards (id integer primary key, nid integer, did integer)");
    try (PreparedStatement note =
            connection.prepareStatement(
                "INSERT INTO notes VALUES (?, ?, ?, 0, -1, ?, ?, '', 0, 0, '')");
        PreparedStatement card =
            connection.prepareStatement("INSERT INTO cards VALUES (?, ?, ?)")) {
      for (int i = 0; i < notes.size(); i++) {
        note.setLong(1, 1_500_000_000_000L + i);
        note.setString(2, "guid" + i);
        note.setLong(3, notes.get(i).type());
        note.setString(4, notes.get(i).tags());
        note.setString(5, notes.get(i).fields());
        note.addBatch();
        for (int c = 0; c <= i % 2; c++) {
          card.setLong(1, 10L * i + c);
          card.setLong(2, 1_500_000_000_000L + i);
          card.setLong(3, 1_600_000_000_000L + c);
          card.addBatch();
        }
      }
      note.executeBatch();
      card.executeBatch();
    }
  }

  /** A zip archive. */
  public static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  /** Compressed as newer versions of Anki do. */
  public static byte[] zstd(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(bytes)) {
      zstd.write(plain);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  /** No deck but a text, for where one is expected. */
  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
