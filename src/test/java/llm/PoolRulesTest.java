package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import settings.LanguageModel;
import settings.Secret;

/** Section 4.4 of the courses' contract, rule by rule, in simulated time. */
class PoolRulesTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final VirtualTime time = new VirtualTime();
  private final SimulatedProvider provider =
      new SimulatedProvider(time, 7, 100_000, Integer.MAX_VALUE);
  private int running;
  private int most;

  private KeyPools pools(int concurrency, LanguageModel.Key... keys) {
    ModelCalls counted =
        (p, model, format, key, question, limit, unwanted, permit) -> {
          most = Math.max(most, ++running);
          return provider
              .call(p, model, format, key, question, limit, unwanted, permit)
              .onComplete(done -> running--);
        };
    return new KeyPools(
        Pools.settings(List.of(Pools.provider("gemini", 100_000, 0, concurrency)), List.of(keys)),
        Pools.far(time, new LocalQuotas(time::millis, Pools.MARGIN.toMillis()), 4),
        new LocalSpends(),
        counted,
        time,
        Meter.NONE);
  }

  private static int concurrency(KeyPools pools) {
    return pools.status().getJsonArray("quotas").getJsonObject(0).getInteger("concurrency");
  }

  @Test
  void after429FewerCallsRunAtATimeAndOneMoreAfterEachTwentyCleanOnes() {
    KeyPools pools = pools(10, Pools.key("one", "gemini", "g"));
    boolean[] refuse = {true};
    provider.trouble =
        key -> {
          boolean now = refuse[0];
          refuse[0] = false;
          return now
              ? new ChatFailure(ChatFailure.Kind.RATE_LIMITED, 1_000, "answered 429", 429)
              : null;
        };
    pools.ask(Pools.question("s", "a", 100, DAY));
    time.run(500);
    assertThat(concurrency(pools)).describedAs("0.7 of 10").isEqualTo(7);
    time.run(10_000); // it was asked again: one clean call

    most = 0;
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int call = 2; call <= 60; call++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, DAY)));
      if (call % 20 == 0) {
        time.run(60_000);
        assertThat(concurrency(pools)).isEqualTo(7 + call / 20);
      }
    }
    assertThat(replies).allMatch(Future::succeeded);
    assertThat(most).isBetween(7, 10);

    for (int call = 0; call < 100; call++) {
      pools.ask(Pools.question("s", "a", 100, DAY));
    }
    time.run(60_000);
    assertThat(concurrency(pools)).describedAs("the settings' own is the most").isEqualTo(10);
  }

  @Test
  void callsThatAreRefusedTogetherTeachOnce() {
    KeyPools pools = pools(10, Pools.key("one", "gemini", "g"));
    int[] refusals = {3};
    provider.trouble = key -> refusals[0]-- > 0 ? refused() : null;
    for (int call = 0; call < 3; call++) {
      pools.ask(Pools.question("s", "a", 100, DAY));
    }
    time.run(500);

    assertThat(concurrency(pools)).isEqualTo(7);
  }

  @Test
  void aRefusalJustAfterACallWasCalledOffTeachesNothing() {
    KeyPools pools = pools(10, Pools.key("one", "gemini", "g"));
    Cancellation cancellation = new Cancellation();
    pools.ask(Pools.question("s", "a", 100, DAY).until(cancellation));
    time.run(500);
    cancellation.cancel();
    int[] refusals = {1};
    provider.trouble = key -> refusals[0]-- > 0 ? refused() : null;
    Future<ChatReply> next = pools.ask(Pools.question("s", "a", 100, DAY));
    time.run(500);
    assertThat(refusals[0]).isZero();
    assertThat(next.isComplete()).describedAs("it rests all the same").isFalse();
    assertThat(concurrency(pools)).isEqualTo(10);

    time.run(10_000);
    assertThat(next.succeeded()).isTrue();
    refusals[0] = 1;
    pools.ask(Pools.question("s", "a", 100, DAY));
    time.run(500);
    assertThat(concurrency(pools)).describedAs("long after it").isEqualTo(7);
  }

  private static ChatFailure refused() {
    return new ChatFailure(ChatFailure.Kind.RATE_LIMITED, 1_000, "answered 429", 429);
  }

  @Test
  void aGroupThatIsAlwaysRefusedKeepsOneCall() {
    KeyPools pools = pools(10, Pools.key("one", "gemini", "g"));
    provider.trouble =
        key -> new ChatFailure(ChatFailure.Kind.RATE_LIMITED, 1_000, "answered 429", 429);
    for (int call = 0; call < 20; call++) {
      pools.ask(Pools.question("s", "a", 100, DAY));
    }
    time.run(120_000);

    assertThat(concurrency(pools)).isEqualTo(1);
  }

  @Test
  void aKeyRestsAfterFiveFailuresOfTenAndIsProbedByOneCallAtGrowingDistances() {
    KeyState key = new KeyState(Pools.key("one", "gemini", "g"));
    long now = 1_000;
    for (int i = 0; i < 4; i++) {
      key.failed(now, "answered 503");
      key.succeeded();
    }
    assertThat(key.usable(now)).describedAs("four of the last eight").isTrue();
    key.failed(now, "answered 503");
    assertThat(key.state(now)).isEqualTo("open");

    for (long rest : new long[] {30, 60, 120, 240, 480, 600, 600}) {
      assertThat(key.usable(now + rest * 1_000 - 1)).describedAs("before %d s", rest).isFalse();
      now += rest * 1_000;
      assertThat(key.usable(now)).isTrue();
      key.inFlight = 1;
      assertThat(key.usable(now)).describedAs("a second probe").isFalse();
      key.inFlight = 0;
      key.failed(now, "answered 503");
    }
    now += 600_000;
    key.succeeded();
    assertThat(key.state(now)).isEqualTo("healthy");
    for (int i = 0; i < 5; i++) {
      key.failed(now, "answered 503");
    }
    assertThat(key.usableAt(now)).describedAs("it begins anew").isEqualTo(now + 30_000);
  }

  @Test
  void whileOneKeyRestsTheOthersServeAndFewCallsMeetIt() {
    KeyPools pools = pools(4, Pools.key("ill", "gemini", "g"), Pools.key("well", "gemini", "g"));
    provider.trouble =
        key ->
            key.alias().equals("ill")
                ? new ChatFailure(ChatFailure.Kind.OVERLOADED, 0, "answered 503", 503)
                : null;
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int call = 0; call < 400; call++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, DAY)));
    }
    time.run(10 * 60_000L);

    assertThat(replies).allMatch(Future::succeeded);
    // five open it; then a probe after 30, 60, 120 s at most
    assertThat(provider.calls("ill")).isBetween(5, 5 + 4 + 4);
  }

  @Test
  void operatorsSeeAHashOfAKeyAndNeverTheKey() {
    Secret secret = new Secret("test-key-of-a-school");
    KeyPools pools =
        pools(1, new LanguageModel.Key("one", "gemini", "g", Set.of(), Optional.of(secret)));
    String shown = pools.status().encode();

    assertThat(secret.fingerprint()).matches("[0-9a-f]{4}").isNotEqualTo("hool");
    assertThat(shown).contains("\"hash\":\"" + secret.fingerprint() + "\"").contains("\"one\"");
    assertThat(shown).doesNotContain("test-key-of-a-school").doesNotContain("school");
    assertThat(new Secret("test-key-of-a-school").fingerprint()).isEqualTo(secret.fingerprint());
    assertThat(new Secret("test-key-of-another").fingerprint()).isNotEqualTo(secret.fingerprint());
  }
}
