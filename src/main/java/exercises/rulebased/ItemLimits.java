package exercises.rulebased;

/** How many items of each kind a lesson gets at most. */
public final class ItemLimits {
  static final int FLASHCARDS = 8;
  static final int SPELLING = 8;
  public static final int FILL_BLANK = 8;
  public static final int SENTENCE_BUILDER = 5;
  public static final int GRAMMAR_CHALLENGE = 8;
  public static final int ADVANCED_CLOZE = 3;

  private ItemLimits() {}
}
