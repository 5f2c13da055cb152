package exercises.understanding;

import java.util.List;

/** What the teacher put right in so many words. */
final class SpokenCorrections {
  private final EditClassifier classifier;
  private final MistakeWriter writer;

  SpokenCorrections(EditClassifier classifier, MistakeWriter writer) {
    this.classifier = classifier;
    this.writer = writer;
  }

  /**
   * @param corrections what the teacher's turn may be correcting; only what fits the student's
   *     words counts
   */
  Mistake find(
      String seed,
      Parts words,
      Turn student,
      Turn teacher,
      List<CorrectionPhrases.Correction> corrections) {
    for (CorrectionPhrases.Correction correction : corrections) {
      Parts right = Parts.of(Speech.bare(correction.right()));
      if (right.parts().isEmpty() || right.parts().size() > 16) {
        continue;
      }
      Alignment alignment = null;
      List<String> wrong = Parts.of(correction.wrong()).parts();
      int at = wrong.isEmpty() ? -1 : Parts.indexOf(words.parts(), wrong);
      if (at >= 0 && right.parts().size() <= wrong.size() + 2) {
        alignment = Alignment.replacing(words, wrong, at, right.parts());
      } else {
        Alignment order = WordOrder.of(words.parts(), right.parts());
        Alignment tried =
            order != null ? order : Alignment.of(words.parts(), right.parts(), classifier::price);
        boolean certain = at >= 0;
        // "It's about Tuesday" has one word of the student's, and corrects nothing.
        boolean chance =
            order == null
                && !certain
                && tried.equal() < 2
                && tried.edits().stream()
                    .allMatch(
                        e ->
                            EditClassifier.PREPOSITIONS.containsAll(e.wrong())
                                && EditClassifier.PREPOSITIONS.containsAll(e.right()));
        // Told to be "opposite" instead of "in front", with all the rest the same.
        boolean oneChange =
            tried.edits().size() == 1
                && tried.equal() >= 4
                && tried.from() == 0
                && tried.to() == words.parts().size();
        if (!chance && classifier.plausible(tried, right.parts(), certain || oneChange ? 1 : 0)) {
          alignment = tried;
        } else {
          Alignment flipped =
              Alignment.of(PointOfView.flip(words.parts()), right.parts(), classifier::price);
          alignment =
              classifier.plausible(flipped, right.parts(), 0) && PointOfView.flippable(flipped)
                  ? PointOfView.unflip(flipped, words)
                  : null;
        }
      }
      if (alignment != null && !alignment.edits().isEmpty()) {
        double confidence = at >= 0 ? 0.95 : 0.85;
        return writer.write(
            seed, words, alignment, student, teacher.text(), confidence, "teacher_correction");
      }
    }
    return forbidden(seed, words, student, teacher);
  }

  /** "I agree. We don't say I am agree.": the right form stands in a sentence of its own. */
  private Mistake forbidden(String seed, Parts words, Turn student, Turn teacher) {
    for (String phrase : CorrectionPhrases.forbidden(teacher.text())) {
      List<String> wrong = Parts.of(phrase).parts();
      int at = Parts.indexOf(words.parts(), wrong);
      for (String sentence : at < 0 ? List.<String>of() : teacher.sentences()) {
        List<String> right = Parts.of(Speech.bare(sentence)).parts();
        boolean close =
            !right.isEmpty()
                && !right.equals(wrong)
                && right.size() <= wrong.size() + 2
                && right.stream().anyMatch(wrong::contains);
        if (close) {
          return writer.write(
              seed,
              words,
              Alignment.replacing(words, wrong, at, right),
              student,
              teacher.text(),
              0.9,
              "teacher_correction");
        }
      }
    }
    return null;
  }
}
