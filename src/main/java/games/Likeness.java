package games;

/** Patterns for {@code LIKE ... ESCAPE '!'}. */
final class Likeness {
  private Likeness() {}

  /** Matches what contains the text, each of its characters meaning itself. */
  static String containing(String text) {
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
