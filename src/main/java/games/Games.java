package games;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The games there are, by type. */
public final class Games {
  private final Map<GameType, GameItems> byType = new EnumMap<>(GameType.class);

  public Games(List<GameItems> games) {
    games.forEach(items -> byType.put(items.game(), items));
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

  /** All of them, in the order of {@link GameType}. */
  public List<GameItems> list() {
    return List.copyOf(byType.values());
  }
}
