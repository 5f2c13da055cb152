package exercises;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The quality rules, the same for every producer of sets. An item that breaks one is dropped and
 * counted by the rule's name; what only deserves a look becomes a warning. Not thread-safe: one a
 * worker thread.
 */
public final class QualityGate {
  /** A set with fewer items is too small for a lesson, one with more too large. */
  static final int FEWEST_ITEMS = 8;

  static final int MOST_ITEMS = 40;
  private static final int LONGEST_SENTENCE = 30;
  private final NlpModels models;
  private final Morphology morphology;
  private final Tagger tagger;

  public QualityGate(NlpModels models) {
    this.models = models;
    this.morphology = new Morphology(models);
    this.tagger = new Tagger(models, morphology);
  }

  /** Checks every item against the lesson it claims to come from. */
  public GateReport check(ExerciseSet set, LessonMaterial material) {
    return check(set, material, Set.of());
  }

  /**
   * As {@link #check(ExerciseSet, LessonMaterial)}, also against what the student had before.
   *
   * @param earlier keys of the items of earlier sets, by {@link #keys}
   */
  public GateReport check(ExerciseSet set, LessonMaterial material, Set<String> earlier) {
    return new Check(set, material, earlier).run();
  }

  /** Checks a set whose lesson is not at hand: what needs the lesson is left out. */
  public GateReport check(ExerciseSet set) {
    return check(set, new LessonMaterial("", 1, set.metadata().language(), List.of(), 0));
  }

  /** What identifies a set's items, for the check of a later set of the same student. */
  public static Set<String> keys(ExerciseSet set) {
    Set<String> keys = new HashSet<>();
    for (FillBlank f : set.fillBlank()) {
      keys.add(gapKey("fill_blank", f.sentence(), f.correctAnswer()));
    }
    for (GrammarChallenge g : set.grammarChallenge()) {
      keys.add(gapKey("grammar_challenge", g.prompt(), g.correctAnswer()));
    }
    for (SentenceBuilder s : set.sentenceBuilder()) {
      keys.add(SetRules.key("sentence_builder", String.valueOf(s.english())));
    }
    return keys;
  }

  private static String gapKey(String kind, String text, String answer) {
    return SetRules.key(
        kind,
        OptionRules.fill(String.valueOf(text), List.of(String.valueOf(answer))) + " " + answer);
  }

  /** The set with the metadata its final size and the rejections ask for. */
  static ExerciseSet withWarnings(ExerciseSet set, List<GateReport.Rejection> rejections) {
    List<String> warnings = new ArrayList<>();
    int total = set.total();
    boolean size = total >= FEWEST_ITEMS && total <= MOST_ITEMS;
    if (!size) {
      warnings.add(
          total < FEWEST_ITEMS
              ? "Only " + total + " exercises: the lesson has little material fit for exercises."
              : total + " exercises are more than the usual " + MOST_ITEMS + ".");
    }
    long explained =
        set.flashcards().stream().filter(f -> f.translationLanguage().equals("en")).count()
            + set.spelling().stream().filter(f -> f.translationLanguage().equals("en")).count();
    if (explained > 0 && !set.metadata().language().toLowerCase(Locale.ROOT).startsWith("en")) {
      warnings.add(
          explained
              + " of "
              + (set.flashcards().size() + set.spelling().size())
              + " translations are English definitions, because no translator is configured and the"
              + " word list for \""
              + set.metadata().language()
              + "\" does not have the word.");
    }
    ExerciseSet.Metadata old = set.metadata();
    List<String> all = new ArrayList<>(old.warnings());
    warnings.stream().filter(w -> !all.contains(w)).forEach(all::add);
    ExerciseSet.Metadata metadata =
        new ExerciseSet.Metadata(
            old.lessonNumber(),
            old.generator(),
            old.language(),
            old.vocabularyCount(),
            old.sentencesCount(),
            size,
            all,
            new GateReport(set, rejections).rejected(),
            rejections);
    return new ExerciseSet(
        set.flashcards(),
        set.spelling(),
        set.fillBlank(),
        set.sentenceBuilder(),
        set.grammarChallenge(),
        set.advancedCloze(),
        set.mistakes(),
        set.transcriptLength(),
        metadata);
  }

  private final class Check {
    private final ExerciseSet set;
    private final String language;
    private final LessonEvidence evidence;
    private final SentenceRules sentences;
    private final OptionRules options;
    private final SetRules neighbours;
    private final List<GateReport.Rejection> rejections = new ArrayList<>();

    Check(ExerciseSet set, LessonMaterial material, Set<String> earlier) {
      this.neighbours = new SetRules(earlier);
      this.set = set;
      this.language = material.language();
      this.evidence = new LessonEvidence(material, set.mistakes(), morphology, models.wordNet);
      this.sentences = new SentenceRules(evidence, morphology, tagger);
      this.options = new OptionRules(evidence, morphology, models.wordNet);
    }

    GateReport run() {
      Set<String> cards = new HashSet<>();
      Set<String> spelled = new HashSet<>();
      Set<String> gaps = new HashSet<>();
      ExerciseSet kept =
          new ExerciseSet(
              keep(
                  "flashcards",
                  set.flashcards(),
                  Flashcard::id,
                  f -> f.word() + " | " + f.exampleSentence(),
                  f -> flashcard(f, cards)),
              keep(
                  "spelling",
                  set.spelling(),
                  SpellingWord::id,
                  s -> s.word() + " | " + s.sampleSentence(),
                  s -> spelling(s, spelled)),
              keep(
                  "fill_blank",
                  set.fillBlank(),
                  FillBlank::id,
                  f -> f.sentence() + " " + f.options(),
                  f -> fillBlank(f, gaps)),
              keep(
                  "sentence_builder",
                  set.sentenceBuilder(),
                  SentenceBuilder::id,
                  SentenceBuilder::english,
                  s -> builder(s, gaps)),
              keep(
                  "grammar_challenge",
                  set.grammarChallenge(),
                  GrammarChallenge::id,
                  g -> g.prompt() + " " + g.options(),
                  g -> challenge(g, gaps)),
              keep(
                  "advanced_cloze",
                  set.advancedCloze(),
                  AdvancedCloze::id,
                  c -> c.sentence() + " " + c.blank1().options() + " " + c.blank2().options(),
                  c -> cloze(c, gaps)),
              keep(
                  "mistakes",
                  set.mistakes(),
                  Mistake::id,
                  m -> m.incorrect() + " -> " + m.correct(),
                  this::mistake),
              set.transcriptLength(),
              set.metadata());
      kept = spread(kept);
      return new GateReport(withWarnings(kept, rejections), rejections);
    }

    /** Drops items until right answers are spread over the positions. */
    private ExerciseSet spread(ExerciseSet kept) {
      List<Integer> places = new ArrayList<>();
      kept.fillBlank().forEach(f -> places.add(f.options().indexOf(f.correctAnswer())));
      kept.grammarChallenge().forEach(g -> places.add(g.options().indexOf(g.correctAnswer())));
      List<Integer> surplus = SetRules.skewed(places);
      if (surplus.isEmpty()) {
        return kept;
      }
      List<FillBlank> gaps = new ArrayList<>();
      List<GrammarChallenge> challenges = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        boolean gap = i < kept.fillBlank().size();
        FillBlank f = gap ? kept.fillBlank().get(i) : null;
        GrammarChallenge g = gap ? null : kept.grammarChallenge().get(i - kept.fillBlank().size());
        if (!surplus.contains(i)) {
          if (gap) {
            gaps.add(f);
          } else {
            challenges.add(g);
          }
        } else if (gap) {
          reject("fill_blank", f.id(), "position_skew", f.sentence() + " " + f.options());
        } else {
          reject("grammar_challenge", g.id(), "position_skew", g.prompt() + " " + g.options());
        }
      }
      return new ExerciseSet(
          kept.flashcards(),
          kept.spelling(),
          gaps,
          kept.sentenceBuilder(),
          challenges,
          kept.advancedCloze(),
          kept.mistakes(),
          kept.transcriptLength(),
          kept.metadata());
    }

    private <T> List<T> keep(
        String kind,
        List<T> items,
        Function<T, String> id,
        Function<T, String> shown,
        Function<T, String> rules) {
      List<T> kept = new ArrayList<>();
      for (T item : items) {
        String broken = rules.apply(item);
        if (broken == null) {
          kept.add(item);
        } else {
          reject(kind, id.apply(item), broken, shown.apply(item));
        }
      }
      return List.copyOf(kept);
    }

    private void reject(String kind, String id, String rule, String text) {
      // What is kept with the set must not keep a child's name.
      String shown = rule.equals("participant_name") ? "" : Provenance.bounded(text);
      rejections.add(new GateReport.Rejection(kind, id, rule, shown));
    }

    private String flashcard(Flashcard f, Set<String> seen) {
      String broken = word(f.word(), f.translation(), f.translationLanguage(), seen);
      broken = broken == null ? example(f.word(), f.exampleSentence(), f.provenance()) : broken;
      return broken == null && SentenceRules.givesAway(f.hint(), f.word())
          ? "hint_gives_answer"
          : broken;
    }

    private String spelling(SpellingWord s, Set<String> seen) {
      if (s.word() != null && s.word().length() < 3) {
        return "word_length";
      }
      String broken = word(s.word(), s.translation(), s.translationLanguage(), seen);
      broken = broken == null ? example(s.word(), s.sampleSentence(), s.provenance()) : broken;
      return broken == null && SentenceRules.givesAway(s.hint(), s.word())
          ? "hint_gives_answer"
          : broken;
    }

    private String word(
        String word, String translation, String translationLanguage, Set<String> seen) {
      if (word == null || word.isBlank() || translation == null || translation.isBlank()) {
        return "word_or_translation_missing";
      }
      String lower = word.toLowerCase(Locale.ROOT);
      if (!seen.add(lower)) {
        return "duplicate_word";
      }
      String text = TextRules.broken(word + " " + translation);
      if (text != null) {
        return text;
      }
      if (TextRules.isNoise(lower)) {
        return "answer_noise";
      }
      if (evidence.names.isParticipant(lower)) {
        return "participant_name";
      }
      boolean english =
          lower.matches("\\p{IsLatin}+(?:[ -]\\p{IsLatin}+)*")
              && morphology.isEnglish(lower.split("[ -]")[0]);
      if (!english || evidence.glosses.isForeign(lower) || ClassroomTalk.isClassroomWord(lower)) {
        return "not_english";
      }
      boolean definition =
          "en".equals(translationLanguage) && translation.length() <= Provenance.LONGEST;
      return definition || Scripts.isIn(translation, language) ? null : "translation_script";
    }

    private String example(String word, String sentence, Provenance source) {
      String broken = sentences.broken(sentence, source, 3, LONGEST_SENTENCE);
      if (broken != null) {
        return broken;
      }
      String head = word.toLowerCase(Locale.ROOT).split(" ")[0];
      boolean contains =
          Token.words(sentence).stream().anyMatch(w -> morphology.lemmas(w).contains(head));
      return contains ? null : "example_without_word";
    }

    private String fillBlank(FillBlank f, Set<String> seen) {
      return gap(
          "fill_blank",
          f.sentence(),
          f.options(),
          f.correctAnswer(),
          f.concept(),
          f.explanation(),
          f.hint(),
          f.provenance(),
          5,
          seen);
    }

    private String challenge(GrammarChallenge g, Set<String> seen) {
      return gap(
          "grammar_challenge",
          g.prompt(),
          g.options(),
          g.correctAnswer(),
          g.concept(),
          g.explanation(),
          g.hint(),
          g.provenance(),
          4,
          seen);
    }

    private String gap(
        String kind,
        String text,
        List<String> choices,
        String answer,
        String concept,
        String explanation,
        String hint,
        Provenance source,
        int fewest,
        Set<String> seen) {
      String broken = options.brokenText(text, 1);
      broken = broken == null ? options.brokenOptions(choices, answer, 4, 4) : broken;
      if (broken != null) {
        return broken;
      }
      String whole = OptionRules.fill(text, List.of(answer));
      broken = sentences.broken(whole, source, fewest, LONGEST_SENTENCE);
      boolean vocabulary = "vocabulary".equals(concept);
      broken = broken == null ? options.brokenStem(text, answer, vocabulary) : broken;
      broken = broken == null ? options.brokenChoice(text, choices, answer, vocabulary) : broken;
      if (broken != null) {
        return broken;
      }
      if (SentenceRules.givesAway(hint, answer)) {
        return "hint_gives_answer";
      }
      if (!aboutThis(explanation, whole)) {
        return "explanation_elsewhere";
      }
      return seen.add(text) ? neighbours.broken(kind, whole, answer) : "duplicate_item";
    }

    /** The explanation names the sentence's own words. */
    private boolean aboutThis(String explanation, String sentence) {
      Set<String> said = new HashSet<>(Token.words(sentence));
      return explanation != null && Token.words(explanation).stream().anyMatch(said::contains);
    }

    private String cloze(AdvancedCloze c, Set<String> seen) {
      String broken = options.brokenText(c.sentence(), 2);
      broken =
          broken == null
              ? options.brokenOptions(c.blank1().options(), c.blank1().correct(), 3, 6)
              : broken;
      broken =
          broken == null
              ? options.brokenOptions(c.blank2().options(), c.blank2().correct(), 3, 6)
              : broken;
      if (broken != null) {
        return broken;
      }
      String whole =
          OptionRules.fill(c.sentence(), List.of(c.blank1().correct(), c.blank2().correct()));
      broken = sentences.broken(whole, c.provenance(), 6, LONGEST_SENTENCE);
      if (broken != null) {
        return broken;
      }
      int second = c.sentence().lastIndexOf(Gap.BLANK);
      String firstOpen =
          second < 0
              ? c.sentence()
              : c.sentence().substring(0, second)
                  + c.blank2().correct()
                  + c.sentence().substring(second + Gap.BLANK.length());
      String secondOpen = OptionRules.fill(c.sentence(), List.of(c.blank1().correct()));
      broken =
          options.brokenChoice(
              firstOpen, c.blank1().options(), c.blank1().correct(), isVocabulary(c.blank1()));
      broken =
          broken == null
              ? options.brokenChoice(
                  secondOpen, c.blank2().options(), c.blank2().correct(), isVocabulary(c.blank2()))
              : broken;
      boolean given =
          SentenceRules.givesAway(c.blank1().hint(), c.blank1().correct())
              || SentenceRules.givesAway(c.blank2().hint(), c.blank2().correct());
      return broken != null
          ? broken
          : given ? "hint_gives_answer" : seen.add(c.sentence()) ? null : "duplicate_item";
    }

    /** Options that are other words rather than other forms of the answer. */
    private boolean isVocabulary(AdvancedCloze.Blank blank) {
      String answer = blank.correct().toLowerCase(Locale.ROOT);
      boolean open =
          morphology.readings(answer).stream()
              .anyMatch(r -> r.pos() == PartOfSpeech.NOUN || r.pos() == PartOfSpeech.VERB);
      return open
          && blank.options().stream()
              .filter(o -> !o.equals(blank.correct()))
              .noneMatch(
                  o ->
                      morphology.shareLemma(
                          o.toLowerCase(Locale.ROOT).replaceFirst("^to ", ""), answer));
    }

    private String builder(SentenceBuilder s, Set<String> seen) {
      String broken = sentences.broken(s.english(), s.provenance(), 4, 12);
      if (broken != null) {
        return broken;
      }
      List<String> sorted = s.tokens().stream().sorted().toList();
      boolean joined = Token.join(s.tokens()).equals(s.english());
      boolean sequences =
          !s.accepted().isEmpty()
              && s.accepted().stream().allMatch(a -> a.stream().sorted().toList().equals(sorted));
      boolean marks =
          s.tokens().stream()
              .noneMatch(t -> t.matches(".*[\\p{L}\\p{N}][.,!?;:]$") || t.contains(" "));
      if (!joined || !sequences || !marks || !s.accepted().contains(s.tokens())) {
        return "tokens";
      }
      if (s.translation() != null && !Scripts.isIn(s.translation(), language)) {
        return "translation_script";
      }
      List<String> tags = tagger.tag(Token.split(s.english()));
      if (tags.size() == s.tokens().size()
          && s.accepted().stream().anyMatch(a -> !OrderRules.plausible(s.tokens(), tags, a))) {
        return "wrong_order";
      }
      if (s.hint() == null || s.hint().contains(s.english())) {
        return "hint_gives_answer";
      }
      return seen.add(s.english())
          ? neighbours.broken("sentence_builder", s.english(), "")
          : "duplicate_item";
    }

    private String mistake(Mistake m) {
      if (m.incorrect().isBlank()
          || m.correct().isBlank()
          || m.incorrect().equalsIgnoreCase(m.correct())) {
        return "mistake_unchanged";
      }
      if (evidence.names.occursIn(m.incorrect()) || evidence.names.occursIn(m.correct())) {
        return "participant_name";
      }
      return evidence.isGrounded(m.incorrect(), m.provenance()) ? null : "not_grounded";
    }
  }

  /** Names of the rules that can drop an item, for documentation and dashboards. */
  public static Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("blank_count", "A gapped text has exactly as many blanks as answers.");
    rules.put("blank_in_word", "A blank never touches another word.");
    rules.put("options", "The right number of options, none empty, the answer among them.");
    rules.put("duplicate_options", "No option twice, whatever its letters' case.");
    rules.put("several_right_options", "Only the answer fits the sentence.");
    rules.put("other_word_class", "Options have the answer's word class and form.");
    rules.put("not_english", "Vocabulary is English: no transliteration, no classroom chatter.");
    rules.put("word_or_translation_missing", "Words have a translation.");
    rules.put(
        "translation_script",
        "Translations are in the learner's script, or marked as English definitions.");
    rules.put("duplicate_word", "A word comes once a kind.");
    rules.put("word_length", "Spelling words have at least three letters.");
    rules.put("example_without_word", "Examples contain their word or a form of it.");
    rules.put("sentence_missing", "A sentence is there.");
    rules.put("sentence_length", "Sentences have the number of words their kind allows.");
    rules.put(
        "sentence_form", "Capital letter, one terminator, nothing doubled, no leading filler.");
    rules.put("question_mark", "Questions end with a question mark.");
    rules.put("participant_name", "Nobody's name.");
    rules.put("clock_stamp_or_label", "No clock stamp, cue number or speaker label.");
    rules.put("foreign_word", "No transliterated words in English sentences.");
    rules.put("classroom_talk", "No small talk and no instructions.");
    rules.put(
        "not_grounded", "Every item was said in the lesson or is a minimal correction of it.");
    rules.put("wrong_model", "What was said wrong is never a model.");
    rules.put("tokens", "Tokens joined give the sentence; every accepted order uses exactly them.");
    rules.put("hint_gives_answer", "Hints don't tell the answer.");
    rules.put("explanation_elsewhere", "Explanations talk about their sentence.");
    rules.put("duplicate_item", "No item twice.");
    rules.put("had_before", "Not again what the student had in an earlier set.");
    rules.put("near_duplicate", "No two items of a kind with nearly the same sentence.");
    rules.put("neighbour_gives_answer", "No item shows what another one of its kind asks for.");
    rules.put("stem_gives_answer", "The sentence doesn't tell what is asked for.");
    rules.put("position_skew", "Right answers are spread over the positions.");
    rules.put("markup", "No markup, no program's message, no model's talk about itself.");
    rules.put("profanity", "Nothing a child should not read.");
    rules.put("hesitation", "No hesitation in a sentence.");
    rules.put("answer_noise", "No hesitation, bare number or noise as an answer.");
    rules.put("misspelled", "Words are in an English dictionary.");
    rules.put("incomplete", "A sentence has a verb.");
    rules.put("wrong_order", "Other accepted orders only move a whole phrase.");
    rules.put("mistake_unchanged", "A correction changes something.");
    rules.put("too_long", "No text of more than 300 characters.");
    return rules;
  }
}
