package llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a server's clock. */
class ServerClockTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itsTimeIsAlwaysWithinTheBoundsHoweverUnequalTheWays(long seed) {
    Random random = new Random(seed);
    ServerClock clock = new ServerClock();
    double offset = random.nextInt(1_000_000_000) + random.nextDouble();
    double drift = (random.nextDouble() - 0.5) * 2e-4;
    double now = 1_000_000;
    for (int i = 0; i < 2_000; i++) {
      double there = random.nextInt(i < 3 ? 900 : 20) * random.nextDouble();
      double back = random.nextInt(i % 3 == 0 ? 900 : 20) * random.nextDouble();
      double theirs = now + there + offset + drift * now;
      clock.seen((long) now, (long) (now + there + back), Math.round(theirs));
      now += there + back + random.nextInt(3_000);
      double truth = now + offset + drift * now;
      long ours = (long) now;

      assertThat((double) clock.notBefore(ours)).isLessThanOrEqualTo(truth);
      assertThat((double) clock.notAfter(ours) + 1).isGreaterThanOrEqualTo(truth);
      assertThat(clock.surelyBefore(clock.notAfter(ours))).isEqualTo(ours);
    }
    assertThat(clock.notAfter(0) - clock.notBefore(0)).isLessThan(60);
  }

  @Test
  void aClockThatWasSetIsFollowed() {
    ServerClock clock = new ServerClock();
    clock.seen(1_000, 1_002, 50_001);
    clock.seen(2_000, 2_002, 20_001);

    assertThat(clock.notBefore(2_000)).isBetween(19_900L, 20_000L);
    assertThat(clock.notAfter(2_000)).isBetween(20_000L, 20_100L);
  }
}
