package zoom;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Which lesson's recording is looked for.
 *
 * @param classId the host's id of the class, any text
 * @param meetingId the meeting's number, when the host knows it
 * @param teacherEmail the account that recorded; a folder does not need it
 * @param date the day of the lesson in {@code zone}
 * @param start when the lesson began, in {@code zone}
 * @param end when it ended; earlier than {@code start} means after midnight
 * @param zone in which date and times are written, and in which file names are understood
 */
public record RecordingQuery(
    String classId,
    Optional<String> meetingId,
    String teacherEmail,
    LocalDate date,
    Optional<LocalTime> start,
    Optional<LocalTime> end,
    ZoneId zone) {

  public RecordingQuery {
    Objects.requireNonNull(classId);
    Objects.requireNonNull(date);
    Objects.requireNonNull(zone);
  }

  /** Date and time the lesson began, when the time is known. */
  public Optional<LocalDateTime> startsAt() {
    return start.map(date::atTime);
  }

  /** Date and time the lesson ended, on the next day when it went past midnight. */
  public Optional<LocalDateTime> endsAt() {
    return end.map(
        time ->
            start.isPresent() && time.isBefore(start.get())
                ? date.plusDays(1).atTime(time)
                : date.atTime(time));
  }
}
