package http;

import games.FlashcardCatalogue;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;

/** What there is to play with flashcards beside a learner's own lists. */
final class FlashcardEndpoints {
  private final FlashcardCatalogue catalogue;

  FlashcardEndpoints(Pool mysql) {
    this.catalogue = new FlashcardCatalogue(mysql);
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("listFlashcardTopics", this::topics).add("listFlashcardLessons", this::lessons);
  }

  private Future<Reply> topics(Call call) {
    Input input = call.input();
    return catalogue
        .topics(call.knownLearner(), input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows()
                  .forEach(
                      topic ->
                          rows.add(
                              new JsonObject()
                                  .put("id", topic.id())
                                  .put("name", topic.name())
                                  .put("itemCount", topic.itemCount())));
              return Reply.ok(
                  LegacyTwins.where(
                      call.legacy(), Listing.of(rows, "topics", input, page.total())));
            });
  }

  private Future<Reply> lessons(Call call) {
    Input input = call.input();
    return catalogue
        .lessons(call.knownLearner(), input.query("topicId"), input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows()
                  .forEach(
                      lesson ->
                          rows.add(
                              new JsonObject()
                                  .put("id", lesson.id())
                                  .put("title", lesson.title())
                                  .put(
                                      "lessonDate",
                                      lesson.date() == null ? null : lesson.date().toString())
                                  .put("topicId", lesson.topicId())
                                  .put("itemCount", lesson.itemCount())));
              return Reply.ok(
                  LegacyTwins.where(
                      call.legacy(), Listing.of(rows, "lessons", input, page.total())));
            });
  }
}
