package lessons;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A class of the host's that has ended and is not yet a lesson. Anything but the id may be missing:
 * the host's table is the host's.
 *
 * @param meetingStart in the host's own time zone, as stored
 * @param attempts how often it could not be opened before
 */
public record EndedClass(
    long id,
    Optional<String> studentId,
    Optional<String> teacherId,
    Optional<String> teacherEmail,
    Optional<LocalDateTime> meetingStart,
    Optional<LocalDateTime> meetingEnd,
    Optional<String> zoomId,
    int attempts) {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final int LONGEST_ID = 100;

  /**
   * Why no lesson can be opened for it, in words for whoever keeps the host's data; empty when one
   * can.
   */
  public Optional<String> flaw() {
    if (meetingStart.isEmpty()) {
      return Optional.of("the class has no meeting_start");
    }
    if (meetingEnd.filter(end -> end.isBefore(meetingStart.get())).isPresent()) {
      return Optional.of("the class ends before it starts");
    }
    if (studentId.isEmpty()) {
      return Optional.of("the class has no student");
    }
    if (teacherId.isEmpty()) {
      return Optional.of("the class has no teacher");
    }
    if (teacherEmail.isEmpty()) {
      return Optional.of("its teacher is not in users, or has no e-mail address there");
    }
    if (studentId.get().length() > LONGEST_ID || teacherId.get().length() > LONGEST_ID) {
      return Optional.of("student_id or teacher_id is longer than " + LONGEST_ID + " characters");
    }
    if (!printable(studentId.get())
        || !printable(teacherId.get())
        || !printable(teacherEmail.get())) {
      return Optional.of("student_id, teacher_id or the teacher's e-mail holds control characters");
    }
    return Optional.empty();
  }

  /**
   * Postgres refuses some control characters, and one such class would take its whole batch with
   * it.
   */
  private static boolean printable(String value) {
    return value.chars().noneMatch(Character::isISOControl);
  }

  /** The lesson to be opened; only for a class without {@link #flaw()}. */
  NewLesson lesson() {
    LocalDateTime start = meetingStart.orElseThrow();
    return new NewLesson(
        Long.toString(id),
        start.toLocalDate(),
        start.format(CLOCK),
        meetingEnd.orElse(start).format(CLOCK),
        studentId.orElseThrow(),
        teacherId.orElseThrow(),
        teacherEmail.orElseThrow(),
        zoomId,
        Optional.empty(),
        1,
        "monitor");
  }
}
