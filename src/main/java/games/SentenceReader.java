package games;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/** Reads sentences to build. */
final class SentenceReader implements CatalogueReader<SentenceItem> {
  @Override
  public Optional<SentenceItem> authored(CatalogueEntry entry, Row row) {
    return item(
        entry,
        row.getString("english_sentence"),
        row.getString("translation"),
        CatalogueTexts.json(row, "sentence_tokens"),
        CatalogueTexts.json(row, "accepted_sequences"),
        CatalogueTexts.json(row, "distractors"));
  }

  @Override
  public Optional<SentenceItem> published(CatalogueEntry entry, JsonObject data) {
    return item(
        entry,
        data.getValue("english") instanceof String english ? english : null,
        data.getValue("translation") instanceof String translation ? translation : null,
        data.getValue("tokens"),
        data.getValue("accepted"),
        data.getValue("distractors"));
  }

  private static Optional<SentenceItem> item(
      CatalogueEntry entry,
      String english,
      String translation,
      Object tokens,
      Object accepted,
      Object distractors) {
    List<String> words = CatalogueTexts.texts(tokens).orElse(List.of());
    List<List<String>> sequences = CatalogueTexts.textLists(accepted).orElse(List.of());
    if (english == null || words.isEmpty() || sequences.isEmpty() || sequences.get(0).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SentenceItem(
            entry,
            english,
            translation,
            words,
            CatalogueTexts.texts(distractors).orElse(List.of()),
            sequences));
  }
}
