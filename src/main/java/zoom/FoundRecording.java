package zoom;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a source answers when asked for a lesson's recording. */
public sealed interface FoundRecording {

  /**
   * The lesson's transcript.
   *
   * @param transcript the file's text, unchanged
   * @param source a {@code transcript_source} of the contract: {@link #MANUAL_UPLOAD} or {@link
   *     #ZOOM_TRANSCRIPT}
   * @param fileName relative to the source's root, for people and logs
   * @param recordedAt when the recording began, if its name tells
   * @param warnings sentences on what was uncertain about the choice
   */
  record Found(
      String transcript,
      String source,
      String fileName,
      Optional<Instant> recordedAt,
      List<String> warnings)
      implements FoundRecording {
    public Found {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The lesson's sound, to be transcribed.
   *
   * @param parts in the order they were recorded, never empty
   * @param name of the recording, unique among all
   */
  record FoundAudio(List<AudioPart> parts, String name, List<String> warnings)
      implements FoundRecording {
    public FoundAudio {
      parts = List.copyOf(parts);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One file of sound.
   *
   * @param type its media type, such as {@code audio/mp4}
   * @param offset from the recording's beginning
   */
  record AudioPart(Path file, long bytes, String type, Duration offset) {}

  /**
   * Nothing yet; asking again later may find it.
   *
   * @param notBefore when asking again makes sense, if the source knows
   */
  record NotYet(String reason, Optional<Instant> notBefore) implements FoundRecording {
    public NotYet(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** There is a recording, but it can't be used, and asking again will not change that. */
  record Refused(String reason) implements FoundRecording {}

  /** {@code transcript_source} of a file somebody put there under the class's id. */
  String MANUAL_UPLOAD = "manual_upload";

  /** {@code transcript_source} of a file Zoom wrote. */
  String ZOOM_TRANSCRIPT = "zoom_native_transcript";
}
