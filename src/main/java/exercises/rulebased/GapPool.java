package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.understanding.EditClassifier;
import exercises.understanding.GrammarPoint;
import exercises.understanding.Mistake;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every gap that a lesson's sentences allow, the best of each kind first. */
final class GapPool {
  private static final String BE_FORMS = "am|is|are|was|were|isn't|aren't|wasn't|weren't";
  private static final String DO_FORMS = "do|does|did|don't|doesn't|didn't";

  private final VerbGaps verbs;
  private final WordGaps words;
  private final MistakeGaps mistakeGaps;
  private final VocabularyGaps vocabularyGaps;
  private final FocusGaps focusGaps;
  private final AdjectiveGaps adjectives;
  private final PlaceGaps places;
  private final Definitions definitions;
  private final List<Gap> articles = new ArrayList<>();
  private final GrammarPoint focus;

  /**
   * @param focus what the lesson practised, or null
   */
  GapPool(Morphology morphology, VocabularyGaps vocabularyGaps, GrammarPoint focus) {
    this.verbs = new VerbGaps(morphology);
    this.words = new WordGaps(morphology);
    this.mistakeGaps = new MistakeGaps(morphology, verbs, words);
    this.vocabularyGaps = vocabularyGaps;
    this.adjectives = new AdjectiveGaps(morphology);
    this.places = new PlaceGaps(morphology);
    this.focusGaps = new FocusGaps(morphology);
    this.definitions = new Definitions(morphology);
    this.focus = focus;
  }

  /** Gaps at articles, found by {@link #grammar}: good only beside another gap. */
  List<Gap> articles() {
    return List.copyOf(articles);
  }

  /** Whether a gap asks for the lesson's own point. */
  boolean belongs(Gap gap) {
    return focusGaps.belongs(gap, focus);
  }

  /** At the places where the student slipped, the surest first. */
  List<Chosen> slips(List<Sentence> sentences, List<Mistake> mistakes) {
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
  List<Gap> grammar(List<Sentence> sentences, List<Mistake> mistakes) {
    List<Gap> gaps = new ArrayList<>();
    Map<String, Integer> practised = new HashMap<>();
    for (Sentence sentence : sentences) {
      boolean usable =
          sentence.wordCount() >= 5
              && !sentence.text().contains(" means ")
              && definitions.explained(sentence) < 0
              && !pointsAway(sentence);
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
          if (gap != null && !idle && !trivial(gap, mistakes)) {
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
        Comparator.comparingInt((Gap g) -> belongs(g) ? 0 : 1)
            .thenComparingInt((Gap g) -> -practised.getOrDefault(g.concept(), 0))
            .thenComparingDouble(g -> -g.sentence().rank()));
    return gaps;
  }

  /**
   * "_____ you have a shift?": who knows as much English as the lesson is in has known these forms
   * for long, unless the lesson is about them or the student slipped there.
   */
  private boolean trivial(Gap gap, List<Mistake> mistakes) {
    String answer = gap.answer().toLowerCase(Locale.ROOT);
    String family = answer.matches(BE_FORMS) ? BE_FORMS : answer.matches(DO_FORMS) ? DO_FORMS : "";
    return !family.isEmpty()
        && !belongs(gap)
        && mistakes.stream()
            .noneMatch(m -> holds(m.wrongPart(), family) || holds(m.rightPart(), family));
  }

  private static boolean holds(String part, String family) {
    return part.matches("(?:.* )?(?:" + family + ")(?: .*)?");
  }

  /** "I want to see it": only who was there knows what is meant. */
  static boolean pointsAway(Sentence s) {
    boolean points = false;
    for (int i = 0; i < s.tokens().size(); i++) {
      boolean time =
          s.lower(i).matches("(?:day|night|time|week|month|year|morning|evening)s?|today");
      if (s.tag(i).matches("NOUN|PROPN|ADJ|NUM") && !time) {
        return false;
      }
      points |= s.lower(i).matches("it|this|that|them|these|those|there|one|him|her");
    }
    return points && !s.corrected();
  }

  /** At the words taught, best first. */
  List<Gap> vocabulary(
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
}
