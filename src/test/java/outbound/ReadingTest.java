package outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from answers, and what is shown of requests. */
class ReadingTest {
  private static final Instant NOW = Instant.parse("2026-02-03T09:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"code":124,"message":"Invalid access token."}|124|Invalid access token.
          {"reason":"Invalid Token!","error":"invalid_grant"}|invalid_grant|Invalid Token!
          {"error":"Authentication error, API token missing/invalid"}||Authentication error, API token missing/invalid
          {"error":{"message":"m","type":"insufficient_quota","code":null}}|insufficient_quota|m
          {"error":{"message":"m","type":"invalid_request_error","code":"model_not_found"}}|model_not_found|m
          [{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}]|RESOURCE_EXHAUSTED|m
          {"detail":{"status":"quota_exceeded","message":"m"}}|quota_exceeded|m
          {"detail":[{"loc":["body","text"],"msg":"field required","type":"value_error.missing"}]}|value_error.missing|field required
          {"code":"42501","message":"m","details":null,"hint":null}|42501|m
          "just text"||just text
          <html>no</html>||<html>no</html>
          []||''
          null||''
          """)
  void errorBodiesOfEveryShapeAreRead(String body, String word, String message) {
    ErrorBody error = ErrorBody.of(Buffer.buffer(body));
    assertThat(error.word()).isEqualTo(word == null ? "" : word);
    assertThat(error.message()).isEqualTo(message);
  }

  @Test
  void readingAnErrorBodyNeverFails() {
    Random random = new Random(3);
    String[] pieces = {"{", "}", "[", "]", "\"error\"", ":", "1", "null", ",", "\"", "x", "\u0000"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder body = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        body.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(ErrorBody.of(Buffer.buffer(body.toString()))).isNotNull();
    }
    byte[] noise = new byte[100_000];
    random.nextBytes(noise);
    assertThat(ErrorBody.of(Buffer.buffer(noise)).message().length()).isLessThanOrEqualTo(500);
    assertThat(ErrorBody.of(Buffer.buffer("[".repeat(60_000))).word()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 7, 7",
    "Retry-After, 1.5, 1",
    "Retry-After, 'Tue, 03 Feb 2026 09:00:05 GMT', 5",
    "Retry-After, 2026-02-03T10:00:00Z, 3600",
    "Retry-After, 2026-02-03T11:00:00+01:00, 3600",
    "Retry-After, 2026-02-03T08:00:00Z, 0",
    "Retry-After, 999999999, 172800",
    "retry-after-ms, 2500, 2"
  })
  void retryAfterHasThreeForms(String header, String value, long seconds) {
    assertThat(RetryAfter.of(MultiMap.caseInsensitiveMultiMap().add(header, value), NOW))
        .hasValueSatisfying(
            when -> assertThat(Duration.between(NOW, when).toSeconds()).isEqualTo(seconds));
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (String value : new String[] {"", "soon", "-5", "1e9", "2026-02-30T00:00:00Z"}) {
      assertThat(RetryAfter.of(MultiMap.caseInsensitiveMultiMap().add("Retry-After", value), NOW))
          .isEmpty();
    }
    assertThat(RetryAfter.of(MultiMap.caseInsensitiveMultiMap(), NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/users/me?page_size=300, /v2/users/me?page_size=300",
    "https://u:p@h.example/a?access_token=abc&b=1#f, https://h.example/a?access_token=***&b=1",
    "/rec/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH/play, /rec/***/play",
    "/s3?X-Amz-Signature=00ff&x=abcdefghijklmnopqrstuvwxyz, /s3?X-Amz-Signature=***&x=***"
  })
  void addressesAreShownWithoutSecrets(String address, String shown) {
    assertThat(Redaction.address(address)).isEqualTo(shown);
  }

  @Test
  void secretHeadersAreKnown() {
    Service service =
        Service.of("a", URI.create("http://h.example/")).withSecretHeaders("X-Hook-Secret");
    assertThat(Redaction.isSecret("Authorization", service)).isTrue();
    assertThat(Redaction.isSecret("x-hook-secret", service)).isTrue();
    assertThat(Redaction.isSecret("Accept", service)).isFalse();
    assertThat(service.base()).hasToString("http://h.example");
  }
}
