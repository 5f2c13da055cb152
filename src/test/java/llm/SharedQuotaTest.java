package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import settings.LanguageModel;

/** Nodes that share a quota by leased blocks, in simulated time. */
class SharedQuotaTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final LocalQuotas store = new LocalQuotas(time::millis, Pools.MARGIN.toMillis());

  /** One process: what it still had to do is not done once it is dead. */
  private final class Node implements Timers {
    private final KeyPools pools;
    private boolean dead;

    Node(LanguageModel settings, ModelCalls calls) {
      this(settings, calls, Pools.far(time, store, 4));
    }

    Node(LanguageModel settings, ModelCalls calls, QuotaStore quotas) {
      pools = new KeyPools(settings, quotas, new LocalSpends(), calls, this, Meter.NONE);
    }

    @Override
    public long millis() {
      return time.millis();
    }

    @Override
    public void after(long delayMillis, Runnable task) {
      time.after(
          delayMillis,
          () -> {
            if (!dead) {
              task.run();
            }
          });
    }

    @Override
    public void execute(Runnable task) {
      after(0, task);
    }

    Future<ChatReply> ask(String account, int output) {
      return pools.ask(Pools.question("s", account, output, HOUR));
    }
  }

  private static LanguageModel settings(int requests, int tokens) {
    return Pools.settings(
        List.of(Pools.provider("gemini", requests, tokens, 200)),
        List.of(Pools.key("one", "gemini", "g")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void threeNodesWithUnequalLoadsUseTheWholeQuotaAndNeverMore(long seed) {
    Random random = new Random(seed);
    int requests = 10 + random.nextInt(400);
    SimulatedProvider provider = new SimulatedProvider(time, seed, requests, Integer.MAX_VALUE);
    List<Node> nodes = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      nodes.add(new Node(settings(requests, 0), provider));
    }
    // One has most of the calls, one a few, one some now and then.
    int minutes = 10;
    for (int i = 0; i < requests * (minutes + 2); i++) {
      nodes.get(0).ask("a", 50);
    }
    for (int i = 0; i < requests; i++) {
      nodes.get(1).ask("b", 50);
    }
    for (int minute = 0; minute < minutes; minute++) {
      time.run(30_000 + random.nextInt(20_000));
      nodes.get(2).ask("c", 50);
      time.run(10_000);
    }
    time.run(minutes * 60_000L - (time.millis() - 1_000_000));

    double used = provider.answered / (double) (requests * minutes);
    System.out.printf(
        "3 nodes, seed %d: %.2f %% of %d a minute used, %d above it%n",
        seed, 100 * used, requests, provider.violations);
    assertThat(provider.violations).isZero();
    assertThat(used).isGreaterThanOrEqualTo(0.99);
  }

  /** Which part of five minutes' quota three nodes use that have three times as many calls. */
  private double usedByThreeBusyNodes(int requests, SimulatedProvider provider) {
    for (int n = 0; n < 3; n++) {
      Node node = new Node(settings(requests, 0), provider);
      for (int i = 0; i < requests * 3; i++) {
        node.ask("node" + n, 50);
      }
    }
    time.run(60_000);
    int before = provider.answered;
    time.run(5 * 60_000L);
    return (provider.answered - before) / (requests * 5.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void callsThatLeaveLateNeverExceedALimitAndCostNoQuota(long seed) {
    Random random = new Random(seed);
    int requests = 100 + random.nextInt(500);
    SimulatedProvider provider = new SimulatedProvider(time, seed, requests, Integer.MAX_VALUE);
    // Much longer than the margin, up to longer than a lease.
    provider.stall = 500 + random.nextInt(5_000);

    double used = usedByThreeBusyNodes(requests, provider);
    System.out.printf(
        "3 nodes, calls leave up to %d ms late: %.2f %% of %d a minute used, %d above it%n",
        provider.stall, 100 * used, requests, provider.violations);
    assertThat(provider.violations).isZero();
    assertThat(used).isGreaterThanOrEqualTo(0.98);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void callsThatAreLongOnTheirWayAreCountedWhenTheyCame(long seed) {
    Random random = new Random(seed);
    int requests = 100 + random.nextInt(500);
    SimulatedProvider provider = new SimulatedProvider(time, seed, requests, Integer.MAX_VALUE);
    provider.travel = 300 + random.nextInt(3_000);
    provider.tellsProcessing = true;

    double used = usedByThreeBusyNodes(requests, provider);
    System.out.printf(
        "3 nodes, calls up to %d ms on their way: %.2f %% of %d a minute used, %d above it%n",
        provider.travel, 100 * used, requests, provider.violations);
    assertThat(provider.violations).isZero();
    assertThat(used).isGreaterThanOrEqualTo(0.94);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aKilledNodeTakesAtMostItsBlockAlong(long seed) {
    Random random = new Random(seed);
    int requests = 40 + random.nextInt(400);
    SimulatedProvider provider = new SimulatedProvider(time, seed, requests, Integer.MAX_VALUE);
    Node victim = new Node(settings(requests, 0), provider);
    Node heir = new Node(settings(requests, 0), provider);
    for (int i = 0; i < requests * 4; i++) {
      victim.ask("v", 50);
    }
    // While it has all of the quota it is killed.
    time.run(20_000 + random.nextInt(60_000));
    victim.dead = true;
    List<Future<ChatReply>> left = new ArrayList<>();
    for (int i = 0; i < requests * 5; i++) {
      left.add(heir.ask("h", 50));
    }
    int before = provider.answered;
    time.run(3 * 60_000L);

    assertThat(provider.violations).isZero();
    // Calls of the dead one that had gone out, its block, and what it held within its last minute.
    double used = (provider.answered - before) / (requests * 3.0);
    assertThat(used).isGreaterThanOrEqualTo(0.99 - 1.1 / 3);
    before = provider.answered;
    time.run(60_000);
    assertThat((provider.answered - before) / (double) requests).isGreaterThanOrEqualTo(0.98);
    assertThat(provider.violations).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aStoreThatFailsOrIsLateNeverLetsThemExceedALimit(long seed) {
    Random random = new Random(seed);
    boolean byTokens = seed % 2 == 0;
    int requests = 30 + random.nextInt(300);
    int tokens = byTokens ? requests * 60 : 0;
    SimulatedProvider provider =
        new SimulatedProvider(time, seed, requests, byTokens ? tokens : Integer.MAX_VALUE);
    provider.stall = seed > 3 ? 5_000 : 0;
    List<Node> nodes = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      nodes.add(new Node(settings(requests, tokens), provider, shaky(random)));
    }
    for (int minute = 0; minute < 10; minute++) {
      for (int i = 0; i < requests; i++) {
        nodes.get(random.nextInt(3)).ask("a" + random.nextInt(5), 20 + random.nextInt(100));
      }
      time.run(60_000);
    }

    assertThat(provider.violations).isZero();
    assertThat(provider.answered).isGreaterThan(requests * 2);
  }

  /** Fails before or after it has counted, and answers late, also when the lease is over. */
  private QuotaStore shaky(Random random) {
    return report -> {
      Promise<QuotaStore.Grant> promise = Promise.promise();
      int luck = random.nextInt(20);
      long there = luck == 0 ? random.nextInt(6_000) : random.nextInt(10);
      long back = luck == 1 ? random.nextInt(6_000) : random.nextInt(10);
      time.after(
          there,
          () -> {
            if (luck == 2) {
              time.after(back, () -> promise.fail("not reached"));
              return;
            }
            QuotaStore.Grant grant = store.exchange(report).result();
            // A node's own clock goes on: what arrives late ends no later.
            time.after(
                back,
                () -> {
                  if (luck == 3) {
                    promise.fail("the answer was lost");
                  } else {
                    promise.complete(grant);
                  }
                });
          });
      return promise.future();
    };
  }

  @Test
  void whatAProviderSaidBeforeTheMinuteWasOverDoesNotTakeTheNextOneAway() {
    int requests = 300;
    SimulatedProvider provider = new SimulatedProvider(time, 8, requests, Integer.MAX_VALUE);
    List<Long> taken = new ArrayList<>();
    // It tells what is left when a call comes, and answers seconds later.
    ModelCalls telling =
        (p, model, format, key, question, limit, unwanted, permit) -> {
          long now = time.millis();
          taken.removeIf(at -> at + 60_000 <= now);
          taken.add(now);
          RateHeaders rates = new RateHeaders(requests, requests - taken.size(), -1, -1);
          return provider
              .call(p, model, format, key, question, limit, unwanted, permit)
              .map(
                  result ->
                      new CallResult(result.reply(), result.failure(), rates, result.tokensUsed()));
        };
    provider.latency = 4_000;
    List<Node> nodes =
        List.of(new Node(settings(requests, 0), telling), new Node(settings(requests, 0), telling));
    for (int i = 0; i < requests * 8; i++) {
      nodes.get(i % 2).ask("a", 50);
    }
    time.run(5 * 60_000L);

    assertThat(provider.violations).isZero();
    assertThat(provider.answered).isGreaterThanOrEqualTo((int) (0.98 * requests * 5));
  }

  @Test
  void aLargeCallIsNotStarvedByAnotherNodesSmallOnes() {
    SimulatedProvider provider = new SimulatedProvider(time, 5, 10_000, 10_000);
    Node small = new Node(settings(10_000, 10_000), provider);
    Node large = new Node(settings(10_000, 10_000), provider);
    for (int i = 0; i < 2_000; i++) {
      small.ask("small", 80);
    }
    time.run(5_000);
    Future<ChatReply> one = large.ask("large", 9_000);
    time.run(125_000);

    assertThat(one.succeeded()).isTrue();
    assertThat(provider.violations).isZero();
    int smallOnes = provider.answers("small");
    time.run(120_000);
    assertThat(provider.answers("small")).isGreaterThan(smallOnes + 100);
  }

  @Test
  void nodesWithEqualLoadsGetEqualParts() {
    SimulatedProvider provider = new SimulatedProvider(time, 6, 120, Integer.MAX_VALUE);
    List<Node> nodes = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      Node node = new Node(settings(120, 0), provider);
      nodes.add(node);
      for (int i = 0; i < 1_000; i++) {
        node.ask("node" + n, 50);
      }
    }
    time.run(10 * 60_000L);

    for (int n = 0; n < 3; n++) {
      assertThat(provider.answers("node" + n)).isBetween(320, 480);
    }
    assertThat(provider.violations).isZero();
  }

  @Test
  void whatIsNotNeededGoesBackWithinSeconds() {
    SimulatedProvider provider = new SimulatedProvider(time, 7, 1_000, Integer.MAX_VALUE);
    Node busy = new Node(settings(1_000, 0), provider);
    for (int i = 0; i < 300; i++) {
      busy.ask("busy", 50);
      time.run(50);
    }
    assertThat(used()).isGreaterThan(300);
    time.run(6_000);

    assertThat(used()).isEqualTo(300);
  }

  /** Used and leased of the minute, by what a node is refused that wants all. */
  private long used() {
    QuotaStore.Amount all = new QuotaStore.Amount(1_000, 0);
    for (long free = 1_000; free > 0; free--) {
      QuotaStore.Amount wanted = new QuotaStore.Amount(free, 0);
      QuotaStore.Grant grant =
          store
              .exchange(
                  new QuotaStore.Report(
                      "g/model-a",
                      new QuotaLimits(1_000, 0, 0, 0),
                      "probe",
                      0,
                      List.of(),
                      List.of(),
                      QuotaStore.Amount.NONE,
                      new QuotaStore.Wish(wanted, wanted)))
              .result();
      if (!grant.granted().equals(QuotaStore.Amount.NONE)) {
        store.exchange(
            new QuotaStore.Report(
                "g/model-a",
                new QuotaLimits(1_000, 0, 0, 0),
                "probe",
                grant.lease(),
                List.of(),
                List.of(),
                QuotaStore.Amount.NONE,
                QuotaStore.Wish.NOTHING));
        return all.requests() - free;
      }
    }
    return all.requests();
  }
}
