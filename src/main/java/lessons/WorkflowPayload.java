package lessons;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What the workflow is told of a class: section 5.2 of the wire contract, all values strings. */
public final class WorkflowPayload {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private WorkflowPayload() {}

  /**
   * The seven members every workflow relies on, and the moments with their zone.
   *
   * @param host the zone the host writes its times in
   * @param wanted the zone the workflow expects {@code date} and clock times in
   */
  public static JsonObject of(NewLesson lesson, ZoneId host, ZoneId wanted) {
    ZonedDateTime start = moment(lesson.date(), lesson.startTime(), host);
    ZonedDateTime end = moment(lesson.date(), lesson.endTime(), host);
    if (end.isBefore(start)) {
      end = end.plusDays(1); // the class went past midnight
    }
    ZonedDateTime from = start.withZoneSameInstant(wanted);
    ZonedDateTime to = end.withZoneSameInstant(wanted);
    JsonObject payload =
        new JsonObject()
            .put("user_id", lesson.userId())
            .put("teacher_id", lesson.teacherId())
            .put("class_id", lesson.classId())
            .put("date", from.toLocalDate().toString())
            .put("start_time", from.format(CLOCK))
            .put("end_time", to.format(CLOCK))
            .put("teacher_email", lesson.teacherEmail())
            .put("meeting_start", from.toOffsetDateTime().toString())
            .put("meeting_end", to.toOffsetDateTime().toString());
    lesson.meetingId().ifPresent(id -> payload.put("zoom_id", id));
    return payload;
  }

  private static ZonedDateTime moment(LocalDate date, String clock, ZoneId zone) {
    return LocalDateTime.of(date, LocalTime.parse(clock)).atZone(zone);
  }
}
