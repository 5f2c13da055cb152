package exercises.rulebased;

import exercises.AdvancedCloze;
import exercises.ExerciseSet;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.understanding.GrammarPoint;
import exercises.understanding.Mistake;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The four kinds of items made from sentences. A sentence serves several kinds only when others run
 * out.
 */
final class SentenceItems {
  /** Challenges about other points are only there to make up a handful. */
  private static final int OTHERS = 6;

  /** Candidates beyond the limits, in case the gate drops some. */
  private static final int SPARE = 3;

  /** Words of a sentence to fill in. */
  private static final int SHORTEST_BLANK = 5;

  /** Of these a set has more only when nothing else is left. */
  private static final int WORDS_FIRST = 6;

  /**
   * "After can the verb stays in its base form": so often is enough, even of the lesson's point.
   */
  private static final int SAME_TRICK = 5;

  private final GapPool pool;
  private final GapItems writer;
  private final OrderItems orders;
  private final Set<String> used = new HashSet<>();

  /**
   * @param focus what the lesson practised, or null
   */
  SentenceItems(
      String seed,
      Morphology morphology,
      Levels levels,
      VocabularyGaps vocabularyGaps,
      GrammarPoint focus) {
    this.pool = new GapPool(morphology, vocabularyGaps, focus);
    this.writer = new GapItems(seed, levels);
    this.orders = new OrderItems(seed, levels, morphology, focus);
  }

  /** All kinds in one go, because they share the lesson's sentences. */
  ExerciseSet make(
      List<Sentence> sentences,
      List<TaughtWord> taught,
      Map<TaughtWord, Translator.Translation> translations,
      List<Mistake> mistakes,
      ExerciseSet wordsOnly) {
    List<Chosen> slips = pool.slips(sentences, mistakes);
    List<Gap> grammar = pool.grammar(sentences, mistakes);
    List<Gap> vocabulary = pool.vocabulary(sentences, taught, translations);

    List<Chosen> challenges = challenges(slips, grammar);
    List<Chosen> blanks = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    words(vocabulary, WORDS_FIRST, asked, blanks);
    List<AdvancedCloze> cloze = cloze(vocabulary, grammar);
    blanks(vocabulary, slips, grammar, asked, blanks);
    return new ExerciseSet(
        wordsOnly.flashcards(),
        wordsOnly.spelling(),
        blanks.stream().map(writer::fillBlank).toList(),
        orders.of(sentences, taught, used),
        challenges.stream().map(writer::challenge).toList(),
        cloze,
        wordsOnly.mistakes(),
        wordsOnly.transcriptLength(),
        wordsOnly.metadata());
  }

  private List<Chosen> challenges(List<Chosen> slips, List<Gap> grammar) {
    List<Chosen> chosen = new ArrayList<>();
    Set<String> answers = new HashSet<>();
    int most = ItemLimits.GRAMMAR_CHALLENGE + 1;
    Map<String, Integer> points = new HashMap<>();
    for (Chosen slip : slips) {
      boolean other = points.merge(slip.gap().concept(), 1, Integer::sum) <= 3;
      if (other
          && chosen.size() < most
          && answers.add(slip.gap().answer().toLowerCase(Locale.ROOT))
          && use(slip.gap())) {
        chosen.add(slip);
      }
    }
    Map<String, Integer> concepts = new HashMap<>();
    Map<String, Integer> same = new HashMap<>();
    chosen.forEach(c -> same.merge(c.gap().answer().toLowerCase(Locale.ROOT), 1, Integer::sum));
    Map<String, Integer> tricks = new HashMap<>();
    for (Gap gap : grammar) {
      // The lesson's own point is worth asking again with another word.
      boolean own = pool.belongs(gap);
      if (own
          && chosen.size() < most - 2
          && !isUsed(gap)
          && same.getOrDefault(gap.answer().toLowerCase(Locale.ROOT), 0) < 2
          && tricks.getOrDefault(gap.trick(), 0) < SAME_TRICK
          && use(gap)) {
        tricks.merge(gap.trick(), 1, Integer::sum);
        same.merge(gap.answer().toLowerCase(Locale.ROOT), 1, Integer::sum);
        answers.add(gap.answer().toLowerCase(Locale.ROOT));
        chosen.add(new Chosen(gap, null));
      }
    }
    for (Gap gap : grammar) {
      boolean varied = concepts.getOrDefault(gap.concept(), 0) < 2 && chosen.size() < OTHERS;
      if (chosen.size() < most
          && varied
          && !isUsed(gap)
          && answers.add(gap.answer().toLowerCase(Locale.ROOT))
          && use(gap)) {
        concepts.merge(gap.concept(), 1, Integer::sum);
        chosen.add(new Chosen(gap, null));
      }
    }
    return chosen;
  }

  private void words(List<Gap> vocabulary, int most, Set<String> asked, List<Chosen> chosen) {
    for (Gap gap : vocabulary) {
      if (chosen.size() < most
          && !isUsed(gap)
          && asked.add(gap.answer().toLowerCase(Locale.ROOT))
          && use(gap)) {
        chosen.add(new Chosen(gap, null));
      }
    }
  }

  private void blanks(
      List<Gap> vocabulary,
      List<Chosen> slips,
      List<Gap> grammar,
      Set<String> asked,
      List<Chosen> chosen) {
    int most = ItemLimits.FILL_BLANK + SPARE;
    for (Chosen slip : slips) {
      boolean fits = slip.gap().sentence().wordCount() >= SHORTEST_BLANK;
      if (chosen.size() < most && fits && !isUsed(slip.gap()) && use(slip.gap())) {
        chosen.add(slip);
      }
    }
    words(vocabulary, ItemLimits.FILL_BLANK, asked, chosen);
    Map<String, Integer> same = new HashMap<>();
    for (Gap gap : grammar) {
      boolean fresh =
          same.getOrDefault(gap.answer().toLowerCase(Locale.ROOT), 0) < 1
              && same.getOrDefault(gap.concept(), 0) < 3;
      boolean room = chosen.size() < (pool.belongs(gap) ? most : 8);
      if (room && fresh && !isUsed(gap) && use(gap)) {
        same.merge(gap.answer().toLowerCase(Locale.ROOT), 1, Integer::sum);
        same.merge(gap.concept(), 1, Integer::sum);
        chosen.add(new Chosen(gap, null));
      }
    }
  }

  private List<AdvancedCloze> cloze(List<Gap> vocabulary, List<Gap> grammar) {
    Map<Sentence, List<Gap>> bySentence = new LinkedHashMap<>();
    vocabulary.forEach(
        g -> bySentence.computeIfAbsent(g.sentence(), k -> new ArrayList<>()).add(g));
    grammar.forEach(g -> bySentence.computeIfAbsent(g.sentence(), k -> new ArrayList<>()).add(g));
    pool.articles()
        .forEach(g -> bySentence.computeIfAbsent(g.sentence(), k -> new ArrayList<>()).add(g));
    List<Gap[]> pairs = new ArrayList<>();
    for (Map.Entry<Sentence, List<Gap>> entry : bySentence.entrySet()) {
      Gap[] pair =
          entry.getKey().wordCount() < 6 || used.contains(entry.getKey().text())
              ? null
              : pair(entry.getValue());
      if (pair != null) {
        pairs.add(pair);
      }
    }
    pairs.sort(
        Comparator.comparingDouble(
            (Gap[] p) -> -p[0].sentence().rank() - worth(p[0]) - worth(p[1])));
    List<AdvancedCloze> items = new ArrayList<>();
    for (Gap[] pair : pairs) {
      if (items.size() < ItemLimits.ADVANCED_CLOZE) {
        used.add(pair[0].sentence().text());
        items.add(writer.cloze(pair[0], pair[1]));
      }
    }
    return items;
  }

  /** The best two gaps that don't take away each other's evidence. */
  private Gap[] pair(List<Gap> gaps) {
    Gap[] best = null;
    for (Gap one : gaps) {
      for (Gap other : gaps) {
        boolean apart =
            other.token() - one.token() >= 2
                && !one.isSpan()
                && !other.isSpan()
                && !one.answer().equalsIgnoreCase(other.answer())
                && !(one.concept().equals("article") && other.concept().equals("article"))
                && !one.evidence().contains(other.token())
                && !other.evidence().contains(one.token());
        if (apart
            && (best == null || worth(one) + worth(other) > worth(best[0]) + worth(best[1]))) {
          best = new Gap[] {one, other};
        }
      }
    }
    return best;
  }

  /** What a gap asks of the learner: a word or a verb more than an article. */
  private double worth(Gap gap) {
    if (pool.belongs(gap)) {
      return 4;
    }
    return switch (gap.concept()) {
      case "vocabulary", "verb_tense" -> 2;
      case "article" -> 0;
      default -> 1;
    };
  }

  private boolean isUsed(Gap gap) {
    return used.stream().anyMatch(text -> OrderItems.alike(text, gap.sentence().text()));
  }

  private boolean use(Gap gap) {
    return used.add(gap.sentence().text());
  }
}
