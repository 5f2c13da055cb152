package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import messages.Addresses;

/**
 * The models as seen from a node or an actor that holds no keys: asks LanguageModel, here or on
 * another node. It asks every few seconds which services have models, so that {@link
 * #available(String)} never waits; with nobody there, asking costs nothing.
 */
public final class ModelOverBus implements Chat {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(3);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final long timer;
  private volatile JsonObject contexts = new JsonObject();

  private ModelOverBus(Vertx vertx) {
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(LOOK.toMillis(), id -> look());
  }

  /** A model whose calls go over the bus; {@link #close()} it when its actor stops. */
  public static ModelOverBus of(Vertx vertx) {
    ModelOverBus model = new ModelOverBus(vertx);
    model.look();
    return model;
  }

  /** This as a model that gives valid objects. */
  public Model model() {
    return new StructuredCall(this);
  }

  /**
   * The same, with answers judged and used on other threads than the event loops', which long
   * checks would hold up.
   *
   * @param ahead whether somebody waits for what comes of its calls, see {@link Question#ahead()}
   */
  public Model model(Executor judges, boolean ahead) {
    ModelOverBus bus = this;
    return new StructuredCall(
        new Chat() {
          @Override
          public boolean available(String service) {
            return bus.available(service);
          }

          @Override
          public int contextTokens(String service) {
            return bus.contextTokens(service);
          }

          @Override
          public Future<ChatReply> ask(Question question) {
            Promise<ChatReply> answer = Promise.promise();
            bus.ask(ahead ? question.asAhead() : question)
                .onComplete(done -> judges.execute(() -> answer.handle(done)));
            return answer.future();
          }
        });
  }

  /** Asks now who is there; completes with the answer in place, never fails. */
  public Future<Void> look() {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.LLM_STATUS,
            new JsonObject(),
            new DeliveryOptions().setSendTimeout(LOOK_LIMIT.toMillis()))
        .transform(
            answer -> {
              contexts =
                  answer.succeeded()
                      ? answer.result().body().getJsonObject("context_tokens", new JsonObject())
                      : new JsonObject();
              return Future.succeededFuture();
            });
  }

  @Override
  public boolean available(String service) {
    return contextTokens(service) > 0;
  }

  @Override
  public int contextTokens(String service) {
    JsonObject known = contexts;
    return known.getInteger(service, known.getInteger(PoolCount.ANY, 0));
  }

  @Override
  public Future<ChatReply> ask(Question question) {
    Cancellation cancellation = question.cancellation();
    if (cancellation.cancelled()) {
      return Future.failedFuture(called(question));
    }
    String id = UUID.randomUUID().toString();
    Promise<ChatReply> answer = Promise.promise();
    vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.LLM_COMPLETE,
            question.toJson().put("id", id),
            new DeliveryOptions().setSendTimeout(question.deadline().plus(GRACE).toMillis()))
        .map(reply -> ChatReply.of(reply.body()))
        .recover(error -> Future.failedFuture(failure(error)))
        .onComplete(answer::tryComplete, answer::tryFail);
    Runnable over =
        cancellation.onCancel(
            () -> {
              // Whoever has the keys lets go of them; nobody here waits for that.
              if (answer.tryFail(called(question))) {
                vertx.eventBus().publish(Addresses.LLM_CANCEL, id);
              }
            });
    return answer.future().onComplete(done -> over.run());
  }

  private static ModelUnavailable called(Question question) {
    return new ModelUnavailable(
        ModelUnavailable.Reason.CANCELLED,
        "a call for " + question.service() + " was called off by whoever asked");
  }

  private static ModelUnavailable failure(Throwable error) {
    if (!(error instanceof ReplyException reply)) {
      return new ModelUnavailable(ModelUnavailable.Reason.PROVIDER, error.toString());
    }
    if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
      return new ModelUnavailable(
          ModelUnavailable.Reason.NO_KEY, "no node runs LanguageModel with a key");
    }
    if (reply.failureType() == ReplyFailure.TIMEOUT) {
      return new ModelUnavailable(
          ModelUnavailable.Reason.DEADLINE, "LanguageModel did not answer in time");
    }
    ModelUnavailable.Reason[] reasons = ModelUnavailable.Reason.values();
    int code = reply.failureCode();
    return new ModelUnavailable(
        code >= 0 && code < reasons.length ? reasons[code] : ModelUnavailable.Reason.PROVIDER,
        reply.getMessage());
  }

  /** Stops looking. */
  public void close() {
    vertx.cancelTimer(timer);
  }
}
