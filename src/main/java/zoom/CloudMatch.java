package zoom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of a teacher's cloud recordings is a lesson's. Attaching another child's lesson is the
 * worst mistake, so there is no falling back to whatever was recorded that day.
 *
 * <p>With a meeting id, only recordings of exactly that meeting count. Without, those that overlap
 * the lesson's time, from 15 minutes before it to 30 minutes after, and begin no more than 90
 * minutes from its start. Among several the largest overlap with the lesson itself wins, then with
 * the wider window, then the nearest start. A recording that overlaps another lesson of the same
 * teacher more than this one is that lesson's.
 */
final class CloudMatch {
  static final Duration BEFORE = Duration.ofMinutes(15);
  static final Duration AFTER = Duration.ofMinutes(30);
  static final Duration MAX_DIFFERENCE = Duration.ofMinutes(90);
  private static final Duration SUSPICIOUS = Duration.ofMinutes(20);

  private CloudMatch() {}

  /**
   * @param meeting empty when none is the lesson's
   * @param reason then, why
   */
  record Choice(Optional<CloudMeeting> meeting, List<String> warnings, String reason) {
    private static Choice none(String reason) {
      return new Choice(Optional.empty(), List.of(), reason);
    }
  }

  private record Candidate(CloudMeeting meeting, Duration core, Duration wide, Duration off) {}

  /**
   * @param rivals other lessons of the same teacher around that time
   */
  static Choice choose(
      RecordingQuery query, List<CloudMeeting> meetings, List<RecordingWindow> rivals) {
    Optional<String> wanted = query.meetingId().map(String::strip).filter(id -> !id.isEmpty());
    if (wanted.isPresent()) {
      String number = FileNames.meetingNumber(wanted.get());
      List<CloudMeeting> same =
          meetings.stream()
              .filter(
                  meeting ->
                      meeting.uuid().equals(wanted.get())
                          || (!number.isEmpty() && meeting.number().equals(number)))
              .toList();
      boolean byUuid = same.stream().anyMatch(meeting -> meeting.uuid().equals(wanted.get()));
      if (byUuid) {
        return new Choice(
            same.stream().filter(meeting -> meeting.uuid().equals(wanted.get())).findFirst(),
            List.of(),
            "");
      }
      return among(query, same, List.of(), true);
    }
    return among(query, meetings, rivals, false);
  }

  private static Choice among(
      RecordingQuery query,
      List<CloudMeeting> meetings,
      List<RecordingWindow> rivals,
      boolean byId) {
    List<CloudMeeting> usable = meetings.stream().filter(CloudMeeting::usable).toList();
    Optional<RecordingWindow> window = RecordingWindow.of(query);
    if (window.isEmpty()) {
      return withoutTime(query, usable, byId);
    }
    RecordingWindow core = window.get();
    RecordingWindow wide = core.wider(BEFORE, AFTER);
    List<Candidate> candidates = new ArrayList<>();
    for (CloudMeeting meeting : usable) {
      if (meeting.start().isEmpty()) {
        continue;
      }
      Instant start = meeting.start().get();
      Instant end = meeting.end().orElse(start);
      Duration off = Duration.between(core.start(), start).abs();
      Duration inside = core.overlap(start, end);
      boolean anothers =
          rivals.stream().anyMatch(rival -> rival.overlap(start, end).compareTo(inside) > 0);
      boolean near = byId || !wide.overlap(start, end).isZero();
      if (near && !anothers && off.compareTo(MAX_DIFFERENCE) <= 0) {
        candidates.add(new Candidate(meeting, inside, wide.overlap(start, end), off));
      }
    }
    if (candidates.isEmpty()) {
      return Choice.none(
          meetings.isEmpty()
              ? "Zoom has no cloud recording of it yet"
              : "none of the "
                  + meetings.size()
                  + " cloud recordings around that day "
                  + (byId ? "of this meeting was" : "of this teacher was")
                  + " held at the lesson's time");
    }
    candidates.sort(
        Comparator.comparing(Candidate::core)
            .thenComparing(Candidate::wide)
            .reversed()
            .thenComparing(Candidate::off)
            .thenComparing(candidate -> candidate.meeting().uuid()));
    Candidate best = candidates.get(0);
    List<String> warnings = new ArrayList<>();
    if (candidates.size() > 1) {
      warnings.add(
          candidates.size()
              + " cloud recordings overlap the lesson; the one with the largest overlap was taken ("
              + best.core().toMinutes()
              + " min against "
              + candidates.get(1).core().toMinutes()
              + ").");
    }
    if (best.off().compareTo(SUSPICIOUS) > 0) {
      warnings.add(
          "The recording began "
              + best.off().toMinutes()
              + " minutes away from the lesson's start.");
    }
    return new Choice(Optional.of(best.meeting()), warnings, "");
  }

  private static Choice withoutTime(RecordingQuery query, List<CloudMeeting> usable, boolean byId) {
    if (!byId) {
      return Choice.none(
          "the lesson has neither a meeting id nor a start time, so no recording can be told to be"
              + " its own");
    }
    List<CloudMeeting> thatDay =
        usable.stream()
            .filter(
                meeting ->
                    meeting
                        .start()
                        .filter(
                            start -> start.atZone(query.zone()).toLocalDate().equals(query.date()))
                        .isPresent())
            .toList();
    if (thatDay.size() > 1) {
      return Choice.none(
          "the meeting was recorded "
              + thatDay.size()
              + " times on "
              + query.date()
              + " and the lesson's start time is not known: set start_time of the row");
    }
    return thatDay.isEmpty()
        ? Choice.none("Zoom has no cloud recording of the meeting on " + query.date() + " yet")
        : new Choice(Optional.of(thatDay.get(0)), List.of(), "");
  }
}
