package games;

import java.util.Optional;

/**
 * What changes of a word; null stays as it is, an empty {@code Optional} is cleared.
 *
 * @param word 1 to 120 characters
 * @param translation 1 to 240 characters
 * @param notes up to 10,000 characters
 * @param difficulty up to 20 characters
 * @param exampleSentence up to 10,000 characters
 */
public record WordChange(
    String word,
    String translation,
    Optional<String> notes,
    Optional<String> difficulty,
    Optional<String> exampleSentence,
    Boolean favorite) {}
