package work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Test
  void waitsDoubleUpToTheLongest() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    assertThat(policy.delay(1, () -> 0.5)).isEqualTo(Duration.ofSeconds(60));
    assertThat(policy.delay(2, () -> 0.5)).isEqualTo(Duration.ofSeconds(120));
    assertThat(policy.delay(4, () -> 0.5)).isEqualTo(Duration.ofSeconds(480));
    assertThat(policy.delay(7, () -> 0.5)).isEqualTo(Duration.ofHours(1));
    assertThat(policy.delay(Integer.MAX_VALUE, () -> 0.5)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void jitterSpreadsBothWays() {
    assertThat(RetryPolicy.DEFAULT.delay(1, () -> 0)).isEqualTo(Duration.ofSeconds(54));
    assertThat(RetryPolicy.DEFAULT.delay(1, () -> 1)).isEqualTo(Duration.ofSeconds(66));
  }

  @Test
  void theLastAttemptIsTheLast() {
    assertThat(RetryPolicy.DEFAULT.exhausted(4)).isFalse();
    assertThat(RetryPolicy.DEFAULT.exhausted(5)).isTrue();
    assertThat(RetryPolicy.DEFAULT.exhausted(6)).isTrue();
  }

  @Test
  void refusesWhatCannotBeMeant() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, second, 5, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(second, Duration.ofMillis(1), 5, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(second, second, 0, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(second, second, 5, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(second, second, 5, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
