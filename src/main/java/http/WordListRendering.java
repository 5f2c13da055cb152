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
    JsonObject body =
        new JsonObject()
            .put("id", word.id())
            .put("listId", word.listId())
            .put("word", word.word())
            .put("translation", word.translation())
            .put("notes", word.notes().orElse(null))
            .put("difficulty", word.difficulty().orElse(null))
            .put("exampleSentence", word.exampleSentence().orElse(null))
            .put("isFavorite", word.favorite())
            .put("practiceCount", word.practiceCount())
            .put("correctCount", word.correctCount())
            .put("accuracy", word.accuracy())
            .put("lastPracticed", Times.iso(word.lastPracticed()))
            .put("createdAt", Times.iso(word.createdAt()))
            .put("updatedAt", Times.iso(word.updatedAt()));
    if (legacy) {
      body.put("list_id", word.listId())
          .put("word_list_id", word.listId())
          .put("is_favorite", word.favorite())
          .put("practice_count", word.practiceCount())
          .put("correct_count", word.correctCount())
          .put("last_practiced", Times.iso(word.lastPracticed()))
          .put("example_sentence", word.exampleSentence().orElse(null))
          .put("pronunciation_audio_url", word.audioUrl().orElse(null))
          .put("created_at", Times.iso(word.createdAt()))
          .put("updated_at", Times.iso(word.updatedAt()));
    }
    return body;
  }

  /** What setting a favourite answers. */
  static JsonObject favorite(boolean favorite, boolean legacy) {
    JsonObject body = new JsonObject().put("ok", true).put("isFavorite", favorite);
    return legacy ? body.put("is_favorite", favorite) : body;
  }
}
