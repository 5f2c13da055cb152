package http;

import games.Word;
import games.WordList;
import games.WordListStore;
import games.WordTransfer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * A13: a whole list as JSON, CSV, lines with tabs or a deck for Anki. A few hundred words are in
 * memory at a time, whatever the list's length.
 */
final class WordExport {
  private final WordListStore lists;
  private final WordTransfer transfer;
  private final DeckExport decks;

  /**
   * @param files a folder for what is not in memory
   */
  WordExport(Pool mysql, Path files) {
    this.lists = new WordListStore(mysql);
    this.transfer = new WordTransfer(mysql);
    this.decks = new DeckExport(transfer, files);
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("exportWords", this::give);
  }

  private enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    TSV("text/tab-separated-values; charset=utf-8"),
    APKG("application/apkg");

    final String type;

    Format(String type) {
      this.type = type;
    }
  }

  private Future<Reply> give(Call call) {
    Format format = format(call);
    return lists
        .find(call.learner(), call.pathSegment("listId"))
        .map(
            found -> {
              WordList list = found.orElseThrow(() -> WordListEndpoints.notFound(call));
              var headers =
                  format == Format.JSON
                      ? Map.of("Content-Type", format.type)
                      : Map.of(
                          "Content-Type",
                          format.type,
                          "Content-Disposition",
                          "attachment; filename=\"words."
                              + format.name().toLowerCase(Locale.ROOT)
                              + "\"");
              return Reply.stream(
                  headers,
                  response -> {
                    response.headers().add("Vary", "Accept");
                    return format == Format.APKG
                        ? decks.write(call, list, response)
                        : write(call, list, format, response);
                  });
            });
  }

  /**
   * The parameter, or else the first type that Accept names and that there is, or else JSON: never
   * 406.
   */
  private static Format format(Call call) {
    Optional<String> named = call.input().query("format");
    if (named.isPresent()) {
      return Format.valueOf(named.get().toUpperCase(Locale.ROOT));
    }
    for (String range : call.header("Accept").orElse("").split(",")) {
      switch (range.split(";")[0].strip().toLowerCase(Locale.ROOT)) {
        case "text/csv":
          return Format.CSV;
        case "text/tab-separated-values":
          return Format.TSV;
        case "application/apkg", "application/vnd.anki":
          return Format.APKG;
        case "application/json":
          return Format.JSON;
        default:
      }
    }
    return Format.JSON;
  }

  private Future<Void> write(Call call, WordList list, Format format, HttpServerResponse response) {
    Buffer start =
        switch (format) {
          case JSON ->
              Buffer.buffer("{\"list\":")
                  .appendBuffer(WordListRendering.list(list, call.legacy()).toBuffer())
                  .appendString(",\"words\":[");
          case CSV ->
              Buffer.buffer(CSVFormat.RFC4180.format("word", "translation", "notes"))
                  .appendString("\r\n");
          case TSV, APKG -> Buffer.buffer();
        };
    String end = format != Format.JSON ? "" : call.legacy() ? "],\"success\":true}" : "]}";
    return steps(call, list, format, response, start, Optional.empty())
        .compose(written -> end.isEmpty() ? Future.succeededFuture() : response.write(end));
  }

  private Future<Void> steps(
      Call call,
      WordList list,
      Format format,
      HttpServerResponse response,
      Buffer before,
      Optional<Word> after) {
    return transfer
        .next(call.learner(), list.id(), after)
        .compose(
            words -> {
              append(before, words, format, after.isEmpty());
              Future<Void> written =
                  before.length() == 0 ? Future.succeededFuture() : response.write(before);
              return words.size() < WordTransfer.STEP
                  ? written
                  // the next words are fetched when these have gone out: a slow reader slows the
                  // reading down
                  : written.compose(
                      out ->
                          steps(
                              call,
                              list,
                              format,
                              response,
                              Buffer.buffer(),
                              Optional.of(words.get(words.size() - 1))));
            });
  }

  private static void append(Buffer text, List<Word> words, Format format, boolean first) {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      switch (format) {
        case JSON ->
            text.appendString(first && i == 0 ? "" : ",")
                .appendBuffer(
                    new JsonObject()
                        .put("word", word.word())
                        .put("translation", word.translation())
                        .put("notes", word.notes().orElse(null))
                        .put("isFavorite", word.favorite())
                        .toBuffer());
        case CSV ->
            text.appendString(
                    CSVFormat.RFC4180.format(
                        word.word(), word.translation(), word.notes().orElse("")))
                .appendString("\r\n");
        case TSV ->
            text.appendString(flat(word.word()))
                .appendString("\t")
                .appendString(flat(word.translation()))
                .appendString(
                    word.notes()
                        .filter(notes -> !notes.isEmpty())
                        .map(notes -> "\t" + flat(notes))
                        .orElse(""))
                .appendString("\n");
        case APKG -> throw new IllegalArgumentException("a deck is no text");
      }
    }
  }

  /** This form has no quotes: what parts columns and rows can't stand inside them. */
  private static String flat(String text) {
    return text.replaceAll("[\\t\\r\\n\\u0085\\u2028\\u2029]+", " ");
  }
}
