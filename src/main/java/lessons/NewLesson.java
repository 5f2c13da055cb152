package lessons;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A lesson to be opened: one class at one date and start time.
 *
 * @param startTime {@code HH:MM} in the host's zone; with class and date it is what makes a lesson
 *     one
 * @param lessonNumber at least 1
 * @param openedBy {@code monitor} or {@code api}
 */
public record NewLesson(
    String classId,
    LocalDate date,
    String startTime,
    String endTime,
    String userId,
    String teacherId,
    String teacherEmail,
    Optional<String> meetingId,
    Optional<String> meetingTopic,
    int lessonNumber,
    String openedBy) {

  /** What the topic is called when nobody said. */
  public String topic() {
    return meetingTopic.orElse("Class " + classId);
  }
}
