package games;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A text with gaps.
 *
 * @param textParts one more than there are gaps
 * @param options the choices of each gap
 * @param correct the right one of each gap
 */
record ClozeItem(
    CatalogueEntry entry, List<String> textParts, List<List<String>> options, List<String> correct)
    implements PlacedItem {
  private static final List<String> ANSWER_MEMBERS = List.of("correct", "explanation", "hint");

  @Override
  public List<String> answerMembers() {
    return ANSWER_MEMBERS;
  }

  @Override
  public JsonObject json() {
    JsonArray choices = new JsonArray();
    options.forEach(gap -> choices.add(new JsonArray(gap)));
    JsonObject json =
        new JsonObject()
            .put("id", id())
            .put("textParts", new JsonArray(textParts))
            .put("options", choices);
    return entry
        .addPlace(json, "topic")
        .put("correct", new JsonArray(correct))
        .put("explanation", entry.explanation())
        .put("hint", entry.hint());
  }

  @Override
  public Judgement judge(Answer answer) {
    String right = new JsonArray(correct).encode();
    if (answer.skipped()) {
      return Judgement.plain(false, right);
    }
    List<String> selected = answer.selectedAnswers();
    if (selected == null) {
      return Judgement.plain(answer.selfAssessed("selectedAnswers"), right);
    }
    if (selected.size() != correct.size()) {
      throw GameProblem.invalid(
          "selectedAnswers",
          "must have one answer for each gap: " + correct.size() + " here, not " + selected.size());
    }
    boolean isCorrect = CatalogueTexts.same(selected, correct);
    return new Judgement(
        isCorrect, new JsonArray(selected).encode(), null, selected, null, null, right);
  }

  @Override
  public JsonObject outcome(RecordedResult result) {
    return new JsonObject()
        .put("isCorrect", result.correct())
        .put(
            "item",
            new JsonObject()
                .put("id", id())
                .put("lastSelected", Answer.json(result.selectedAnswers()))
                .put("attempts", result.attempts())
                .put("correct", new JsonArray(correct)));
  }

  @Override
  public JsonObject mistakeMembers() {
    return new JsonObject()
        .put("textParts", new JsonArray(textParts))
        .put("topic", entry.topicId())
        .put("correctAnswers", new JsonArray(correct));
  }

  /** The text with the right answers in its gaps. */
  String solved() {
    StringBuilder text = new StringBuilder(textParts.get(0));
    for (int i = 0; i < correct.size(); i++) {
      text.append(correct.get(i)).append(textParts.get(i + 1));
    }
    return text.toString();
  }
}
