package exercises.rulebased;

/**
 * How many items of each kind a lesson gets at most. Ceilings, not aims: a lesson that holds less
 * gets less, and nothing is made up to reach them.
 */
public final class ItemLimits {
  /** One card a word: as many as a lesson teaches. */
  static final int FLASHCARDS = 15;

  static final int SPELLING = 12;

  /** Sentences with one gap. */
  public static final int FILL_BLANK = 12;

  /** Sentences to put in order. */
  public static final int SENTENCE_BUILDER = 10;

  /** Choices about grammar. */
  public static final int GRAMMAR_CHALLENGE = 12;

  /** Sentences with two gaps. */
  public static final int ADVANCED_CLOZE = 8;

  private ItemLimits() {}
}
