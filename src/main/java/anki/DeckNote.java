package anki;

/**
 * A note of somebody's deck as a word, in plain text and unchecked.
 *
 * @param number of the note in its file, from 1
 * @param word empty when there is none; so are translation, notes and example
 * @param marked whether its owner marked it, Anki's way to name a favourite
 * @param flaw why it is no word; null when it may be one
 */
public record DeckNote(
    long number,
    String word,
    String translation,
    String notes,
    String example,
    boolean marked,
    Flaw flaw) {
  /** Why a note is no word. */
  public enum Flaw {
    /** One side has nothing on it. */
    EMPTY,
    /** One side has pictures or sounds and no text. */
    MEDIA_ONLY,
    /** Its fields are longer than any word with its notes. */
    TOO_LONG
  }
}
