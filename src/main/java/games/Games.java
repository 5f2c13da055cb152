package games;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The games there are, by type. */
public final class Games {
  private final Map<GameType, GameItems> byType = new EnumMap<>(GameType.class);
  private final Map<GameType, ShownMistakes> mistakes = new EnumMap<>(GameType.class);
  private final ShownMistakes allMistakes;

  public Games(List<GameItems> games) {
    for (GameItems items : games) {
      byType.put(items.game(), items);
      mistakes.put(items.game(), ShownMistakes.in(List.of(items)));
    }
    allMistakes = ShownMistakes.in(list());
  }

  /**
   * Every game of this build; a new game adds its line.
   *
   * @param words of all event loops of this database
   */
  public static Games all(Catalogues catalogues, KnownWords words) {
    return new Games(
        List.of(
            new Flashcards(),
            new SpellingBee(words),
            new CatalogueGame(catalogues.grammar()),
            new CatalogueGame(catalogues.cloze()),
            new CatalogueGame(catalogues.sentence())));
  }

  /**
   * The game's items.
   *
   * @throws GameProblem when this build does not have the game
   */
  public GameItems items(GameType game) {
    GameItems items = byType.get(game);
    if (items == null) {
      throw GameProblem.invalid("game_type", "names a game that is not played here");
    }
    return items;
  }

  /**
   * The mistakes there are to see in a game.
   *
   * @param game empty for all games
   * @throws GameProblem as {@link #items}
   */
  ShownMistakes mistakes(Optional<GameType> game) {
    return game.map(type -> mistakes.get(items(type).game())).orElse(allMistakes);
  }

  /** All of them, in the order of {@link GameType}. */
  public List<GameItems> list() {
    return List.copyOf(byType.values());
  }
}
