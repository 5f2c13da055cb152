package llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import settings.LanguageModel;

/** How many of the places that keys have for calls are used while calls wait, in simulated time. */
class PoolPlacesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int KEYS = 8;
  private static final int PER_KEY = 16;

  private final VirtualTime time = new VirtualTime();
  private final SimulatedProvider provider =
      new SimulatedProvider(time, 5, 60_000, Integer.MAX_VALUE);
  private final List<Integer> atATime = new ArrayList<>();
  private int running;

  /** Keys with a quota each, all of one provider. */
  private KeyPools pools() {
    ModelCalls counted =
        (p, model, format, key, question, limit, unwanted, permit) -> {
          running++;
          return provider
              .call(p, model, format, key, question, limit, unwanted, permit)
              .onComplete(done -> running--);
        };
    List<LanguageModel.Key> keys =
        IntStream.range(0, KEYS).mapToObj(i -> Pools.key("k" + i, "openai", "group-" + i)).toList();
    return new KeyPools(
        Pools.settings(List.of(Pools.provider("openai", 1_200, 0, PER_KEY)), keys),
        Pools.far(time, new LocalQuotas(time::millis, Pools.MARGIN.toMillis()), 4),
        new LocalSpends(),
        counted,
        time,
        Meter.NONE);
  }

  /** Keeps so many calls waiting or under way for half a minute; gives how many failed. */
  private int keepBusy(int callers) {
    KeyPools pools = pools();
    int[] asked = {0};
    int[] failed = {0};
    Runnable[] next = new Runnable[1];
    next[0] =
        () ->
            pools
                .ask(Pools.question("chapter", "course-" + asked[0]++ % 50, 100, HOUR))
                .onComplete(
                    reply -> {
                      failed[0] += reply.failed() ? 1 : 0;
                      time.execute(next[0]);
                    });
    for (int i = 0; i < callers; i++) {
      next[0].run();
    }
    for (int i = 0; i < 300; i++) {
      time.run(100);
      atATime.add(running);
    }
    return failed[0];
  }

  @Test
  void allKeysOfAProviderWorkAtOnceWhileCallsWait() {
    int failed = keepBusy(200);

    double used = atATime.stream().mapToInt(n -> n).average().orElse(0) / (KEYS * PER_KEY);
    System.out.printf("with 200 callers %.0f %% of the places were used%n", 100 * used);
    assertThat(failed).isZero();
    assertThat(used).isGreaterThan(0.97);
  }

  @Test
  void fewCallersAreSpreadOverAllKeys() {
    keepBusy(40);

    int[] calls = IntStream.range(0, KEYS).map(i -> provider.calls("k" + i)).sorted().toArray();
    assertThat(calls[KEYS - 1]).isLessThan(calls[0] * 3 / 2);
  }
}
