package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import lessons.SetStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transcripts in the request, exercises in the answer: H1 and H2. */
final class ProcessEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessEndpoints.class);
  private static final int ENTRIES_AT_ONCE = 2;

  private final Generation generation;
  private final SetStore sets;
  private final boolean approved;
  private final BiFunction<JsonObject, Integer, JsonObject> compactView;
  private final RequestRules entryRules;

  /**
   * @param entryRules of one transcript, which a batch's entries follow too
   */
  ProcessEndpoints(ApiParts parts, RequestRules entryRules) {
    this.generation = new Generation(parts.generator());
    this.sets = parts.sets();
    this.approved = parts.settings().approval().automatic();
    this.compactView = parts.compactView();
    this.entryRules = entryRules;
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("process", this::process).add("processBatch", this::batch);
  }

  private Future<Reply> process(Call call) {
    long start = System.nanoTime();
    JsonObject entry = call.input().body();
    return result(entry, call.traceId())
        .map(
            result -> {
              int number = entry.getInteger("lesson_number");
              JsonObject body =
                  new JsonObject()
                      .put("success", true)
                      .put("message", "Lesson " + number + " processed")
                      .mergeIn(result);
              JsonArray lessons =
                  new JsonArray().add(compactView.apply(result.getJsonObject("exercises"), number));
              return Reply.ok(finish(body.put("lessons", lessons), start));
            });
  }

  private Future<Reply> batch(Call call) {
    long start = System.nanoTime();
    JsonArray entries = call.input().body().getJsonArray("transcripts");
    List<JsonObject> results = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      results.add(null);
    }
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < ENTRIES_AT_ONCE; lane++) {
      lanes.add(run(entries, lane, results, call.traceId()));
    }
    return Future.all(lanes).map(done -> Reply.ok(finish(render(results), start)));
  }

  /** Every {@code ENTRIES_AT_ONCE}-th entry from {@code index} on, one after the other. */
  private Future<Void> run(JsonArray entries, int index, List<JsonObject> results, String traceId) {
    if (index >= entries.size()) {
      return Future.succeededFuture();
    }
    return entry(entries.getJsonObject(index), traceId)
        .compose(
            result -> {
              results.set(index, result);
              return run(entries, index + ENTRIES_AT_ONCE, results, traceId);
            });
  }

  /** Never fails: an entry's failure is part of its result. */
  private Future<JsonObject> entry(JsonObject entry, String traceId) {
    try {
      entryRules.checkObject(entry);
    } catch (ApiException broken) {
      return Future.succeededFuture(failed(entry, broken.code(), broken.getMessage()));
    }
    return result(entry, traceId)
        .recover(
            failure -> {
              if (failure instanceof ApiException known) {
                return Future.succeededFuture(failed(entry, known.code(), known.getMessage()));
              }
              LOG.atWarn()
                  .addKeyValue("traceId", traceId)
                  .setCause(failure)
                  .log("an entry of a batch could not be processed");
              return Future.succeededFuture(
                  Problems.isUnavailable(failure)
                      ? failed(
                          entry,
                          ErrorCode.SERVICE_UNAVAILABLE,
                          "no node generates exercises at present; try again shortly")
                      : failed(
                          entry, ErrorCode.INTERNAL_ERROR, "the exercises could not be generated"));
            });
  }

  private static JsonObject failed(JsonObject entry, ErrorCode code, String message) {
    int number = entry.getValue("lesson_number") instanceof Integer given ? given : 1;
    JsonObject none = ExerciseSets.complete(new JsonObject());
    return new JsonObject()
        .put("lesson_number", number)
        .put("stored", false)
        .putNull("exercises_id")
        .put("exercises", none)
        .put(
            "metadata",
            Generation.metadata(none, number).put("status", "error").put("quality_passed", false))
        .put("error", new JsonObject().put("code", code.name()).put("message", message));
  }

  private JsonObject render(List<JsonObject> results) {
    JsonArray lessons = new JsonArray();
    int failed = 0;
    for (JsonObject result : results) {
      JsonObject compact =
          compactView.apply(result.getJsonObject("exercises"), result.getInteger("lesson_number"));
      if (result.containsKey("error")) {
        failed++;
        compact.put("error", result.getJsonObject("error").copy());
      }
      lessons.add(compact);
    }
    int done = results.size() - failed;
    return new JsonObject()
        .put("success", done > 0)
        .put("message", done + " of " + results.size() + " transcripts processed")
        .put("lessons", lessons)
        .put("results", new JsonArray(results));
  }

  /** What H1 answers but for its envelope. */
  private Future<JsonObject> result(JsonObject entry, String traceId) {
    int number = entry.getInteger("lesson_number");
    JsonObject request =
        new JsonObject()
            .put("transcript", entry.getString("transcript"))
            .put("lesson_number", number);
    Optional.ofNullable(entry.getString("language"))
        .ifPresent(language -> request.put("language", language));
    if (Boolean.TRUE.equals(entry.getBoolean("explain"))) {
      request.put("explain", true);
    }
    return generation
        .generate(request)
        .compose(
            set -> {
              JsonObject result =
                  new JsonObject()
                      .put("lesson_number", number)
                      .put("stored", false)
                      .putNull("exercises_id");
              if (set.remove("explain") instanceof JsonObject explain) {
                result.put("explain", explain);
              }
              result.put("exercises", set).put("metadata", Generation.metadata(set, number));
              return owner(entry, number, set)
                  .map(owned -> store(owned, result, traceId))
                  .orElse(Future.succeededFuture(result));
            });
  }

  /** Whose set it is, when all three ids are there. */
  private static Optional<SetStore.NewSet> owner(JsonObject entry, int number, JsonObject set) {
    String user = entry.getString("user_id", "");
    String teacher = entry.getString("teacher_id", "");
    String clazz = entry.getString("class_id", "");
    boolean owned =
        user != null
            && teacher != null
            && clazz != null
            && !user.isBlank()
            && !teacher.isBlank()
            && !clazz.isBlank();
    return owned
        ? Optional.of(new SetStore.NewSet(Optional.empty(), user, teacher, clazz, number, set))
        : Optional.empty();
  }

  private Future<JsonObject> store(SetStore.NewSet owned, JsonObject result, String traceId) {
    return sets.store(owned, approved)
        .map(id -> result.put("stored", true).put("exercises_id", id))
        .recover(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("traceId", traceId)
                  .setCause(failure)
                  .log("a generated set could not be stored; it is answered all the same");
              result
                  .getJsonObject("metadata")
                  .put(
                      "store_error",
                      "the store did not take the set; send the transcript again to have it"
                          + " stored");
              return Future.succeededFuture(result);
            });
  }

  private static JsonObject finish(JsonObject body, long start) {
    return body.put("processing_time_seconds", Generation.seconds(start))
        .put("timestamp", Times.now());
  }
}
