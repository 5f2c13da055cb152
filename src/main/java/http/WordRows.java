package http;

import anki.DeckNote;
import anki.DeckNotes;
import anki.FieldText;
import games.TableColumn;
import games.WordTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Rows of a file of words, one after the other. All methods may block. */
interface WordRows extends Closeable {
  /**
   * One row.
   *
   * @param number in the file, from 1
   * @param body that would make a word
   * @param label to know it by where numbers say nothing; or null
   * @param flaw why it can't be a word at all; or null
   * @param hint what may be wrong where it breaks the rules of words; or null
   */
  record Row(long number, JsonObject body, String label, DeckNote.Flaw flaw, String hint) {}

  /** The next row, or null at the end. */
  Row next();

  /** How many rows there are, where the file says so. */
  default Optional<Long> total() {
    return Optional.empty();
  }

  @Override
  default void close() throws IOException {}

  static WordRows of(JsonArray words) {
    return new WordRows() {
      private int at;

      @Override
      public Row next() {
        if (at == words.size()) {
          return null;
        }
        // anything but an object is as good as an empty one: the rules say what is missing
        JsonObject body =
            words.getValue(at++) instanceof JsonObject row ? row.copy() : new JsonObject();
        return new Row(at, body, null, null, null);
      }
    };
  }

  /**
   * @param tabs whether tabs part the columns unless the table says otherwise
   */
  static WordRows of(WordTable table, boolean tabs) {
    String hint =
        "there is one column: "
            + table
                .delimiter()
                .map(said -> "the file itself says that \"" + said + "\" parts columns")
                .orElse(
                    tabs
                        ? "tabs part columns here, commas those of Content-Type: text/csv"
                        : "commas or semicolons part columns here, tabs those of"
                            + " Content-Type: text/tab-separated-values");
    return new WordRows() {
      @Override
      public Row next() {
        return table
            .next()
            .map(
                row -> {
                  JsonObject body = new JsonObject();
                  row.cells()
                      .forEach(
                          (column, cell) ->
                              put(body, column, table.html() ? FieldText.toText(cell) : cell));
                  String wrong =
                      row.oneColumn()
                          ? hint
                          : table.translates()
                              ? null
                              : "the first row names the columns, and none translation: name one"
                                    + " so";
                  return new Row(row.number(), body, null, null, wrong);
                })
            .orElse(null);
      }

      private static void put(JsonObject body, TableColumn column, String cell) {
        switch (column) {
          case WORD -> body.put("word", cell);
          case TRANSLATION -> body.put("translation", cell);
          case NOTES -> body.put("notes", cell);
          case EXAMPLE -> body.put("exampleSentence", cell);
          case DIFFICULTY -> body.put("difficulty", cell.strip());
          case FAVORITE -> body.put("isFavorite", mark(cell));
          default -> throw new IllegalArgumentException(column.name());
        }
      }

      /** What is neither yes nor no stays what it is: the rules of words say what it must be. */
      private static Object mark(String cell) {
        return switch (cell.strip().toLowerCase(Locale.ROOT)) {
          case "true", "yes", "y", "x", "1" -> true;
          case "false", "no", "n", "0" -> false;
          default -> cell;
        };
      }

      @Override
      public void close() throws IOException {
        table.close();
      }
    };
  }

  static WordRows of(DeckNotes notes) {
    return new WordRows() {
      private static final int LONGEST_LABEL = 40;

      @Override
      public Row next() {
        return notes.next().map(this::row).orElse(null);
      }

      private Row row(DeckNote note) {
        JsonObject body =
            new JsonObject()
                .put("word", note.word())
                .put("translation", note.translation())
                .put("isFavorite", note.marked());
        if (!note.notes().isEmpty()) {
          body.put("notes", note.notes());
        }
        if (!note.example().isEmpty()) {
          body.put("exampleSentence", note.example());
        }
        String side = note.word().isEmpty() ? note.translation() : note.word();
        String label =
            side.codePointCount(0, side.length()) > LONGEST_LABEL
                ? side.substring(0, side.offsetByCodePoints(0, LONGEST_LABEL)) + "\u2026"
                : side;
        return new Row(note.number(), body, label, note.flaw(), null);
      }

      @Override
      public Optional<Long> total() {
        return Optional.of(notes.total());
      }

      @Override
      public void close() throws IOException {
        notes.close();
      }
    };
  }
}
