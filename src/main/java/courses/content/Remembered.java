package courses.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * What was found in texts, for the next who looks at the same text: each part of a course is held
 * against the same source, and what a model writes is looked at when it comes, when it is mended
 * and when it is stored. Bounded by the texts' length. Safe for use by several threads.
 *
 * @param <V> what is found; must not change
 */
final class Remembered<V> {
  /** Characters of all texts; with what is found some 20 bytes each. */
  private static final long MOST_CHARACTERS = 500_000;

  private final Function<String, V> look;
  private final Cache<String, V> found =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, V value) -> text.length() + 32)
          // its upkeep takes less than waking another thread for it
          .executor(Runnable::run)
          .build();

  /**
   * @param look depends on the text alone; never null
   */
  Remembered(Function<String, V> look) {
    this.look = look;
  }

  V of(String text) {
    V known = found.getIfPresent(text);
    if (known == null) {
      known = look.apply(text);
      found.put(text, known);
    }
    return known;
  }
}
