package exercises.model;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Token;
import exercises.understanding.Alignment;
import exercises.understanding.Edit;
import exercises.understanding.EditClassifier;
import exercises.understanding.LessonText;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeFinder;
import exercises.understanding.MistakeWriter;
import exercises.understanding.Parts;
import exercises.understanding.Provenance;
import exercises.understanding.Speech;
import exercises.understanding.Turn;
import exercises.understanding.WordOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a mistake that a model noted against the lesson: the student said it in that turn, the
 * right form changes little else, and it is right. Who bears it out decides how sure it is: the
 * teacher who says the right form next, the grammar rules, or only the model.
 */
final class NotedMistakes {
  /** Said again by the teacher in the right form. */
  private static final double TAUGHT = 0.9;

  /** Wrong by the grammar rules, right after the change. */
  private static final double RULED = 0.75;

  /** Only the model says so; too unsure to make a model sentence of. */
  private static final double CLAIMED = 0.6;

  /** Turns after the slip in which a teacher's correction is looked for. */
  private static final int NEXT = 4;

  private final GrammarCheck grammar;
  private final EditClassifier classifier;
  private final MistakeWriter writer;
  private final WrittenText written;
  private final LessonText lesson;
  private final Morphology morphology;

  NotedMistakes(Morphology morphology, LessonText lesson, WrittenText written) {
    this.grammar = new GrammarCheck(morphology);
    this.classifier = new EditClassifier(morphology);
    this.writer = new MistakeWriter(morphology, classifier);
    this.written = written;
    this.lesson = lesson;
    this.morphology = morphology;
  }

  /** Null when the lesson does not bear it out. */
  Mistake of(String seed, int line, String said, String correct, String why) {
    int at = place(line);
    if (at < 0 || !lesson.turns().get(at).isStudent() || tooLong(said) || tooLong(correct)) {
      return null;
    }
    Turn turn = lesson.turns().get(at);
    List<String> wrong = Parts.of(Speech.statement(Speech.clean(said))).parts();
    List<String> right = Parts.of(Speech.statement(Speech.clean(correct))).parts();
    if (wrong.isEmpty() || right.isEmpty() || !english(right)) {
      return null;
    }
    for (String sentence : turn.sentences()) {
      Parts words = Parts.of(Speech.statement(sentence));
      if (Parts.indexOf(words.parts(), wrong) < 0
          || words.parts().size() < 2
          || words.parts().size() > MistakeFinder.LONGEST_SENTENCE) {
        continue;
      }
      Alignment alignment = WordOrder.of(words.parts(), right);
      if (alignment == null) {
        alignment = Alignment.of(words.parts(), right, classifier::price);
        Turn teacher = confirming(at, right, alignment);
        if (!classifier.plausible(alignment, right, teacher == null ? 0 : 1)) {
          continue;
        }
      }
      Mistake mistake = judged(seed, at, words, alignment, right, why);
      if (mistake != null) {
        return mistake;
      }
    }
    return null;
  }

  private static boolean tooLong(String text) {
    return text == null || text.isBlank() || text.length() > Provenance.LONGEST;
  }

  private Mistake judged(
      String seed, int at, Parts words, Alignment alignment, List<String> right, String why) {
    Turn turn = lesson.turns().get(at);
    Turn teacher = confirming(at, right, alignment);
    String context = teacher == null ? turn.text() : teacher.text();
    Mistake mistake =
        writer.write(
            seed,
            words,
            alignment,
            turn,
            context,
            teacher == null ? CLAIMED : TAUGHT,
            teacher == null ? "student_mistake" : "teacher_correction");
    if (mistake == null
        || lesson.names().occursIn(mistake.correct())
        || lesson.names().occursIn(mistake.incorrect())
        || Token.words(mistake.correct()).stream().anyMatch(lesson.glosses()::isForeign)
        || fault(mistake.correct())) {
      return null;
    }
    double confidence =
        teacher == null && fault(mistake.incorrect()) ? RULED : mistake.confidence();
    String rule = written.explanation(why, mistake.correct() + " " + mistake.incorrect());
    return with(mistake, confidence, rule == null ? mistake.rule() : rule);
  }

  private boolean fault(String sentence) {
    return grammar.fault(Token.split(sentence), List.of()) != null
        || Token.words(sentence).stream().anyMatch(w -> classifier.regularised(w) != null);
  }

  private boolean english(List<String> parts) {
    return parts.stream()
        .allMatch(p -> !Character.isLetter(p.charAt(0)) || morphology.isEnglish(p));
  }

  /** The teacher's turn soon after that has the mended words with a neighbour, or null. */
  private Turn confirming(int at, List<String> right, Alignment alignment) {
    for (int i = at + 1; i < Math.min(lesson.turns().size(), at + 1 + NEXT); i++) {
      Turn turn = lesson.turns().get(i);
      if (!turn.teaching()) {
        continue;
      }
      List<String> heard = Parts.of(turn.text().toLowerCase(Locale.ROOT)).parts();
      boolean all =
          !alignment.edits().isEmpty()
              && alignment.edits().stream().allMatch(e -> heard(heard, e, right));
      if (all) {
        return turn;
      }
    }
    return null;
  }

  private static boolean heard(List<String> heard, Edit edit, List<String> right) {
    if (edit.right().isEmpty()) {
      // Something was too much: then the teacher says what is left.
      return Parts.indexOf(heard, right) >= 0;
    }
    int at = Parts.indexOf(right, edit.right());
    if (at < 0) {
      return false;
    }
    int end = at + edit.right().size();
    List<List<String>> windows = new ArrayList<>();
    if (end < right.size()) {
      windows.add(right.subList(at, end + 1));
    }
    if (at > 0) {
      windows.add(right.subList(at - 1, end));
    }
    if (windows.isEmpty()
        || !EditClassifier.PREPOSITIONS.containsAll(edit.right())
            && !EditClassifier.ARTICLES.containsAll(edit.right())
            && !EditClassifier.AUXILIARIES.containsAll(edit.right())) {
      windows.add(edit.right());
    }
    return windows.stream().anyMatch(w -> Parts.indexOf(heard, w) >= 0);
  }

  private int place(int line) {
    for (int i = 0; i < lesson.turns().size(); i++) {
      if (lesson.turns().get(i).utterance().index() == line) {
        return i;
      }
    }
    return -1;
  }

  private static Mistake with(Mistake m, double confidence, String rule) {
    return new Mistake(
        m.id(),
        m.incorrect(),
        m.correct(),
        m.type(),
        m.wrongPart(),
        m.rightPart(),
        m.wrongWindow(),
        rule,
        m.context(),
        m.difficulty(),
        confidence,
        m.source(),
        m.hint(),
        m.provenance());
  }
}
