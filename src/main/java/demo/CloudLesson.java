package demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A meeting that was recorded to the cloud. Its files appear as at Zoom: nothing at first, then the
 * sound, the transcript last. Set up by chained calls before it is added; {@link #ready} and {@link
 * #transcribed} may come at any time.
 */
public final class CloudLesson {
  final String uuid;
  final long number;
  final String hostEmail;
  final String topic;
  final Instant start;
  final Duration length;
  private final List<File> files = new ArrayList<>();
  private final AtomicInteger notYet = new AtomicInteger();
  private volatile boolean there = true;
  private volatile boolean transcripts = true;

  /**
   * @param segment number of the stretch it belongs to
   */
  record File(
      String id,
      String type,
      String recordingType,
      int segment,
      Instant start,
      Instant end,
      Buffer content) {
    String contentType() {
      return type.equals("TRANSCRIPT")
          ? "text/vtt"
          : type.equals("M4A") ? "audio/mp4" : "video/mp4";
    }
  }

  public CloudLesson(
      String uuid, long number, String hostEmail, String topic, Instant start, Duration length) {
    this.uuid = uuid;
    this.number = number;
    this.hostEmail = hostEmail;
    this.topic = topic;
    this.start = start.truncatedTo(ChronoUnit.SECONDS);
    this.length = length;
  }

  /** A UUID as Zoom makes them: base64, here without slashes. */
  public static String newUuid() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 22) + "==";
  }

  /** One stretch with a transcript and sound. */
  public CloudLesson segment(Duration after, Buffer transcript) {
    int number = 1 + files.stream().mapToInt(File::segment).max().orElse(0);
    Instant begin = start.plus(after);
    Instant end = start.plus(length);
    add("MP4", "shared_screen_with_speaker_view", number, begin, end, media("isom", number, 9_000));
    add("CHAT", "chat_file", number, begin, end, Buffer.buffer("10:00 hi"));
    add("M4A", "audio_only", number, begin, end, media("M4A ", number, 6_000));
    if (transcript != null) {
      add("TRANSCRIPT", "audio_transcript", number, begin, end, transcript);
    }
    return this;
  }

  private void add(
      String type, String recordingType, int segment, Instant begin, Instant end, Buffer content) {
    files.add(
        new File(UUID.randomUUID().toString(), type, recordingType, segment, begin, end, content));
  }

  /** Bytes that begin as such a file does; no two segments have the same. */
  private static Buffer media(String brand, int segment, int size) {
    Buffer bytes = Buffer.buffer(size);
    bytes.appendInt(24).appendString("ftyp").appendString(brand);
    while (bytes.length() < size) {
      bytes.appendByte((byte) (bytes.length() * 31 + segment));
    }
    return bytes;
  }

  /** The first so many questions for it are answered with 3301. */
  public CloudLesson notYet(int questions) {
    notYet.set(questions);
    return this;
  }

  /** Nothing of it is there until {@link #ready}. */
  public CloudLesson processing() {
    there = false;
    return this;
  }

  /** The sound is there, the transcript is not until {@link #transcribed}. */
  public CloudLesson withoutTranscriptYet() {
    transcripts = false;
    return this;
  }

  /** Zoom has finished the recording. */
  public void ready() {
    there = true;
  }

  /** Zoom has finished the transcript. */
  public void transcribed() {
    transcripts = true;
  }

  public String uuid() {
    return uuid;
  }

  /** Whether this question finds it; counts the question. */
  boolean asked() {
    return there && notYet.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
  }

  List<File> files() {
    return files.stream().filter(file -> transcripts || !file.type().equals("TRANSCRIPT")).toList();
  }

  /**
   * As the API shows it.
   *
   * @param origin where its files are downloaded
   */
  JsonObject json(String origin, List<File> shown) {
    JsonArray list = new JsonArray();
    for (File file : shown) {
      list.add(
          new JsonObject()
              .put("id", file.id())
              .put("meeting_id", uuid)
              .put("recording_start", file.start().toString())
              .put("recording_end", file.end().toString())
              .put("file_type", file.type())
              .put(
                  "file_extension",
                  file.type().equals("TRANSCRIPT")
                      ? "VTT"
                      : file.type().equals("CHAT") ? "TXT" : file.type())
              .put("file_size", file.content().length())
              .put("download_url", origin + "/rec/download/" + file.id())
              .put("status", "completed")
              .put("recording_type", file.recordingType()));
    }
    // Zoom adds kinds over time, and some entries have no id.
    list.add(new JsonObject().put("file_type", "TIMELINE").put("file_extension", "JSON"));
    return new JsonObject()
        .put("uuid", uuid)
        .put("id", number)
        .put("host_id", "host")
        .put("host_email", hostEmail)
        .put("topic", topic)
        .put("type", 2)
        .put("start_time", start.toString())
        .put("timezone", "Asia/Jerusalem")
        .put("duration", length.toMinutes())
        .put("recording_count", list.size())
        .put("recording_files", list);
  }
}
