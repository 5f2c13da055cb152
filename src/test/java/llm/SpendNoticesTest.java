package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import settings.LanguageModel;

/** Who hears of budgets that are nearly spent, and users' budgets of a day, in simulated time. */
class SpendNoticesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final LocalSpends spends = new LocalSpends();
  private final SimulatedProvider provider = new SimulatedProvider(time, 1, 6_000, 10_000_000);
  private final List<String> told = new ArrayList<>();

  /** A call costs a dollar for a thousand tokens. */
  private KeyPools pools(OptionalDouble userDay) {
    LanguageModel plain =
        Pools.settings(
            List.of(
                Pools.provider("openai", URI.create("http://127.0.0.1:9"), 6_000, 0, 20, 1_000)),
            List.of(Pools.key("k", "openai", "g")));
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
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            userDay,
            plain.retryShare(),
            settings.KeyFiles.NONE);
    return new KeyPools(
        capped,
        new LocalQuotas(time::millis, Pools.MARGIN.toMillis()),
        spends,
        provider,
        time,
        Meter.NONE,
        (budget, percent, spent, cap) -> {
          assertThat(spent).isBetween(percent == 80 ? cap * 4 / 5 : 0, cap);
          told.add(budget.replaceAll("\\d{4}-\\d\\d-\\d\\d", "today") + " " + percent);
        });
  }

  private static Question question(String account, List<Budget> budgets) {
    Question plain = Pools.question("s", account, 80, HOUR);
    return new Question(
        plain.service(),
        account,
        plain.promptName(),
        plain.messages(),
        plain.schema(),
        80,
        HOUR,
        budgets,
        Cancellation.NEVER);
  }

  private static ModelUnavailable.Reason reason(Future<?> future) {
    return ((ModelUnavailable) future.cause()).reason();
  }

  @Test
  void eachBudgetIsToldOfOnceWhenItIsNearlySpentAndOnceWhenItIs() {
    KeyPools pools = pools(OptionalDouble.empty());
    Budget budget = new Budget("job:1", 2);
    for (int i = 0; i < 30 && told.isEmpty(); i++) {
      pools.ask(question("job:1", List.of(budget)));
      time.run(5_000);
    }
    assertThat(told).first().isEqualTo("job:1 80");
    for (int i = 0; i < 20; i++) {
      pools.ask(question("job:1", List.of(budget)));
    }
    time.run(60_000);
    assertThat(told).containsExactly("job:1 80", "job:1 100");

    // More was given: that is another 80 percent.
    for (int i = 0; i < 60; i++) {
      pools.ask(question("job:1", List.of(new Budget("job:1", 5))));
      time.run(5_000);
    }
    assertThat(told).containsExactly("job:1 80", "job:1 100", "job:1 80", "job:1 100");
  }

  @Test
  void aUserSpendsNoMoreThanADaysBudgetInAllJobsTogether() {
    KeyPools pools = pools(OptionalDouble.of(1));
    List<Future<ChatReply>> mine = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      mine.add(pools.ask(question("job:" + i % 5, List.of(Budget.ofUser("mia")))));
      time.run(1_000);
    }
    Future<ChatReply> other = pools.ask(question("job:9", List.of(Budget.ofUser("noa"))));
    time.run(60_000);

    assertThat(other.succeeded()).isTrue();
    assertThat(mine.get(0).succeeded()).isTrue();
    assertThat(reason(mine.get(29))).isEqualTo(ModelUnavailable.Reason.USER_BUDGET);
    assertThat(told).containsExactly("day:today:user:mia 80", "day:today:user:mia 100");
  }

  @Test
  void withoutACapForUsersNothingIsCountedForThem() {
    KeyPools pools = pools(OptionalDouble.empty());
    for (int i = 0; i < 30; i++) {
      pools.ask(question("job:1", List.of(Budget.ofUser("mia"))));
    }
    time.run(60_000);

    assertThat(told).isEmpty();
    assertThat(provider.answered).isEqualTo(30);
  }
}
