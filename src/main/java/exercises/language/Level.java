package exercises.language;

import java.util.Locale;

/** An estimate on the scale of the Common European Framework of Reference for Languages (CEFR). */
public enum Level {
  A1,
  A2,
  B1,
  B2,
  C1,
  C2;

  /** Steps above a lesson's level from which an item is no longer for its learner. */
  private static final int FAR = 2;

  /** The coarser word of the contract. */
  public Difficulty difficulty() {
    return switch (this) {
      case A1, A2 -> Difficulty.BEGINNER;
      case B1, B2 -> Difficulty.INTERMEDIATE;
      case C1, C2 -> Difficulty.ADVANCED;
    };
  }

  /** Whether it is two or more steps above the other: no longer for that learner. */
  public boolean isFarAbove(Level other) {
    return ordinal() - other.ordinal() >= FAR;
  }

  static Level harder(Level one, Level other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  static Level at(int step) {
    return values()[Math.max(0, Math.min(values().length - 1, step))];
  }

  /** As written in items: {@code A1} to {@code C2}. */
  public String word() {
    return name().toUpperCase(Locale.ROOT);
  }
}
