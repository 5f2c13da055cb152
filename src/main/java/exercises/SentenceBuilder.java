package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A sentence to be put together from its tokens.
 *
 * @param accepted every right order; the first is {@code tokens}
 * @param translation of the whole sentence, or null when nothing can translate it: the member is
 *     then left out
 */
public record SentenceBuilder(
    String id,
    String english,
    List<String> tokens,
    List<List<String>> accepted,
    List<String> distractors,
    String translation,
    String hint,
    Difficulty difficulty,
    Provenance provenance) {

  public JsonObject toJson() {
    JsonArray sequences = new JsonArray();
    accepted.forEach(sequence -> sequences.add(new JsonArray(List.copyOf(sequence))));
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("english", english)
            .put("tokens", new JsonArray(List.copyOf(tokens)))
            .put("accepted", sequences)
            .put("distractors", new JsonArray(List.copyOf(distractors)))
            .put("hint", hint)
            .put("difficulty", difficulty.word());
    if (translation != null) {
      json.put("translation", translation);
    }
    return provenance.addTo(json);
  }
}
