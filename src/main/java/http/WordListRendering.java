package http;

import games.Word;
import games.WordList;
import io.vertx.core.json.JsonObject;

/** Word lists and words as clients see them: section 1.13 of the wire contract. */
final class WordListRendering {
  private WordListRendering() {}

  /**
   * @param legacy whether the first generation's twins are added
   */
  static JsonObject list(WordList list, boolean legacy) {
    JsonObject body =
        new JsonObject()
            .put("id", list.id())
            .put("name", list.name())
            .put("description", list.description().orElse(null))
            .put("classId", list.classId().orElse(null))
            .put("wordCount", list.wordCount())
            .put("isFavorite", list.favorite())
            .put("createdAt", Times.iso(list.createdAt()))
            .put("updatedAt", Times.iso(list.updatedAt()));
    if (legacy) {
      body.put("user_id", list.userId())
          .put("class_id", list.classId().orElse(null))
          .put("word_count", list.wordCount())
          .put("is_favorite", list.favorite())
          .put("created_at", Times.iso(list.createdAt()))
          .put("updated_at", Times.iso(list.updatedAt()));
    }
    return body;
  }

  /**
   * @param legacy whether the first generation's twins are added
   */
  static JsonObject word(Word word, boolean legacy) {
    JsonObject body = word.json();
    if (legacy) {
      body.put("pronunciation_audio_url", word.audioUrl().orElse(null));
    }
    return LegacyTwins.where(legacy, body);
  }

  /** What setting a favourite answers. */
  static JsonObject favorite(boolean favorite, boolean legacy) {
    JsonObject body = new JsonObject().put("ok", true).put("isFavorite", favorite);
    return legacy ? body.put("is_favorite", favorite) : body;
  }
}
