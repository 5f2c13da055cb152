package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import settings.LanguageModel;

/** Who gets how much of a pool that is too small for all, in simulated time. */
class PoolSharesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final SimulatedProvider provider = new SimulatedProvider(time, 3, 120, Integer.MAX_VALUE);

  private KeyPools pools(Map<String, Integer> weights) {
    LanguageModel plain =
        Pools.settings(
            List.of(Pools.provider("gemini", 120, 0, 8)), List.of(Pools.key("one", "gemini", "g")));
    return new KeyPools(
        new LanguageModel(
            plain.providers(),
            plain.audioOrder(),
            plain.keys(),
            weights,
            plain.queue(),
            plain.callTimeout(),
            plain.patience(),
            plain.margin(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            plain.retryShare(),
            settings.KeyFiles.NONE),
        new LocalQuotas(time::millis, Pools.MARGIN.toMillis()),
        new LocalSpends(),
        provider,
        time,
        Meter.NONE);
  }

  private static Question of(String user, String account) {
    Question plain = Pools.question("chapter", account, 100, HOUR);
    return new Question(
        plain.service(),
        account,
        plain.promptName(),
        plain.messages(),
        plain.schema(),
        100,
        HOUR,
        List.of(Budget.ofUser(user)),
        Cancellation.NEVER);
  }

  @Test
  void aUserWithManyJobsGetsNoMoreThanHalfWhileAnotherWaits() {
    KeyPools pools = pools(Map.of());
    for (int i = 0; i < 2_000; i++) {
      pools.ask(of("x", "job-x-" + i % 50));
    }
    time.run(5_000);
    for (int i = 0; i < 2_000; i++) {
      pools.ask(of("y", "job-y"));
    }
    int before = all("x");
    time.run(10 * 60_000L);

    assertThat(provider.answers("job-y")).isGreaterThan(400);
    assertThat(all("x") - before).isLessThanOrEqualTo(provider.answers("job-y") + 20);
  }

  private int all(String user) {
    int sum = 0;
    for (int i = 0; i < 50; i++) {
      sum += provider.answers("job-" + user + "-" + i);
    }
    return sum;
  }

  @Test
  void aUserWithOneJobWaitsAtMostTwiceAsLongAsAloneWhateverJobsAnotherHas() {
    KeyPools pools = pools(Map.of());
    for (int i = 0; i < 1_000; i++) {
      pools.ask(of("x", "job-x-" + i % 50));
    }
    List<Future<ChatReply>> job = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      job.add(pools.ask(of("y", "job-y")));
    }
    // Alone, eight at a time, two rounds of 0.75 to 2.25 s.
    time.run(9_000);

    assertThat(job).allMatch(Future::succeeded);
  }

  @Test
  void chapterKeepsTwoFifthsHoweverMuchTheOthersWeigh() {
    KeyPools pools = pools(Map.of("lesson", 8, "quiz", 5));
    List<String> services = List.of("chapter", "lesson", "quiz", "flashcard", "game", "article");
    for (int i = 0; i < 2_000; i++) {
      for (String service : services) {
        pools.ask(Pools.question(service, service, 100, HOUR));
      }
    }
    time.run(20 * 60_000L);

    int all = services.stream().mapToInt(provider::answers).sum();
    assertThat(provider.answers("chapter") / (double) all).isBetween(0.39, 0.45);
    assertThat(provider.answers("lesson"))
        .isGreaterThan(provider.answers("quiz"))
        .isGreaterThan(7 * provider.answers("game"));
  }

  @Test
  void whatChapterDoesNotNeedOthersBorrow() {
    KeyPools pools = pools(Map.of());
    for (int i = 0; i < 1_000; i++) {
      pools.ask(Pools.question("game", "game", 100, HOUR));
    }
    time.run(5 * 60_000L);
    assertThat(provider.answers("game")).isGreaterThanOrEqualTo(590);
    Future<ChatReply> own = pools.ask(Pools.question("chapter", "chapter", 100, HOUR));
    time.run(61_000);

    assertThat(own.succeeded()).isTrue();
  }

  @Test
  void whatSomebodyWaitsForGoesBeforeWhatCameEarlier() {
    KeyPools pools = pools(Map.of());
    for (int i = 0; i < 500; i++) {
      pools.ask(of("x", "job-" + i % 50));
    }
    time.run(5_000);
    List<Future<ChatReply>> first = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      first.add(pools.ask(of("x", "first").asAhead()));
    }
    // Eight places: one of the calls that run ends at once, each of these takes 0.75 to 2.25 s.
    time.run(6_000);

    assertThat(first).allMatch(Future::succeeded);
  }

  @Test
  void theOthersKeepAnEighthHoweverManyGoAhead() {
    KeyPools pools = pools(Map.of());
    for (int i = 0; i < 2_000; i++) {
      pools.ask(of("x", "first").asAhead());
      pools.ask(of("y", "later"));
    }
    time.run(10 * 60_000L);

    double all = provider.answers("first") + provider.answers("later");
    assertThat(provider.answers("later") / all).isBetween(0.12, 0.13);
  }

  @Test
  void payersThatComeAnewAllTheTimeHoldNobodyUp() {
    KeyPools pools = pools(Map.of());
    int[] payers = {0};
    for (int i = 0; i < 28; i++) {
      newPayer(pools, payers);
    }
    List<Future<ChatReply>> job = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      job.add(pools.ask(of("y", "job-y")));
    }
    // 120 calls a minute, of which one in 21 is the share of one of those who wait
    time.run(4 * 60_000L);

    assertThat(payers[0]).isGreaterThan(450);
    assertThat(job).allMatch(Future::succeeded);
  }

  /** Asks once; with its answer the next one comes, so that some twenty always wait. */
  private void newPayer(KeyPools pools, int[] payers) {
    String name = "new-" + payers[0]++;
    pools.ask(of(name, name)).onComplete(answered -> newPayer(pools, payers));
  }
}
