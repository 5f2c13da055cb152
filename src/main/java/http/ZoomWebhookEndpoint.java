package http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import settings.Secret;
import settings.ZoomSettings;
import zoom.EventStore;
import zoom.WebhookEvent;
import zoom.WebhookSignature;

/**
 * Zoom's webhooks. An event is taken when it is stored; when that can't be done within two seconds
 * Zoom is asked to send it again, which it does three times, and what is lost even so the
 * reconciling look finds.
 */
final class ZoomWebhookEndpoint {
  static final long STORE_MILLIS = 2_000;
  private static final int MOST_STORING = 256;
  private static final String PLAIN_TOKEN = "plainToken";
  private static final int LONGEST_PLAIN_TOKEN = 512;

  // Of all instances of this node together: they share the database's connections.
  private static final AtomicInteger STORING = new AtomicInteger();

  private final EventStore events;
  private final Optional<WebhookSignature> signature;
  private final PrometheusMeterRegistry metrics;

  ZoomWebhookEndpoint(ApiParts parts) {
    ZoomSettings zoom = parts.settings().zoom();
    Optional<Secret> secret = zoom.webhookSecret();
    this.events = parts.zoomEvents();
    this.metrics = parts.metrics();
    this.signature = secret.map(known -> new WebhookSignature(known, zoom.webhookTolerance()));
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("receiveZoomEvent", this::receive);
  }

  private Future<Reply> receive(Call call) {
    if (signature.isEmpty()) {
      throw new ApiException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "Zoom's webhooks are off: set zoom.webhook-secret to the event subscription's secret"
              + " token");
    }
    boolean valid =
        signature
            .get()
            .valid(
                call.header(WebhookSignature.TIMESTAMP).orElse(null),
                call.header(WebhookSignature.SIGNATURE).orElse(null),
                call.rawBody(),
                Instant.now());
    if (!valid) {
      count("refused");
      throw new ApiException(
          ErrorCode.UNAUTHORIZED,
          "the signature does not fit the body and zoom.webhook-secret, or its timestamp is too old"
              + " (zoom.webhook-tolerance)");
    }
    JsonObject body = call.input().body();
    if (WebhookEvent.URL_VALIDATION.equals(body.getValue("event"))) {
      return Future.succeededFuture(validation(body));
    }
    Optional<WebhookEvent> event = WebhookEvent.of(body, Instant.now());
    if (event.isEmpty()) {
      count("ignored");
      return Future.succeededFuture(Reply.noContent());
    }
    return store(event.get());
  }

  private Reply validation(JsonObject body) {
    String plain =
        body.getValue("payload") instanceof JsonObject payload
                && payload.getValue(PLAIN_TOKEN) instanceof String token
                && token.length() <= LONGEST_PLAIN_TOKEN
            ? token
            : "";
    if (plain.isEmpty()) {
      throw ApiException.invalid("payload." + PLAIN_TOKEN, "is missing");
    }
    count("validation");
    return Reply.ok(
        new JsonObject()
            .put(PLAIN_TOKEN, plain)
            .put("encryptedToken", signature.orElseThrow().answer(plain)));
  }

  private Future<Reply> store(WebhookEvent event) {
    if (STORING.incrementAndGet() > MOST_STORING) {
      STORING.decrementAndGet();
      return Future.failedFuture(later());
    }
    return events
        .store(event)
        .onComplete(done -> STORING.decrementAndGet())
        .timeout(STORE_MILLIS, TimeUnit.MILLISECONDS)
        .map(
            isNew -> {
              count(isNew ? "stored" : "duplicate");
              return Reply.noContent();
            })
        .recover(error -> Future.failedFuture(later()));
  }

  private ApiException later() {
    count("unavailable");
    return new ApiException(
        ErrorCode.SERVICE_UNAVAILABLE, "the event can't be stored just now; send it again");
  }

  private void count(String outcome) {
    metrics.counter("lessonweave.zoom.webhooks", "outcome", outcome).increment();
  }
}
