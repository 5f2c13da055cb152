package exercises.understanding;

import exercises.language.GrammarCheck;
import exercises.language.LearnerSlips;
import exercises.language.Morphology;
import exercises.language.Tagger;
import exercises.language.Token;
import java.util.List;
import java.util.Set;

/**
 * Cuts a corrected sentence down to what is surely right. A teacher puts right one piece of a long
 * sentence; the rest stays the student's own words, with slips nobody mentioned: "I singed so bad
 * that they laughed at me." Such a rest must not be shown as the right form.
 */
final class CorrectionTrim {
  private static final Set<String> JOINS =
      Set.of("and", "but", "because", "so", "that", "when", "if", "then", "or");

  private final Morphology morphology;
  private final GrammarCheck grammar;
  private final LearnerSlips slips;
  private final EditClassifier classifier;
  private final Tagger tagger;

  CorrectionTrim(
      Morphology morphology, GrammarCheck grammar, EditClassifier classifier, Tagger tagger) {
    this.morphology = morphology;
    this.grammar = grammar;
    this.slips = new LearnerSlips(morphology);
    this.classifier = classifier;
    this.tagger = tagger;
  }

  /**
   * The mistake as it is where the teacher said the whole sentence or nothing in it looks wrong;
   * else its clause or the words around the correction; null when even these hold another slip.
   */
  Mistake of(Mistake mistake) {
    return cut(mistake, false);
  }

  /** The words around the correction only, where the sentence was put right elsewhere too. */
  Mistake narrow(Mistake mistake) {
    Mistake cut = cut(mistake, true);
    return cut == null ? mistake : cut;
  }

  private Mistake cut(Mistake mistake, boolean always) {
    List<Token> wrong = Token.split(mistake.incorrect());
    List<Token> right = Token.split(mistake.correct());
    if (!always && said(mistake)) {
      return mistake;
    }
    int same = 0;
    while (same < Math.min(wrong.size(), right.size())
        && wrong.get(same).lower().equals(right.get(same).lower())) {
      same++;
    }
    int after = 0;
    while (after < Math.min(wrong.size(), right.size()) - same
        && wrong
            .get(wrong.size() - 1 - after)
            .lower()
            .equals(right.get(right.size() - 1 - after).lower())) {
      after++;
    }
    int from = same;
    int to = right.size() - after;
    int left = boundary(right, from);
    int end = end(right, to);
    boolean comma = marked(right, 0, left) || marked(right, end, right.size() - 1);
    if (!always && !comma && sound(right, 0, right.size())) {
      return mistake;
    }
    int least = Math.max(1, to - from);
    int[][] windows = {
      {always ? Math.max(left, from - 4) : left, always ? Math.min(end, to + 3) : end},
      {Math.max(left, from - 4), end},
      {left, Math.min(end, to + 2)},
      {Math.max(left, from - 3), Math.min(end, to + 2)},
      {Math.max(left, from - 2), Math.min(end, from + least + 1)},
    };
    for (int[] window : windows) {
      int last = whole(right, window[1], to);
      boolean cutShort =
          last + 1 < right.size()
              && (dangles(right.get(last - 1).lower()) || objectCut(right, last));
      boolean enough = last - window[0] >= 2 && !cutShort;
      if (enough && sound(right, window[0], last)) {
        int tail = right.size() - last;
        String incorrect = text(mistake.incorrect(), wrong, window[0], wrong.size() - tail);
        String correct = text(mistake.correct(), right, window[0], last);
        return incorrect.isEmpty() || incorrect.equalsIgnoreCase(correct)
            ? null
            : mistake.with(incorrect, correct);
      }
    }
    return null;
  }

  /** Whether the teacher said these words, all of them in this order. */
  private static boolean said(Mistake mistake) {
    List<String> words = Parts.of(mistake.correct()).parts();
    List<String> context = Parts.of(mistake.context()).parts();
    return Parts.indexOf(context, words) >= 0
        || Parts.indexOf(PointOfView.flip(context), words) >= 0
        || Parts.indexOf(context, PointOfView.flip(words)) >= 0;
  }

  /** "He says football | breaks | the legs". */
  private boolean objectCut(List<Token> tokens, int at) {
    String next = tokens.get(at).lower();
    String last = tokens.get(at - 1).lower();
    boolean subject =
        morphology.hasTagStarting(last, "NN")
            && !morphology.hasTagStarting(next, "IN")
            && morphology.hasTagStarting(next, "VB");
    return subject
        || EditClassifier.ARTICLES.contains(next) && morphology.hasTagStarting(last, "VB");
  }

  private boolean sound(List<Token> tokens, int from, int to) {
    List<Token> part = tokens.subList(from, to);
    boolean words =
        part.stream()
            .allMatch(
                t ->
                    !t.isWord()
                        || t.isCapitalised()
                        || t.text().contains("'")
                        || t.text().contains("’")
                        || t.text().contains("-")
                        || morphology.isEnglish(t.lower()));
    if (!words) {
      return false;
    }
    String fault = grammar.fault(part, List.of());
    return (fault == null || fault.equals("unfinished") || fault.startsWith("past time"))
        && part.stream().allMatch(t -> classifier.regularised(t.lower()) == null)
        && slips.in(part, tagger.tag(part)) == null;
  }

  /** Where the clause begins that holds the token. */
  private static int boundary(List<Token> tokens, int at) {
    for (int i = Math.min(at, tokens.size()) - 1; i > 0; i--) {
      boolean mark = !tokens.get(i).isWord() && !tokens.get(i).isNumber();
      if (mark || JOINS.contains(tokens.get(i).lower()) && at - i > 1) {
        return i + 1;
      }
    }
    return 0;
  }

  private static int end(List<Token> tokens, int at) {
    for (int i = Math.max(1, at); i < tokens.size(); i++) {
      boolean mark = !tokens.get(i).isWord() && !tokens.get(i).isNumber();
      if (mark || JOINS.contains(tokens.get(i).lower()) && i > at) {
        return i;
      }
    }
    return tokens.size();
  }

  private static boolean marked(List<Token> tokens, int from, int to) {
    return tokens.subList(Math.min(from, to), to).stream()
        .anyMatch(t -> !t.isWord() && !t.isNumber());
  }

  /** Not to end with a small word whose noun was cut off. */
  private static int whole(List<Token> tokens, int end, int least) {
    int to = end;
    while (to > Math.max(1, least) && dangles(tokens.get(to - 1).lower())) {
      to--;
    }
    return to;
  }

  private static boolean dangles(String word) {
    return EditClassifier.PREPOSITIONS.contains(word)
        || EditClassifier.ARTICLES.contains(word)
        || JOINS.contains(word);
  }

  private static String text(String sentence, List<Token> tokens, int from, int to) {
    if (from >= to || to > tokens.size()) {
      return "";
    }
    return Speech.written(
        sentence.substring(tokens.get(from).start(), tokens.get(to - 1).end()),
        sentence.endsWith("?") && to >= tokens.size() - 1);
  }
}
