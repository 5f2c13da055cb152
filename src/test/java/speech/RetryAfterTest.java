package speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  @Test
  void retryAfterIsUnderstoodInAllItsForms() {
    Instant now = Instant.parse("2026-02-03T10:00:00Z");
    Map<String, Duration> forms =
        Map.of(
            "7",
            Duration.ofSeconds(7),
            "0.5",
            Duration.ofMillis(500),
            "Tue, 3 Feb 2026 10:00:30 GMT",
            Duration.ofSeconds(30),
            "999999999",
            Duration.ofHours(1),
            "Mon, 2 Feb 2026 10:00:00 GMT",
            Duration.ZERO);
    forms.forEach(
        (value, wait) ->
            assertThat(
                    RetryAfter.of(
                        MultiMap.caseInsensitiveMultiMap().add("retry-after", value), now))
                .as(value)
                .contains(wait));
    assertThat(RetryAfter.of(MultiMap.caseInsensitiveMultiMap().add("Retry-After", "soon"), now))
        .isEmpty();
    assertThat(RetryAfter.of(MultiMap.caseInsensitiveMultiMap().add("Retry-After", "-3"), now))
        .isEmpty();
    assertThat(
            RetryAfter.of(
                MultiMap.caseInsensitiveMultiMap()
                    .add("retry-after-ms", "250")
                    .add("Retry-After", "9"),
                now))
        .contains(Duration.ofMillis(250));
  }
}
