package zoom;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import settings.Secret;

/**
 * A recording that Zoom says is there.
 *
 * @param name such as {@code recording.completed}
 * @param number the meeting's number as text
 * @param fileId of the first file, which tells apart what one meeting has several of; may be empty
 * @param downloadToken good for this recording's files until {@code tokenUntil}
 */
public record WebhookEvent(
    String name,
    String uuid,
    String number,
    String hostEmail,
    Optional<Instant> startedAt,
    String fileId,
    Optional<Secret> downloadToken,
    Instant tokenUntil) {

  /** Sent when an address is saved and every 72 hours; to be answered, not stored. */
  public static final String URL_VALIDATION = "endpoint.url_validation";

  private static final Set<String> WANTED =
      Set.of("recording.completed", "recording.transcript_completed");

  // Said to be good for 24 hours.
  private static final Duration TOKEN_LIFE = Duration.ofHours(23);

  /** Reads an event; empty when it is none that tells of a recording. */
  public static Optional<WebhookEvent> of(JsonObject body, Instant now) {
    String name = CloudFile.text(body, "event");
    JsonObject payload = object(body, "payload");
    JsonObject meeting = object(payload, "object");
    String uuid = CloudFile.text(meeting, "uuid");
    if (!WANTED.contains(name) || uuid.isEmpty() || uuid.length() > 200) {
      return Optional.empty();
    }
    // A sibling of the event; inside the payload in very old documents.
    String token = CloudFile.text(body, "download_token");
    if (token.isEmpty()) {
      token = CloudFile.text(payload, "download_token");
    }
    String sent = CloudFile.text(body, "event_ts");
    Instant sentAt = sent.matches("[0-9]{13}") ? Instant.ofEpochMilli(Long.parseLong(sent)) : now;
    return Optional.of(
        new WebhookEvent(
            name,
            uuid,
            CloudFile.text(meeting, "id"),
            CloudFile.text(meeting, "host_email").toLowerCase(Locale.ROOT),
            CloudFile.instant(meeting, "start_time"),
            firstFile(meeting),
            token.isEmpty() ? Optional.empty() : Optional.of(new Secret(token)),
            (sentAt.isAfter(now) ? now : sentAt).plus(TOKEN_LIFE)));
  }

  private static JsonObject object(JsonObject in, String member) {
    return in.getValue(member) instanceof JsonObject object ? object : new JsonObject();
  }

  private static String firstFile(JsonObject meeting) {
    return meeting.getValue("recording_files") instanceof JsonArray files
            && !files.isEmpty()
            && files.getValue(0) instanceof JsonObject file
        ? CloudFile.text(file, "id")
        : "";
  }

  /** The same for every copy of one event, also for those that are sent again later. */
  String dedupeKey() {
    return name + "|" + uuid + "|" + fileId;
  }
}
