package games;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A sentence with one gap and some ways to fill it.
 *
 * @param prompt with the gap as underscores
 * @param correctIndex position of the right option
 */
record GrammarQuestion(CatalogueEntry entry, String prompt, List<String> options, int correctIndex)
    implements PlacedItem {
  private static final List<String> ANSWER_MEMBERS = List.of("correctIndex", "explanation", "hint");

  @Override
  public List<String> answerMembers() {
    return ANSWER_MEMBERS;
  }

  /** The text of the right option. */
  String answer() {
    return options.get(correctIndex);
  }

  @Override
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("id", id())
            .put("prompt", prompt)
            .put("options", new JsonArray(options));
    return entry
        .addPlace(json, "category")
        .put("correctIndex", correctIndex)
        .put("explanation", entry.explanation())
        .put("hint", entry.hint());
  }

  @Override
  public Judgement judge(Answer answer) {
    if (answer.skipped()) {
      return Judgement.plain(false, answer());
    }
    Integer selected = answer.selectedAnswer();
    if (selected == null) {
      return Judgement.plain(answer.selfAssessed("selectedAnswer"), answer());
    }
    if (selected < 0 || selected >= options.size()) {
      throw GameProblem.invalid(
          "selectedAnswer", "must be the position of an option, 0 to " + (options.size() - 1));
    }
    return new Judgement(
        selected == correctIndex, options.get(selected), selected, null, null, null, answer());
  }

  @Override
  public JsonObject outcome(RecordedResult result) {
    return new JsonObject()
        .put("isCorrect", result.correct())
        .put(
            "question",
            new JsonObject()
                .put("id", id())
                .put("lastSelected", result.selectedAnswer())
                .put("attempts", result.attempts())
                .put("correctIndex", correctIndex));
  }

  @Override
  public JsonObject mistakeMembers() {
    return new JsonObject()
        .put("questionId", id())
        .put("prompt", prompt)
        .put("category", entry.topicId())
        .put("options", new JsonArray(options));
  }

  /** The sentence with its gap filled; a dash fills it with nothing. */
  String solved() {
    String filled =
        answer().equals("—")
            ? prompt.replaceFirst("_{2,} ?", "")
            : prompt.replaceFirst("_{2,}", Matcher.quoteReplacement(answer()));
    return Character.toUpperCase(filled.charAt(0)) + filled.substring(1);
  }
}
