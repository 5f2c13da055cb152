package games;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads gap texts in both stored encodings. Regular: n gaps, n + 1 texts, a list of options for
 * each gap. Flat: a text of underscores marks the one gap, and the options are one plain list.
 */
final class ClozeReader implements CatalogueReader<ClozeItem> {
  @Override
  public Optional<ClozeItem> authored(CatalogueEntry entry, Row row) {
    return item(
        entry,
        CatalogueTexts.json(row, "text_parts"),
        CatalogueTexts.json(row, "options"),
        CatalogueTexts.json(row, "correct_answers"));
  }

  @Override
  public Optional<ClozeItem> published(CatalogueEntry entry, JsonObject data) {
    return item(
        entry, data.getValue("textParts"), data.getValue("options"), data.getValue("correct"));
  }

  static Optional<ClozeItem> item(
      CatalogueEntry entry, Object textParts, Object options, Object correct) {
    List<String> parts = CatalogueTexts.texts(textParts).orElse(List.of());
    List<String> answers = CatalogueTexts.texts(correct).orElse(List.of());
    boolean flat =
        options instanceof JsonArray array
            && !array.isEmpty()
            && array.getValue(0) instanceof String;
    List<List<String>> choices =
        (flat ? CatalogueTexts.texts(options).map(List::of) : CatalogueTexts.textLists(options))
            .orElse(List.of());
    if (flat) {
      parts = regular(parts);
    }
    return playable(parts, choices, answers)
        ? Optional.of(new ClozeItem(entry, parts, choices, answers))
        : Optional.empty();
  }

  private static boolean playable(
      List<String> parts, List<List<String>> choices, List<String> answers) {
    if (answers.isEmpty()
        || parts.size() != answers.size() + 1
        || choices.size() != answers.size()) {
      return false;
    }
    for (int i = 0; i < answers.size(); i++) {
      if (!choices.get(i).contains(answers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The texts around the gap of the flat encoding, with a blank on each side of the gap but none
   * before punctuation.
   */
  private static List<String> regular(List<String> parts) {
    List<Integer> gaps = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).matches("_+")) {
        gaps.add(i);
      }
    }
    if (gaps.size() != 1) {
      return List.of();
    }
    String before = String.join(" ", parts.subList(0, gaps.get(0))).strip();
    String after = String.join(" ", parts.subList(gaps.get(0) + 1, parts.size())).strip();
    boolean punctuation = !after.isEmpty() && ".,?!;:)'’".indexOf(after.charAt(0)) >= 0;
    return List.of(
        before.isEmpty() ? "" : before + " ", after.isEmpty() || punctuation ? after : " " + after);
  }
}
