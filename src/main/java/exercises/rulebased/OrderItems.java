package exercises.rulebased;

import exercises.SentenceBuilder;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.language.Token;
import exercises.understanding.Constructions;
import exercises.understanding.GrammarPoint;
import exercises.understanding.Ids;
import exercises.understanding.Parts;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sentences to put in order. */
final class OrderItems {
  /** Sentences of any kind; more only of what the lesson practised. */
  private static final int ANY = 5;

  /** Candidates beyond the limit, in case the gate drops some. */
  private static final int SPARE = 3;

  /** "Is it under ...", "Is it behind ...": so many that begin alike. */
  private static final int ALIKE = 2;

  /** Words; a sentence that another one of so many or more words holds whole is the same again. */
  private static final int WHOLE = 5;

  private final String seed;
  private final Levels levels;
  private final Morphology morphology;
  private final Constructions constructions;
  private final GrammarPoint focus;

  OrderItems(String seed, Levels levels, Morphology morphology, GrammarPoint focus) {
    this.seed = seed;
    this.levels = levels;
    this.morphology = morphology;
    this.constructions = new Constructions(morphology);
    this.focus = focus;
  }

  /**
   * @param used texts that other items show: these come last
   */
  List<SentenceBuilder> of(List<Sentence> sentences, List<TaughtWord> taught, Set<String> used) {
    List<Sentence> fit =
        new ArrayList<>(
            sentences.stream()
                .filter(Builders::suits)
                .filter(s -> s.wordCount() >= 5 && !GapPool.pointsAway(s))
                .toList());
    fit.sort(
        Comparator.comparingInt((Sentence s) -> used.contains(s.text()) ? 1 : 0)
            .thenComparingDouble(
                s ->
                    -s.rank()
                        - (s.corrected() ? 2.5 : 0)
                        - (showsFocus(s) ? 2.5 : 0)
                        + Math.max(0, s.wordCount() - 8)));
    List<SentenceBuilder> items = new ArrayList<>();
    Map<String, Integer> starts = new HashMap<>();
    for (Sentence s : fit) {
      boolean fresh = items.stream().noneMatch(item -> alike(item.english(), s.text()));
      boolean room =
          items.size() < (showsLesson(s, taught) ? ItemLimits.SENTENCE_BUILDER + SPARE : ANY);
      String start = s.lower(0) + " " + s.lower(1);
      if (fresh && room && starts.getOrDefault(start, 0) < ALIKE) {
        starts.merge(start, 1, Integer::sum);
        List<List<String>> orders = Builders.orders(s);
        items.add(
            new SentenceBuilder(
                Ids.of(seed, "sentence_builder", s.text()),
                s.text(),
                orders.get(0),
                orders,
                List.of(),
                null,
                (s.isQuestion() ? "It is a question" : "It is a statement")
                    + " of "
                    + s.wordCount()
                    + " words and starts with \""
                    + s.tokens().get(0).text()
                    + "\".",
                levels.ofText(s.text()).difficulty(),
                s.source()));
      }
    }
    return items;
  }

  /** Whether a sentence practises what the lesson did: its point, a slip put right or a word. */
  private boolean showsLesson(Sentence s, List<TaughtWord> taught) {
    return s.corrected()
        || showsFocus(s)
        || taught.stream().anyMatch(w -> w.taught() && holds(s, w.lemma()));
  }

  private boolean holds(Sentence s, String lemma) {
    return s.tokens().stream().anyMatch(t -> morphology.lemmas(t.lower()).contains(lemma));
  }

  private boolean showsFocus(Sentence s) {
    return focus != null
        && constructions.in(Parts.of(s.text()).parts(), s.isQuestion()).containsKey(focus);
  }

  /** The same sentence but for a word or two. */
  static boolean alike(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    Set<String> first = new HashSet<>(Token.words(one));
    Set<String> second = new HashSet<>(Token.words(other));
    int all = first.size() + second.size();
    boolean longer = Math.min(first.size(), second.size()) >= WHOLE;
    if (longer && (first.containsAll(second) || second.containsAll(first))) {
      // "It can lift a tree with its trunk" after "It can lift a tree".
      return true;
    }
    first.retainAll(second);
    return first.size() >= 0.72 * (all - first.size());
  }
}
