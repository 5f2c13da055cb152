package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that nobody wants any more, in simulated time. */
class CancellationTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final LocalQuotas store = new LocalQuotas(time::millis, Pools.MARGIN.toMillis());
  private final List<Usage> booked = new ArrayList<>();
  private final SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 100_000);

  private KeyPools pools(int tokens, int concurrency) {
    return new KeyPools(
        Pools.settings(
            List.of(Pools.provider("groq", 600, tokens, concurrency)),
            List.of(Pools.key("k", "groq", "g"))),
        Pools.far(time, store, 4),
        new LocalSpends(),
        provider,
        time,
        booked::add);
  }

  private static Question question(int output, Cancellation cancellation) {
    return Pools.question("s", "job:1", output, HOUR).until(cancellation);
  }

  private static ModelUnavailable.Reason reason(Future<?> future) {
    return ((ModelUnavailable) future.cause()).reason();
  }

  @Test
  void callsUnderWayAndWaitingEndAtOnceAndTheirKeyIsFree() {
    provider.latency = 60_000;
    KeyPools pools = pools(100_000, 2);
    Cancellation job = new Cancellation();
    List<Future<ChatReply>> calledOff = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calledOff.add(pools.ask(question(100, job)));
    }
    time.run(1_000);
    assertThat(provider.calls("k")).isEqualTo(2);
    assertThat(pools.waiting()).isEqualTo(3);

    job.cancel();
    provider.latency = 10;
    Future<ChatReply> next = pools.ask(question(100, Cancellation.NEVER));
    time.run(500);

    assertThat(calledOff).allMatch(r -> reason(r) == ModelUnavailable.Reason.CANCELLED);
    assertThat(next.succeeded()).isTrue();
    assertThat(provider.calls("k")).isEqualTo(3);
    assertThat(pools.waiting()).isZero();
    assertThat(booked.stream().map(Usage::status)).containsExactly("cancelled", "cancelled", "ok");
    assertThat(reason(pools.ask(question(100, job)))).isEqualTo(ModelUnavailable.Reason.CANCELLED);
  }

  @Test
  void tokensThatACalledOffCallCanNotHaveUsedAreFreeAgain() {
    provider.latency = 60_000;
    KeyPools pools = pools(10_000, 4);
    Cancellation job = new Cancellation();
    pools.ask(question(9_000, job));
    time.run(1_000);
    Future<ChatReply> next = pools.ask(question(8_000, Cancellation.NEVER));
    time.run(1_000);
    assertThat(provider.calls("k")).isEqualTo(1);

    job.cancel();
    provider.latency = 10;
    time.run(1_000);

    assertThat(next.succeeded()).isTrue();
  }

  @Test
  void aCallBetweenTwoAttemptsMakesNoSecondOne() {
    provider.trouble = key -> new ChatFailure(ChatFailure.Kind.OVERLOADED, 5_000, "503", 503);
    KeyPools pools = pools(10_000, 4);
    Cancellation job = new Cancellation();
    Future<ChatReply> reply = pools.ask(question(100, job));
    time.run(1_000);
    job.cancel();
    time.run(60_000);

    assertThat(reason(reply)).isEqualTo(ModelUnavailable.Reason.CANCELLED);
    assertThat(provider.calls("k")).isEqualTo(1);
  }

  @Test
  void whatIsOverIsNotKeptByItsJob() {
    provider.latency = 10;
    KeyPools pools = pools(100_000, 2);
    Cancellation job = new Cancellation();
    Future<ChatReply> reply = pools.ask(question(100, job));
    time.run(1_000);
    job.cancel();
    time.run(1_000);

    assertThat(reply.succeeded()).isTrue();
    assertThat(booked.stream().map(Usage::status)).containsExactly("ok");
  }
}
