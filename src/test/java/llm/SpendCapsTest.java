package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import settings.LanguageModel;

/** Spend caps of lessons, jobs and days, in simulated time. */
class SpendCapsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double DOLLARS = 1_000;

  private final VirtualTime time = new VirtualTime();
  private final LocalQuotas quotas = new LocalQuotas(time::millis, Pools.MARGIN.toMillis());
  private final LocalSpends spends = new LocalSpends();
  private final Map<String, Long> costs = new HashMap<>();

  private static LanguageModel paid() {
    return Pools.settings(
        List.of(Pools.provider("openai", URI.create("http://127.0.0.1:9"), 6_000, 0, 20, DOLLARS)),
        List.of(Pools.key("k", "openai", "g")));
  }

  private KeyPools node(LanguageModel settings, ModelCalls calls) {
    return new KeyPools(
        settings,
        Pools.far(time, quotas, 4),
        far(spends),
        calls,
        time,
        usage -> costs.merge(usage.account(), Budget.nanos(usage.costUsd()), Long::sum));
  }

  private SpendStore far(SpendStore store) {
    return changes -> {
      Promise<List<SpendStore.State>> promise = Promise.promise();
      time.after(
          2,
          () -> {
            List<SpendStore.State> states = store.exchange(changes).result();
            time.after(2, () -> promise.complete(states));
          });
      return promise.future();
    };
  }

  private static Question question(String account, int output, List<Budget> budgets) {
    Question plain = Pools.question("s", account, output, HOUR);
    return new Question(
        plain.service(),
        account,
        plain.promptName(),
        plain.messages(),
        plain.schema(),
        output,
        HOUR,
        budgets,
        Cancellation.NEVER);
  }

  private static ModelUnavailable.Reason reason(Future<?> future) {
    return ((ModelUnavailable) future.cause()).reason();
  }

  private long spent(String budget) {
    return spends
        .exchange(List.of(new SpendStore.Change(budget, 0, 0, 0, 0, 0)))
        .result()
        .get(0)
        .spent();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void threeNodesTogetherSpendUpToEachCapAndNoMore(long seed) {
    Random random = new Random(seed);
    SimulatedProvider provider = new SimulatedProvider(time, seed, 6_000, Integer.MAX_VALUE);
    // Half of the calls use less than they may.
    ModelCalls thrifty = new Thrifty(provider, random);
    List<KeyPools> nodes =
        List.of(node(paid(), thrifty), node(paid(), thrifty), node(paid(), thrifty));
    Map<String, Budget> budgets = new HashMap<>();
    for (int job = 0; job < 4; job++) {
      budgets.put("job:" + job, new Budget("job:" + job, 1 + random.nextInt(20)));
    }
    int output = 100 + random.nextInt(400);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String job = "job:" + random.nextInt(4);
      int node = random.nextInt(3);
      // some at once, some one after the other
      time.run(random.nextInt(40));
      replies.add(nodes.get(node).ask(question(job, output, List.of(budgets.get(job)))));
    }
    time.run(HOUR.toMillis() + 10_000);

    assertThat(replies).allMatch(Future::isComplete);
    assertThat(replies.stream().filter(Future::failed))
        .allMatch(reply -> reason(reply) == ModelUnavailable.Reason.BUDGET);
    long price = Budget.nanos((output + 50) * DOLLARS / 1e6);
    budgets.forEach(
        (job, budget) -> {
          assertThat(costs.get(job)).describedAs(job).isLessThanOrEqualTo(budget.cap());
          assertThat(spent(job)).describedAs("counted for " + job).isEqualTo(costs.get(job));
          boolean refused =
              replies.stream().anyMatch(r -> r.failed() && r.cause().getMessage().contains(job));
          if (refused) {
            assertThat(budget.cap() - costs.get(job)).describedAs("left").isLessThan(price);
          }
        });
    assertThat(replies.stream().filter(Future::failed).count()).isPositive();
  }

  /** Answers of any length up to what was allowed. */
  private record Thrifty(ModelCalls calls, Random random) implements ModelCalls {
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
      return calls
          .call(provider, model, format, key, question, limit, unwanted, permit)
          .map(
              result -> {
                ChatReply r = result.reply();
                int out = 1 + random.nextInt(r.tokensOut());
                return new CallResult(
                    new ChatReply(
                        r.text(), r.ending(), "", r.provider(), r.model(), r.tokensIn(), out),
                    null,
                    result.rates(),
                    r.tokensIn() + out);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aStoreThatFailsBeforeOrAfterItHasCountedLetsNobodyExceedACap(long seed) {
    Random random = new Random(seed);
    SpendStore shaky =
        changes -> {
          int luck = random.nextInt(8);
          Promise<List<SpendStore.State>> promise = Promise.promise();
          time.after(
              2,
              () -> {
                if (luck == 0) {
                  promise.fail("not reached");
                  return;
                }
                List<SpendStore.State> states = spends.exchange(changes).result();
                if (luck == 1) {
                  promise.fail("the answer was lost");
                } else {
                  promise.complete(states);
                }
              });
          return promise.future();
        };
    ModelCalls provider =
        new Thrifty(new SimulatedProvider(time, seed, 6_000, Integer.MAX_VALUE), random);
    List<KeyPools> nodes = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      nodes.add(
          new KeyPools(
              paid(),
              Pools.far(time, quotas, 4),
              shaky,
              provider,
              time,
              usage -> costs.merge(usage.account(), Budget.nanos(usage.costUsd()), Long::sum)));
    }
    Budget budget = new Budget("job:1", 20);
    for (int i = 0; i < 200; i++) {
      nodes.get(i % 2).ask(question("job:1", 300, List.of(budget)));
      time.run(random.nextInt(200));
    }
    time.run(HOUR.toMillis());

    assertThat(costs.get("job:1")).isBetween(Budget.nanos(1), budget.cap());
    assertThat(spent("job:1")).isGreaterThanOrEqualTo(costs.get("job:1"));
  }

  @Test
  void whatWouldGoBeyondIsNotMadeAndSaysSo() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    KeyPools pools = node(paid(), provider);

    Future<ChatReply> reply =
        pools.ask(question("job:1", 1_000, List.of(new Budget("job:1", 0.5))));
    time.run(1_000);

    assertThat(reason(reply)).isEqualTo(ModelUnavailable.Reason.BUDGET);
    assertThat(reply.cause()).hasMessageContaining("job:1 (0.5000 USD)");
    assertThat(provider.calls("k")).isZero();
  }

  @Test
  void beyondABudgetFreeModelsAreStillAsked() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    LanguageModel both =
        Pools.settings(
            List.of(
                Pools.provider("openai", URI.create("http://127.0.0.1:9"), 600, 0, 20, DOLLARS),
                Pools.provider("local", 600, 0, 20)),
            List.of(Pools.key("k", "openai", "g"), Pools.key("own", "local", "h")));
    Future<ChatReply> reply =
        node(both, provider).ask(question("job:1", 1_000, List.of(new Budget("job:1", 0.5))));
    time.run(5_000);

    assertThat(reply.result().provider()).isEqualTo("local");
    assertThat(provider.calls("k")).isZero();
  }

  @Test
  void aLessonHasTheSettingsCapHoweverOftenItIsAsked() {
    LanguageModel plain = paid();
    LanguageModel capped =
        new LanguageModel(
            plain.providers(),
            plain.audioOrder(),
            plain.keys(),
            plain.weights(),
            plain.queue(),
            plain.callTimeout(),
            plain.patience(),
            plain.margin(),
            OptionalDouble.of(2.5),
            OptionalDouble.of(1),
            plain.userDailySpendCap(),
            plain.retryShare(),
            settings.KeyFiles.NONE);
    SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
    KeyPools pools = node(capped, provider);
    for (int round = 0; round < 20; round++) {
      for (String account : List.of("lesson-1", "lesson-2", "course:1")) {
        pools.ask(question(account, 200, List.of()));
      }
      time.run(3_000);
    }
    time.run(60_000);

    assertThat(costs.get("lesson-1")).isBetween(Budget.nanos(0.6), Budget.nanos(1));
    assertThat(costs.get("lesson-2")).isBetween(Budget.nanos(0.6), Budget.nanos(1));
    // All of them together are the day's.
    assertThat(costs.values().stream().mapToLong(Long::longValue).sum())
        .isBetween(Budget.nanos(2.2), Budget.nanos(2.5));
    assertThat(pools.available("s")).isTrue();
    pools.ask(question("course:1", 50_000, List.of()));
    time.run(1_000);
    assertThat(spent("lesson-1")).isEqualTo(costs.get("lesson-1"));
  }

  @Test
  void anAttemptWeLeftWhileTheProviderWorkedIsCountedInFull() {
    ModelCalls slow =
        (p, m, f, k, q, limit, unwanted, permit) -> {
          Promise<CallResult> never = Promise.promise();
          time.after(
              limit.toMillis(),
              () ->
                  never.complete(
                      CallResult.failed(ChatFailure.Kind.LOST, "late", CallResult.End.ABANDONED)));
          return never.future();
        };
    KeyPools pools = node(paid(), slow);
    Future<ChatReply> reply = pools.ask(question("job:1", 1_000, List.of(new Budget("job:1", 3))));
    time.run(HOUR.toMillis());

    // Two attempts of 1.02 dollars fit, a third does not.
    assertThat(reason(reply)).isEqualTo(ModelUnavailable.Reason.BUDGET);
    assertThat(costs.get("job:1")).isBetween(Budget.nanos(2), Budget.nanos(2.2));
    assertThat(spent("job:1")).isEqualTo(costs.get("job:1"));
  }
}
