package llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import settings.LanguageModel;

/** The pools in simulated time: limits, shares, failures. */
class KeyPoolsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final LocalQuotas store = new LocalQuotas(time::millis, Pools.MARGIN.toMillis());

  private KeyPools node(LanguageModel settings, ModelCalls calls) {
    return new KeyPools(
        settings, Pools.far(time, store, 4), new LocalSpends(), calls, time, Meter.NONE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void twoNodesUseTheWholeQuotaAndNeverMore(long seed) {
    Random random = new Random(seed);
    int requests = 20 + random.nextInt(600);
    int output = 50 + random.nextInt(200);
    // one of the two limits binds, in turns
    boolean byTokens = seed % 2 == 0;
    int perCall = output + Pools.question("s", "a", output, HOUR).inputTokens();
    // Whole calls only: what is left of a limit and too small for a call is nobody's loss.
    int tokens = byTokens ? requests / 2 * perCall : requests * perCall * 3;
    SimulatedProvider provider = new SimulatedProvider(time, seed, requests, tokens);
    LanguageModel settings =
        Pools.settings(
            List.of(Pools.provider("gemini", requests, tokens, 200)),
            List.of(Pools.key("one", "gemini", "g"), Pools.key("two", "gemini", "g")));
    List<KeyPools> nodes = List.of(node(settings, provider), node(settings, provider));
    int minutes = 20;
    int wanted = requests * (minutes + 2);
    for (int i = 0; i < wanted; i++) {
      nodes
          .get(random.nextInt(2))
          .ask(Pools.question("s" + random.nextInt(4), "a" + random.nextInt(9), output, HOUR));
    }

    time.run(minutes * 60_000L);

    assertThat(provider.violations).isZero();
    double granted = byTokens ? (double) tokens * minutes : (double) requests * minutes;
    double used = byTokens ? provider.tokensTaken : provider.answered;
    System.out.printf(
        "seed %d: %.2f %% of the quota used, %d above it%n",
        seed, 100 * used / granted, provider.violations);
    assertThat(used / granted)
        .describedAs("share of the quota, requests %d tokens %d", requests, tokens)
        .isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void callsOfAllSizesKeepTheLimit() {
    Random random = new Random(42);
    SimulatedProvider provider = new SimulatedProvider(time, 42, 60, 30_000);
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("groq", 60, 30_000, 50)),
                List.of(Pools.key("one", "groq", "g"))),
            provider);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      replies.add(pools.ask(Pools.question("s", "a" + i, 50 + random.nextInt(4_000), HOUR)));
    }

    time.run(HOUR.toMillis());

    assertThat(provider.violations).isZero();
    assertThat(replies).allMatch(Future::succeeded);
  }

  @Test
  void noServiceStarves() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 60, 1_000_000);
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("gemini", 60, 1_000_000, 20)),
                List.of(Pools.key("one", "gemini", "g"))),
            provider);
    for (int i = 0; i < 2_000; i++) {
      pools.ask(Pools.question("chapter", "course:" + i % 50, 500, HOUR));
    }
    time.run(60_000);
    List<Future<ChatReply>> few = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      few.add(pools.ask(Pools.question("quiz", "lesson:1", 500, HOUR)));
    }

    // Half of the minute's 60 is its share while both wait.
    time.run(130_000);

    assertThat(few).allMatch(Future::succeeded);
    assertThat(provider.violations).isZero();
  }

  @Test
  void anAccountWithOneJobWaitsAtMostTwiceAsLongAsAlone() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 120, 1_000_000);
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("gemini", 120, 1_000_000, 4)),
                List.of(Pools.key("one", "gemini", "g"))),
            provider);
    for (int i = 0; i < 500; i++) {
      pools.ask(Pools.question("chapter", "user:x", 500, HOUR));
    }
    // ten calls alone, four at a time, take three times the latency of 0.75 to 2.25 s
    for (int i = 0; i < 10; i++) {
      pools.ask(Pools.question("chapter", "user:y", 500, HOUR));
    }
    time.run(13_000);

    assertThat(provider.answers("user:y")).isEqualTo(10);
  }

  @Test
  void weightsAreShares() {
    SimulatedProvider provider = new SimulatedProvider(time, 3, 100, 1_000_000);
    LanguageModel plain =
        Pools.settings(
            List.of(Pools.provider("gemini", 100, 1_000_000, 50)),
            List.of(Pools.key("one", "gemini", "g")));
    LanguageModel weighted =
        new LanguageModel(
            plain.providers(),
            plain.audioOrder(),
            plain.keys(),
            Map.of("chapter", 4),
            plain.queue(),
            plain.callTimeout(),
            plain.patience(),
            plain.margin(),
            plain.dailySpendCap(),
            plain.lessonSpendCap(),
            plain.userDailySpendCap(),
            plain.retryShare(),
            settings.KeyFiles.NONE);
    KeyPools pools = node(weighted, provider);
    for (int i = 0; i < 2_000; i++) {
      pools.ask(Pools.question("chapter", "c", 500, HOUR));
      pools.ask(Pools.question("quiz", "q", 500, HOUR));
    }
    time.run(600_000);

    double share = provider.answers("c") / (double) (provider.answers("c") + provider.answers("q"));
    assertThat(share).isCloseTo(0.8, within(0.02));
  }

  @Test
  void aRefusedKeyIsAskedOnce() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    provider.trouble =
        key ->
            key.alias().equals("bad")
                ? new ChatFailure(ChatFailure.Kind.KEY_REFUSED, 0, "answered 403", 403)
                : null;
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("gemini", 600, 1_000_000, 1)),
                List.of(Pools.key("bad", "gemini", "g"), Pools.key("good", "gemini", "g"))),
            provider);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, HOUR)));
    }
    time.run(300_000);

    assertThat(replies).allMatch(Future::succeeded);
    assertThat(provider.calls("bad")).isEqualTo(1);
  }

  @Test
  void nothingReachesAGroupBeforeItsRetryAfter() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    List<Long> limitedAt = new ArrayList<>();
    List<Long> calledAt = new ArrayList<>();
    provider.trouble =
        key -> {
          if (!key.group().equals("first")) {
            return null;
          }
          calledAt.add(time.millis());
          if (limitedAt.isEmpty()) {
            limitedAt.add(time.millis());
            return new ChatFailure(ChatFailure.Kind.RATE_LIMITED, 7_000, "answered 429", 429);
          }
          return null;
        };
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("gemini", 600, 1_000_000, 1)),
                List.of(Pools.key("one", "gemini", "first"), Pools.key("two", "gemini", "other"))),
            provider);
    for (int i = 0; i < 60; i++) {
      pools.ask(Pools.question("s", "a", 100, HOUR));
    }
    time.run(5_000);
    int byOther = provider.calls("two");
    time.run(60_000);

    assertThat(byOther).isPositive();
    assertThat(calledAt.subList(1, calledAt.size()))
        .isNotEmpty()
        .allMatch(at -> at >= limitedAt.get(0) + 7_000);
  }

  @Test
  void aProviderThatIsDownForAMinuteFailsNothing() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    long until = time.millis() + 60_000;
    provider.trouble =
        key ->
            time.millis() < until
                ? new ChatFailure(ChatFailure.Kind.OVERLOADED, 0, "answered 503", 503)
                : null;
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("gemini", 600, 1_000_000, 8)),
                List.of(Pools.key("one", "gemini", "g"))),
            provider);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, HOUR)));
    }
    time.run(300_000);

    assertThat(replies).allMatch(Future::succeeded);
    // The breaker keeps most calls away meanwhile.
    assertThat(provider.calls("one")).isLessThan(40 + 30);
  }

  @Test
  void theNextProviderServesWhatTheFirstCanNot() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    provider.trouble =
        key ->
            key.provider().equals("gemini")
                ? new ChatFailure(ChatFailure.Kind.DAY_LIMITED, 2_000, "answered 429", 429)
                : null;
    KeyPools pools =
        node(
            Pools.settings(
                List.of(
                    Pools.provider("gemini", 600, 1_000_000, 1),
                    Pools.provider("groq", 600, 1_000_000, 4)),
                List.of(Pools.key("one", "gemini", "g"), Pools.key("two", "groq", "q"))),
            provider);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, HOUR)));
    }
    time.run(600_000);

    assertThat(replies).allMatch(r -> r.succeeded() && r.result().provider().equals("groq"));
    // After three answers in a row that the day's quota is gone, it is left alone.
    assertThat(provider.calls("one")).isLessThanOrEqualTo(3);
  }

  @Test
  void aRetiredModelIsReplacedByTheNextName() {
    List<String> asked = new ArrayList<>();
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    ModelCalls calls =
        (p, model, format, key, question, limit, unwanted, permit) -> {
          asked.add(model);
          return model.equals("model-a")
              ? Future.succeededFuture(CallResult.failed(ChatFailure.Kind.MODEL_GONE, "404"))
              : provider.call(p, model, format, key, question, limit, unwanted, permit);
        };
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("groq", 600, 1_000_000, 1)),
                List.of(Pools.key("one", "groq", "g"))),
            calls);
    Future<ChatReply> first = pools.ask(Pools.question("s", "a", 100, HOUR));
    time.run(10_000);
    Future<ChatReply> second = pools.ask(Pools.question("s", "a", 100, HOUR));
    time.run(10_000);

    assertThat(first.result().model()).isEqualTo("model-b");
    assertThat(second.result().model()).isEqualTo("model-b");
    assertThat(asked).containsExactly("model-a", "model-b", "model-b");
  }

  @Test
  void whatCanNotBeServedFailsAtOnceWithItsReason() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 8_000);
    LanguageModel one =
        Pools.settings(
            List.of(Pools.provider("groq", 600, 8_000, 1)), List.of(Pools.key("k", "groq", "g")));
    KeyPools pools = node(one, provider);

    assertThat(reason(pools.ask(Pools.question("s", "a", 9_000, HOUR))))
        .isEqualTo(ModelUnavailable.Reason.TOO_LARGE);
    assertThat(reason(node(LanguageModel.NONE, provider).ask(Pools.question("s", "a", 9, HOUR))))
        .isEqualTo(ModelUnavailable.Reason.NO_KEY);
    assertThat(pools.contextTokens("s")).isEqualTo(8_000);
  }

  @Test
  void aDeadlineEndsTheWaitForQuota() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 1, 1_000_000);
    KeyPools pools =
        node(
            Pools.settings(
                List.of(Pools.provider("groq", 1, 1_000_000, 4)),
                List.of(Pools.key("k", "groq", "g"))),
            provider);
    Future<ChatReply> first = pools.ask(Pools.question("s", "a", 100, HOUR));
    Future<ChatReply> late = pools.ask(Pools.question("s", "a", 100, Duration.ofSeconds(20)));
    Future<ChatReply> patient = pools.ask(Pools.question("s", "a", 100, HOUR));
    time.run(21_000);

    assertThat(first.succeeded()).isTrue();
    assertThat(reason(late)).isEqualTo(ModelUnavailable.Reason.QUOTA);
    time.run(60_000);
    assertThat(patient.succeeded()).isTrue();
  }

  @Test
  void theSpendCapHolds() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    LanguageModel free =
        Pools.settings(
            List.of(
                Pools.provider(
                    "openai", java.net.URI.create("http://127.0.0.1:9"), 600, 1_000_000, 4, 1_000)),
            List.of(Pools.key("k", "openai", "g")));
    LanguageModel capped =
        new LanguageModel(
            free.providers(),
            free.audioOrder(),
            free.keys(),
            free.weights(),
            free.queue(),
            free.callTimeout(),
            free.patience(),
            free.margin(),
            OptionalDouble.of(1.0),
            free.lessonSpendCap(),
            free.userDailySpendCap(),
            free.retryShare(),
            settings.KeyFiles.NONE);
    double[] spent = {0};
    KeyPools pools =
        new KeyPools(
            capped, store, new LocalSpends(), provider, time, usage -> spent[0] += usage.costUsd());
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, HOUR)));
    }
    time.run(60_000);

    assertThat(spent[0]).isPositive().isLessThanOrEqualTo(1.0);
    assertThat(reason(replies.get(29))).isEqualTo(ModelUnavailable.Reason.DAY_BUDGET);
  }

  private static ModelUnavailable.Reason reason(Future<?> future) {
    assertThat(future.cause()).isInstanceOf(ModelUnavailable.class);
    return ((ModelUnavailable) future.cause()).reason();
  }
}
