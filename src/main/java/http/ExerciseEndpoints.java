package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lessons.Page;
import lessons.SetStore;
import lessons.StoredSet;

/** Generated sets of a class: H9. */
final class ExerciseEndpoints {
  private static final String APPROVED = "approved";

  private final SetStore sets;

  ExerciseEndpoints(ApiParts parts) {
    this.sets = parts.sets();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("listExercises", this::list);
  }

  private Future<Reply> list(Call call) {
    Input input = call.input();
    Optional<String> learner = call.caller().onlyLearner();
    // older words for a set that no teacher has judged yet
    Optional<String> status =
        input
            .query("status")
            .map(
                word ->
                    word.equals("pending_review") || word.equals("completed")
                        ? "pending_approval"
                        : word);
    // learners never see what no teacher has approved, not even as a set
    if (learner.isPresent() && !status.orElse(APPROVED).equals(APPROVED)) {
      return Future.succeededFuture(
          Reply.ok(render(new Page<>(List.of(), 0), input, call.legacy())));
    }
    // A hundred sets are megabytes of JSON: written on a worker thread, not in the way of other
    // requests.
    return sets.ofClass(
            input.query("class_id").orElseThrow(),
            learner.or(() -> input.query("user_id")),
            learner.isPresent() ? Optional.of(APPROVED) : status,
            input.page(),
            input.limit())
        .compose(
            page ->
                call.vertx()
                    .executeBlocking(() -> render(page, input, call.legacy()).toBuffer(), false))
        .map(json -> Reply.bytes("application/json", json, Map.of()));
  }

  private JsonObject render(Page<StoredSet> page, Input input, boolean legacy) {
    JsonArray rows = new JsonArray();
    for (StoredSet set : page.rows()) {
      rows.add(legacy ? ExerciseSets.legacyRow(set) : ExerciseSets.row(set));
    }
    int count = rows.size();
    return Listing.of(rows, "exercises", input, page.total())
        .put(
            "message",
            count == 0
                ? "No exercise sets found"
                : count + (count == 1 ? " exercise set found" : " exercise sets found"))
        .put("timestamp", Times.now());
  }
}
