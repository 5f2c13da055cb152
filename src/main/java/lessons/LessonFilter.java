package lessons;

import java.time.LocalDate;
import java.util.Optional;

/** Which lessons a list shows; an empty member does not restrict. */
public record LessonFilter(
    Optional<String> classId,
    Optional<String> userId,
    Optional<String> teacherId,
    Optional<String> status,
    Optional<LocalDate> date) {

  public static LessonFilter none() {
    return new LessonFilter(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
