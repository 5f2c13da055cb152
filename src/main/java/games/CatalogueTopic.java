package games;

import java.util.List;

/** A topic or category of the starter catalogue with all that belongs to it. */
record CatalogueTopic(
    GameType game, String id, String name, String icon, String description, List<Lesson> lessons) {
  /** A lesson of the topic, its items in the order they are to be played. */
  record Lesson(String id, String title, String difficulty, List<CatalogueItem> items) {}

  /** The tables it belongs in. */
  CatalogueSchema schema() {
    return switch (game) {
      case ADVANCED_CLOZE -> CatalogueSchema.CLOZE;
      case GRAMMAR_CHALLENGE -> CatalogueSchema.GRAMMAR;
      case SENTENCE_BUILDER -> CatalogueSchema.SENTENCE;
      default -> throw new IllegalStateException(game + " has no catalogue");
    };
  }
}
