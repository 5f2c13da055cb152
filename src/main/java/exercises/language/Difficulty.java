package exercises.language;

import java.util.Locale;

/** How hard an item is for the learner. */
public enum Difficulty {
  BEGINNER,
  INTERMEDIATE,
  ADVANCED;

  /** As written in items, such as {@code beginner}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The harder of two. */
  public static Difficulty harder(Difficulty one, Difficulty other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
