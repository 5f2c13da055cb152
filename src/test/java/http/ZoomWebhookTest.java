package http;

import static org.assertj.core.api.Assertions.assertThat;

import demo.CloudLesson;
import demo.ImitationZoom;
import demo.ZoomExchange.Asked;
import demo.ZoomGrants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lessons.LessonDatabases;
import org.junit.jupiter.api.Test;
import settings.Settings;
import zoom.WebhookSignature;

/** Trap 7: Zoom's webhooks over a real socket, with the bytes as Zoom sends them. */
class ZoomWebhookTest extends ApiTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ImitationZoom zoom = new ImitationZoom("client-1", "secret-1", true);

  ZoomWebhookTest() {
    super(Settings.AuthMode.JWT);
  }

  private static CloudLesson lesson() {
    return new CloudLesson(
            CloudLesson.newUuid(),
            85_012_345_678L,
            "t@school.example",
            "Stunde für Noé – \"7B\"",
            Instant.now(),
            Duration.ofMinutes(30))
        .segment(Duration.ZERO, Buffer.buffer("WEBVTT"));
  }

  private Asked event(CloudLesson lesson, Instant at) {
    return zoom.event("recording.completed", lesson, ApiServer.WEBHOOK_SECRET, at);
  }

  private HttpResponse<String> send(Asked webhook) {
    return send(server.port, webhook);
  }

  private HttpResponse<String> send(int port, Asked webhook) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + webhook.uri()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(webhook.body().getBytes()));
    webhook.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private long stored(CloudLesson lesson) {
    return server.databases.count(
        "SELECT count(*) FROM zoom_events WHERE meeting_uuid = $1", lesson.uuid());
  }

  @Test
  void trap7_theSignatureIsOverTheBytesAsTheyCame() {
    CloudLesson lesson = lesson();
    Asked webhook = event(lesson, Instant.now());
    // Odd blanks and characters beyond ASCII: parsed and written again they would be other bytes.
    assertThat(webhook.body().toString()).contains(" :  ").contains("é");
    assertThat(send(webhook).statusCode()).isEqualTo(204);
    assertThat(stored(lesson)).isEqualTo(1);
  }

  @Test
  void trap7_wrongSignaturesAndOldTimestampsAreRefused() {
    CloudLesson lesson = lesson();
    Asked right = event(lesson, Instant.now());
    Asked changed =
        new Asked(
            "POST",
            right.uri(),
            right.headers(),
            Buffer.buffer(right.body().toString().replace("Noé", "Noe")));
    assertThat(send(changed).statusCode()).isEqualTo(401);
    assertThat(
            send(zoom.event("recording.completed", lesson, "another", Instant.now())).statusCode())
        .isEqualTo(401);
    assertThat(send(event(lesson, Instant.now().minus(Duration.ofMinutes(6)))).statusCode())
        .isEqualTo(401);
    right.headers().remove(WebhookSignature.SIGNATURE);
    HttpResponse<String> bare = send(right);
    assertThat(bare.statusCode()).isEqualTo(401);
    assertThat(bare.body()).doesNotContain(ApiServer.WEBHOOK_SECRET);
    assertThat(stored(lesson)).isZero();
  }

  @Test
  void trap7_millisecondsAreUnderstoodToo() {
    Buffer body = Buffer.buffer("{\"event\":\"something.else\"}");
    String timestamp = Long.toString(System.currentTimeMillis());
    WebhookSignature signature =
        new WebhookSignature(new settings.Secret(ApiServer.WEBHOOK_SECRET), Duration.ofMinutes(5));
    assertThat(
            signature.valid(
                timestamp,
                signature.sign(timestamp, body.getBytes()),
                body.getBytes(),
                Instant.now()))
        .isTrue();
  }

  @Test
  void trap7_urlValidationIsAnsweredWithTheProof() {
    Buffer body =
        new JsonObject()
            .put("event", "endpoint.url_validation")
            .put("event_ts", 1_700_000_000_000L)
            .put("payload", new JsonObject().put("plainToken", "pT0k3n-example-123"))
            .toBuffer();
    HttpResponse<String> answer =
        send(ImitationZoom.signed(body, ApiServer.WEBHOOK_SECRET, Instant.now()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonObject proof = new JsonObject(answer.body());
    assertThat(proof.getString("plainToken")).isEqualTo("pT0k3n-example-123");
    assertThat(proof.getString("encryptedToken")).matches("[0-9a-f]{64}");
  }

  @Test
  void trap7_duplicatesAreTakenAndStoredOnce() {
    CloudLesson lesson = lesson();
    // Sent again it has another timestamp and another signature.
    for (Instant at : List.of(Instant.now(), Instant.now().minusSeconds(60), Instant.now())) {
      assertThat(send(event(lesson, at)).statusCode()).isEqualTo(204);
    }
    assertThat(stored(lesson)).isEqualTo(1);
  }

  @Test
  void trap7_whileTheDatabaseIsAwayZoomIsAskedToSendAgainWithinItsThreeSeconds() {
    Pool away =
        PgBuilder.pool()
            .connectingTo(
                new PgConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(silentPort())
                    .setUser("nobody")
                    .setDatabase("nowhere"))
            .using(server.databases.vertx)
            .build();
    try (ApiServer lame =
        ApiServer.on(server.databases, Settings.AuthMode.JWT).postgres(away).start()) {
      // what is waited for leaves a second for the rest, and is given up long before the pool does
      assertThat(ZoomWebhookEndpoint.STORE_MILLIS).isLessThanOrEqualTo(2_000);
      long begun = System.nanoTime();
      assertThat(send(lame.port, event(lesson(), Instant.now())).statusCode()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
    LessonDatabases.await(away.close());
  }

  /** Takes connections and never answers on them. */
  private int silentPort() {
    return LessonDatabases.await(
            server
                .databases
                .vertx
                .createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1"))
        .actualPort();
  }

  @Test
  void noTokenOfAWebhookIsStoredInClear() {
    CloudLesson lesson = lesson();
    send(event(lesson, Instant.now()));
    server
        .databases
        .postgres("SELECT e::text AS line FROM zoom_events e")
        .forEach(row -> assertThat(row.getString("line")).doesNotContain(ZoomGrants.MARK));
  }
}
