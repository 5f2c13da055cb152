package games;

import java.util.Optional;

/**
 * Which words of a list are wanted.
 *
 * @param search part of the word or its translation, taken literally
 */
public record WordFilter(Optional<String> search, Optional<Boolean> favorite) {
  /** Every word. */
  public static final WordFilter ALL = new WordFilter(Optional.empty(), Optional.empty());
}
