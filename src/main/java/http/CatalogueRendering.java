package http;

import games.CatalogueItem;
import games.CatalogueListing;
import games.GameType;
import io.vertx.core.json.JsonObject;

/**
 * Topics, lessons and hints of one game's catalogue as clients see them: sections 2.5 to 2.7 of the
 * wire contract.
 */
final class CatalogueRendering {
  private final GameType game;
  private final boolean grammar;

  CatalogueRendering(GameType game) {
    this.game = game;
    this.grammar = game == GameType.GRAMMAR_CHALLENGE;
  }

  /** The historic key of a list of topics. */
  String topicsKey() {
    return grammar ? "categories" : "topics";
  }

  /** The member and parameter that names a topic. */
  String topicMember() {
    return grammar ? "categoryId" : "topicId";
  }

  private String countMember() {
    return game.noun() + "Count";
  }

  JsonObject topic(CatalogueListing.Topic topic) {
    return new JsonObject()
        .put("id", topic.id())
        .put("name", topic.name())
        .put("icon", topic.icon())
        .put("description", topic.description())
        .put(countMember(), topic.items());
  }

  JsonObject lesson(CatalogueListing.Lesson lesson) {
    return new JsonObject()
        .put("id", lesson.id())
        .put("title", lesson.title())
        .put(topicMember(), lesson.topicId())
        .put("description", lesson.description())
        .put("difficulty", lesson.difficulty())
        .put(countMember(), lesson.items())
        .put(game.itemsMember(), lesson.items())
        .put("lessonNumber", lesson.lessonNumber())
        .put("lessonDate", lesson.lessonDate().map(Object::toString).orElse(null))
        .put("classId", lesson.classId())
        .put("createdAt", Times.iso(lesson.createdAt()));
  }

  /**
   * First-generation clients show the explanation of a question after the answer, and expect the
   * accepted orders of a sentence.
   */
  JsonObject hint(CatalogueItem item, boolean legacy) {
    JsonObject json = new JsonObject().put(game.itemIdMember(), item.id()).put("hint", item.hint());
    if (!legacy) {
      return json;
    }
    if (grammar) {
      json.put("explanation", item.explanation());
    } else if (game == GameType.SENTENCE_BUILDER) {
      json.put("accepted_sequences", item.json().getJsonArray("accepted"));
    }
    return LegacyTwins.add(json);
  }
}
