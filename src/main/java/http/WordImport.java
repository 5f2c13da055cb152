package http;

import games.NewWord;
import games.WordTable;
import games.WordTransfer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A14: words of a file into a list. What can't be taken is skipped and told, or, when asked to be
 * atomic, keeps all the rest out.
 */
final class WordImport {
  /** Rows of one file. */
  static final int MOST_ROWS = 10_000;

  private static final int TOLD_ERRORS = 100;

  private final WordTransfer transfer;
  private final RequestRules rowRules;

  /**
   * @param rowRules what a word must be like
   */
  WordImport(Pool mysql, RequestRules rowRules) {
    this.transfer = new WordTransfer(mysql);
    this.rowRules = rowRules;
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("importWords", this::take);
  }

  /** Rows as they come, as bodies that would make a word. */
  private interface Rows extends Closeable {
    /** The next row, or null at the end. */
    JsonObject next();

    /** The number of the row that came last. */
    long number();
  }

  private Future<Reply> take(Call call) {
    boolean atomic = call.input().query().getBoolean("atomic");
    return call.vertx()
        .executeBlocking(() -> new Progress(rows(call)), false)
        .compose(
            progress ->
                transfer
                    .add(
                        call.learner(),
                        call.pathSegment("listId"),
                        () -> call.vertx().executeBlocking(() -> step(progress), false),
                        (tx, imported) -> {
                          if (atomic && progress.skipped > 0) {
                            return Future.failedFuture(refused(progress));
                          }
                          return call.settle(tx, report(progress, imported));
                        })
                    .map(
                        imported ->
                            report(
                                progress,
                                imported.orElseThrow(() -> WordListEndpoints.notFound(call))))
                    .eventually(() -> call.vertx().executeBlocking(progress::close, false)))
        .recover(failure -> Future.failedFuture(told(failure)));
  }

  private static Throwable told(Throwable failure) {
    if (failure instanceof WordTable.UnreadableException unreadable) {
      return ApiException.invalid("body", unreadable.getMessage());
    }
    return failure instanceof WordTransfer.ListFullException full
        ? WordEndpoints.full(full.there())
        : failure;
  }

  /** One import on its way; used by one thread after the other. */
  private static final class Progress {
    private final Rows rows;
    private final JsonArray errors = new JsonArray();
    private int read;
    private int skipped;

    Progress(Rows rows) {
      this.rows = rows;
    }

    Void close() throws IOException {
      rows.close();
      return null;
    }
  }

  private List<NewWord> step(Progress progress) {
    List<NewWord> words = new ArrayList<>(WordTransfer.STEP);
    while (words.size() < WordTransfer.STEP) {
      JsonObject row = progress.rows.next();
      if (row == null) {
        break;
      }
      if (++progress.read > MOST_ROWS) {
        throw ApiException.invalid(
            "body", "must have at most " + MOST_ROWS + " rows: import it in parts");
      }
      try {
        rowRules.checkObject(row);
        words.add(word(row));
      } catch (ApiException broken) {
        progress.skipped++;
        if (progress.errors.size() < TOLD_ERRORS) {
          progress.errors.add(
              new JsonObject()
                  .put("row", progress.rows.number())
                  .put("reason", broken.getMessage()));
        }
      }
    }
    return words;
  }

  private static NewWord word(JsonObject row) {
    return new NewWord(
        row.getString("word"),
        row.getString("translation"),
        Optional.ofNullable(row.getString("notes")),
        Optional.ofNullable(row.getString("difficulty")),
        Optional.ofNullable(row.getString("exampleSentence")),
        row.getBoolean("isFavorite"));
  }

  private static Reply report(Progress progress, int imported) {
    return Reply.ok(
        new JsonObject()
            .put("ok", true)
            .put("imported", imported)
            .put("skipped", progress.skipped)
            .put("errors", progress.errors));
  }

  private static ApiException refused(Progress progress) {
    JsonArray fields = new JsonArray();
    for (int i = 0; i < progress.errors.size(); i++) {
      JsonObject error = progress.errors.getJsonObject(i);
      fields.add(
          new JsonObject()
              .put("field", "row " + error.getLong("row"))
              .put("reason", error.getString("reason")));
    }
    return new ApiException(
        ErrorCode.VALIDATION_ERROR,
        "nothing was imported: "
            + progress.skipped
            + " of "
            + progress.read
            + " rows can't be taken",
        new JsonObject()
            .put("fields", fields)
            .put("imported", 0)
            .put("skipped", progress.skipped)
            .put("errors", progress.errors));
  }

  private static Rows rows(Call call) throws IOException {
    if (call.spooled().isEmpty()) {
      return ofJson(call.input().body().getJsonArray("words"));
    }
    SpooledBody body = call.spooled().get();
    boolean tabs =
        switch (body.contentType()) {
          case "text/csv" -> false;
          case "text/tab-separated-values", "text/plain" -> true;
          default ->
              throw new ApiException(
                  ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                  "words come as application/json, text/csv or text/tab-separated-values",
                  new JsonObject()
                      .put(
                          "supported",
                          new JsonArray()
                              .add("application/json")
                              .add("text/csv")
                              .add("text/tab-separated-values")
                              .add("text/plain")));
        };
    return ofTable(WordTable.open(Files.newInputStream(body.file()), tabs));
  }

  private static Rows ofJson(JsonArray words) {
    return new Rows() {
      private int at;

      @Override
      public JsonObject next() {
        if (at == words.size()) {
          return null;
        }
        // anything but an object is as good as an empty one: the rules say what is missing
        return words.getValue(at++) instanceof JsonObject row ? row : new JsonObject();
      }

      @Override
      public long number() {
        return at;
      }

      @Override
      public void close() {}
    };
  }

  private static Rows ofTable(WordTable table) {
    return new Rows() {
      private long number;

      @Override
      public JsonObject next() {
        WordTable.Row row = table.next().orElse(null);
        if (row == null) {
          return null;
        }
        number = row.number();
        JsonObject body =
            new JsonObject().put("word", row.word()).put("translation", row.translation());
        row.notes().ifPresent(notes -> body.put("notes", notes));
        return body;
      }

      @Override
      public long number() {
        return number;
      }

      @Override
      public void close() throws IOException {
        table.close();
      }
    };
  }
}
