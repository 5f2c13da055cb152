package zoom;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One instance of a meeting with its cloud recording.
 *
 * @param uuid names the instance; a meeting's number is shared by all its instances
 * @param number the meeting's number as text: more digits than an int has
 * @param topic what the host called it
 */
record CloudMeeting(
    String uuid,
    String number,
    String topic,
    Optional<Instant> start,
    Duration duration,
    List<CloudFile> files) {

  CloudMeeting {
    files = List.copyOf(files);
  }

  /** Reads what Zoom sent; empty when it has no UUID. */
  static Optional<CloudMeeting> of(JsonObject json) {
    String uuid = CloudFile.text(json, "uuid");
    if (uuid.isEmpty()) {
      return Optional.empty();
    }
    List<CloudFile> files = new ArrayList<>();
    if (json.getValue("recording_files") instanceof JsonArray list) {
      for (Object each : list) {
        if (each instanceof JsonObject file) {
          files.add(CloudFile.of(file));
        }
      }
    }
    return Optional.of(
        new CloudMeeting(
            uuid,
            CloudFile.text(json, "id"),
            CloudFile.text(json, "topic"),
            CloudFile.instant(json, "start_time"),
            Duration.ofMinutes(CloudFile.number(json, "duration")),
            files));
  }

  /** When it ended: as its files say, which is exact, else by its length in whole minutes. */
  Optional<Instant> end() {
    Optional<Instant> last =
        files.stream().flatMap(file -> file.end().stream()).max(Instant::compareTo);
    return last.or(() -> start.map(begin -> begin.plus(duration)));
  }

  /** Whether anything in it is or will be a transcript or sound. */
  boolean usable() {
    return files.stream().anyMatch(file -> file.transcriptRank() >= 0 || file.audioRank() >= 0);
  }
}
