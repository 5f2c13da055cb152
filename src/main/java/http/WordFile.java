package http;

import anki.DeckReader;
import games.WordTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file of words that a client sent, in any of the forms taken. All methods may block. */
interface WordFile extends Closeable {
  /** What clients call Anki's decks; browsers and curl know no type of their own for them. */
  Set<String> DECK_TYPES =
      Set.of(
          "application/apkg",
          "application/vnd.anki",
          "application/zip",
          "application/octet-stream");

  /** The rows from the first; one reader at a time. */
  WordRows rows() throws IOException;

  /**
   * Whether it is a collection that its owner goes on with: what is in the list already is then
   * skipped, and what is too much is left out and told.
   */
  boolean deck();

  /**
   * Opens what the call brings.
   *
   * @throws ApiException when words don't come in such a form
   */
  static WordFile of(Call call) throws IOException {
    if (call.spooled().isEmpty()) {
      JsonArray words = call.input().body().getJsonArray("words");
      return plain(() -> WordRows.of(words));
    }
    SpooledBody body = call.spooled().get();
    String type = body.contentType();
    if (DECK_TYPES.contains(type)) {
      return deck(body.file());
    }
    boolean tabs =
        switch (type) {
          case "text/csv" -> false;
          case "text/tab-separated-values", "text/plain" -> true;
          default -> throw unsupported();
        };
    return plain(() -> WordRows.of(WordTable.open(Files.newInputStream(body.file()), tabs), tabs));
  }

  private static ApiException unsupported() {
    return new ApiException(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        "words come as application/json, text/csv, text/tab-separated-values or application/apkg",
        new JsonObject()
            .put(
                "supported",
                new JsonArray(
                    List.of(
                        "application/json",
                        "text/csv",
                        "text/tab-separated-values",
                        "text/plain",
                        "application/apkg",
                        "application/vnd.anki",
                        "application/zip",
                        "application/octet-stream"))));
  }

  /** Opens rows anew. */
  @FunctionalInterface
  interface Opening {
    WordRows open() throws IOException;
  }

  private static WordFile plain(Opening opening) {
    return new WordFile() {
      @Override
      public WordRows rows() throws IOException {
        return opening.open();
      }

      @Override
      public boolean deck() {
        return false;
      }

      @Override
      public void close() {}
    };
  }

  private static WordFile deck(Path file) throws IOException {
    DeckReader reader = DeckReader.open(file);
    return new WordFile() {
      @Override
      public WordRows rows() {
        return WordRows.of(reader.notes());
      }

      @Override
      public boolean deck() {
        return true;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
