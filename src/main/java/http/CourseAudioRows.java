package http;

import courses.AudioLink;
import courses.CourseAudio.Recording;
import courses.CourseAudio.Status;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import settings.Settings;
import speech.Narrator;

/** Says with each script of a course how it can be heard. */
final class CourseAudioRows {
  static final String PATH = "/v1/course-audio/";

  private final AudioAddresses addresses;
  private final Duration lifetime;

  CourseAudioRows(Settings settings) {
    this.addresses = new AudioAddresses(settings.speech().publicUrl());
    this.lifetime = settings.courses().audioLinkLifetime();
  }

  /** Null while there is nothing to play. */
  private String address(Recording recording, Call call) {
    if (recording == null || recording.status() != Status.READY) {
      return null;
    }
    AudioLink link = AudioLink.of(recording.id(), recording.linkKey(), Instant.now(), lifetime);
    String path =
        PATH + recording.id() + "?expires=" + link.expires() + "&signature=" + link.signature();
    return addresses.of(path, call).orElse(path);
  }

  /** Adds to the item of a script, in camelCase; does nothing to other items. */
  void addTo(JsonObject item, Map<String, Recording> recordings, Call call) {
    if (!"audio".equals(item.getString("kind"))) {
      return;
    }
    JsonObject data = item.getJsonObject("data");
    Recording recording = recordings.get(data.getString("kind"));
    Status status = recording == null ? Status.SCRIPT_ONLY : recording.status();
    boolean ready = status == Status.READY;
    data.put("audioUrl", address(recording, call))
        .put("speech", status.name().toLowerCase(Locale.ROOT))
        .put("voice", ready ? Narrator.shown(recording.voice()) : null)
        .put("mimeType", ready ? "audio/mpeg" : null)
        .put("bytes", ready ? recording.bytes() : null)
        .put("durationMs", ready ? recording.millis() : null)
        .put("transcript", data.getString("script"));
  }
}
