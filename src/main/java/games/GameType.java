package games;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The five games, with the names they go by in the database and on the wire. */
public enum GameType {
  FLASHCARDS("flashcards", "flashcard", "word"),
  SPELLING_BEE("spelling_bee", "spelling", "word"),
  GRAMMAR_CHALLENGE("grammar_challenge", "grammar", "question"),
  ADVANCED_CLOZE("advanced_cloze", "cloze", "item"),
  SENTENCE_BUILDER("sentence_builder", "sentence", "item");

  private final String wireName;
  private final String synonym;
  private final String noun;

  GameType(String wireName, String synonym, String noun) {
    this.wireName = wireName;
    this.synonym = synonym;
    this.noun = noun;
  }

  /** The name in the column {@code game_type} and the member {@code gameType}. */
  public String wireName() {
    return wireName;
  }

  /** The game a client means, by its wire name or its shorter synonym, in any letter case. */
  public static Optional<GameType> of(String name) {
    String asked = name.strip().toLowerCase(Locale.ROOT);
    for (GameType game : values()) {
      if (game.wireName.equals(asked) || game.synonym.equals(asked)) {
        return Optional.of(game);
      }
    }
    return Optional.empty();
  }

  /** The game whose stored name this is. */
  public static GameType stored(String wireName) {
    return of(wireName)
        .orElseThrow(() -> new IllegalStateException("no game is called " + wireName));
  }

  /** Whether it is played with words, which count how often they were practised. */
  public boolean playsWords() {
    return noun.equals("word");
  }

  /**
   * What one of its items is called on the wire: {@code word}, {@code item} or {@code question}.
   */
  public String noun() {
    return noun;
  }

  /** The member of a session that holds its items. */
  public String itemsMember() {
    return noun + "s";
  }

  /** The member of a request that names an item. */
  public String itemIdMember() {
    return noun + "Id";
  }

  /** The member of a session that names the items answered right the last time. */
  public String masteredMember() {
    return "mastered" + capitalised() + "Ids";
  }

  /** The member of a session that names the items answered wrong the last time. */
  public String needsPracticeMember() {
    return "needsPractice" + capitalised() + "Ids";
  }

  /** The error code for an item that is not there. */
  public String unknownItemCode() {
    return "UNKNOWN_" + noun.toUpperCase(Locale.ROOT);
  }

  /** The modes a session of this game can have. */
  public Set<Selection.Mode> modes() {
    return switch (this) {
      case FLASHCARDS -> EnumSet.allOf(Selection.Mode.class);
      case SPELLING_BEE -> EnumSet.of(Selection.Mode.CUSTOM, Selection.Mode.MISTAKES);
      default -> EnumSet.complementOf(EnumSet.of(Selection.Mode.UNKNOWN));
    };
  }

  private String capitalised() {
    return Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
  }
}
