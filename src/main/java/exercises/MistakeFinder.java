package exercises;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The student's slips as the lesson itself shows them: what the teacher put right in so many words, what the teacher
 * said again in the right form, what the student mended, and made-up regular forms. Finds few rather than wrong ones.
 */
final class MistakeFinder {
  static final int MOST = 15;
  /** Words; more without a full stop is no sentence anybody could learn from. */
  private static final int LONGEST_SENTENCE = 80;
  private static final Set<String> ME_TOO = Set.of("also", "either", "neither", "both");
  private static final Map<String, String> TO_STUDENT =
      Map.ofEntries(
          Map.entry("i", "you"), Map.entry("me", "you"), Map.entry("my", "your"), Map.entry("mine", "yours"),
          Map.entry("am", "are"), Map.entry("'m", "are"), Map.entry("was", "were"), Map.entry("we", "you"),
          Map.entry("our", "your"), Map.entry("us", "you"), Map.entry("myself", "yourself"));
  private static final Pattern MENDED =
      Pattern.compile(
          "(?i)\\b([\\p{L}']+(?: [\\p{L}']+)?)\\s*[,.…-]+\\s*(?:no|sorry|i mean|oh)\\s*,?\\s*(?:no\\s*,?\\s*|sorry\\s*,?\\s*|i mean\\s*,?\\s*)?([\\p{L}']+(?: [\\p{L}']+)?)");
  /** "I sleeped, slept": the right form follows at once. */
  private static final Pattern AT_ONCE = Pattern.compile("(?i)\\b([\\p{L}']+)\\s*,\\s*([\\p{L}']+)\\b,?");
  private final Morphology morphology;
  private final GrammarCheck grammar;
  private final EditClassifier classifier;
  private final MistakeWriter writer;

  MistakeFinder(Morphology morphology) {
    this.morphology = morphology;
    this.grammar = new GrammarCheck(morphology);
    this.classifier = new EditClassifier(morphology);
    this.writer = new MistakeWriter(morphology, classifier);
  }

  List<Mistake> find(String seed, LessonText lesson) {
    Map<String, Mistake> found = new java.util.LinkedHashMap<>();
    List<Turn> turns = lesson.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.isStudent()) {
        mended(seed, turn, found);
        regularised(seed, turn, found);
      } else if (turn.teaching()) {
        correctedBy(seed, turns, i, found);
      }
    }
    return found.values().stream()
        .filter(m -> !lesson.names().occursIn(m.correct()) && !lesson.names().occursIn(m.incorrect()))
        .filter(m -> Token.words(m.correct()).stream().noneMatch(lesson.glosses()::isForeign))
        .sorted(Comparator.comparingDouble(Mistake::confidence).reversed())
        .limit(MOST)
        .sorted(Comparator.comparingInt(m -> m.provenance().utterance()))
        .toList();
  }

  private void correctedBy(String seed, List<Turn> turns, int at, Map<String, Mistake> found) {
    Turn student = lastStudentTurn(turns, at);
    if (student == null) {
      return;
    }
    Turn teacher = turns.get(at);
    List<String> said = new ArrayList<>();
    student.sentences().forEach(s -> said.add(Speech.statement(s)));
    said.removeIf(s -> Token.words(s).size() < 2 || s.length() > LONGEST_SENTENCE * 8 || s.endsWith("?") && s.length() < 12);
    List<CorrectionPhrases.Correction> corrections = said.isEmpty() ? List.of() : CorrectionPhrases.in(teacher.text());
    for (int k = said.size() - 1; k >= 0; k--) {
      Parts words = Parts.of(said.get(k));
      boolean clause = words.parts().size() >= 4
          || words.parts().size() >= 2 && words.parts().get(0).matches("i|you|he|she|it|we|they");
      if (!clause) {
        continue;
      }
      Mistake told = explicit(seed, words, student, teacher, corrections);
      Mistake repeated = told != null && isClean(told.correct()) ? null : recast(seed, words, student, teacher, uptake(turns, at));
      Mistake mistake = repeated != null ? repeated : told;
      if (mistake != null && Token.words(mistake.correct()).stream().allMatch(w -> classifier.regularised(w) == null)) {
        put(found, mistake);
      }
    }
  }

  private boolean isClean(String sentence) {
    return grammar.fault(Token.split(sentence), List.of()) == null
        && Token.words(sentence).stream().allMatch(w -> classifier.regularised(w) == null);
  }

  /** A later, surer finding about the same words replaces an earlier one. */
  private static void put(Map<String, Mistake> found, Mistake mistake) {
    String key = mistake.provenance().utterance() + " " + mistake.wrongPart() + ">" + mistake.rightPart();
    Mistake known = found.get(key);
    if (known == null || known.confidence() < mistake.confidence()) {
      found.put(key, mistake);
    }
  }

  private static Turn lastStudentTurn(List<Turn> turns, int at) {
    for (int i = at - 1; i >= Math.max(0, at - 2); i--) {
      if (turns.get(i).isStudent()) {
        return turns.get(i);
      }
    }
    return null;
  }

  private static List<String> uptake(List<Turn> turns, int at) {
    boolean follows = at + 1 < turns.size() && turns.get(at + 1).isStudent();
    return follows ? Parts.of(turns.get(at + 1).text()).parts() : List.of();
  }

  private Mistake explicit(
      String seed, Parts words, Turn student, Turn teacher, List<CorrectionPhrases.Correction> corrections) {
    for (CorrectionPhrases.Correction correction : corrections) {
      Parts right = Parts.of(Speech.bare(correction.right()));
      if (right.parts().isEmpty() || right.parts().size() > 16) {
        continue;
      }
      Alignment alignment = null;
      List<String> wrong = Parts.of(correction.wrong()).parts();
      int at = wrong.isEmpty() ? -1 : indexOf(words.parts(), wrong);
      if (at >= 0 && right.parts().size() <= wrong.size() + 2) {
        alignment = replaced(words, wrong, at, right.parts());
      } else {
        Alignment order = WordOrder.of(words.parts(), right.parts());
        Alignment tried = order != null ? order : Alignment.of(words.parts(), right.parts(), classifier::price);
        boolean certain = at >= 0;
        if (plausible(tried, right.parts(), certain ? 1 : 0)) {
          alignment = tried;
        } else {
          Alignment flipped = Alignment.of(flip(words.parts()), right.parts(), classifier::price);
          alignment = plausible(flipped, right.parts(), 0) && flippable(flipped) ? unflip(flipped, words) : null;
        }
      }
      if (alignment != null && !alignment.edits().isEmpty()) {
        double confidence = at >= 0 ? 0.95 : 0.85;
        return writer.write(seed, words, alignment, student, teacher.text(), confidence, "teacher_correction");
      }
    }
    return forbidden(seed, words, student, teacher);
  }

  /** "I agree. We don't say I am agree.": the right form stands in a sentence of its own. */
  private Mistake forbidden(String seed, Parts words, Turn student, Turn teacher) {
    for (String phrase : CorrectionPhrases.forbidden(teacher.text())) {
      List<String> wrong = Parts.of(phrase).parts();
      int at = indexOf(words.parts(), wrong);
      for (String sentence : at < 0 ? List.<String>of() : teacher.sentences()) {
        List<String> right = Parts.of(Speech.bare(sentence)).parts();
        boolean close = !right.isEmpty() && !right.equals(wrong) && right.size() <= wrong.size() + 2
            && right.stream().anyMatch(wrong::contains);
        if (close) {
          return writer.write(
              seed, words, replaced(words, wrong, at, right), student, teacher.text(), 0.9, "teacher_correction");
        }
      }
    }
    return null;
  }

  /** The teacher named the wrong words, so any replacement counts; common words at its edges are no change. */
  private static Alignment replaced(Parts words, List<String> wrong, int at, List<String> right) {
    int head = 0;
    while (head < Math.min(wrong.size(), right.size()) && wrong.get(head).equals(right.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(wrong.size(), right.size()) - head
        && wrong.get(wrong.size() - 1 - tail).equals(right.get(right.size() - 1 - tail))) {
      tail++;
    }
    List<String> before = wrong.subList(head, wrong.size() - tail);
    List<String> after = right.subList(head, right.size() - tail);
    if (before.isEmpty() && after.isEmpty()) {
      return null;
    }
    Edit edit = new Edit(at + head, at + wrong.size() - tail, before, after);
    return new Alignment(at, at + wrong.size(), List.of(edit), words.parts().size(), 0, Alignment.GRAMMAR);
  }

  private boolean plausible(Alignment alignment, List<String> right, int contentAllowed) {
    int edits = alignment.edits().size();
    boolean single = right.size() == 1 && edits == 1 && alignment.equal() == 0
        && alignment.edits().get(0).wrong().size() == 1 && classifier.related(alignment.edits().get(0).wrong().get(0), right.get(0));
    boolean anchored = alignment.equal() >= 1 && alignment.cost() <= 0.5 * right.size() + 0.35;
    return edits >= 1 && edits <= 3 && alignment.foreign() <= contentAllowed && (single || anchored);
  }

  private Mistake recast(String seed, Parts words, Turn student, Turn teacher, List<String> uptake) {
    List<String> flippedWords = flip(words.parts());
    for (String sentence : teacher.sentences()) {
      List<String> right = Parts.of(Speech.statement(sentence)).parts();
      long common = right.stream().filter(w -> words.parts().contains(w) || flippedWords.contains(w)).count();
      boolean opening = sentence.equals(teacher.sentences().get(0));
      boolean fragment = right.size() == 2 && opening;
      if (right.size() < 3 && !fragment || right.size() > 18 || common < (fragment ? 1 : 2) || meToo(right)) {
        continue;
      }
      Alignment order = WordOrder.of(words.parts(), right);
      if (order != null) {
        return writer.write(seed, words, order, student, teacher.text(), 0.85, "teacher_correction");
      }
      Alignment same = Alignment.of(words.parts(), right, classifier::price);
      Alignment turned = Alignment.of(flippedWords, right, classifier::price);
      boolean flipped = turned.cost() < same.cost() - 0.01;
      Alignment best = flipped ? turned : same;
      if (best.edits().isEmpty() && best.equal() >= 3) {
        // Said again as it was: the teacher agrees.
        return null;
      }
      if ((fragment || covers(best, words.parts())) && plausible(best, right, madeUp(best) ? 2 : 0) && best.equal() >= (fragment ? 1 : 2)
          && (madeUp(best) || best.cost() <= 0.34 * right.size() + 0.2) && (!flipped || flippable(best))) {
        Alignment alignment = trimmed(absorbed(flipped ? unflip(best, words) : best, words.parts()), words.parts());
        boolean echo = flipped && opening && !sentence.strip().endsWith("?");
        double confidence = recastConfidence(words, alignment, flipped, uptake) + (echo ? 0.1 : 0);
        if (confidence >= 0.7) {
          return writer.write(seed, words, alignment, student, teacher.text(), Math.min(0.9, confidence), "teacher_correction");
        }
      }
    }
    return null;
  }

  /** "a came fire" for "a campfire": a misheard word's last piece belongs to the change before it. */
  private static Alignment absorbed(Alignment a, List<String> student) {
    Edit last = a.edits().get(a.edits().size() - 1);
    if (a.foreign() == 0 || last.to() != a.to() || student.size() - a.to() != 1) {
      return a;
    }
    List<Edit> edits = new ArrayList<>(a.edits());
    edits.set(edits.size() - 1, new Edit(last.from(), student.size(), student.subList(last.from(), student.size()), last.right()));
    return new Alignment(a.from(), student.size(), edits, a.equal(), a.foreign(), a.cost());
  }

  /** One word before the teacher's version that tells nothing was left out on purpose: "Until when I need". */
  private static Alignment trimmed(Alignment a, List<String> student) {
    boolean extra = a.from() == 1 && EditClassifier.PREPOSITIONS.contains(student.get(0));
    if (!extra) {
      return a;
    }
    List<Edit> edits = new ArrayList<>(a.edits());
    edits.add(0, new Edit(0, 1, student.subList(0, 1), List.of()));
    return new Alignment(0, a.to(), edits, a.equal(), a.foreign(), a.cost());
  }

  /** With a form that does not exist put right, the sentences belong together even if another word differs. */
  private boolean madeUp(Alignment alignment) {
    return alignment.edits().stream()
        .anyMatch(e -> e.wrong().size() == 1 && e.right().size() == 1 && classifier.regularised(e.wrong().get(0)) != null
            && classifier.related(e.wrong().get(0), e.right().get(0)));
  }

  private double recastConfidence(Parts words, Alignment alignment, boolean flipped, List<String> uptake) {
    double confidence = flipped ? 0.6 : 0.5;
    String window = words.rewrite(Math.max(0, alignment.from() - 2), alignment.to(), List.of());
    boolean faulty = grammar.fault(Token.split(window), List.of()) != null || words.parts().stream().anyMatch(w -> classifier.regularised(w) != null);
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

  /** A missing article or auxiliary put in is nothing else than a correction. */
  private static boolean missingWord(Alignment alignment) {
    return alignment.edits().stream()
        .allMatch(e -> e.wrong().isEmpty() && (EditClassifier.ARTICLES.containsAll(e.right()) || EditClassifier.AUXILIARIES.containsAll(e.right())));
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
    return edit.from() > 0 && indexOf(uptake, withBefore) >= 0 || indexOf(uptake, wanted) >= 0 || edit.right().size() == 1 && uptake.size() <= 3 && uptake.contains(edit.right().get(0));
  }

  /** The teacher tells about herself: "I go to school too". */
  private static boolean meToo(List<String> words) {
    return words.stream().anyMatch(ME_TOO::contains) || words.get(words.size() - 1).equals("too");
  }

  private static boolean covers(Alignment alignment, List<String> student) {
    int left = alignment.from() + student.size() - alignment.to();
    boolean telling = alignment.equal() >= 3 && alignment.to() - alignment.from() >= 4;
    return telling || left <= Math.max(2, student.size() / 3);
  }

  private static List<String> flip(List<String> words) {
    List<String> flipped = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean first = i > 0 && words.get(i - 1).equals("i");
      boolean beOfI = Set.of("am", "'m", "was").contains(word);
      flipped.add(beOfI && !first ? word : TO_STUDENT.getOrDefault(word, word));
    }
    return flipped;
  }

  /** Words put in must mean the same from both sides of the conversation. */
  private static boolean flippable(Alignment alignment) {
    return alignment.edits().stream()
        .allMatch(e -> e.right().stream().noneMatch(EditClassifier.PRONOUNS::contains));
  }

  private static Alignment unflip(Alignment flipped, Parts words) {
    List<Edit> edits = new ArrayList<>();
    for (Edit edit : flipped.edits()) {
      boolean afterI = edit.from() > 0 && words.parts().get(edit.from() - 1).equals("i");
      List<String> right = new ArrayList<>();
      for (String word : edit.right()) {
        right.add(!afterI ? word : word.matches("are|'re") ? "am" : word.equals("were") ? "was" : word);
      }
      Edit turned = new Edit(edit.from(), edit.to(), words.parts().subList(edit.from(), edit.to()), right);
      if (!turned.wrong().equals(turned.right())) {
        edits.add(turned);
      }
    }
    return new Alignment(flipped.from(), flipped.to(), edits, flipped.equal(), flipped.foreign(), flipped.cost());
  }

  static int indexOf(List<String> words, List<String> part) {
    for (int i = 0; !part.isEmpty() && i + part.size() <= words.size(); i++) {
      if (words.subList(i, i + part.size()).equals(part)) {
        return i;
      }
    }
    return -1;
  }

  /** "I goed, sorry, I went": the student's own correction. */
  private void mended(String seed, Turn turn, Map<String, Mistake> found) {
    for (String sentence : turn.sentences()) {
      String bare = Speech.statement(sentence);
      Matcher matcher = MENDED.matcher(bare);
      if (!matcher.find()) {
        matcher = AT_ONCE.matcher(bare);
        if (!matcher.find()) {
          continue;
        }
      }
      List<String> wrong = Parts.of(matcher.group(1)).parts();
      List<String> right = Parts.of(matcher.group(2)).parts();
      boolean oneWord = wrong.size() == right.size() && !wrong.equals(right)
          && classifier.related(wrong.get(wrong.size() - 1), right.get(right.size() - 1))
          && wrong.subList(0, wrong.size() - 1).equals(right.subList(0, right.size() - 1));
      if (oneWord) {
        String first = bare.substring(0, matcher.end(1)) + bare.substring(matcher.end(2));
        Parts words = Parts.of(first);
        int at = indexOf(words.parts(), wrong);
        if (at >= 0 && words.parts().size() >= 3) {
          Mistake mistake = writer.write(
              seed, words, replaced(words, wrong, at, right), turn, turn.text(), 0.85, "student_mistake");
          if (mistake != null) {
            put(found, mistake);
          }
        }
      }
    }
  }

  /** "I buyed": no such form exists, whoever says so. */
  private void regularised(String seed, Turn turn, Map<String, Mistake> found) {
    for (String sentence : turn.sentences()) {
      Parts words = Parts.of(Speech.statement(sentence));
      boolean readable = words.parts().size() >= 3 && words.parts().size() <= LONGEST_SENTENCE;
      for (int i = 0; i < words.parts().size() && readable; i++) {
        String wrong = words.parts().get(i);
        String stem = classifier.regularised(wrong);
        if (stem == null) {
          continue;
        }
        boolean verb = wrong.endsWith("d");
        String right = morphology.form(stem, verb ? "VBD" : "NNS");
        boolean known = right != null && (verb ? !right.endsWith("ed") : !right.endsWith("s"));
        if (known) {
          Mistake mistake = writer.write(
              seed, words, replaced(words, List.of(wrong), i, List.of(right)), turn, turn.text(), 0.8, "student_mistake");
          if (mistake != null) {
            put(found, mistake);
          }
        }
      }
    }
  }
}
