package lessons;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import outbound.Answer;
import outbound.Client;
import outbound.Failure;
import outbound.Failure.Kind;
import outbound.Request;
import outbound.Service;
import settings.Secret;
import settings.Settings;

/**
 * The webhook of the school's n8n workflow. That it answered means only that it took the call: what
 * comes of it is seen in {@code zoom_summaries}. The workflow has no memory, so every call carries
 * its event's id, and may come more than once.
 */
public final class WorkflowWebhook {
  /** For metrics and messages. */
  public static final String NAME = "n8n";

  private static final int MOST_ANSWER_BYTES = 1 << 20;
  private static final int AT_A_TIME = 8;

  private final Client client;
  private final Settings.Workflow settings;
  private final String address;
  private final Clock clock;

  private WorkflowWebhook(Client client, Settings.Workflow settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.address = settings.webhook().orElseThrow().toString();
    this.clock = clock;
  }

  /** Empty when no webhook is set. */
  public static Optional<WorkflowWebhook> of(
      Vertx vertx, Settings.Workflow settings, MeterRegistry registry) {
    return settings
        .webhook()
        .map(
            uri -> {
              Duration timeout = settings.timeout();
              // One attempt: when to try again is the work engine's business, and survives a crash.
              Service service =
                  Service.of(NAME, uri.resolve("/"))
                      .withTimeouts(Duration.ofSeconds(5), timeout, timeout.plusSeconds(1))
                      .withRetries(1, Duration.ofSeconds(1), Duration.ofSeconds(1))
                      .withConcurrency(AT_A_TIME, 1_000)
                      .withMaxAnswerBytes(MOST_ANSWER_BYTES)
                      .withSecretHeaders(settings.headerName().orElse("x-signature"));
              return new WorkflowWebhook(
                  Client.of(vertx, service, registry), settings, Clock.systemUTC());
            });
  }

  /**
   * Tells the workflow once.
   *
   * @param eventId the same for every attempt
   * @param classId whose {@code Idempotency-Key} is {@code class-<id>}
   * @return fails with {@link Failure}: {@link Kind#PERMANENT} when the same call will fail again,
   *     another kind when it may go through later
   */
  public Future<Void> call(UUID eventId, String classId, JsonObject payload) {
    Buffer body = payload.toBuffer();
    Request request =
        Request.post(address)
            .withBytes(body, "application/json")
            .withHeader("X-Event-Id", eventId.toString())
            .withHeader("Idempotency-Key", "class-" + classId.replaceAll("[^\\x21-\\x7e]", "?"))
            .withClassifier(WorkflowWebhook::judge);
    if (settings.headerName().isPresent() && settings.headerValue().isPresent()) {
      request =
          request.withHeader(settings.headerName().get(), settings.headerValue().get().reveal());
    }
    if (settings.signingSecret().isPresent()) {
      request = request.withHeader("X-Signature", signature(settings.signingSecret().get(), body));
    }
    return client.send(request).mapEmpty();
  }

  /** {@code t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">}. */
  private String signature(Secret secret, Buffer body) {
    long seconds = clock.instant().getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static Optional<Failure> judge(Answer answer) {
    return switch (answer.status()) {
      case 200, 201, 202 -> Optional.empty();
      // What is sent is the same next time; the credentials are a setting.
      case 400, 422 ->
          failure(Kind.PERMANENT, answer, "the workflow does not take the call's body");
      case 401, 403 ->
          failure(
              Kind.PERMANENT,
              answer,
              "the workflow refuses the credentials: set n8n.header-name and n8n.header-value as"
                  + " its Webhook node wants them, then queue the stage again");
      // n8n says so while it restarts, too.
      case 404 ->
          failure(
              Kind.RETRY,
              answer,
              "no active workflow has this webhook: check n8n.webhook-url and that it is active");
      default -> failure(Kind.RETRY, answer, "");
    };
  }

  private static Optional<Failure> failure(Kind kind, Answer answer, String detail) {
    return Optional.of(Failure.of(kind, answer, "", detail));
  }

  public Future<Void> close() {
    return client.close();
  }
}
