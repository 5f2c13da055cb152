package exercises.rulebased;

import exercises.FillBlank;
import exercises.language.Token;
import exercises.understanding.Sentence;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A place in a model sentence where exactly one of four options is right.
 *
 * @param token the first token taken out
 * @param last the last token taken out; the same as {@code token} but for words whose order is
 *     asked
 * @param answer as written in the sentence
 * @param distractors three others, none of which fits
 * @param concept what is being practised: {@code vocabulary}, {@code verb_tense} and so on
 * @param evidence other tokens that make the answer the only right one; they must stay visible
 * @param explanation why the answer is right in this sentence
 * @param hint helps without giving the answer
 */
public record Gap(
    Sentence sentence,
    int token,
    int last,
    String answer,
    List<String> distractors,
    String concept,
    Set<Integer> evidence,
    String explanation,
    String hint) {
  /** The sentence with the blank in it. */
  public String prompt() {
    String text = sentence.text();
    return text.substring(0, sentence.tokens().get(token).start())
        + FillBlank.BLANK
        + text.substring(sentence.tokens().get(last).end());
  }

  /** Whether it is more than one word. */
  public boolean isSpan() {
    return last > token;
  }

  /** What one must know to answer, the same for gaps that differ in their words only. */
  String trick() {
    return concept + " " + hint.replaceAll("\"[^\"]*\"", "");
  }

  /** Null unless there are three distractors that differ from each other and from the answer. */
  public static Gap of(
      Sentence sentence,
      int token,
      List<String> distractors,
      String concept,
      Collection<Integer> evidence,
      String explanation,
      String hint) {
    return span(sentence, token, token, distractors, concept, evidence, explanation, hint);
  }

  /** As {@link #of}, of several words that stand side by side. */
  static Gap span(
      Sentence sentence,
      int token,
      int last,
      List<String> distractors,
      String concept,
      Collection<Integer> evidence,
      String explanation,
      String hint) {
    String answer =
        sentence
            .text()
            .substring(sentence.tokens().get(token).start(), sentence.tokens().get(last).end());
    boolean capital = token == 0 && Character.isUpperCase(answer.codePointAt(0));
    List<String> distinct =
        distractors.stream()
            .filter(d -> d != null && !d.isBlank())
            .map(d -> capital ? Token.capitalised(d) : d)
            .filter(d -> !d.equalsIgnoreCase(answer))
            .distinct()
            .limit(3)
            .toList();
    return distinct.size() < 3
        ? null
        : new Gap(
            sentence,
            token,
            last,
            answer,
            distinct,
            concept,
            new HashSet<>(evidence),
            explanation,
            hint);
  }
}
