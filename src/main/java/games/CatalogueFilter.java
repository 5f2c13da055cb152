package games;

import java.util.Optional;

/**
 * What of a catalogue is wanted. {@code topicId} is also a category; {@code difficulty} is easy,
 * medium or hard.
 */
public record CatalogueFilter(
    Optional<String> topicId, Optional<String> lessonId, Optional<String> difficulty) {
  /** Whatever there is. */
  static final CatalogueFilter NONE =
      new CatalogueFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
