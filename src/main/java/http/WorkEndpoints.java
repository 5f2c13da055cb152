package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import work.Stage;
import work.StageDepth;
import work.WorkQueue;

/** What operators see and steer of the work queues. */
final class WorkEndpoints {
  private static final int MOST_REDRIVEN = 1_000;

  private final List<WorkQueue> queues;

  WorkEndpoints(ApiParts parts) {
    this.queues = List.copyOf(parts.queues());
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("listWork", this::list)
        .add(
            "pauseWork",
            call ->
                steer(
                    call,
                    (queue, stage) ->
                        queue.pauseStage(stage, call.input().body("reason").orElse("")),
                    "paused"))
        .add("resumeWork", call -> steer(call, WorkQueue::resumeStage, "resumed"))
        .add("redriveWork", this::redrive);
  }

  private Future<Reply> list(Call call) {
    return depths()
        .map(
            stages ->
                Reply.ok(
                    new JsonObject()
                        .put("success", true)
                        .put("stages", stages)
                        .put("timestamp", Times.now())));
  }

  private Future<JsonArray> depths() {
    List<Future<List<StageDepth>>> all = queues.stream().map(WorkQueue::depths).toList();
    return Future.all(all)
        .map(
            done -> {
              JsonArray stages = new JsonArray();
              all.forEach(depths -> depths.result().forEach(depth -> stages.add(render(depth))));
              return stages;
            });
  }

  private static JsonObject render(StageDepth depth) {
    return new JsonObject()
        .put("stage", depth.stage().name())
        .put("paused", depth.stopped())
        .put("waiting", depth.due() + depth.later())
        .put("due", depth.due())
        .put("running", depth.running())
        .put("failed", depth.failed())
        .put("paused_items", depth.paused())
        .put("oldest_waiting_seconds", depth.oldest().toMillis() / 1000.0);
  }

  private Future<Reply> redrive(Call call) {
    Place place = place(call);
    return place
        .queue()
        .redriveAll(place.stage(), MOST_REDRIVEN)
        .compose(
            redriven ->
                place
                    .queue()
                    .depths()
                    .map(
                        depths -> {
                          JsonObject body = answer(place.stage(), depths, "queued again");
                          return Reply.ok(body.put("redriven", redriven));
                        }));
  }

  /** A stage and the queue it is of. */
  private record Place(WorkQueue queue, Stage stage) {}

  private Place place(Call call) {
    String name = call.pathSegment("stage");
    for (WorkQueue queue : queues) {
      Optional<Stage> stage =
          queue.table().stages().stream().filter(s -> s.name().equals(name)).findFirst();
      if (stage.isPresent()) {
        return new Place(queue, stage.get());
      }
    }
    throw new ApiException(ErrorCode.NOT_FOUND, "no stage has this name; GET /v1/work lists them");
  }

  private interface Steering {
    Future<Void> apply(WorkQueue queue, Stage stage);
  }

  private Future<Reply> steer(Call call, Steering steering, String done) {
    Place place = place(call);
    return steering
        .apply(place.queue(), place.stage())
        .compose(applied -> place.queue().depths())
        .map(depths -> Reply.ok(answer(place.stage(), depths, done)));
  }

  private static JsonObject answer(Stage stage, List<StageDepth> depths, String done) {
    JsonObject body =
        new JsonObject()
            .put("success", true)
            .put("message", "Stage " + stage.name() + " is " + done);
    depths.stream()
        .filter(depth -> depth.stage().equals(stage))
        .findFirst()
        .ifPresent(depth -> body.mergeIn(render(depth)));
    return body;
  }
}
