package exercises;

import java.util.ArrayList;
import java.util.List;

/** Makes the record of a mistake from an aligned correction. */
final class MistakeWriter {
  private static final int LONGEST_CLAUSE = 16;
  private final Morphology morphology;
  private final EditClassifier classifier;

  MistakeWriter(Morphology morphology, EditClassifier classifier) {
    this.morphology = morphology;
    this.classifier = classifier;
  }

  /** Null when the result would not differ from what the student said, or says nothing. */
  Mistake write(
      String seed, Parts words, Alignment alignment, Turn student, String context, double confidence, String source) {
    if (alignment == null || alignment.edits().isEmpty()) {
      return null;
    }
    List<String> parts = words.parts();
    boolean whole = parts.size() <= LONGEST_CLAUSE;
    int from = whole ? 0 : Math.max(0, alignment.from() - 2);
    int to = whole ? parts.size() : Math.min(parts.size(), alignment.to() + 2);
    boolean question = student.text().endsWith("?") && whole;
    String incorrect = Speech.written(words.rewrite(from, to, List.of()), question);
    String correct = Speech.written(words.rewrite(from, to, alignment.edits()), question);
    if (correct.isEmpty() || incorrect.equalsIgnoreCase(correct)) {
      return null;
    }
    Edit main = alignment.edits().get(0);
    MistakeType type = classifier.type(main, parts);
    for (Edit edit : alignment.edits()) {
      MistakeType other = classifier.type(edit, parts);
      boolean telling = type == MistakeType.GENERAL && other != MistakeType.GENERAL || main.right().isEmpty() && !edit.right().isEmpty();
      if (telling) {
        main = edit;
        type = other;
      }
    }
    List<String> window = new ArrayList<>(parts.subList(Math.max(0, main.from() - 1), Math.min(parts.size(), main.to() + 1)));
    int length = to - from;
    Difficulty difficulty =
        length <= 5 ? Difficulty.BEGINNER : length <= 10 ? Difficulty.INTERMEDIATE : Difficulty.ADVANCED;
    return new Mistake(
        Ids.of(seed, "mistake", student.utterance().index() + incorrect),
        Provenance.bounded(incorrect),
        Provenance.bounded(correct),
        type,
        RuleText.show(main.wrong()).toLowerCase(java.util.Locale.ROOT),
        RuleText.show(main.right()).toLowerCase(java.util.Locale.ROOT),
        String.join(" ", window),
        RuleText.rule(type, main, parts, morphology),
        Provenance.bounded(context),
        difficulty,
        Math.round(confidence * 100) / 100.0,
        source,
        RuleText.hint(type),
        student.source());
  }
}
