package zoom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The stretches of one recording: each time somebody stops and starts it again, Zoom begins a new
 * set of files. In the order they were recorded.
 */
final class Segments {
  private static final Duration SAME = Duration.ofSeconds(10);

  private Segments() {}

  /** What was recorded in one go. */
  record Segment(Instant start, List<CloudFile> files) {
    /** The best transcript, whether or not it can be fetched yet. */
    Optional<CloudFile> transcript() {
      return best(CloudFile::transcriptRank);
    }

    /** Sound alone if there is any, else the smallest video. */
    Optional<CloudFile> audio() {
      return best(CloudFile::audioRank);
    }

    private Optional<CloudFile> best(ToIntFunction<CloudFile> rank) {
      return files.stream()
          .filter(file -> rank.applyAsInt(file) >= 0)
          .min(
              Comparator.comparing((CloudFile file) -> !file.fetchable())
                  .thenComparingInt(rank)
                  .thenComparing(file -> file.bytes() == 0 ? Long.MAX_VALUE : file.bytes()));
    }

    Duration length() {
      return files.stream()
          .flatMap(file -> file.end().stream())
          .max(Instant::compareTo)
          .map(end -> Duration.between(start, end))
          .orElse(Duration.ZERO);
    }
  }

  /** Files that are neither transcript nor sound are left out. */
  static List<Segment> of(CloudMeeting meeting) {
    Instant begin = meeting.start().orElse(Instant.EPOCH);
    List<CloudFile> files =
        meeting.files().stream()
            .filter(file -> file.transcriptRank() >= 0 || file.audioRank() >= 0)
            .sorted(Comparator.comparing(file -> file.start().orElse(begin)))
            .collect(Collectors.toList());
    List<Segment> segments = new ArrayList<>();
    for (CloudFile file : files) {
      Instant start = file.start().orElse(begin);
      Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
      boolean same =
          last != null
              && (file.start().isEmpty()
                  || Duration.between(last.start(), start).compareTo(SAME) <= 0);
      if (same) {
        last.files().add(file);
      } else {
        segments.add(new Segment(start, new ArrayList<>(List.of(file))));
      }
    }
    return segments;
  }
}
