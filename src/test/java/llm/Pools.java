package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import settings.LanguageModel;
import settings.Secret;

/** Settings, questions and stores for tests of the pools. */
final class Pools {
  static final Duration MARGIN = Duration.ofMillis(250);

  private Pools() {}

  static LanguageModel.Provider provider(String name, int requests, int tokens, int concurrency) {
    return provider(name, URI.create("http://127.0.0.1:9"), requests, tokens, concurrency, 0);
  }

  static LanguageModel.Provider provider(
      String name, URI base, int requests, int tokens, int concurrency, double price) {
    return new LanguageModel.Provider(
        name,
        base,
        List.of("model-a", "model-b"),
        requests,
        tokens,
        0,
        0,
        concurrency,
        100_000,
        price,
        price,
        LanguageModel.ResponseFormat.AUTO,
        "",
        "",
        OptionalDouble.empty());
  }

  static LanguageModel.Key key(String alias, String provider, String group, String... services) {
    return new LanguageModel.Key(
        alias, provider, group, Set.of(services), Optional.of(new Secret("test-" + alias)));
  }

  static LanguageModel settings(
      List<LanguageModel.Provider> providers, List<LanguageModel.Key> keys) {
    return settings(providers, keys, Duration.ofSeconds(30));
  }

  static LanguageModel settings(
      List<LanguageModel.Provider> providers, List<LanguageModel.Key> keys, Duration callTimeout) {
    return new LanguageModel(
        providers,
        List.of(),
        keys,
        Map.of(),
        100_000,
        callTimeout,
        Duration.ofSeconds(2),
        MARGIN,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        LanguageModel.RETRY_SHARE,
        settings.KeyFiles.NONE);
  }

  static Question question(String service, String account, int outputTokens, Duration deadline) {
    return new Question(
        service,
        account,
        "test",
        List.of(ChatMessage.user("x")),
        new JsonObject().put("type", "object"),
        outputTokens,
        deadline);
  }

  /** A store that several nodes share, each a round trip away. */
  static QuotaStore far(Timers time, QuotaStore store, long roundTrip) {
    return report -> {
      Promise<QuotaStore.Grant> promise = Promise.promise();
      time.after(
          roundTrip / 2,
          () -> {
            Future<QuotaStore.Grant> grant = store.exchange(report);
            time.after(roundTrip / 2, () -> promise.complete(grant.result()));
          });
      return promise.future();
    };
  }
}
