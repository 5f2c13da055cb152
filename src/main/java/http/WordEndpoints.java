package http;

import games.NewWord;
import games.Word;
import games.WordChange;
import games.WordFilter;
import games.WordStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Optional;

/** The words of a list: A7 to A12. */
final class WordEndpoints {
  private final WordStore words;

  WordEndpoints(Pool mysql) {
    this.words = new WordStore(mysql);
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("listWords", this::list)
        .add("createWord", this::create)
        .add("getWord", this::get)
        .add("updateWord", this::update)
        .add("deleteWord", this::delete)
        .add("favoriteWord", this::favorite);
  }

  private Future<Reply> list(Call call) {
    Input input = call.input();
    var filter = new WordFilter(input.query("search"), WordListEndpoints.favorites(input));
    return words
        .page(call.learner(), call.pathSegment("listId"), filter, input.page(), input.limit())
        .map(
            found -> {
              var page = found.orElseThrow(() -> WordListEndpoints.notFound(call));
              JsonArray rows = new JsonArray();
              page.rows().forEach(word -> rows.add(WordListRendering.word(word, call.legacy())));
              return Reply.ok(Listing.of(rows, "words", input, page.total()));
            });
  }

  private Future<Reply> create(Call call) {
    JsonObject body = call.input().body();
    var wanted =
        new NewWord(
            body.getString("word"),
            body.getString("translation"),
            Optional.ofNullable(body.getString("notes")),
            Optional.ofNullable(body.getString("difficulty")),
            Optional.ofNullable(body.getString("exampleSentence")),
            body.getBoolean("isFavorite"));
    return words
        .add(
            call.learner(),
            call.pathSegment("listId"),
            wanted,
            list -> {
              if (list.wordCount() >= WordStore.MOST_WORDS) {
                throw full(list.wordCount());
              }
            },
            (tx, word) -> call.settle(tx, created(word, call)))
        .map(word -> created(word.orElseThrow(() -> WordListEndpoints.notFound(call)), call));
  }

  static ApiException full(int there) {
    return new ApiException(
        ErrorCode.CONFLICT,
        "a list takes "
            + WordStore.MOST_WORDS
            + " words and this one has "
            + there
            + ": start another list",
        new JsonObject().put("limit", WordStore.MOST_WORDS));
  }

  private static Reply created(Word word, Call call) {
    return Reply.created(
        "/v1/word-lists/" + word.listId() + "/words/" + word.id(),
        WordListRendering.word(word, call.legacy()));
  }

  private Future<Reply> get(Call call) {
    return words
        .find(call.learner(), call.pathSegment("listId"), call.pathSegment("wordId"))
        .map(found -> Reply.ok(WordListRendering.word(require(found, call), call.legacy())));
  }

  private Future<Reply> update(Call call) {
    JsonObject body = call.input().body();
    Changes.requireOne(
        body, "word", "translation", "notes", "isFavorite", "difficulty", "exampleSentence");
    var change =
        new WordChange(
            body.getString("word"),
            body.getString("translation"),
            Changes.clearable(body, "notes"),
            Changes.clearable(body, "difficulty"),
            Changes.clearable(body, "exampleSentence"),
            body.getBoolean("isFavorite"));
    return words
        .change(
            call.learner(),
            call.pathSegment("listId"),
            call.pathSegment("wordId"),
            word -> EntityTags.require(call, WordListRendering.word(word, call.legacy())),
            word -> change,
            (tx, word) -> call.settle(tx, Reply.ok(WordListRendering.word(word, call.legacy()))))
        .map(found -> Reply.ok(WordListRendering.word(require(found, call), call.legacy())));
  }

  private Future<Reply> delete(Call call) {
    return words
        .remove(
            call.learner(),
            call.pathSegment("listId"),
            call.pathSegment("wordId"),
            word -> EntityTags.require(call, WordListRendering.word(word, call.legacy())),
            (tx, word) -> call.settle(tx, Reply.noContent()))
        .map(
            found -> {
              require(found, call);
              return Reply.noContent();
            });
  }

  private Future<Reply> favorite(Call call) {
    Boolean wanted = call.input().body().getBoolean("isFavorite");
    return words
        .change(
            call.learner(),
            call.pathSegment("listId"),
            call.pathSegment("wordId"),
            word -> {},
            word ->
                new WordChange(
                    null, null, null, null, null, wanted == null ? !word.favorite() : wanted),
            (tx, word) ->
                call.settle(
                    tx, Reply.ok(WordListRendering.favorite(word.favorite(), call.legacy()))))
        .map(
            found ->
                Reply.ok(
                    WordListRendering.favorite(require(found, call).favorite(), call.legacy())));
  }

  private static Word require(WordStore.Found found, Call call) {
    if (!found.listThere()) {
      throw WordListEndpoints.notFound(call);
    }
    return found
        .word()
        .orElseThrow(
            () ->
                new ApiException(
                        ErrorCode.UNKNOWN_WORD,
                        "Word not found in this list",
                        new JsonObject()
                            .put("invalidIds", new JsonArray().add(call.pathSegment("wordId"))))
                    .asMissing());
  }
}
