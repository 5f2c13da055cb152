package games;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One page of a catalogue's list.
 *
 * @param total of all pages
 */
public record CatalogueListing<T>(List<T> rows, long total) {
  /**
   * A topic or category with the number of its playable items; {@code icon} and {@code description}
   * belong to authored ones only.
   */
  public record Topic(String id, String name, String icon, String description, long items) {}

  /**
   * A lesson with the number of its playable items.
   *
   * @param lessonNumber and {@code classId}, {@code lessonDate}: held lessons only
   */
  public record Lesson(
      String id,
      String title,
      String topicId,
      String description,
      String difficulty,
      long items,
      Integer lessonNumber,
      String classId,
      Optional<LocalDate> lessonDate,
      Instant createdAt) {}
}
