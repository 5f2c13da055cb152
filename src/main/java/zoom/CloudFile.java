package zoom;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One file of a cloud recording. Zoom adds kinds of files over time, so kinds are words and never a
 * closed list.
 *
 * @param id empty for kinds that have none
 * @param type upper case, such as {@code TRANSCRIPT}
 * @param recordingType lower case, such as {@code audio_only}
 * @param bytes 0 when Zoom does not say
 * @param start when its segment began
 */
record CloudFile(
    String id,
    String type,
    String extension,
    String recordingType,
    boolean complete,
    long bytes,
    String downloadUrl,
    Optional<Instant> start,
    Optional<Instant> end) {

  private static final List<String> TRANSCRIPTS =
      List.of("audio_transcript", "transcript", "closed_caption", "cc_transcript", "caption");
  private static final List<String> AUDIO = List.of("M4A", "MP3", "WAV", "AAC", "OGG");
  private static final List<String> VIDEO = List.of("MP4", "MOV", "MKV");

  /** No transcript, or no sound. */
  static final int NONE = -1;

  static CloudFile of(JsonObject json) {
    return new CloudFile(
        text(json, "id"),
        text(json, "file_type").toUpperCase(Locale.ROOT),
        text(json, "file_extension").toUpperCase(Locale.ROOT),
        text(json, "recording_type").toLowerCase(Locale.ROOT),
        json.getValue("status") == null || "completed".equals(text(json, "status")),
        number(json, "file_size"),
        text(json, "download_url"),
        instant(json, "recording_start"),
        instant(json, "recording_end"));
  }

  static String text(JsonObject json, String member) {
    Object value = json.getValue(member);
    return value instanceof String || value instanceof Number ? value.toString().strip() : "";
  }

  static long number(JsonObject json, String member) {
    String text = text(json, member);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  static Optional<Instant> instant(JsonObject json, String member) {
    try {
      String text = text(json, member);
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * How good a transcript it is: 0 is best, {@link #NONE} none. Zoom's own transcript goes before
   * captions, whatever the order of the list.
   */
  int transcriptRank() {
    int rank = TRANSCRIPTS.indexOf(recordingType);
    if (rank >= 0) {
      return rank;
    }
    if (type.equals("TRANSCRIPT")) {
      return 0;
    }
    if (type.equals("CC")) {
      return 2;
    }
    boolean chat = type.startsWith("CHAT") || recordingType.contains("chat");
    return extension.equals("VTT") && !chat ? TRANSCRIPTS.size() : NONE;
  }

  /** How good a source of sound: sound alone first, then other sound, then video. */
  int audioRank() {
    boolean sound = AUDIO.contains(type) || AUDIO.contains(extension);
    if (recordingType.equals("audio_only") && sound) {
      return 0;
    }
    if (sound) {
      return 1 + Math.max(AUDIO.indexOf(type), AUDIO.indexOf(extension));
    }
    return VIDEO.contains(type) || VIDEO.contains(extension) ? 10 : NONE;
  }

  /** Whether it can be fetched now. On-premise accounts have files without an address. */
  boolean fetchable() {
    return complete && !downloadUrl.isEmpty();
  }
}
