package games;

import java.util.Optional;

/** A word to add; limits as in {@link WordChange}. */
public record NewWord(
    String word,
    String translation,
    Optional<String> notes,
    Optional<String> difficulty,
    Optional<String> exampleSentence,
    boolean favorite) {
  /** What makes two words the same to a learner: both sides, character by character. */
  public record Sides(String word, String translation) {}

  /** Its two sides. */
  public Sides sides() {
    return new Sides(word, translation);
  }
}
