package exercises.understanding;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The student says a sentence again after the teacher and now says it otherwise: the teacher's word
 * in between was the correction, however little of the sentence the teacher repeated ("Jerusalem is
 * more cold." - "Colder." - "Jerusalem is colder.").
 */
final class Uptakes {
  /** Words that may come or go without the sentence being about something else. */
  private static final Set<String> SMALL =
      Set.of("ago", "old", "than", "yet", "still", "much", "many", "some", "any", "there", "it");

  private final Morphology morphology;
  private final GrammarCheck grammar;
  private final EditClassifier classifier;
  private final MistakeWriter writer;

  Uptakes(
      Morphology morphology,
      GrammarCheck grammar,
      EditClassifier classifier,
      MistakeWriter writer) {
    this.morphology = morphology;
    this.grammar = grammar;
    this.classifier = classifier;
    this.writer = writer;
  }

  /**
   * @param first what the student said
   * @param teacher the turn between
   * @param again what the student said next, sentence by sentence
   * @return null unless the second saying mends the first with the teacher's words
   */
  Mistake find(String seed, Parts first, Turn student, Turn teacher, List<String> again) {
    Set<String> heard = new HashSet<>(Parts.of(teacher.text()).parts());
    heard.addAll(PointOfView.flip(new ArrayList<>(heard)));
    if (heard.contains("you")) {
      heard.addAll(Set.of("i", "am", "my", "mine", "'m", "was"));
    }
    for (String sentence : again) {
      List<String> second = Parts.of(Speech.statement(sentence)).parts();
      if (second.size() < 3 || second.equals(first.parts())) {
        continue;
      }
      Alignment a = Alignment.of(first.parts(), second, classifier::price);
      int longer = Math.max(a.to() - a.from(), second.size());
      boolean same =
          !a.edits().isEmpty()
              && a.edits().size() <= 3
              && a.equal() >= 2
              && a.equal() * 2 >= longer
              && a.edits().stream().allMatch(e -> mends(e, heard));
      boolean clean = grammar.fault(Token.split(sentence), List.of()) == null;
      boolean made = second.stream().anyMatch(w -> classifier.regularised(w) != null);
      if (same && clean && !made) {
        return writer.write(seed, first, a, student, teacher.text(), 0.85, "teacher_correction");
      }
    }
    return null;
  }

  /** True for a change of form or of a small word, to what the teacher just said. */
  private boolean mends(Edit edit, Set<String> heard) {
    for (String right : edit.right()) {
      String full = Parts.full(right);
      boolean known = heard.stream().anyMatch(h -> Parts.same(h, right)) || heard.contains(full);
      boolean formOfWrong = edit.wrong().stream().anyMatch(w -> classifier.related(w, right));
      if (!known || !small(right) && !formOfWrong && !formOf(right, edit.wrong())) {
        return false;
      }
    }
    return edit.wrong().stream()
        .allMatch(w -> small(w) || edit.right().stream().anyMatch(r -> classifier.related(w, r)));
  }

  private boolean formOf(String right, List<String> wrong) {
    return wrong.stream().anyMatch(w -> morphology.shareLemma(w, right));
  }

  private static boolean small(String word) {
    return EditClassifier.ARTICLES.contains(word)
        || EditClassifier.PREPOSITIONS.contains(word)
        || EditClassifier.AUXILIARIES.contains(word)
        || SMALL.contains(word)
        || word.matches("more|most|going|to");
  }
}
