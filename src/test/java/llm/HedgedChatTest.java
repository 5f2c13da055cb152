package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Urgent calls asked twice, in simulated time, of a provider of which a few answers are slow. */
class HedgedChatTest {
  private static final Duration VERDICT = Duration.ofMillis(2_500);
  private static final int CALLS = 2_000;

  private final VirtualTime time = new VirtualTime();
  private final List<Usage> booked = new ArrayList<>();

  /** Most answer within half a second; one in so many takes 5 to 15 seconds. */
  private KeyPools pools(int slowOne) {
    Random random = new Random(3);
    SimulatedProvider provider = new SimulatedProvider(time, 1, 100_000, Integer.MAX_VALUE);
    ModelCalls tailed =
        (p, model, format, key, question, limit, unwanted, permit) -> {
          provider.latency = random.nextInt(slowOne) == 0 ? 10_000 : 300;
          return provider.call(p, model, format, key, question, limit, unwanted, permit);
        };
    return pools(tailed);
  }

  private KeyPools pools(ModelCalls calls) {
    return new KeyPools(
        Pools.settings(
            List.of(Pools.provider("gemini", 100_000, 0, 500)),
            List.of(Pools.key("a", "gemini", "g"), Pools.key("b", "gemini", "g"))),
        Pools.far(time, new LocalQuotas(time::millis, Pools.MARGIN.toMillis()), 4),
        new LocalSpends(),
        calls,
        time,
        booked::add);
  }

  private double inTime(Chat chat, Duration deadline) {
    List<Boolean> answered = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long begun = time.millis();
      chat.ask(Pools.question("chapter", "a", 50, deadline))
          .onSuccess(reply -> answered.add(time.millis() - begun <= VERDICT.toMillis()));
      time.run(100);
    }
    time.run(60_000);
    return answered.stream().filter(yes -> yes).count() / (double) CALLS;
  }

  @Test
  void fewerUrgentCallsAreLateAndFewAreMadeTwice() {
    double before = inTime(pools(20), VERDICT);
    int callsBefore = booked.size();
    booked.clear();
    double after = inTime(new HedgedChat(pools(20), time, 0.1), VERDICT);
    System.out.printf(
        "within 2.5 s: %.1f %% of %d calls, hedged %.1f %%, with %.1f %% more calls%n",
        100 * before, CALLS, 100 * after, 100.0 * (booked.size() - callsBefore) / callsBefore);

    assertThat(before).isLessThan(0.97);
    assertThat(after).isGreaterThan(0.99);
    assertThat(booked.size()).isLessThanOrEqualTo((int) (CALLS * 1.1) + RetryBudget.ALWAYS);
    // The slower one of two is called off.
    assertThat(booked.stream().filter(usage -> usage.status().equals("cancelled")).count())
        .isBetween(1L, CALLS / 10L);
  }

  /** A second would come after the first: the slowest of equals is no outlier. */
  @Test
  void amongAnswersThatAllTakeAboutAsLongNoneIsAskedForTwice() {
    SimulatedProvider even = new SimulatedProvider(time, 1, 100_000, Integer.MAX_VALUE);
    even.latency = 2_000;
    even.spread = 100;
    even.travel = 100;
    assertThat(inTime(new HedgedChat(pools(even), time, 0.1), VERDICT)).isEqualTo(1);

    assertThat(booked.size()).isEqualTo(CALLS);
  }

  @Test
  void callsWithTimeAreMadeOnce() {
    inTime(new HedgedChat(pools(20), time, 0.1), Duration.ofMinutes(1));

    assertThat(booked).hasSize(CALLS).allMatch(usage -> usage.status().equals("ok"));
  }

  @Test
  void callingItOffEndsBoth() {
    KeyPools pools = pools(1);
    HedgedChat chat = new HedgedChat(pools, time, 1);
    Cancellation cancellation = new Cancellation();
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      replies.add(chat.ask(Pools.question("chapter", "a", 50, VERDICT).until(cancellation)));
    }
    time.run(1_600);
    assertThat(replies).anyMatch(reply -> !reply.isComplete());
    cancellation.cancel();
    time.run(10);

    assertThat(replies).allMatch(Future::isComplete);
    assertThat(pools.status().getJsonObject("pools").getJsonObject("*").getInteger("inFlight"))
        .isZero();
  }
}
