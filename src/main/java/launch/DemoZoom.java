package launch;

import demo.CloudLesson;
import demo.ImitationZoom;
import demo.ZoomServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The demo's Zoom account: an imitation on this machine with a refresh token that rotates, a
 * recording that is not there at first, and signed webhooks. Only the command {@code demo --zoom}
 * makes one.
 */
final class DemoZoom implements AutoCloseable {
  private static final Duration CLASS_LENGTH = Duration.ofMinutes(30);
  private static final Duration SOUND_AFTER = Duration.ofSeconds(2);
  private static final Duration TRANSCRIPT_AFTER = Duration.ofSeconds(2);
  private static final int SECONDS = 10;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final SecureRandom random = new SecureRandom();
  // A name of its own for every run: the tokens of an earlier run belong to an imitation that is
  // gone.
  private final String client = "demo-" + secret();
  private final String clientSecret = secret();
  private final String webhookSecret = secret();
  private final ImitationZoom zoom = new ImitationZoom(client, clientSecret, false);
  private final ZoomServer server = new ZoomServer(vertx, zoom);
  private CloudLesson lesson;

  private DemoZoom() {}

  static DemoZoom start() throws TimeoutException {
    DemoZoom demo = new DemoZoom();
    demo.server.start().await(SECONDS, TimeUnit.SECONDS);
    return demo;
  }

  private String secret() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What makes a node use it, over whatever account is configured. */
  Map<String, String> settings() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("zoom.account-id", "");
    settings.put("zoom.client-id", client);
    settings.put("zoom.client-secret", clientSecret);
    settings.put("zoom.refresh-token", zoom.grants.refreshToken());
    settings.put("zoom.token-keys", Base64.getEncoder().encodeToString(key));
    settings.put("zoom.webhook-secret", webhookSecret);
    settings.put("zoom.api-url", server.origin() + "/v2");
    settings.put("zoom.token-url", server.origin() + "/oauth/token");
    return settings;
  }

  /** A recording of the class, which Zoom still works on. @return what to call it */
  String record(DemoClass.Held held) throws IOException {
    lesson =
        new CloudLesson(
                CloudLesson.newUuid(),
                85_012_345_678L,
                held.teacher(),
                "English for Noam",
                held.start(),
                CLASS_LENGTH)
            .segment(Duration.ZERO, Buffer.buffer(DemoClass.transcript()))
            .processing()
            .withoutTranscriptYet();
    zoom.add(lesson);
    return "in the cloud of an imitation of Zoom at " + server.origin();
  }

  /** Finishes the recording, then its transcript, and says so by webhook each time. */
  void process(String node, Consumer<String> say) {
    vertx
        .timer(SOUND_AFTER.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            fired -> {
              lesson.ready();
              return tell("recording.completed", node, say);
            })
        .compose(told -> vertx.timer(TRANSCRIPT_AFTER.toMillis(), TimeUnit.MILLISECONDS))
        .compose(
            fired -> {
              lesson.transcribed();
              return tell("recording.transcript_completed", node, say);
            });
  }

  private Future<Integer> tell(String event, String node, Consumer<String> say) {
    return server
        .send(zoom.event(event, lesson, webhookSecret, Instant.now()), node)
        .onSuccess(status -> say.accept("Zoom sends " + event + ", answered " + status))
        .onFailure(error -> say.accept("Zoom could not send " + event + ": " + error.getMessage()));
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(SECONDS, TimeUnit.SECONDS);
  }
}
