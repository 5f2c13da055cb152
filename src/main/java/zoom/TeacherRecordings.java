package zoom;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A teacher's cloud recordings of some days, as Zoom lists them. */
public final class TeacherRecordings {
  private final List<CloudMeeting> meetings;

  TeacherRecordings(List<CloudMeeting> listed) {
    this.meetings =
        listed.stream()
            .filter(meeting -> meeting.usable() && meeting.start().isPresent())
            .sorted(
                Comparator.comparing((CloudMeeting meeting) -> meeting.start().orElseThrow())
                    .thenComparing(CloudMeeting::uuid))
            .toList();
  }

  /** Those that began from {@code from} until before {@code until}, in order. */
  public List<RecordedMeeting> begunIn(Instant from, Instant until) {
    return meetings.stream()
        .filter(
            meeting -> {
              Instant start = meeting.start().orElseThrow();
              return !start.isBefore(from) && start.isBefore(until);
            })
        .map(RecordedMeeting::of)
        .toList();
  }

  /** The one that a lesson would be given, by the rules of {@link CloudRecordings#find}. */
  public Optional<RecordedMeeting> of(RecordingQuery lesson) {
    return CloudMatch.choose(lesson, meetings, List.of()).meeting().map(RecordedMeeting::of);
  }
}
