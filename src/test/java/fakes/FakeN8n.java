package fakes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * n8n's Webhook node in its immediate mode, with header authentication: answers what n8n 2.0.0 was
 * seen to answer, has no memory of events, and runs the workflow after it has answered.
 */
public final class FakeN8n implements AutoCloseable {
  private static final String PATH = "/webhook/lesson-ended";

  /** Every run of the workflow, in order. */
  public final List<FakeRequest> runs = new CopyOnWriteArrayList<>();

  public final FakeService service;
  private final String headerValue;
  private volatile boolean active = true;
  private volatile Consumer<JsonObject> workflow = body -> {};

  /**
   * @param headerValue what {@code X-Api-Key} must be
   */
  public FakeN8n(Vertx vertx, String headerValue) {
    this.headerValue = headerValue;
    this.service = FakeService.start(vertx, this::answer);
  }

  public URI webhook() {
    return service.address().resolve(PATH);
  }

  /** What the workflow does with a call's body. */
  public void workflow(Consumer<JsonObject> steps) {
    workflow = steps;
  }

  /** An inactive workflow's webhook is not there; so it is while n8n restarts. */
  public void active(boolean now) {
    active = now;
  }

  private Future<FakeReply> answer(FakeRequest request) {
    if (!active || !request.path().equals(PATH)) {
      return reply(
          404,
          new JsonObject()
              .put("code", 404)
              .put(
                  "message",
                  "The requested webhook \"" + request.method() + " x\" is not registered.")
              .put("hint", "The workflow must be active for a production URL to run."));
    }
    if (!request.method().equals("POST")) {
      return reply(
          404, new JsonObject().put("code", 404).put("message", "This webhook is not registered."));
    }
    if (!headerValue.equals(request.header("X-Api-Key"))) {
      return Future.succeededFuture(
          FakeReply.of(
              403,
              "text/plain",
              io.vertx.core.buffer.Buffer.buffer("Authorization data is wrong!")));
    }
    JsonObject body;
    try {
      body = request.json();
    } catch (RuntimeException malformed) {
      return reply(
          422, new JsonObject().put("code", 422).put("message", "Failed to parse request body"));
    }
    runs.add(request);
    workflow.accept(body);
    return reply(200, new JsonObject().put("message", "Workflow was started"));
  }

  private static Future<FakeReply> reply(int status, JsonObject body) {
    return Future.succeededFuture(FakeReply.json(status, body));
  }

  @Override
  public void close() {
    service.close();
  }
}
