package exercises.rulebased;

import exercises.AdvancedCloze;
import exercises.ExerciseSet;
import exercises.FillBlank;
import exercises.GrammarChallenge;
import exercises.SentenceBuilder;
import exercises.language.Difficulty;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.understanding.Constructions;
import exercises.understanding.EditClassifier;
import exercises.understanding.GrammarPoint;
import exercises.understanding.Ids;
import exercises.understanding.Mistake;
import exercises.understanding.Parts;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The four kinds of items made from sentences. A sentence serves several kinds only when others run
 * out.
 */
final class SentenceItems {
  /** Challenges about other points are only there to make up a handful. */
  private static final int OTHERS = 6;

  /** Sentences of any kind to put in order; more only of what the lesson practised. */
  private static final int ANY = 5;

  /** Candidates beyond the limits, in case the gate drops some. */
  private static final int SPARE = 3;

  private final String seed;
  private final Levels levels;
  private final VerbGaps verbs;
  private final WordGaps words;
  private final MistakeGaps mistakeGaps;
  private final VocabularyGaps vocabularyGaps;
  private final FocusGaps focusGaps;
  private final AdjectiveGaps adjectives;
  private final PlaceGaps places;
  private final Morphology morphology;
  private final Constructions constructions;
  private final List<Gap> articles = new ArrayList<>();
  private GrammarPoint focus;
  private final Set<String> used = new HashSet<>();

  private record Chosen(Gap gap, Mistake mistake) {}

  SentenceItems(String seed, Morphology morphology, Levels levels, VocabularyGaps vocabularyGaps) {
    this.levels = levels;
    this.seed = seed;
    this.verbs = new VerbGaps(morphology);
    this.words = new WordGaps(morphology);
    this.mistakeGaps = new MistakeGaps(morphology, verbs, words);
    this.vocabularyGaps = vocabularyGaps;
    this.morphology = morphology;
    this.adjectives = new AdjectiveGaps(morphology);
    this.places = new PlaceGaps(morphology);
    this.focusGaps = new FocusGaps(morphology);
    this.constructions = new Constructions(morphology);
  }

  /** All kinds in one go, because they share the lesson's sentences. */
  ExerciseSet make(
      List<Sentence> sentences,
      List<TaughtWord> taught,
      Map<TaughtWord, Translator.Translation> translations,
      List<Mistake> mistakes,
      GrammarPoint focus,
      ExerciseSet wordsOnly) {
    this.focus = focus;
    List<Chosen> slips = slips(sentences, mistakes);
    List<Gap> grammar = grammarGaps(sentences, mistakes);
    List<Gap> vocabulary = vocabularyGaps(sentences, taught, translations);

    List<Chosen> challenges = challenges(slips, grammar);
    List<GrammarChallenge> grammarItems = challenges.stream().map(this::challenge).toList();
    List<AdvancedCloze> cloze = cloze(vocabulary, grammar);
    List<Chosen> blanks = blanks(vocabulary, slips, grammar);
    List<FillBlank> fillBlank = blanks.stream().map(this::fillBlank).toList();
    return new ExerciseSet(
        wordsOnly.flashcards(),
        wordsOnly.spelling(),
        fillBlank,
        builders(sentences, taught),
        grammarItems,
        cloze,
        wordsOnly.mistakes(),
        wordsOnly.transcriptLength(),
        wordsOnly.metadata());
  }

  private List<Chosen> slips(List<Sentence> sentences, List<Mistake> mistakes) {
    List<Chosen> found = new ArrayList<>();
    for (Mistake mistake : mistakes) {
      for (Sentence sentence : sentences) {
        if (sentence.corrected() && sentence.text().equals(mistake.correct())) {
          Gap gap = mistakeGaps.at(sentence, mistake);
          if (gap != null) {
            found.add(new Chosen(gap, mistake));
          }
        }
      }
    }
    found.sort(Comparator.comparingDouble((Chosen c) -> c.mistake().confidence()).reversed());
    return found;
  }

  /** Gaps about forms, those of the point the lesson practised most first. */
  private List<Gap> grammarGaps(List<Sentence> sentences, List<Mistake> mistakes) {
    List<Gap> gaps = new ArrayList<>();
    Map<String, Integer> practised = new HashMap<>();
    for (Sentence sentence : sentences) {
      boolean usable = sentence.wordCount() >= 5 && !sentence.text().contains(" means ");
      for (int i = 0; i < sentence.tokens().size() && usable; i++) {
        for (Gap gap :
            new Gap[] {
              focusGaps.at(sentence, i, focus),
              focus == GrammarPoint.PLACE_PREPOSITIONS ? places.at(sentence, i) : null,
              verbs.at(sentence, i),
              words.at(sentence, i),
              words.comparative(sentence, i)
            }) {
          // An article is in every sentence: only the lesson's point or a slip makes it worth
          // asking.
          boolean idle =
              gap != null && gap.concept().equals("article") && focus != GrammarPoint.ARTICLES;
          if (idle && i > 0) {
            articles.add(gap);
          }
          if (gap != null && !idle) {
            gaps.add(gap);
            practised.merge(gap.concept(), 1, Integer::sum);
          }
        }
      }
    }
    // Articles and "is" are in every lesson: their number says little.
    practised.computeIfPresent("article", (k, n) -> n / 6);
    practised.computeIfPresent("subject_verb_agreement", (k, n) -> n / 2);
    for (Mistake mistake : mistakes) {
      boolean pronoun = EditClassifier.PRONOUNS.contains(mistake.rightPart());
      practised.merge(pronoun ? "pronoun" : mistake.type().word(), 2, Integer::sum);
    }
    gaps.sort(
        Comparator.comparingInt((Gap g) -> focusGaps.belongs(g, focus) ? 0 : 1)
            .thenComparingInt((Gap g) -> -practised.getOrDefault(g.concept(), 0))
            .thenComparingDouble(g -> -g.sentence().rank()));
    return gaps;
  }

  private List<Gap> vocabularyGaps(
      List<Sentence> sentences,
      List<TaughtWord> taught,
      Map<TaughtWord, Translator.Translation> translations) {
    List<Gap> gaps = new ArrayList<>();
    List<String> nouns = vocabularyGaps.nounsOf(sentences);
    for (TaughtWord word : taught) {
      for (Sentence sentence : word.examples()) {
        int at = vocabularyGaps.find(sentence, word);
        Gap gap =
            word.pos() == PartOfSpeech.ADJECTIVE
                ? at < 0 ? null : adjectives.at(sentence, at)
                : vocabularyGaps.at(sentence, word, taught, nouns, translations.get(word));
        if (gap != null) {
          gaps.add(gap);
        }
      }
    }
    return gaps;
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
    for (Gap gap : grammar) {
      // The lesson's own point is worth asking again with another word.
      boolean own = focusGaps.belongs(gap, focus);
      if (own
          && chosen.size() < most - 2
          && !isUsed(gap)
          && same.getOrDefault(gap.answer().toLowerCase(Locale.ROOT), 0) < 2
          && use(gap)) {
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

  private List<Chosen> blanks(List<Gap> vocabulary, List<Chosen> slips, List<Gap> grammar) {
    List<Chosen> chosen = new ArrayList<>();
    Set<String> answers = new HashSet<>();
    int most = ItemLimits.FILL_BLANK + SPARE;
    for (int pass = 0; pass < 2; pass++) {
      for (Gap gap : vocabulary) {
        boolean room = chosen.size() < (pass == 0 ? 6 : ItemLimits.FILL_BLANK);
        if (room
            && !isUsed(gap)
            && answers.add(gap.answer().toLowerCase(Locale.ROOT))
            && use(gap)) {
          chosen.add(new Chosen(gap, null));
        }
      }
      for (Chosen slip : slips) {
        if (pass == 0 && chosen.size() < most && !isUsed(slip.gap()) && use(slip.gap())) {
          chosen.add(slip);
        }
      }
    }
    Map<String, Integer> same = new HashMap<>();
    for (Gap gap : grammar) {
      boolean fresh =
          same.getOrDefault(gap.answer().toLowerCase(Locale.ROOT), 0) < 1
              && same.getOrDefault(gap.concept(), 0) < 3;
      boolean room = chosen.size() < (focusGaps.belongs(gap, focus) ? most : 8);
      if (room && fresh && !isUsed(gap) && use(gap)) {
        same.merge(gap.answer().toLowerCase(Locale.ROOT), 1, Integer::sum);
        same.merge(gap.concept(), 1, Integer::sum);
        chosen.add(new Chosen(gap, null));
      }
    }
    return chosen;
  }

  private List<AdvancedCloze> cloze(List<Gap> vocabulary, List<Gap> grammar) {
    Map<Sentence, List<Gap>> bySentence = new LinkedHashMap<>();
    vocabulary.forEach(
        g -> bySentence.computeIfAbsent(g.sentence(), k -> new ArrayList<>()).add(g));
    grammar.forEach(g -> bySentence.computeIfAbsent(g.sentence(), k -> new ArrayList<>()).add(g));
    articles.forEach(g -> bySentence.computeIfAbsent(g.sentence(), k -> new ArrayList<>()).add(g));
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
        items.add(cloze(pair[0], pair[1]));
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
    if (focusGaps.belongs(gap, focus)) {
      return 4;
    }
    return switch (gap.concept()) {
      case "vocabulary", "verb_tense" -> 2;
      case "article" -> 0;
      default -> 1;
    };
  }

  private AdvancedCloze cloze(Gap one, Gap other) {
    Sentence s = one.sentence();
    String text = s.replace(List.of(one.token(), other.token()), FillBlank.BLANK);
    String id = Ids.of(seed, "advanced_cloze", text);
    return new AdvancedCloze(
        id,
        text,
        new AdvancedCloze.Blank(options(one, id + 1), one.answer(), one.hint()),
        new AdvancedCloze.Blank(options(other, id + 2), other.answer(), other.hint()),
        Difficulty.harder(levels.ofText(s.text()).difficulty(), Difficulty.INTERMEDIATE),
        s.text(),
        "advanced_cloze",
        one.explanation() + " " + other.explanation(),
        s.source());
  }

  private GrammarChallenge challenge(Chosen chosen) {
    Gap gap = chosen.gap();
    String id = Ids.of(seed, "grammar_challenge", gap.prompt());
    return new GrammarChallenge(
        id,
        gap.prompt(),
        options(gap, id),
        gap.answer(),
        gap.explanation(),
        gap.hint(),
        levels.ofText(gap.sentence().text()).difficulty(),
        gap.concept(),
        chosen.mistake() == null ? "" : chosen.mistake().incorrect(),
        gap.sentence().source());
  }

  private FillBlank fillBlank(Chosen chosen) {
    Gap gap = chosen.gap();
    String id = Ids.of(seed, "fill_blank", gap.prompt());
    return new FillBlank(
        id,
        gap.prompt(),
        options(gap, id),
        gap.answer(),
        levels.ofText(gap.sentence().text()).difficulty(),
        gap.explanation(),
        gap.hint(),
        gap.concept(),
        chosen.mistake() == null ? "" : chosen.mistake().incorrect(),
        gap.sentence().source());
  }

  private List<SentenceBuilder> builders(List<Sentence> sentences, List<TaughtWord> taught) {
    List<Sentence> fit =
        new ArrayList<>(
            sentences.stream().filter(Builders::suits).filter(s -> s.wordCount() >= 5).toList());
    fit.sort(
        Comparator.comparingInt((Sentence s) -> used.contains(s.text()) ? 1 : 0)
            .thenComparingDouble(
                s ->
                    -s.rank()
                        - (s.corrected() ? 2.5 : 0)
                        - (showsFocus(s) ? 2.5 : 0)
                        + Math.max(0, s.wordCount() - 8)));
    List<SentenceBuilder> items = new ArrayList<>();
    for (Sentence s : fit) {
      boolean fresh = items.stream().noneMatch(item -> alike(item.english(), s.text()));
      boolean room =
          items.size() < (showsLesson(s, taught) ? ItemLimits.SENTENCE_BUILDER + SPARE : ANY);
      if (fresh && room) {
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

  /** Options in an order that depends on nothing but the item. */
  private static List<String> options(Gap gap, String id) {
    List<String> options = new ArrayList<>(gap.distractors());
    options.add(gap.answer());
    Collections.shuffle(options, new Random(id.hashCode()));
    return List.copyOf(options);
  }

  private boolean isUsed(Gap gap) {
    return used.stream().anyMatch(text -> alike(text, gap.sentence().text()));
  }

  /** The same sentence but for a word or two. */
  private static boolean alike(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    Set<String> first = new HashSet<>(Token.words(one));
    Set<String> second = new HashSet<>(Token.words(other));
    int all = first.size() + second.size();
    first.retainAll(second);
    return first.size() >= 0.72 * (all - first.size());
  }

  private boolean use(Gap gap) {
    return used.add(gap.sentence().text());
  }
}
