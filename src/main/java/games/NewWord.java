package games;

import java.util.Optional;

/** A word to add; limits as in {@link WordChange}. */
public record NewWord(
    String word,
    String translation,
    Optional<String> notes,
    Optional<String> difficulty,
    Optional<String> exampleSentence,
    boolean favorite) {}
