package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recasts of a small piece of a longer turn: the teacher's words agree with the student's left and
 * right of one small word or one form that differs. The rest of both turns may be anything, so only
 * changes count that hardly mean anything else than a correction: a preposition, an article, a
 * quantity, a form of the same word, a missing subject.
 */
final class LocalRecasts {
  private static final double CONFIDENCE = 0.75;

  /** Beyond this many changes the two turns are about different things. */
  private static final int MOST_EDITS = 3;

  private static final Set<String> QUANTITIES =
      Set.of("much", "many", "few", "little", "some", "any", "no");
  private static final Map<String, String> NEGATIVES =
      Map.of("nothing", "anything", "nobody", "anybody", "never", "ever");

  private static final Set<String> MODALS =
      Set.of("can", "will", "must", "should", "could", "would", "may", "might");

  /** Prepositions that are taken for each other; "before" and "after" are two different things. */
  private static final Set<String> SMALL =
      Set.of("in", "on", "at", "of", "by", "about", "near", "with", "for");

  private static final Set<String> SUBJECTS =
      Set.of("it", "she", "he", "that", "they", "this", "there");
  private final Morphology morphology;
  private final GrammarCheck grammar;
  private final EditClassifier classifier;
  private final MistakeWriter writer;

  LocalRecasts(
      Morphology morphology,
      GrammarCheck grammar,
      EditClassifier classifier,
      MistakeWriter writer) {
    this.morphology = morphology;
    this.grammar = grammar;
    this.classifier = classifier;
    this.writer = writer;
  }

  /** What pieces of the teacher's turn put right in the student's sentence, one slip each. */
  List<Mistake> find(String seed, Parts words, boolean asked, Turn student, Turn teacher) {
    List<String> said = words.parts();
    List<Mistake> found = new ArrayList<>();
    Set<Integer> places = new HashSet<>();
    for (String turn : teacher.sentences()) {
      for (String sentence : Expressions.split(turn, "(?<=[.!?])\\s+")) {
        // "She knocks on the door every day?" is said again, not asked for.
        boolean question =
            sentence.strip().endsWith("?") && ModelSentences.asks(Speech.bare(sentence));
        List<String> right = Parts.of(Speech.statement(sentence)).parts();
        // "I go by bus too": the teacher tells of herself.
        boolean own =
            right.stream().anyMatch(w -> Expressions.matches(w, "too|also|either|neither|both"));
        if (right.isEmpty() || right.size() > 18 || said.size() > 40 || own) {
          continue;
        }
        List<Edit> edits = edits(said, right, question, asked);
        if (edits.isEmpty() || edits.size() > MOST_EDITS) {
          continue;
        }
        Mistake mistake =
            edits.stream().anyMatch(e -> places.contains(e.from()))
                ? null
                : write(seed, words, edits, student, teacher);
        if (mistake != null) {
          edits.forEach(e -> places.add(e.from()));
          found.add(mistake);
        }
      }
    }
    return found;
  }

  private Mistake write(String seed, Parts words, List<Edit> edits, Turn student, Turn teacher) {
    int from = edits.get(0).from();
    int to = edits.get(edits.size() - 1).to();
    String mended =
        words.rewrite(
            Math.max(0, from - 3),
            Math.min(words.parts().size(), Math.max(to, from + 1) + 3),
            edits);
    String fault = grammar.fault(Token.split(mended), List.of());
    // The window may be cut where the sentence goes on.
    if (fault != null && !fault.equals("unfinished")) {
      return null;
    }
    // Several changes: what stands between them and their neighbours agree as well.
    boolean one = edits.size() == 1;
    Alignment alignment =
        new Alignment(
            one ? from : Math.max(0, from - 1),
            one ? to : Math.min(words.parts().size(), to + 1),
            edits,
            2,
            0,
            Alignment.GRAMMAR);
    return writer.write(
        seed, words, alignment, student, teacher.text(), CONFIDENCE, "teacher_correction");
  }

  private List<Edit> edits(List<String> said, List<String> right, boolean question, boolean asked) {
    List<Edit> edits = new ArrayList<>();
    Edit subject = asked == question ? missingSubject(said, right, asked) : null;
    if (subject != null) {
      edits.add(subject);
    }
    Edit moved = asked == question ? RecastOrder.in(said, right) : null;
    if (moved != null && edits.isEmpty()) {
      return List.of(moved);
    }
    for (int j = 0; j <= said.size(); j++) {
      Edit edit = null;
      for (int i = 0; i < right.size() && edit == null; i++) {
        edit = at(said, j, right, i, question);
      }
      boolean apart = edits.isEmpty() || edit == null || edits.get(edits.size() - 1).to() < j;
      if (edit != null && apart) {
        edits.add(edit);
        j = Math.max(j, edit.to());
      }
    }
    return edits;
  }

  /** "Is very big." - "It's very big.": languages that leave the subject out. */
  private static Edit missingSubject(List<String> said, List<String> right, boolean asked) {
    for (int k = 0; k + 1 < said.size(); k++) {
      boolean opens =
          k == 0 || k == 1 && Expressions.matches(said.get(0), "now|no|because|but|today|so|and");
      if (!opens || !Expressions.matches(said.get(k), "is|was|are|were|can|will|has|must")) {
        continue;
      }
      for (int i = 0; i + 2 < right.size(); i++) {
        boolean starts =
            i == 0 || Expressions.matches(right.get(i - 1), "now|because|but|ha|yes|so|and|no");
        int subject = asked ? i + 1 : i;
        int verb = asked ? i : i + 1;
        boolean same =
            starts
                && SUBJECTS.contains(right.get(subject))
                && Parts.same(said.get(k), right.get(verb))
                && !SUBJECTS.contains(said.get(k + 1))
                && agree(said, k + 1, right, i + 2);
        if (same) {
          int at = asked ? k + 1 : k;
          return new Edit(at, at, List.of(), List.of(right.get(subject)));
        }
      }
    }
    return null;
  }

  /** The change that makes the student's words before {@code j} go on as the teacher's do. */
  private Edit at(List<String> said, int j, List<String> right, int i, boolean question) {
    String word = right.get(i);
    boolean left = j > 0 && i > 0 && agree(said, j - 1, right, i - 1);
    boolean fragment = i == 0 && right.size() <= 4;
    if (!left && !fragment) {
      return null;
    }
    if (j < said.size() && !Parts.same(said.get(j), word)) {
      Edit swap = swap(said, j, right, i, left, question);
      if (swap != null) {
        return swap;
      }
    }
    boolean small = EditClassifier.ARTICLES.contains(word) || isPreposition(word);
    if (left && small && j < said.size() && agree(said, j, right, i + 1) && content(said, j)) {
      return new Edit(j, j, List.of(), List.of(word));
    }
    boolean bare =
        left
            && j + 1 < said.size()
            && (EditClassifier.ARTICLES.contains(said.get(j))
                    && isPreposition(said.get(j - 1))
                    && content(said, j + 1)
                || said.get(j).equals("to") && MODALS.contains(said.get(j - 1)))
            && agree(said, j + 1, right, i);
    if (bare) {
      return new Edit(j, j + 1, List.of(said.get(j)), List.of());
    }
    boolean dropped =
        j + 1 < said.size()
            && (EditClassifier.ARTICLES.contains(said.get(j)) || isPreposition(said.get(j)))
            && agree(said, j + 1, right, i)
            && (left && content(said, j - 1)
                || fragment
                    && Expressions.matches(word, "last|next|every")
                    && agree(said, j + 2, right, i + 1));
    return dropped ? new Edit(j, j + 1, List.of(said.get(j)), List.of()) : null;
  }

  private Edit swap(
      List<String> said, int j, List<String> right, int i, boolean left, boolean question) {
    String wrong = said.get(j);
    String word = right.get(i);
    if (isPreposition(wrong) && isPreposition(word)) {
      return preposition(said, j, right, i, left);
    }
    boolean next = agree(said, j + 1, right, i + 1);
    boolean ended = j + 1 == said.size() && i + 1 == right.size();
    boolean counted = QUANTITIES.contains(wrong) && QUANTITIES.contains(word) && next;
    boolean negative = NEGATIVES.getOrDefault(wrong, "").equals(word) && left;
    if (left && (counted || negative)) {
      return new Edit(j, j + 1, List.of(wrong), List.of(word));
    }
    boolean lot =
        Expressions.matches(wrong, "many|much")
            && left
            && i + 2 < right.size()
            && right.subList(i, i + 3).equals(List.of("a", "lot", "of"))
            && agree(said, j + 1, right, i + 3);
    if (lot) {
      return new Edit(j, j + 1, List.of(wrong), List.of("a", "lot", "of"));
    }
    boolean twice = left && j > 1 && i > 1 && agree(said, j - 2, right, i - 2);
    boolean noun = left && i == 1 && right.size() == 2;
    boolean form =
        !question
            && !wrong.equals("be")
            && (!EditClassifier.AUXILIARIES.contains(word)
                || wrong.equals("have") && word.equals("has"))
            && classifier.related(wrong, word)
            && (left && (next || ended) || twice || noun);
    boolean verb = !question && left && next && classifier.confused(wrong, word);
    boolean object =
        !question
            && twice
            && ended
            && wrong.equals("it")
            && Expressions.matches(word, "them|him|her");
    return form || verb || object ? new Edit(j, j + 1, List.of(wrong), List.of(word)) : null;
  }

  /** The noun decides: "in the school" and "at school", but for an article. */
  private Edit preposition(List<String> said, int j, List<String> right, int i, boolean left) {
    // "I go to school", "you are at school": both may be right.
    if (!SMALL.contains(said.get(j))
        || !SMALL.contains(right.get(i))
        || !left && Expressions.matches(right.get(i), "with|for")) {
      return null;
    }
    boolean hisArticle = j + 1 < said.size() && EditClassifier.ARTICLES.contains(said.get(j + 1));
    boolean herArticle = i + 1 < right.size() && EditClassifier.ARTICLES.contains(right.get(i + 1));
    int noun = j + (hisArticle ? 2 : 1);
    int named = i + (herArticle ? 2 : 1);
    boolean same = noun < said.size() && named < right.size();
    same = same && (agree(said, noun, right, named) || sameNoun(said.get(noun), right.get(named)));
    // "On the bus" and "at the bus stop" are two places.
    boolean compound =
        named + 1 < right.size()
            && content(right, named + 1)
            && morphology.hasTagStarting(right.get(named + 1), "NN")
            && !morphology.hasTagStarting(right.get(named + 1), "VB")
            && !agree(said, noun + 1, right, named + 1);
    if (compound) {
      return null;
    }
    if (!same || !left && !content(said, noun)) {
      return null;
    }
    return new Edit(
        j, noun, new ArrayList<>(said.subList(j, noun)), new ArrayList<>(right.subList(i, named)));
  }

  private boolean sameNoun(String one, String other) {
    return morphology.hasTagStarting(one, "NN") && morphology.shareLemma(one, other);
  }

  private static boolean isPreposition(String word) {
    return EditClassifier.PREPOSITIONS.contains(word);
  }

  /** A word that can't agree by chance as "the" or "is" may. */
  private static boolean content(List<String> words, int at) {
    String word = words.get(at);
    return !EditClassifier.ARTICLES.contains(word)
        && !EditClassifier.PREPOSITIONS.contains(word)
        && !EditClassifier.AUXILIARIES.contains(word)
        && !EditClassifier.PRONOUNS.contains(word)
        && !Expressions.matches(word, "and|or|but|so|yes|no|very");
  }

  /** The same word, perhaps from the other side of the conversation. */
  private static boolean agree(List<String> said, int j, List<String> right, int i) {
    if (j < 0 || i < 0 || j >= said.size() || i >= right.size()) {
      return false;
    }
    String flipped = PointOfView.flip(said.subList(Math.max(0, j - 1), j + 1)).get(j == 0 ? 0 : 1);
    return Parts.same(said.get(j), right.get(i)) || Parts.same(flipped, right.get(i));
  }
}
