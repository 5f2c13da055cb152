package exercises;

import exercises.language.Level;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Scripts;
import exercises.language.Tagger;
import exercises.language.Token;
import exercises.language.WordNet;
import exercises.understanding.ClassroomTalk;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.Provenance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules of each kind of item. A check gives the name of the rule that ends the item, or null,
 * and leaves warnings in the {@link Findings}. Remembers the items it passed, so that a later one
 * can't repeat them.
 */
final class ItemRules {
  private static final int LONGEST_SENTENCE = 30;

  private final String language;
  private final Findings findings;
  private final LessonEvidence evidence;
  private final Morphology morphology;
  private final Tagger tagger;
  private final SentenceRules sentences;
  private final OptionRules options;
  private final SetRules neighbours;
  private final Levels levels;
  private final Level lesson;
  private final Map<String, Set<String>> words = new HashMap<>();
  private final Set<String> texts = new HashSet<>();

  /**
   * @param lesson the lesson's level, or null when nobody can tell it
   */
  ItemRules(
      LessonMaterial material,
      LessonEvidence evidence,
      Level lesson,
      Morphology morphology,
      Tagger tagger,
      Levels levels,
      WordNet wordNet,
      Findings findings) {
    this.language = material.language();
    this.findings = findings;
    this.morphology = morphology;
    this.tagger = tagger;
    this.evidence = evidence;
    this.sentences = new SentenceRules(evidence, morphology, tagger, findings);
    this.options = new OptionRules(evidence, morphology, wordNet, findings);
    this.neighbours = new SetRules(material.earlier());
    this.levels = levels;
    this.lesson = lesson;
  }

  String flashcard(Flashcard f) {
    String broken = word("flashcards", f.word(), f.translation(), f.translationLanguage());
    if (broken != null) {
      return broken;
    }
    findings.at("example_sentence");
    broken = example(f.word(), f.exampleSentence(), f.provenance());
    return broken == null
        ? wordHint("flashcards", f.word(), f.exampleSentence(), f.hint())
        : broken;
  }

  String spelling(SpellingWord s) {
    findings.at("word");
    if (s.word() != null && !s.word().isBlank() && s.word().length() < 3) {
      return "word_length";
    }
    String broken = word("spelling", s.word(), s.translation(), s.translationLanguage());
    if (broken != null) {
      return broken;
    }
    findings.at("sample_sentence");
    broken = example(s.word(), s.sampleSentence(), s.provenance());
    return broken == null ? wordHint("spelling", s.word(), s.sampleSentence(), s.hint()) : broken;
  }

  private String word(String kind, String word, String translation, String translationLanguage) {
    findings.at("word");
    if (word == null || word.isBlank()) {
      return "word_or_translation_missing";
    }
    findings.at("translation");
    if (translation == null || translation.isBlank()) {
      return "word_or_translation_missing";
    }
    findings.at("word");
    String lower = word.toLowerCase(Locale.ROOT);
    if (!words.computeIfAbsent(kind, k -> new HashSet<>()).add(lower)) {
      return "duplicate_word";
    }
    String text = findings.weigh(TextRules.broken(word));
    if (text != null) {
      return text;
    }
    if (TextRules.isNoise(lower)) {
      return "answer_noise";
    }
    if (evidence.names.isParticipant(lower)) {
      return "participant_name";
    }
    if (!lower.matches("\\p{IsLatin}+(?:[ '’-]\\p{IsLatin}+)*")) {
      return "not_latin";
    }
    boolean english = morphology.isEnglish(lower.split("[ -]")[0]);
    boolean other =
        !english || evidence.glosses.isForeign(lower) || ClassroomTalk.isClassroomWord(lower);
    if (findings.ends(other, "not_english")) {
      return "not_english";
    }
    findings.at("translation");
    String shown = findings.weigh(TextRules.broken(translation));
    if (shown != null) {
      return shown;
    }
    boolean definition =
        "en".equals(translationLanguage) && translation.length() <= Provenance.LONGEST;
    boolean unreadable = !definition && !Scripts.isIn(translation, language);
    return findings.ends(unreadable, "translation_script") ? "translation_script" : null;
  }

  private String example(String word, String sentence, Provenance source) {
    String broken = sentences.broken(sentence, source, 3, LONGEST_SENTENCE);
    if (broken != null) {
      return broken;
    }
    String head = word.toLowerCase(Locale.ROOT).split(" ")[0];
    boolean contains =
        Token.words(sentence).stream()
            .anyMatch(w -> w.equals(head) || morphology.lemmas(w).contains(head));
    return contains ? null : "example_without_word";
  }

  private String wordHint(String kind, String word, String sentence, String hint) {
    String example = findings.member();
    findings.at("hint");
    if (SentenceRules.givesAway(hint, word)) {
      return "hint_gives_answer";
    }
    findings.at("word");
    String broken = findings.weigh(neighbours.brokenWord(kind, word));
    findings.at(broken == null ? example : "word");
    return broken == null ? tooHard(sentence) : broken;
  }

  /** Words that the lesson says again and again are what it teaches, however rare they are. */
  private String tooHard(String sentence) {
    boolean far =
        lesson != null && levels.ofText(sentence, evidence::isFamiliar).isFarAbove(lesson);
    return findings.ends(far, "too_hard") ? "too_hard" : null;
  }

  String fillBlank(FillBlank f) {
    findings.at("sentence");
    return gap(
        "fill_blank",
        f.sentence(),
        f.options(),
        f.correctAnswer(),
        f.concept(),
        f.explanation(),
        f.hint(),
        f.provenance(),
        5);
  }

  String challenge(GrammarChallenge g) {
    findings.at("prompt");
    return gap(
        "grammar_challenge",
        g.prompt(),
        g.options(),
        g.correctAnswer(),
        g.concept(),
        g.explanation(),
        g.hint(),
        g.provenance(),
        4);
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
      int fewest) {
    String member = findings.member();
    String broken = options.brokenText(text, 1);
    broken = broken == null ? choices("options", "correct_answer", choices, answer, 4, 4) : broken;
    if (broken != null) {
      return broken;
    }
    findings.at(member);
    String whole = OptionRules.fill(text, List.of(answer));
    broken = sentences.broken(whole, source, fewest, LONGEST_SENTENCE);
    boolean vocabulary = "vocabulary".equals(concept);
    broken = broken == null ? options.brokenStem(text, answer, vocabulary) : broken;
    if (broken != null) {
      return broken;
    }
    findings.at("options");
    broken = options.brokenChoice(text, choices, answer, vocabulary);
    if (broken != null) {
      return broken;
    }
    findings.at("hint");
    if (SentenceRules.givesAway(hint, answer)) {
      return "hint_gives_answer";
    }
    findings.at("explanation");
    if (findings.ends(!aboutThis(explanation, whole), "explanation_elsewhere")) {
      return "explanation_elsewhere";
    }
    findings.at(member);
    if (!texts.add(text)) {
      return "duplicate_item";
    }
    broken = findings.weigh(neighbours.broken(kind, whole, answer));
    return broken == null ? tooHard(whole) : broken;
  }

  private String choices(
      String member, String answerMember, List<String> choices, String answer, int few, int many) {
    boolean absent = answer == null || answer.isBlank();
    boolean enough = choices.size() >= few && choices.size() <= many;
    boolean elsewhere = absent || enough && !choices.contains(answer);
    findings.at(elsewhere ? answerMember : member);
    return options.brokenOptions(choices, answer, few, many);
  }

  /** The explanation names the sentence's own words. */
  private boolean aboutThis(String explanation, String sentence) {
    Set<String> said = new HashSet<>(Token.words(sentence));
    return explanation != null && Token.words(explanation).stream().anyMatch(said::contains);
  }

  String cloze(AdvancedCloze c) {
    AdvancedCloze.Blank one = c.blank1();
    AdvancedCloze.Blank two = c.blank2();
    findings.at("sentence");
    String broken = options.brokenText(c.sentence(), 2);
    broken =
        broken == null
            ? choices("blank1.options", "blank1.correct", one.options(), one.correct(), 3, 6)
            : broken;
    broken =
        broken == null
            ? choices("blank2.options", "blank2.correct", two.options(), two.correct(), 3, 6)
            : broken;
    if (broken != null) {
      return broken;
    }
    findings.at("sentence");
    String whole = OptionRules.fill(c.sentence(), List.of(one.correct(), two.correct()));
    broken = sentences.broken(whole, c.provenance(), 6, LONGEST_SENTENCE);
    if (broken != null) {
      return broken;
    }
    int second = c.sentence().lastIndexOf(FillBlank.BLANK);
    String firstOpen =
        second < 0
            ? c.sentence()
            : c.sentence().substring(0, second)
                + two.correct()
                + c.sentence().substring(second + FillBlank.BLANK.length());
    String secondOpen = OptionRules.fill(c.sentence(), List.of(one.correct()));
    findings.at("blank1.options");
    broken = options.brokenChoice(firstOpen, one.options(), one.correct(), isVocabulary(one));
    if (broken != null) {
      return broken;
    }
    findings.at("blank2.options");
    broken = options.brokenChoice(secondOpen, two.options(), two.correct(), isVocabulary(two));
    if (broken != null) {
      return broken;
    }
    findings.at("blank1.hint");
    if (SentenceRules.givesAway(one.hint(), one.correct())) {
      return "hint_gives_answer";
    }
    findings.at("blank2.hint");
    if (SentenceRules.givesAway(two.hint(), two.correct())) {
      return "hint_gives_answer";
    }
    findings.at("sentence");
    if (!texts.add(c.sentence())) {
      return "duplicate_item";
    }
    String asked = one.correct() + " " + two.correct();
    broken = findings.weigh(neighbours.brokenByEarlier("advanced_cloze", whole, asked));
    return broken == null ? tooHard(whole) : broken;
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

  String builder(SentenceBuilder s) {
    findings.at("english");
    String broken = sentences.broken(s.english(), s.provenance(), 4, 12);
    if (broken != null) {
      return broken;
    }
    findings.at("tokens");
    boolean joined = Token.join(s.tokens()).equals(s.english());
    boolean marks =
        s.tokens().stream()
            .noneMatch(t -> t.matches(".*[\\p{L}\\p{N}][.,!?;:]$") || t.contains(" "));
    if (!joined || !marks) {
      return "tokens";
    }
    findings.at("accepted");
    List<String> sorted = s.tokens().stream().sorted().toList();
    boolean sequences =
        s.accepted().contains(s.tokens())
            && s.accepted().stream().allMatch(a -> a.stream().sorted().toList().equals(sorted));
    if (!sequences) {
      return "tokens";
    }
    findings.at("translation");
    boolean unreadable = s.translation() != null && !Scripts.isIn(s.translation(), language);
    if (findings.ends(unreadable, "translation_script")) {
      return "translation_script";
    }
    findings.at("accepted");
    List<String> tags = tagger.tag(Token.split(s.english()));
    boolean odd =
        tags.size() == s.tokens().size()
            && s.accepted().stream().anyMatch(a -> !OrderRules.plausible(s.tokens(), tags, a));
    if (findings.ends(odd, "wrong_order")) {
      return "wrong_order";
    }
    findings.at("hint");
    if (s.hint() == null || s.hint().contains(s.english())) {
      return "hint_gives_answer";
    }
    findings.at("english");
    if (!texts.add(s.english())) {
      return "duplicate_item";
    }
    broken = findings.weigh(neighbours.broken("sentence_builder", s.english(), ""));
    return broken == null ? tooHard(s.english()) : broken;
  }

  String mistake(Mistake m) {
    findings.at("incorrect");
    if (m.incorrect().isBlank()
        || m.correct().isBlank()
        || m.incorrect().equalsIgnoreCase(m.correct())) {
      return "mistake_unchanged";
    }
    if (evidence.names.occursIn(m.incorrect()) || evidence.names.occursIn(m.correct())) {
      return "participant_name";
    }
    boolean elsewhere = !evidence.isGrounded(m.incorrect(), m.provenance());
    return findings.ends(elsewhere, "not_grounded") ? "not_grounded" : null;
  }
}
