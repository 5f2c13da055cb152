package exercises.model;

import exercises.FillBlank;
import exercises.Findings;
import exercises.GateRules;
import exercises.LessonEvidence;
import exercises.OptionRules;
import exercises.language.Token;
import exercises.rulebased.Gap;
import exercises.rulebased.RuleBasedGenerator;
import exercises.rulebased.VocabularyGaps;
import exercises.understanding.EditClassifier;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.RuleText;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Turns a model's idea of a gap into one: the sentence is the lesson's, the answer the word that
 * stands there; of the model's words only distractors, explanation and hint remain, each checked.
 */
final class GapProposals {
  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("vocabulary", "Read the whole sentence: which word makes sense here?"),
          Map.entry("pronoun", "Who or what is it about? Choose the form that fits."),
          Map.entry("question", "It is a question: what is asked for?"),
          Map.entry("comparison", "How many things are compared?"),
          Map.entry("modal", "Read the whole sentence: what does it want to say?"));

  private static final Set<String> SMALL_WORDS = smallWords();

  private final LessonTools tools;
  private final RuleBasedGenerator.Reading reading;
  private final WrittenText written;
  private final OptionRules options;
  private final VocabularyGaps vocabularyGaps;

  GapProposals(
      LessonTools tools,
      LessonMaterial material,
      RuleBasedGenerator.Reading reading,
      List<Mistake> mistakes) {
    this.tools = tools;
    this.reading = reading;
    this.written = new WrittenText(tools.morphology, reading.lesson(), material.language());
    this.options =
        new OptionRules(
            new LessonEvidence(material, mistakes, tools.morphology, tools.models.wordNet),
            tools.morphology,
            tools.models.wordNet,
            new Findings(GateRules.Author.GENERATOR));
    this.vocabularyGaps = new VocabularyGaps(tools.morphology, tools.models.wordNet);
  }

  private static Set<String> smallWords() {
    Set<String> words = new LinkedHashSet<>(EditClassifier.ARTICLES);
    words.addAll(EditClassifier.PREPOSITIONS);
    words.addAll(EditClassifier.PRONOUNS);
    words.addAll(EditClassifier.AUXILIARIES);
    words.addAll(
        List.of(
            "this", "that", "these", "those", "some", "any", "much", "many", "few", "little", "who",
            "what", "where", "when", "why", "how", "which", "whose", "and", "but", "or", "because",
            "so", "if", "than", "not", "too", "enough"));
    return Set.copyOf(words);
  }

  /**
   * Null when the idea is not sound.
   *
   * @param sentence where the gap is to be
   * @param mistake whose right form the sentence is, or null
   */
  ProposedGap of(
      Sentence sentence,
      String answer,
      List<String> distractors,
      String concept,
      String explanation,
      String hint,
      Mistake mistake) {
    int token = only(sentence, answer);
    if (token < 0) {
      return null;
    }
    String word = sentence.lower(token);
    boolean small = SMALL_WORDS.contains(word) || word.contains("'");
    String tested = concept(concept, small);
    Gap ruled = ruled(sentence, token, mistake);
    Set<String> sure = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (String text : distractors) {
      String option = option(text, token);
      if (option == null || !allowed(option, sentence, token, tested, mistake)) {
        continue;
      }
      (isWrong(option, sentence, token, ruled, mistake) ? sure : others).add(option);
    }
    if (ruled != null && sure.size() + others.size() < 3) {
      sure.addAll(ruled.distractors());
    }
    List<String> chosen = new ArrayList<>(sure);
    chosen.addAll(others);
    Gap gap =
        Gap.of(
            sentence,
            token,
            chosen,
            tested,
            ruled == null ? List.of() : ruled.evidence(),
            explained(explanation, sentence, tested, ruled, mistake),
            hinted(hint, sentence.tokens().get(token).text(), tested, ruled, mistake));
    return gap == null ? null : new ProposedGap(gap, sure.size() >= 3, mistake);
  }

  /** Where the answer stands as a word of its own, exactly once; else -1. */
  private static int only(Sentence sentence, String answer) {
    if (answer == null) {
      return -1;
    }
    String wanted = answer.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
    int found = -1;
    for (int i = 0; i < sentence.tokens().size(); i++) {
      if (sentence.tokens().get(i).isWord() && sentence.lower(i).equals(wanted)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static String concept(String concept, boolean small) {
    boolean vocabulary = concept == null || concept.equals("vocabulary");
    return vocabulary && small ? "word_form" : concept == null ? "vocabulary" : concept;
  }

  private Gap ruled(Sentence sentence, int token, Mistake mistake) {
    Gap gap = mistake == null ? null : tools.mistakeGaps.at(sentence, mistake);
    if (gap != null && (gap.token() != token || gap.isSpan())) {
      gap = null;
    }
    gap = gap == null ? tools.verbs.at(sentence, token) : gap;
    gap = gap == null ? tools.words.at(sentence, token) : gap;
    gap = gap == null ? tools.words.comparative(sentence, token) : gap;
    if (gap != null) {
      return gap;
    }
    for (TaughtWord word : reading.words()) {
      if (vocabularyGaps.find(sentence, word) == token) {
        return vocabularyGaps.at(
            sentence,
            word,
            reading.words(),
            vocabularyGaps.nounsOf(reading.sentences()),
            reading.translations().get(word));
      }
    }
    return null;
  }

  /** The option as it would stand in the sentence, or null when it is no English word or form. */
  private String option(String text, int token) {
    String option = text.strip().replace('’', '\'').replaceAll("\\s+", " ");
    if (option.equals("—")) {
      return option;
    }
    if (!option.matches("\\p{IsLatin}[\\p{IsLatin}']{0,20}(?:[ -][\\p{IsLatin}']{1,20}){0,1}")
        || reading.lesson().names().occursIn(option.toLowerCase(Locale.ROOT))) {
      return null;
    }
    String lower = option.equals("I") ? "I" : option.toLowerCase(Locale.ROOT);
    for (String part : lower.split("[ -]")) {
      if (reading.lesson().names().isParticipant(part)
          || reading.lesson().glosses().isForeign(part.toLowerCase(Locale.ROOT))) {
        return null;
      }
    }
    boolean first = token == 0;
    return first ? Token.capitalised(lower) : lower;
  }

  private boolean allowed(
      String option, Sentence sentence, int token, String concept, Mistake mistake) {
    String answer = sentence.tokens().get(token).text();
    boolean own = mistake != null && option.equalsIgnoreCase(mistake.wrongPart());
    boolean english =
        option.equals("—")
            || List.of(option.split("[ -]")).stream()
                .allMatch(p -> tools.morphology.isEnglish(p.replaceFirst("n't$|'\\w+$", "")));
    if (option.equalsIgnoreCase(answer) || !english && !own) {
      return false;
    }
    return options.brokenChoice(
            sentence.replace(token, FillBlank.BLANK),
            List.of(option, answer),
            answer,
            concept.equals("vocabulary"))
        == null;
  }

  /** True when the lesson or a rule shows that the option is wrong there. */
  private boolean isWrong(String option, Sentence sentence, int token, Gap ruled, Mistake mistake) {
    boolean said =
        mistake != null
            && option.equalsIgnoreCase(mistake.wrongPart())
            && mistake.confidence() >= 0.7;
    boolean listed =
        ruled != null && ruled.distractors().stream().anyMatch(option::equalsIgnoreCase);
    String filled = sentence.replace(token, option.equals("—") ? "" : option);
    return said || listed || tools.grammar.fault(Token.split(filled), List.of()) != null;
  }

  private String explained(
      String text, Sentence sentence, String concept, Gap ruled, Mistake mistake) {
    String own = written.explanation(text, sentence.text());
    if (own != null) {
      return own;
    }
    if (mistake != null) {
      return mistake.rule();
    }
    return ruled != null && ruled.concept().equals(concept)
        ? ruled.explanation()
        : "In your lesson it was: \"" + sentence.text() + "\"";
  }

  private String hinted(String text, String answer, String concept, Gap ruled, Mistake mistake) {
    String own = written.hint(text, List.of(answer));
    if (own != null) {
      return own;
    }
    if (ruled != null) {
      return ruled.hint();
    }
    for (MistakeType type : MistakeType.values()) {
      if (type.word().equals(concept)) {
        return RuleText.hint(type);
      }
    }
    return mistake == null ? HINTS.getOrDefault(concept, HINTS.get("vocabulary")) : mistake.hint();
  }

  /** The strings of an array; anything else in it is dropped. */
  static List<String> strings(JsonObject from, String name, int longest) {
    List<String> strings = new ArrayList<>();
    JsonArray array = from.getJsonArray(name, new JsonArray());
    for (int i = 0; i < Math.min(array.size(), 8); i++) {
      if (array.getValue(i) instanceof String text && text.length() <= longest) {
        strings.add(text);
      }
    }
    return strings;
  }
}
