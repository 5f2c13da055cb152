package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import settings.LanguageModel;

/** What section 4.7 of the courses' contract asks of the pools and no other test has. */
class PoolContractTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final LocalQuotas store = new LocalQuotas(time::millis, Pools.MARGIN.toMillis());

  private KeyPools pools(LanguageModel settings, ModelCalls calls) {
    return new KeyPools(
        settings, Pools.far(time, store, 4), new LocalSpends(), calls, time, Meter.NONE);
  }

  @Test
  void fourKeysInTwoGroupsAreUsedToTheFullWithoutA429() {
    SimulatedProvider provider = new SimulatedProvider(time, 1, 60, 1_000_000);
    KeyPools pools =
        pools(
            Pools.settings(
                List.of(Pools.provider("gemini", 60, 1_000_000, 20)),
                List.of(
                    Pools.key("a", "gemini", "first"),
                    Pools.key("b", "gemini", "first"),
                    Pools.key("c", "gemini", "second"),
                    Pools.key("d", "gemini", "second"))),
            provider);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      replies.add(pools.ask(Pools.question("chapter", "course:" + i % 7, 500, HOUR)));
    }
    // 120 a minute: 1,000 take eight windows and a third.
    int minutes = 8;
    time.run(minutes * 60_000L);
    assertThat(provider.answered).isGreaterThanOrEqualTo((int) (0.95 * 120 * minutes));
    time.run(2 * 60_000L);

    assertThat(replies).allMatch(Future::succeeded);
    assertThat(provider.violations).isZero();
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(provider.calls(key)).isGreaterThan(150);
    }
  }

  @Test
  void dedicatedKeysAloneServeTheirServicesAndSharedOnesAloneServeAll() {
    LanguageModel dedicated =
        Pools.settings(
            List.of(Pools.provider("gemini", 600, 0, 5)),
            List.of(
                Pools.key("chapter-1", "gemini", "c", "chapter"),
                Pools.key("chapter-2", "gemini", "c", "chapter"),
                Pools.key("quiz", "gemini", "q", "quiz")));
    LanguageModel shared =
        Pools.settings(
            List.of(Pools.provider("gemini", 600, 0, 5)),
            List.of(
                Pools.key("one", "gemini", "g"),
                Pools.key("two", "gemini", "g"),
                Pools.key("three", "gemini", "g")));
    assertThat(keys(dedicated)).containsEntry("chapter", 2).containsEntry("quiz", 1);
    // Without keys of their own and without shared ones, services borrow those of chapter.
    assertThat(keys(dedicated)).containsEntry(PoolCount.ANY, 2);
    assertThat(keys(shared)).containsEntry(PoolCount.ANY, 3);

    for (LanguageModel settings : List.of(dedicated, shared)) {
      SimulatedProvider provider = new SimulatedProvider(time, 1, 600, 1_000_000);
      KeyPools pools = pools(settings, provider);
      List<Future<ChatReply>> replies = new ArrayList<>();
      for (String service : List.of("chapter", "quiz", "flashcard", "article", "audio")) {
        replies.add(pools.ask(Pools.question(service, "a", 100, HOUR)));
      }
      time.run(20_000);
      assertThat(replies).allMatch(Future::succeeded);
    }
  }

  private static Map<String, Integer> keys(LanguageModel settings) {
    Map<String, Integer> keys = new HashMap<>();
    PoolCount.configured(settings).forEach((service, count) -> keys.put(service, count.keys()));
    return keys;
  }

  @Test
  void withLimitsOfOneNothingIsEverLockedUp() {
    SimulatedProvider provider = new SimulatedProvider(time, 3, 1_000, 1_000_000);
    Set<String> busy = new HashSet<>();
    List<String> doubled = new ArrayList<>();
    ModelCalls watched =
        (p, model, format, key, question, limit, unwanted, permit) -> {
          if (!busy.add(key.alias())) {
            doubled.add(key.alias());
          }
          return provider
              .call(p, model, format, key, question, limit, unwanted, permit)
              .onComplete(done -> busy.remove(key.alias()));
        };
    KeyPools pools =
        pools(
            Pools.settings(
                List.of(Pools.provider("gemini", 1_000, 0, 1), Pools.provider("groq", 1_000, 0, 1)),
                List.of(
                    Pools.key("g-chapter", "gemini", "one", "chapter"),
                    Pools.key("g-quiz", "gemini", "two", "quiz"),
                    Pools.key("q", "groq", "three"))),
            watched);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String service = List.of("chapter", "quiz", "article").get(i % 3);
      replies.add(pools.ask(Pools.question(service, "a" + i % 4, 100, HOUR)));
    }
    time.run(10 * 60_000L);

    assertThat(replies).allMatch(Future::succeeded);
    assertThat(doubled).isEmpty();
    assertThat(provider.calls("g-chapter")).isPositive();
    assertThat(provider.calls("g-quiz")).isPositive();
    assertThat(provider.calls("q")).isPositive();
  }

  @Test
  void repetitionsStayWithinTheirBudget() {
    SimulatedProvider provider = new SimulatedProvider(time, 9, 6_000, Integer.MAX_VALUE);
    int[] count = {0};
    // every fifth call meets a failure, so that breakers stay closed
    provider.trouble =
        key ->
            ++count[0] % 5 == 0
                ? new ChatFailure(ChatFailure.Kind.OVERLOADED, 0, "answered 503", 503)
                : null;
    KeyPools pools =
        pools(
            Pools.settings(
                List.of(Pools.provider("gemini", 6_000, 0, 50)),
                List.of(Pools.key("a", "gemini", "g"), Pools.key("b", "gemini", "g"))),
            provider);
    List<Future<ChatReply>> replies = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      replies.add(pools.ask(Pools.question("s", "a", 100, HOUR)));
      time.run(200);
    }
    // One minute: of 300 calls 30 may be repeated, though 60 failed.
    assertThat(count[0]).isBetween(300, 300 + 30);
    time.run(10 * 60_000L);

    assertThat(replies).allMatch(Future::succeeded);
  }
}
