package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonObject;

/** A word with its translation and a sentence of the lesson. */
public record Flashcard(
    String id,
    String word,
    String translation,
    String translationLanguage,
    String exampleSentence,
    Difficulty difficulty,
    String partOfSpeech,
    String source,
    String hint,
    Provenance provenance) {

  public JsonObject toJson() {
    return provenance.addTo(
        new JsonObject()
            .put("id", id)
            .put("word", word)
            .put("translation", translation)
            .put("translation_language", translationLanguage)
            .put("example_sentence", exampleSentence)
            .put("difficulty", difficulty.word())
            .put("part_of_speech", partOfSpeech)
            .put("source", source)
            .put("hint", hint));
  }
}
