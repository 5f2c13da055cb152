package games;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoTimeTest {
  private static final DateTimeFormatter EXPECTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void writesEveryTimeAsTheFormatterDoes() {
    Random random = new Random(24);
    long first = Instant.parse("-0003-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("+10002-01-01T00:00:00Z").getEpochSecond();
    for (int i = 0; i < 20_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              first + (long) (random.nextDouble() * (last - first)), random.nextInt(1_000_000_000));
      assertThat(IsoTime.of(time)).isEqualTo(EXPECTED.format(time));
    }
  }

  @Test
  void keepsTheFractionOfAWholeSecond() {
    assertThat(IsoTime.of(Instant.parse("2026-03-01T09:05:00Z")))
        .isEqualTo("2026-03-01T09:05:00.000Z");
    assertThat(IsoTime.of(Instant.EPOCH.minusNanos(1))).isEqualTo("1969-12-31T23:59:59.999Z");
  }
}
