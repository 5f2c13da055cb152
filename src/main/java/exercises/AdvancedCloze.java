package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A sentence with two gaps. */
public record AdvancedCloze(
    String id,
    String sentence,
    Blank blank1,
    Blank blank2,
    Difficulty difficulty,
    String sourceSentence,
    String concept,
    String explanation,
    Provenance provenance) {

  /** One gap: at least three options, one of them {@code correct}. */
  public record Blank(List<String> options, String correct, String hint) {
    JsonObject toJson() {
      return new JsonObject()
          .put("options", new JsonArray(List.copyOf(options)))
          .put("correct", correct)
          .put("hint", hint);
    }
  }

  AdvancedCloze with(Blank one, Blank two) {
    return new AdvancedCloze(
        id, sentence, one, two, difficulty, sourceSentence, concept, explanation, provenance);
  }

  public JsonObject toJson() {
    return provenance.addTo(
        new JsonObject()
            .put("id", id)
            .put("sentence", sentence)
            .put("blank1", blank1.toJson())
            .put("blank2", blank2.toJson())
            .put("difficulty", difficulty.word())
            .put("source_sentence", sourceSentence)
            .put("concept", concept)
            .put("explanation", explanation));
  }
}
