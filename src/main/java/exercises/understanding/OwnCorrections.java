package exercises.understanding;

import exercises.language.Morphology;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a student's turn shows by itself: slips the student mended, and regular forms of irregular
 * words.
 */
final class OwnCorrections {
  private static final Pattern MENDED =
      Pattern.compile(
          "(?i)\\b([\\p{L}']+(?: [\\p{L}']+)?)\\s*[,.…-]+\\s*(?:no|sorry|i"
              + " mean|oh)\\s*,?\\s*(?:no\\s*,?\\s*|sorry\\s*,?\\s*|i"
              + " mean\\s*,?\\s*)?([\\p{L}']+(?: [\\p{L}']+)?)");

  /** "I sleeped, slept": the right form follows at once. */
  private static final Pattern AT_ONCE =
      Pattern.compile("(?i)\\b([\\p{L}']+)\\s*,\\s*([\\p{L}']+)\\b,?");

  private final Morphology morphology;
  private final EditClassifier classifier;
  private final MistakeWriter writer;

  OwnCorrections(Morphology morphology, EditClassifier classifier, MistakeWriter writer) {
    this.morphology = morphology;
    this.classifier = classifier;
    this.writer = writer;
  }

  List<Mistake> in(String seed, Turn turn) {
    List<Mistake> found = new ArrayList<>();
    mended(seed, turn, found);
    regularised(seed, turn, found);
    return found;
  }

  /** "I goed, sorry, I went": the student's own correction. */
  private void mended(String seed, Turn turn, List<Mistake> found) {
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
      boolean oneWord =
          wrong.size() == right.size()
              && !wrong.equals(right)
              && classifier.related(wrong.get(wrong.size() - 1), right.get(right.size() - 1))
              && wrong.subList(0, wrong.size() - 1).equals(right.subList(0, right.size() - 1));
      if (oneWord) {
        String first = bare.substring(0, matcher.end(1)) + bare.substring(matcher.end(2));
        Parts words = Parts.of(first);
        int at = Parts.indexOf(words.parts(), wrong);
        if (at >= 0 && words.parts().size() >= 3) {
          Mistake mistake =
              writer.write(
                  seed,
                  words,
                  Alignment.replacing(words, wrong, at, right),
                  turn,
                  turn.text(),
                  0.85,
                  "student_mistake");
          if (mistake != null) {
            found.add(mistake);
          }
        }
      }
    }
  }

  /** "I buyed": no such form exists, whoever says so. */
  private void regularised(String seed, Turn turn, List<Mistake> found) {
    for (String sentence : turn.sentences()) {
      Parts words = Parts.of(Speech.statement(sentence));
      boolean readable =
          words.parts().size() >= 2 && words.parts().size() <= MistakeFinder.LONGEST_SENTENCE;
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
          Mistake mistake =
              writer.write(
                  seed,
                  words,
                  Alignment.replacing(words, List.of(wrong), i, List.of(right)),
                  turn,
                  turn.text(),
                  0.8,
                  "student_mistake");
          if (mistake != null) {
            found.add(mistake);
          }
        }
      }
    }
  }
}
