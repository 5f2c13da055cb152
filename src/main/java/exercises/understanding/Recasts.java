package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.GrammarCheck;
import exercises.language.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The teacher says the student's sentence again in the right form, without a word about it. */
final class Recasts {
  private static final double SURE_ENOUGH = 0.7;
  private static final Set<String> ME_TOO = Set.of("also", "either", "neither", "both");
  private final GrammarCheck grammar;
  private final EditClassifier classifier;
  private final MistakeWriter writer;

  Recasts(GrammarCheck grammar, EditClassifier classifier, MistakeWriter writer) {
    this.grammar = grammar;
    this.classifier = classifier;
    this.writer = writer;
  }

  /**
   * @param uptake what the student said next; repeating the correction confirms it
   */
  Mistake find(String seed, Parts words, Turn student, Turn teacher, List<String> uptake) {
    List<String> flippedWords = PointOfView.flip(words.parts());
    Mistake surest = null;
    double bestFit = Double.NEGATIVE_INFINITY;
    List<String> offers = new ArrayList<>();
    teacher
        .sentences()
        .forEach(s -> offers.addAll(List.of(Expressions.split(s, "(?<=[.!?])\\s+"))));
    for (String sentence : teacher.sentences()) {
      // "You're a driver, a taxi driver.": what matters may be one clause of the sentence.
      String[] clauses = Expressions.split(sentence, "\\s*,\\s*");
      for (int i = 0; clauses.length > 1 && i < clauses.length; i++) {
        if (Token.words(clauses[i]).size() >= 3) {
          offers.add(clauses[i]);
        }
      }
    }
    for (String sentence : offers) {
      List<String> right = comparable(Parts.of(Speech.statement(sentence)).parts(), words.parts());
      long common =
          right.stream().filter(w -> words.parts().contains(w) || flippedWords.contains(w)).count();
      boolean opening = teacher.sentences().get(0).contains(sentence);
      // "On the platform.": the wrong piece alone, said right, before anything else.
      boolean piece = opening && right.size() <= 4 && !right.isEmpty();
      boolean fragment = piece && right.size() >= 2;
      if (right.size() < 3 && !fragment
          || right.size() > 18
          || common < (fragment ? 1 : 2)
          || meToo(right)) {
        continue;
      }
      Alignment order = WordOrder.of(words.parts(), right);
      if (order != null && surest == null) {
        return writer.write(
            seed, words, order, student, teacher.text(), 0.85, "teacher_correction");
      }
      Alignment same = Alignment.of(words.parts(), right, classifier::price);
      Alignment turned = Alignment.of(flippedWords, right, classifier::price);
      boolean flipped = turned.cost() < same.cost() - 0.01;
      Alignment best = flipped ? turned : same;
      if (best.edits().isEmpty() && best.equal() >= 3) {
        // Said again as it was: the teacher agrees.
        return null;
      }
      boolean onePiece =
          fragment
              && best.edits().size() == 1
              && best.foreign() == 0
              && (!sentence.strip().endsWith("?") || sameWord(best.edits().get(0)))
              && (best.equal() >= 2 || right.size() == 2);
      if ((onePiece || covers(best, words.parts()))
          && classifier.plausible(best, right, madeUp(best) ? 2 : 0)
          && best.equal() >= (onePiece ? 1 : 2)
          && (madeUp(best) || best.cost() <= 0.34 * right.size() + 0.2)
          && (!flipped || PointOfView.flippable(best))) {
        Alignment alignment =
            trimmed(
                absorbed(flipped ? PointOfView.unflip(best, words) : best, words.parts()),
                words.parts());
        boolean echo = flipped && opening && !sentence.strip().endsWith("?");
        // Told back to the student with several words the same: an echo that differs is a recast.
        boolean told = flipped && opening && best.equal() >= 3 && best.foreign() == 0;
        boolean shown =
            onePiece
                && !flipped
                && (best.equal() >= 2
                    || best.equal() == 1
                        && right.size() == 2
                        && (sameWord(best.edits().get(0)) || prepositions(best.edits().get(0))));
        double confidence =
            recastConfidence(words, alignment, flipped, uptake)
                + (told ? 0.15 : echo ? 0.1 : 0)
                + (shown ? 0.2 : 0);
        if (confidence >= SURE_ENOUGH) {
          Mistake found =
              writer.write(
                  seed,
                  words,
                  alignment,
                  student,
                  teacher.text(),
                  Math.min(0.9, confidence),
                  "teacher_correction");
          double fit = best.equal() - 0.5 * best.cost();
          if (found != null && fit > bestFit) {
            bestFit = fit;
            surest = found;
          }
        }
      }
    }
    return surest;
  }

  /**
   * "a came fire" for "a campfire": a misheard word's last piece belongs to the change before it.
   */
  private static Alignment absorbed(Alignment a, List<String> student) {
    if (a.edits().isEmpty()) {
      return a;
    }
    Edit last = a.edits().get(a.edits().size() - 1);
    if (a.foreign() == 0 || last.to() != a.to() || student.size() - a.to() != 1) {
      return a;
    }
    List<Edit> edits = new ArrayList<>(a.edits());
    edits.set(
        edits.size() - 1,
        new Edit(
            last.from(),
            student.size(),
            student.subList(last.from(), student.size()),
            last.right()));
    return new Alignment(a.from(), student.size(), edits, a.equal(), a.foreign(), a.cost());
  }

  /**
   * One word before the teacher's version that tells nothing was left out on purpose: "Until when I
   * need".
   */
  private static Alignment trimmed(Alignment a, List<String> student) {
    boolean extra = a.from() == 1 && EditClassifier.PREPOSITIONS.contains(student.get(0));
    if (!extra) {
      return a;
    }
    List<Edit> edits = new ArrayList<>(a.edits());
    edits.add(0, new Edit(0, 1, student.subList(0, 1), List.of()));
    return new Alignment(0, a.to(), edits, a.equal(), a.foreign(), a.cost());
  }

  /**
   * With a form that does not exist put right, the sentences belong together even if another word
   * differs.
   */
  private boolean madeUp(Alignment alignment) {
    return alignment.edits().stream()
        .anyMatch(
            e ->
                e.wrong().size() == 1
                    && e.right().size() == 1
                    && classifier.regularised(e.wrong().get(0)) != null
                    && classifier.related(e.wrong().get(0), e.right().get(0)));
  }

  private double recastConfidence(
      Parts words, Alignment alignment, boolean flipped, List<String> uptake) {
    if (alignment.edits().isEmpty()) {
      return 0;
    }
    double confidence = flipped ? 0.6 : 0.5;
    String window = words.rewrite(Math.max(0, alignment.from() - 2), alignment.to(), List.of());
    boolean faulty =
        grammar.fault(Token.split(window), List.of()) != null
            || words.parts().stream().anyMatch(w -> classifier.regularised(w) != null);
    String mended = words.rewrite(alignment.from(), alignment.to(), alignment.edits());
    boolean clean = grammar.fault(Token.split(mended), List.of()) == null;
    if (faulty && clean) {
      confidence += 0.25;
    }
    Edit first = alignment.edits().get(0);
    if (!first.right().isEmpty() && repeats(uptake, words.parts(), first)) {
      confidence += 0.2;
    }
    boolean sameSentence = !flipped && alignment.equal() >= 4 && alignment.foreign() == 0;
    if (missingWord(alignment) && clean || sameSentence) {
      confidence += 0.2;
    }
    return clean ? confidence : 0;
  }

  /**
   * The teacher's sentence without what only the conversation put there: another subject ("she
   * shouts at him" for "my mother shout on him") and a final "one".
   */
  private static List<String> comparable(List<String> right, List<String> student) {
    List<String> out = right;
    if (out.size() >= 4
        && Expressions.matches(out.get(0), "he|she|it|they")
        && student.stream()
            .noneMatch(w -> w.equals(right.get(0)) || Expressions.matches(w, "i|you|we"))) {
      out = out.subList(1, out.size());
    }
    int last = out.size() - 1;
    return last >= 3 && out.get(last).equals("one") && !student.contains("one")
        ? out.subList(0, last)
        : out;
  }

  /** A missing article or auxiliary put in is nothing else than a correction. */
  private static boolean missingWord(Alignment alignment) {
    return alignment.edits().stream()
        .allMatch(
            e ->
                e.wrong().isEmpty()
                    && (EditClassifier.ARTICLES.containsAll(e.right())
                        || EditClassifier.AUXILIARIES.containsAll(e.right())));
  }

  private static boolean repeats(List<String> uptake, List<String> student, Edit edit) {
    List<String> wanted = new ArrayList<>(edit.right());
    if (edit.to() < student.size()) {
      wanted.add(student.get(edit.to()));
    }
    List<String> withBefore = new ArrayList<>(edit.right());
    if (edit.from() > 0) {
      withBefore.add(0, student.get(edit.from() - 1));
    }
    return edit.from() > 0 && Parts.indexOf(uptake, withBefore) >= 0
        || Parts.indexOf(uptake, wanted) >= 0
        || edit.right().size() == 1 && uptake.size() <= 3 && uptake.contains(edit.right().get(0));
  }

  /** The teacher tells about herself: "I go to school too". */
  private static boolean meToo(List<String> words) {
    return words.stream().anyMatch(ME_TOO::contains) || words.get(words.size() - 1).equals("too");
  }

  private static boolean prepositions(Edit edit) {
    return !edit.wrong().isEmpty()
        && !edit.right().isEmpty()
        && EditClassifier.PREPOSITIONS.containsAll(edit.wrong())
        && EditClassifier.PREPOSITIONS.containsAll(edit.right());
  }

  private boolean sameWord(Edit edit) {
    return edit.wrong().size() == 1
        && edit.right().size() == 1
        && classifier.related(edit.wrong().get(0), edit.right().get(0));
  }

  private static boolean covers(Alignment alignment, List<String> student) {
    int left = alignment.from() + student.size() - alignment.to();
    boolean small = alignment.foreign() == 0 && alignment.edits().size() == 1;
    boolean telling =
        alignment.equal() >= 3 && alignment.to() - alignment.from() >= (small ? 3 : 4);
    return telling || left <= Math.max(2, student.size() / 3);
  }
}
