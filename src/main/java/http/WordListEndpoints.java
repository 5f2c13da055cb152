package http;

import games.NewWordList;
import games.WordFilter;
import games.WordList;
import games.WordListChange;
import games.WordListFilter;
import games.WordListStore;
import games.WordStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A learner's word lists: A1 to A6. */
final class WordListEndpoints {
  private final WordListStore lists;
  private final WordStore words;

  WordListEndpoints(Pool mysql) {
    this.lists = new WordListStore(mysql);
    this.words = new WordStore(mysql);
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("listWordLists", this::list)
        .add("createWordList", this::create)
        .add("getWordList", this::get)
        .add("updateWordList", this::update)
        .add("deleteWordList", this::delete)
        .add("favoriteWordList", this::favorite);
  }

  private Future<Reply> list(Call call) {
    Input input = call.input();
    WordListFilter.Sort sort =
        switch (MemberNames.plain(input.query("sort").orElseThrow())) {
          case "updatedat" -> WordListFilter.Sort.UPDATED;
          case "name" -> WordListFilter.Sort.NAME;
          default -> WordListFilter.Sort.CREATED;
        };
    boolean ascending =
        input.query("order").map("asc"::equals).orElse(sort == WordListFilter.Sort.NAME);
    var filter =
        new WordListFilter(
            input.query("search"), favorites(input), input.query("classId"), sort, ascending);
    return lists
        .list(call.learner(), filter, input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(list -> rows.add(WordListRendering.list(list, call.legacy())));
              return Reply.ok(Listing.of(rows, null, input, page.total()));
            });
  }

  private Future<Reply> create(Call call) {
    JsonObject body = call.input().body();
    var wanted =
        new NewWordList(
            body.getString("name"),
            Optional.ofNullable(body.getString("description")),
            Optional.ofNullable(body.getString("classId")),
            body.getBoolean("isFavorite"));
    return lists
        .create(call.learner(), wanted, call.settling(list -> created(list, call)))
        .map(list -> created(list, call));
  }

  private static Reply created(WordList list, Call call) {
    return Reply.created(
        "/v1/word-lists/" + list.id(), WordListRendering.list(list, call.legacy()));
  }

  private Future<Reply> get(Call call) {
    Input input = call.input();
    boolean withWords =
        input
            .query("include")
            .map(
                tokens ->
                    Arrays.stream(tokens.split(",")).map(String::strip).anyMatch("words"::equals))
            .orElse(false);
    String id = call.pathSegment("listId");
    if (!withWords) {
      return lists
          .find(call.learner(), id)
          .map(
              list ->
                  Reply.ok(
                      WordListRendering.list(
                          list.orElseThrow(() -> notFound(call)), call.legacy())));
    }
    var list = lists.find(call.learner(), id);
    var inside =
        words.page(
            call.learner(),
            id,
            new WordFilter(input.query("search"), favorites(input)),
            input.page(),
            input.limit());
    return Future.all(list, inside)
        .map(
            both -> {
              var own = list.result().orElseThrow(() -> notFound(call));
              var found = inside.result().orElseThrow(() -> notFound(call));
              JsonArray rows = new JsonArray();
              found.rows().forEach(word -> rows.add(WordListRendering.word(word, call.legacy())));
              JsonObject body = WordListRendering.list(own, call.legacy());
              JsonObject page =
                  new JsonObject()
                      .put("data", rows)
                      .put(
                          "pagination",
                          new JsonObject()
                              .put("page", input.page())
                              .put("limit", input.limit())
                              .put("total", found.total()));
              String tag = EntityTags.of(EntityTags.current(call, body), page.toBuffer());
              return new Reply(200, body.put("words", page), null, Map.of("ETag", tag));
            });
  }

  private Future<Reply> update(Call call) {
    JsonObject body = call.input().body();
    Changes.requireOne(body, "name", "description", "isFavorite", "classId");
    var change =
        new WordListChange(
            body.getString("name"),
            Changes.clearable(body, "description"),
            Changes.clearable(body, "classId"),
            body.getBoolean("isFavorite"));
    return lists
        .change(
            call.learner(),
            call.pathSegment("listId"),
            list -> EntityTags.require(call, WordListRendering.list(list, call.legacy())),
            list -> change,
            (tx, list) -> call.settle(tx, Reply.ok(WordListRendering.list(list, call.legacy()))))
        .map(
            list ->
                Reply.ok(
                    WordListRendering.list(list.orElseThrow(() -> notFound(call)), call.legacy())));
  }

  private Future<Reply> delete(Call call) {
    return lists
        .remove(
            call.learner(),
            call.pathSegment("listId"),
            list -> EntityTags.require(call, WordListRendering.list(list, call.legacy())),
            (tx, list) -> call.settle(tx, Reply.noContent()))
        .map(
            removed -> {
              if (!removed) {
                throw notFound(call);
              }
              return Reply.noContent();
            });
  }

  private Future<Reply> favorite(Call call) {
    Boolean wanted = call.input().body().getBoolean("isFavorite");
    return lists
        .change(
            call.learner(),
            call.pathSegment("listId"),
            list -> {},
            list ->
                new WordListChange(null, null, null, wanted == null ? !list.favorite() : wanted),
            (tx, list) ->
                call.settle(
                    tx, Reply.ok(WordListRendering.favorite(list.favorite(), call.legacy()))))
        .map(
            list ->
                Reply.ok(
                    WordListRendering.favorite(
                        list.orElseThrow(() -> notFound(call)).favorite(), call.legacy())));
  }

  static Optional<Boolean> favorites(Input input) {
    return Optional.ofNullable(input.query().getBoolean("favorite"));
  }

  /** The list of the path is missing, or somebody else's, which is the same. */
  static ApiException notFound(Call call) {
    return new ApiException(
        ErrorCode.WORD_LIST_NOT_FOUND,
        "Word list not found",
        new JsonObject().put("id", call.pathSegment("listId")));
  }
}
