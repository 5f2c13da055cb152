package http;

import games.SpellingWords;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;

/** Words to spell without a session. */
final class SpellingEndpoints {
  private final SpellingWords words;

  SpellingEndpoints(Pool mysql) {
    this.words = new SpellingWords(mysql);
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("listSpellingWords", this::draw);
  }

  private Future<Reply> draw(Call call) {
    Input input = call.input();
    return words
        .draw(call.learner(), input.query("class_id"), input.query("difficulty"), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(rows::add);
              return Reply.ok(LegacyTwins.add(Listing.of(rows, "words", input, page.total())));
            });
  }
}
