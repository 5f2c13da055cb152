package games;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/**
 * Reads grammar questions. The right answer is stored as text, or in lessons as its position; never
 * is a missing one taken for 0.
 */
final class GrammarReader implements CatalogueReader<GrammarQuestion> {
  @Override
  public Optional<GrammarQuestion> authored(CatalogueEntry entry, Row row) {
    List<String> options =
        CatalogueTexts.texts(CatalogueTexts.json(row, "options")).orElse(List.of());
    return question(
        entry,
        row.getString("question"),
        options,
        CatalogueTexts.position(row.getString("correct_answer"), options));
  }

  @Override
  public Optional<GrammarQuestion> published(CatalogueEntry entry, JsonObject data) {
    List<String> options = CatalogueTexts.texts(data.getValue("options")).orElse(List.of());
    Object answer = data.getValue("correctAnswer", data.getValue("correct_answer"));
    int index = -1;
    if (data.getValue("correctIndex") instanceof Integer position) {
      index = position;
    } else if (answer instanceof String text) {
      index = CatalogueTexts.position(text, options);
    }
    return question(
        entry, data.getValue("prompt") instanceof String prompt ? prompt : null, options, index);
  }

  private static Optional<GrammarQuestion> question(
      CatalogueEntry entry, String prompt, List<String> options, int correctIndex) {
    return prompt == null
            || options.size() < 2
            || correctIndex < 0
            || correctIndex >= options.size()
        ? Optional.empty()
        : Optional.of(new GrammarQuestion(entry, prompt, options, correctIndex));
  }
}
