package lessons;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How a client that knows no lesson id names one: the newest lesson that fits.
 *
 * @param meetingTime exact {@code HH:MM}, compared with {@code meeting_time} and {@code start_time}
 * @param from earliest start, {@code HH:MM}, inclusive
 * @param to latest start, inclusive
 */
public record LessonKey(
    String userId,
    String teacherId,
    String classId,
    LocalDate date,
    Optional<String> meetingTime,
    Optional<String> from,
    Optional<String> to) {}
