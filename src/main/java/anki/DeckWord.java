package anki;

import java.time.Instant;

/**
 * A word on its way into a deck, in plain text.
 *
 * @param guid the same in every export of this word: Anki then updates its note instead of adding
 *     another
 * @param notes empty when there are none; so is {@code example}
 * @param favorite becomes Anki's mark
 */
public record DeckWord(
    String guid,
    String word,
    String translation,
    String notes,
    String example,
    boolean favorite,
    Instant createdAt,
    Instant updatedAt) {}
