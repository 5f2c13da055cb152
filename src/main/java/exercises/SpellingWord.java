package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonObject;

/** A word to be written from its translation or its sound. */
public record SpellingWord(
    String id,
    String word,
    String translation,
    String translationLanguage,
    String hint,
    String sampleSentence,
    Difficulty difficulty,
    String source,
    Provenance provenance) {

  public JsonObject toJson() {
    return provenance.addTo(
        new JsonObject()
            .put("id", id)
            .put("word", word)
            .put("translation", translation)
            .put("translation_language", translationLanguage)
            .put("hint", hint)
            .put("sample_sentence", sampleSentence)
            .put("difficulty", difficulty.word())
            .put("source", source));
  }
}
