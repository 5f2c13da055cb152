package llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import outbound.Answer;
import outbound.Clearance;
import outbound.Client;
import outbound.Failure;
import outbound.Request;
import outbound.Service;
import settings.LanguageModel;

/**
 * Calls providers over HTTP. One attempt each: which key and provider comes next after a failure is
 * the pools' to decide.
 */
public final class HttpCalls implements ModelCalls {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 8 << 20;
  // The pools bound calls by quota group.
  private static final int CONNECTIONS = 1_024;

  private final Vertx vertx;
  private final Duration callTimeout;
  private final MeterRegistry registry;
  private final Map<String, Client> clients = new HashMap<>();

  public HttpCalls(
      Vertx vertx,
      List<LanguageModel.Provider> providers,
      Duration callTimeout,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.callTimeout = callTimeout;
    this.registry = registry;
    know(providers);
  }

  /** Can call these too from now on. */
  void know(List<LanguageModel.Provider> providers) {
    providers.forEach(
        provider -> clients.computeIfAbsent(provider.name(), name -> client(provider)));
  }

  private Client client(LanguageModel.Provider provider) {
    return Client.of(
        vertx,
        Service.of("llm-" + provider.name(), provider.baseUrl())
            .withTimeouts(CONNECT, callTimeout, callTimeout)
            .withRetries(1, Duration.ofMillis(1), Duration.ofMillis(1))
            .withConcurrency(CONNECTIONS, CONNECTIONS)
            .withBreaker(Integer.MAX_VALUE, Duration.ofSeconds(1))
            .withMaxAnswerBytes(MOST_BYTES),
        registry);
  }

  @Override
  public Future<CallResult> call(
      LanguageModel.Provider provider,
      String model,
      LanguageModel.ResponseFormat format,
      LanguageModel.Key key,
      Question question,
      Duration limit,
      Future<?> unwanted,
      Permit permit) {
    long begun = System.nanoTime();
    Request request =
        signed(Request.post("/chat/completions"), key)
            .withJson(ChatWire.request(provider, model, format, question))
            .within(limit)
            .withAttemptTimeout(limit)
            .withClassifier(answer -> Optional.empty());
    return clients
        .get(provider.name())
        .send(request, unwanted, clearance(permit))
        .map(answer -> result(provider, model, answer))
        .recover(
            error ->
                Future.succeededFuture(
                    CallResult.failed(
                        ChatFailure.Kind.LOST,
                        error.getMessage(),
                        end(error, unwanted, System.nanoTime() - begun >= limit.toNanos()))));
  }

  private static Clearance clearance(Permit permit) {
    return new Clearance() {
      @Override
      public boolean given() {
        return permit.leave();
      }

      @Override
      public void used() {
        permit.left();
      }
    };
  }

  private static CallResult.End end(Throwable error, Future<?> unwanted, boolean outOfTime) {
    if (error instanceof Failure failure && !failure.perhapsDone()) {
      return CallResult.End.UNSENT;
    }
    return unwanted.isComplete() || outOfTime ? CallResult.End.ABANDONED : CallResult.End.OVER;
  }

  private static Request signed(Request request, LanguageModel.Key key) {
    return key.secret().map(secret -> request.withBearer(secret.reveal())).orElse(request);
  }

  static CallResult result(LanguageModel.Provider provider, String model, Answer answer) {
    RateHeaders rates = RateHeaders.of(answer.headers()::get);
    if (!answer.ok()) {
      String written = ChatErrors.failedGeneration(answer);
      return written == null
          ? new CallResult(null, ChatErrors.of(answer), rates, -1)
          : new CallResult(
              new ChatReply(written, ChatReply.Ending.OTHER, "", provider.name(), model, 0, 0),
              null,
              rates,
              -1);
    }
    ChatReply reply = ChatWire.reply(provider.name(), model, answer.json());
    if (reply == null) {
      ChatFailure failure = ChatErrors.within(answer);
      return new CallResult(
          null,
          failure == null
              ? new ChatFailure(
                  ChatFailure.Kind.LOST, 0, "answered 200 without a completion", answer.status())
              : failure,
          rates,
          -1);
    }
    int used = reply.tokensIn() + reply.tokensOut();
    return new CallResult(reply, null, rates, used > 0 ? used : -1);
  }

  /**
   * The models a provider lists for a key.
   *
   * @return fails when the provider can't be asked or refuses the key; empty when it has no list
   */
  public Future<Set<String>> models(LanguageModel.Provider provider, LanguageModel.Key key) {
    return clients
        .get(provider.name())
        .send(signed(Request.get("/models"), key).within(LIST_LIMIT))
        .map(
            answer ->
                answer.json().getValue("data") instanceof JsonArray data
                    ? data.stream()
                        .filter(JsonObject.class::isInstance)
                        // Gemini lists "models/name" for what is asked as "name".
                        .map(
                            item ->
                                String.valueOf(((JsonObject) item).getValue("id"))
                                    .replaceFirst("^models/", ""))
                        .collect(Collectors.toSet())
                    : Set.of());
  }

  public Future<Void> close() {
    return Future.join(clients.values().stream().map(Client::close).toList()).mapEmpty();
  }
}
