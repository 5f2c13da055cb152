package zoom;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
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

  /**
   * A query with times as they stand in tables and requests.
   *
   * @param start {@code H:MM} or {@code HH:MM}; anything else counts as unknown
   * @param end likewise
   */
  public static RecordingQuery of(
      String classId,
      Optional<String> meetingId,
      String teacherEmail,
      LocalDate date,
      Optional<String> start,
      Optional<String> end,
      ZoneId zone) {
    return new RecordingQuery(
        classId,
        meetingId,
        teacherEmail,
        date,
        start.flatMap(RecordingQuery::clock),
        end.flatMap(RecordingQuery::clock),
        zone);
  }

  /** A time of day, {@code H:MM} or {@code HH:MM}; empty when it is none. */
  public static Optional<LocalTime> clock(String text) {
    try {
      return Optional.of(LocalTime.parse(text.length() == 4 ? "0" + text : text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
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
