package http;

import games.SpellingWords;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

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
    // who names a page goes from one to the next; who does not wants other words each time
    Optional<String> order =
        input.query().containsKey("page")
            ? Optional.of(call.learner() + " " + LocalDate.now(ZoneOffset.UTC))
            : Optional.empty();
    var filter = new SpellingWords.Filter(input.query("class_id"), input.query("difficulty"));
    return words
        .draw(call.learner(), filter, order, input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(rows::add);
              return Reply.ok(LegacyTwins.add(Listing.of(rows, "words", input, page.total())));
            });
  }
}
