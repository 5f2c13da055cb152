package games;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence to build from its words.
 *
 * @param english the sentence as written
 * @param translation in the learner's language, or null
 * @param tokens the words and punctuation marks in their order
 * @param distractors words that don't belong
 * @param accepted every right order, the usual one first; at least one
 */
record SentenceItem(
    CatalogueEntry entry,
    String english,
    String translation,
    List<String> tokens,
    List<String> distractors,
    List<List<String>> accepted)
    implements PlacedItem {
  private static final List<String> ANSWER_MEMBERS = List.of("accepted", "hint");

  @Override
  public List<String> answerMembers() {
    return ANSWER_MEMBERS;
  }

  @Override
  public JsonObject json() {
    JsonArray sequences = new JsonArray();
    accepted.forEach(sequence -> sequences.add(new JsonArray(sequence)));
    JsonObject json =
        new JsonObject()
            .put("id", id())
            .put("english", english)
            .put("translation", translation)
            .put("tokens", new JsonArray(tokens))
            .put("distractors", new JsonArray(distractors));
    return entry.addPlace(json, "topic").put("accepted", sequences).put("hint", entry.hint());
  }

  @Override
  public Judgement judge(Answer answer) {
    String right = new JsonArray(accepted.get(0)).encode();
    if (answer.skipped()) {
      return Judgement.plain(false, right);
    }
    List<String> laid = answer.userTokens();
    if (laid == null) {
      return Judgement.plain(answer.selfAssessed("userTokens"), right);
    }
    if (laid.isEmpty()) {
      throw GameProblem.invalid("userTokens", "must have at least one word");
    }
    boolean isCorrect = accepted.stream().anyMatch(sequence -> CatalogueTexts.same(laid, sequence));
    String text = new JsonArray(laid).encode();
    return new Judgement(
        isCorrect, text, null, null, laid, isCorrect ? null : errorType(laid), right);
  }

  /**
   * What is wrong with an order, against the usual one. Repeated words count as often as they
   * occur.
   */
  private String errorType(List<String> laid) {
    List<String> wanted = accepted.get(0);
    List<String> answered = sorted(laid);
    if (!answered.equals(sorted(wanted))) {
      if (laid.size() < wanted.size()) {
        return "missing_words";
      }
      if (laid.size() > wanted.size()) {
        return "extra_words";
      }
    }
    return "word_order";
  }

  private static List<String> sorted(List<String> tokens) {
    List<String> sorted = new ArrayList<>(tokens);
    sorted.replaceAll(CatalogueTexts::plain);
    sorted.sort(null);
    return sorted;
  }

  @Override
  public JsonObject outcome(RecordedResult result) {
    return new JsonObject()
        .put("isCorrect", result.correct())
        .put(
            "item",
            new JsonObject()
                .put("id", id())
                .put("lastTokens", Answer.json(result.userTokens()))
                .put("errorType", result.errorType())
                .put("attempts", result.attempts()));
  }

  @Override
  public JsonObject mistakeMembers() {
    return new JsonObject()
        .put("english", english)
        .put("translation", translation)
        .put("topic", entry.topicId());
  }
}
