package games;

import io.vertx.core.json.JsonObject;

/** One thing to play: a word, a gap text, a question, a sentence. Immutable. */
public interface GameItem {
  String id();

  /**
   * As sessions show it, in the canonical rendering with its answer members: section 1.13 of the
   * wire contract. A new object each time, which the caller may change.
   */
  JsonObject json();

  /**
   * Decides whether an answer is right, by section 1.14.
   *
   * @throws GameProblem when it is no answer to this item at all: a wrong number of answers, an
   *     option that is not there
   */
  Judgement judge(Answer answer);

  /**
   * What the answer to a result says of it beside {@code ok}, {@code duplicate} and {@code
   * progress}: for example {@code isCorrect} and {@code item}, or {@code word} with its counters.
   */
  JsonObject outcome(RecordedResult result);

  /**
   * What a list of mistakes shows of the item, for example {@code word} and {@code translation}.
   */
  JsonObject mistakeMembers();
}
