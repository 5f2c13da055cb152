package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import settings.Settings;

class AudioFileEndpointTest extends ApiTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final byte[] CONTENT = content();

  AudioFileEndpointTest() {
    super(Settings.AuthMode.JWT);
  }

  private static byte[] content() {
    byte[] content = new byte[1_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 7);
    }
    return content;
  }

  @BeforeAll
  void store() {
    databases.mysql(
        "INSERT INTO speech_audio (id, text_key, engine, byte_count, content, last_used_on) VALUES"
            + " (?, ?, 'test', ?, ?, CURRENT_DATE)",
        ID,
        "k".repeat(64),
        CONTENT.length,
        Buffer.buffer(CONTENT));
  }

  private HttpResponse<byte[]> audio(String method, String url, String... headers) {
    return audio(HttpClient.Version.HTTP_1_1, method, url, headers);
  }

  private static HttpResponse<byte[]> audio(
      HttpClient.Version version, String method, String url, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HttpClient.newBuilder()
          .version(version)
          .build()
          .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.port + "/v1/audio/" + ID;
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @Test
  void playersNeedNoToken() {
    HttpResponse<byte[]> played = audio("GET", url());
    assertThat(played.statusCode()).isEqualTo(200);
    assertThat(played.body()).isEqualTo(CONTENT);
    assertThat(header(played, "Content-Type")).isEqualTo("audio/mpeg");
    assertThat(header(played, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(played, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(played, "ETag")).isEqualTo("\"" + ID + "\"");
  }

  @Test
  void partsOfTheAudio() {
    assertPart("bytes=0-99", 0, 99);
    assertPart("bytes=900-", 900, 999);
    assertPart("bytes=-10", 990, 999);
    assertPart("bytes=-5000", 0, 999);
    assertPart("bytes=0-0", 0, 0);
    assertPart("bytes=999-99999999999", 999, 999);
    assertPart("Bytes = 5 - 6", 5, 6);
    for (String beyond : List.of("bytes=1000-", "bytes=5000-6000", "bytes=-0")) {
      HttpResponse<byte[]> answer = audio("GET", url(), "Range", beyond);
      assertThat(answer.statusCode()).as(beyond).isEqualTo(416);
      assertThat(header(answer, "Content-Range")).isEqualTo("bytes */1000");
    }
    for (String other :
        List.of(
            "bytes=0-1,5-6",
            "bytes=5-2",
            "items=0-5",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "nonsense")) {
      HttpResponse<byte[]> answer = audio("GET", url(), "Range", other);
      assertThat(answer.statusCode()).as(other).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(CONTENT);
    }
    assertThat(audio("GET", url(), "Range", "bytes=0-9", "If-Range", "\"" + ID + "\"").statusCode())
        .isEqualTo(206);
    assertThat(audio("GET", url(), "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  private void assertPart(String range, int first, int last) {
    HttpResponse<byte[]> answer = audio("GET", url(), "Range", range, "Accept-Encoding", "gzip");
    assertThat(answer.statusCode()).as(range).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(java.util.Arrays.copyOfRange(CONTENT, first, last + 1));
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + first + "-" + last + "/1000");
    assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(last - first + 1));
    assertThat(header(answer, "Content-Type")).isEqualTo("audio/mpeg");
  }

  @Test
  void whoHasItIsNotSentItAgain() {
    for (String tags :
        List.of("\"" + ID + "\"", "W/\"" + ID + "\"", "\"a\", \"" + ID + "\"", "*")) {
      HttpResponse<byte[]> answer = audio("GET", url(), "If-None-Match", tags);
      assertThat(answer.statusCode()).as(tags).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(header(answer, "ETag")).isEqualTo("\"" + ID + "\"");
    }
    assertThat(audio("GET", url(), "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void headTellsTheLengthAndSendsNothing(HttpClient.Version version) {
    HttpResponse<byte[]> answer = audio(version, "HEAD", url());
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().length).isZero();
    assertThat(header(answer, "Content-Length")).isEqualTo("1000");
    assertThat(header(answer, "Content-Type")).isEqualTo("audio/mpeg");
    HttpResponse<byte[]> part = audio(version, "HEAD", url(), "Range", "bytes=0-9");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Length")).isEqualTo("10");
    assertThat(audio(version, "GET", url()).body()).isEqualTo(CONTENT);
  }

  @Test
  void audioThatIsNoMoreIsAProblem() {
    for (String id : List.of("f".repeat(32), "x", "..%2f..%2fetc%2fpasswd", "0".repeat(500))) {
      Answer answer = server.get("/v1/audio/" + id);
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
    }
  }
}
