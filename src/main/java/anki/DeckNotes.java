package anki;

import anki.DeckNote.Flaw;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A deck's notes, one after the other, in the order in which they were made, from all of its
 * subdecks. A note is one word however many cards it has, so reversed ones come once.
 */
public final class DeckNotes implements Closeable {
  // words, translations and notes are at most 10,000 characters, which markup may double and more
  private static final int LONGEST_FIELDS = 65_536;
  private static final String FIELD_SEPARATOR = "\u001f";
  private static final String MARKED = "marked";

  private final Statement query;
  private final ResultSet rows;
  private final NoteTypes types;
  private final long total;
  private long number;

  private DeckNotes(Statement query, ResultSet rows, NoteTypes types, long total) {
    this.query = query;
    this.rows = rows;
    this.types = types;
    this.total = total;
  }

  static DeckNotes open(Connection collection, NoteTypes types) {
    try {
      if (!ForeignSqlite.hasTable(collection, "notes", Set.of("id", "mid", "tags", "flds"))) {
        throw ForeignSqlite.unreadable();
      }
      long total;
      try (Statement count = collection.createStatement();
          ResultSet row = count.executeQuery("SELECT COUNT(*) FROM notes")) {
        row.next();
        total = row.getLong(1);
      }
      Statement query = collection.createStatement();
      ResultSet rows =
          query.executeQuery(
              "SELECT mid, CASE WHEN length(tags) <= 1000 THEN tags END, CASE WHEN length(flds) <= "
                  + LONGEST_FIELDS
                  + " THEN flds END FROM notes ORDER BY id");
      return new DeckNotes(query, rows, types, total);
    } catch (SQLException broken) {
      throw ForeignSqlite.unreadable();
    }
  }

  /** How many notes there are. */
  public long total() {
    return total;
  }

  /**
   * The next note; empty at the end.
   *
   * @throws UnreadableDeckException when the deck is broken from here on
   */
  public Optional<DeckNote> next() {
    try {
      if (!rows.next()) {
        return Optional.empty();
      }
      number++;
      String fields = rows.getString(3);
      String tags = rows.getString(2);
      boolean marked = tags != null && List.of(tags.split(" ")).contains(MARKED);
      return Optional.of(
          fields == null
              ? new DeckNote(number, "", "", "", "", marked, Flaw.TOO_LONG)
              : note(fields.split(FIELD_SEPARATOR, -1), types.roles(rows.getLong(1)), marked));
    } catch (SQLException broken) {
      throw ForeignSqlite.unreadable();
    }
  }

  private DeckNote note(String[] fields, FieldRoles roles, boolean marked) {
    String front = at(fields, roles.word());
    String back = at(fields, roles.translation());
    String word = FieldText.toText(front);
    String translation = FieldText.toText(back);
    return new DeckNote(
        number,
        word,
        translation,
        FieldText.toText(at(fields, roles.notes())),
        FieldText.toText(at(fields, roles.example())),
        marked,
        flaw(front, word, back, translation));
  }

  private static Flaw flaw(String front, String word, String back, String translation) {
    if (!word.isEmpty() && !translation.isEmpty()) {
      return null;
    }
    boolean onlyMedia =
        (!word.isEmpty() || FieldText.hasMedia(front))
            && (!translation.isEmpty() || FieldText.hasMedia(back));
    return onlyMedia ? Flaw.MEDIA_ONLY : Flaw.EMPTY;
  }

  private static String at(String[] fields, int index) {
    return index >= 0 && index < fields.length ? fields[index] : "";
  }

  @Override
  public void close() throws IOException {
    try {
      query.close();
    } catch (SQLException failure) {
      throw new IOException("a deck's notes can't be closed", failure);
    }
  }
}
