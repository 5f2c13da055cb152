package llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many repetitions a provider's failures may cause. */
class RetryBudgetTest {
  private static final long MINUTE = 60_000;

  private final RetryBudget budget = new RetryBudget(0.1);

  @Test
  void afterABadMomentTheNextComesInSecondsAndNotWhenTheMinuteIsOver() {
    int taken = 0;
    while (budget.take("chapter", 1_000)) {
      taken++;
    }
    long next = 1_000;
    while (!budget.take("chapter", next)) {
      next += 100;
    }

    assertThat(taken).isEqualTo(RetryBudget.ALWAYS);
    assertThat(next - 1_000).isBetween(MINUTE / 5 - 200, MINUTE / 5 + 200);
  }

  @Test
  void ofManyCallsATenthIsRepeatedHoweverManyFail() {
    int calls = 0;
    int repeated = 0;
    for (long now = 0; now < 10 * MINUTE; now += 100) {
      budget.called("chapter", now);
      calls++;
      if (budget.take("chapter", now)) {
        repeated++;
      }
    }

    assertThat(repeated / (double) calls).isBetween(0.09, 0.11);
  }

  @Test
  void whatOnePoolSpentIsNotAnothersLoss() {
    for (int i = 0; i < RetryBudget.ALWAYS; i++) {
      budget.take("chapter", 0);
    }

    assertThat(budget.take("chapter", 0)).isFalse();
    assertThat(budget.take("quiz", 0)).isTrue();
  }
}
