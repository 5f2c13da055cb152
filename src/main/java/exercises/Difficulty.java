package exercises;

import java.util.Locale;

/** How hard an item is for the learner. */
public enum Difficulty {
  BEGINNER,
  INTERMEDIATE,
  ADVANCED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Difficulty harder(Difficulty one, Difficulty other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
