package exercises.rulebased;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.understanding.EditClassifier;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gaps at exactly the words a student said wrong: what the student said in their place is the first
 * wrong option, and the others are as wrong in the same way.
 */
final class SlipGaps {
  /** What stands for "no word at all" among options. */
  static final String NOTHING = "—";

  private static final Set<String> BOTH_FORMS =
      Set.of("like", "love", "hate", "start", "begin", "continue", "prefer", "try", "stop");

  private final Morphology morphology;
  private final EditClassifier classifier;
  private final VerbGaps verbs;
  private final WordGaps words;
  private final PassiveGaps passives;
  private final PrepositionSlips prepositions;
  private final WordSlips other;
  private final FocusGaps focus;
  private final QuantifierGaps quantities;

  SlipGaps(Morphology morphology, VerbGaps verbs, WordGaps words) {
    this.morphology = morphology;
    this.classifier = new EditClassifier(morphology);
    this.verbs = verbs;
    this.words = words;
    this.passives = new PassiveGaps(morphology);
    this.prepositions = new PrepositionSlips(morphology, words);
    this.other = new WordSlips(morphology);
    this.focus = new FocusGaps(morphology);
    this.quantities = new QuantifierGaps(morphology);
  }

  /** Null where more than one word differs, or no three options are surely wrong. */
  Gap at(Sentence s, Mistake mistake) {
    List<String> student = Token.words(mistake.incorrect());
    // Of two neighbours of a word too many the later one is asked: "must _____ ", not "_____ go".
    for (int i = s.tokens().size() - 1; i >= 0; i--) {
      String said = saidInstead(s, i, student);
      if (said == null || said.equals(s.lower(i))) {
        continue;
      }
      Gap gap = gap(s, i, said, mistake);
      if (gap != null) {
        return gap;
      }
    }
    return null;
  }

  /**
   * What the student said where the sentence has this one token, everything else the same: empty
   * for nothing, null where they differ elsewhere too.
   */
  static String saidInstead(Sentence s, int i, List<String> student) {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (int k = 0; k < s.tokens().size(); k++) {
      Token token = s.tokens().get(k);
      if (k != i && (token.isWord() || token.isNumber())) {
        (k < i ? before : after).add(token.lower());
      }
    }
    int end = student.size() - after.size();
    boolean same =
        (s.tokens().get(i).isWord() || s.tokens().get(i).isNumber())
            && end >= before.size()
            && student.subList(0, before.size()).equals(before)
            && student.subList(end, student.size()).equals(after);
    return same ? String.join(" ", student.subList(before.size(), end)) : null;
  }

  private Gap gap(Sentence s, int i, String said, Mistake mistake) {
    String word = s.lower(i);
    if (said.endsWith(" " + word)) {
      String extra = said.substring(0, said.length() - word.length() - 1);
      return extra.equals("to") && s.tag(i).matches("VERB|AUX")
          ? bareVerb(s, i)
          : prepositions.extra(s, i, extra);
    }
    if (said.isEmpty()) {
      return missing(s, i);
    }
    if (EditClassifier.PREPOSITIONS.contains(word)) {
      boolean purpose = word.equals("to") && s.tag(i + 1).equals("VERB");
      return purpose ? purpose(s, i, said) : prepositions.swapped(s, i, said);
    }
    if (word.matches("an?") && said.matches("an?")) {
      return article(s, i, said, "You said \"" + said + "\".");
    }
    if (s.tag(i).matches("VERB|AUX") || word.endsWith("ing")) {
      Gap verb = verb(s, i, said, mistake);
      if (verb != null) {
        return verb;
      }
    }
    Gap gap = other.at(s, i, said);
    return gap != null ? gap : known(s, i, said);
  }

  /** "I have _____ headache". */
  private Gap article(Sentence s, int i, String said, String yours) {
    String word = s.lower(i);
    String next = s.lower(i + 1);
    int noun = i + 1;
    while (noun < i + 4 && s.tag(noun).matches("ADJ|ADV") && s.tag(noun + 1).matches("ADJ|NOUN")) {
      noun++;
    }
    boolean vowel = GrammarCheck.startsWithVowelSound(next);
    boolean sure =
        word.equals("an") == vowel && (vowel || GrammarCheck.startsWithConsonantSound(next));
    boolean thing =
        morphology.hasTagStarting(s.lower(noun), "NN")
            && !morphology.hasTag(s.lower(noun), "NNS")
            && !s.lower(noun).matches("lot|few|little|bit|couple");
    return !sure || !thing
        ? null
        : Gap.of(
            s,
            i,
            List.of(said, vowel ? "a" : "an", "many", "these"),
            "article",
            List.of(i + 1, noun),
            WordGaps.articleReason(word, next, s.lower(noun)) + " " + yours,
            WordGaps.articleHint(next));
  }

  /** "I have no time _____ change": "for". */
  private static Gap purpose(Sentence s, int i, String said) {
    return !said.matches("for|for to|of|at")
        ? null
        : Gap.of(
            s,
            i,
            List.of(said, said.equals("for") ? "for to" : "for", NOTHING),
            "gerund_infinitive",
            List.of(i - 1, i + 1),
            "What something is for comes with \"to\" and the verb: \"to "
                + s.lower(i + 1)
                + "\". You said \""
                + said
                + "\".",
            "Which small word goes before the verb \"" + s.lower(i + 1) + "\" here?");
  }

  /** Where only the part that was put right is known: "at drawing" for "in draw". */
  Gap inPart(Sentence s, int i, String wrong) {
    String word = s.lower(i);
    List<String> said = Token.words(wrong);
    if (said.isEmpty() || said.size() > 2) {
      return null;
    }
    if (word.endsWith("ing") && morphology.hasTag(word, "VBG")) {
      String base = morphology.lemma(word, PartOfSpeech.VERB);
      return ing(s, i, wrong.equals("to " + base) ? wrong : said.get(said.size() - 1));
    }
    return word.matches("hasn't|haven't") && said.get(0).matches("did|didn't")
        ? perfect(s, i)
        : null;
  }

  /** "The supplier _____ sent it yet": "didn't". */
  private Gap perfect(Sentence s, int i) {
    String participle = s.lower(i + 1);
    boolean sure = morphology.hasTag(participle, "VBN") && !morphology.hasTag(participle, "VB");
    boolean third = s.lower(i).equals("hasn't");
    return !sure
        ? null
        : Gap.of(
            s,
            i,
            List.of("didn't", third ? "haven't" : "hasn't", third ? "doesn't" : "don't"),
            "verb_tense",
            List.of(i + 1),
            "Before the third form \""
                + participle
                + "\" stands a form of \"have\": \""
                + s.lower(i)
                + " "
                + participle
                + "\". You said \"didn't\".",
            "Look at \"" + participle + "\": which helping verb goes before this form?");
  }

  /** Where a rule for the word is known: the student's word goes first. */
  private Gap known(Sentence s, int i, String said) {
    Gap gap = words.at(s, i);
    gap = gap == null ? words.comparative(s, i) : gap;
    gap = gap == null ? quantities.at(s, i) : gap;
    gap = gap == null ? focus.at(s, i, null) : gap;
    boolean usable = gap != null && (morphology.isEnglish(said) || said.startsWith("more "));
    return usable ? with(gap, said, "You said \"" + said + "\".") : null;
  }

  /** "I must _____ home": "to go". */
  private Gap bareVerb(Sentence s, int i) {
    String verb = s.lower(i);
    String before = s.lower(i - 1);
    if (!before.matches(
        "must|can|could|will|would|should|may|might|can't|couldn't|won't|shouldn't|mustn't"
            + "|make|makes|made|let|lets|me|him|her|us|them|you")) {
      return null;
    }
    return Gap.of(
        s,
        i,
        List.of(
            "to " + verb,
            form(verb, "VBG"),
            verb.equals("be") ? "is" : form(verb, "VBZ"),
            "for " + verb),
        "gerund_infinitive",
        List.of(i - 1),
        "After \""
            + before
            + "\" the verb comes without \"to\": \""
            + before
            + " "
            + verb
            + "\". You said \"to "
            + verb
            + "\".",
        "Which form of the verb follows \"" + before + "\"?");
  }

  private Gap missing(Sentence s, int i) {
    String word = s.lower(i);
    if (word.matches("an?")) {
      return article(s, i, NOTHING, "You left the word out.");
    }
    if (word.equals("to") && s.tag(i + 1).matches("VERB|AUX") && s.tag(i - 1).equals("VERB")) {
      return Gap.of(
          s,
          i,
          List.of(NOTHING, "for", "of"),
          "gerund_infinitive",
          List.of(i - 1, i + 1),
          "After \""
              + s.lower(i - 1)
              + "\" a second verb comes with \"to\": \""
              + s.lower(i - 1)
              + " to "
              + s.lower(i + 1)
              + "\". You left the word out.",
          "How is \"" + s.lower(i + 1) + "\" joined to \"" + s.lower(i - 1) + "\"?");
    }
    if (EditClassifier.PREPOSITIONS.contains(word)) {
      return prepositions.swapped(s, i, "");
    }
    if (word.matches("am|is|are|was|were")) {
      Gap be = verbs.at(s, i);
      return be == null ? null : with(be, NOTHING, "You left the word out.");
    }
    return other.subject(s, i);
  }

  private Gap verb(Sentence s, int i, String said, Mistake mistake) {
    String word = s.lower(i);
    String yours = " You said \"" + said + "\".";
    if (word.endsWith("ing") && morphology.hasTag(word, "VBG")) {
      Gap ing = ing(s, i, said);
      if (ing != null) {
        return ing;
      }
    }
    Gap gap = verbs.at(s, i);
    gap = gap == null ? passives.at(s, i) : gap;
    boolean madeUp = classifier.regularised(said) != null;
    if (gap == null) {
      gap = focus.at(s, i, null);
    }
    if (gap == null) {
      return madeUp && morphology.hasTag(word, "VBD") ? unchanged(s, i, said) : null;
    }
    boolean over =
        said.matches("(?:has|have|'ve) \\w+")
            && (VerbGaps.pastMark(s) >= 0 || s.text().matches(".*\\bin (?:19|20)\\d\\d\\b.*"));
    boolean helped =
        s.lower(i - 1).matches(".*n't|be|am|is|are|was|were|have|has|had|\\w+'(?:s|ve|re|m)")
            || s.lower(i - 1).matches("do|does|did|can|could|will|would|should|must|might");
    if (gap.distractors().contains(said)
        || madeUp
        || over
        || helped && morphology.shareLemma(said, word)) {
      return with(gap, said, yours.strip());
    }
    if (mistake.type() == MistakeType.GENERAL && classifier.confused(said, word)) {
      return Gap.of(
          s,
          i,
          with(gap, said, "").distractors(),
          "collocation",
          List.of(i + 1, i + 2),
          "Here we say \"" + rest(s, i, word) + "\"." + yours,
          "Which verb goes with \"" + rest(s, i, "").strip() + "\", and in which form?");
    }
    // "I wake up at five": only who was there knows that it was over.
    return null;
  }

  /** The verb with its object: "take a break". */
  private static String rest(Sentence s, int i, String verb) {
    StringBuilder text = new StringBuilder(verb);
    for (int k = i + 1; k <= i + 3 && k < s.tokens().size() && s.tokens().get(k).isWord(); k++) {
      text.append(' ').append(s.tokens().get(k).text());
      if (s.tag(k).matches("NOUN|PRON|PROPN") && !s.lower(k).matches("my|your|his|her|our|their")) {
        break;
      }
    }
    return text.toString();
  }

  /** "I am thinking of _____": "to move". */
  private Gap ing(Sentence s, int i, String said) {
    String word = s.lower(i);
    String before = s.lower(i - 1);
    String base = morphology.lemma(word, PartOfSpeech.VERB);
    boolean governed = EditClassifier.PREPOSITIONS.contains(before) || s.tag(i - 1).equals("VERB");
    boolean both = BOTH_FORMS.contains(morphology.lemma(before, PartOfSpeech.VERB));
    boolean own = said.equals("to " + base) ? !both : morphology.shareLemma(said, word);
    if (!governed || !own || said.contains(" ") && !said.startsWith("to ")) {
      return null;
    }
    List<String> wrong = new ArrayList<>(List.of(said, base));
    wrong.add(form(base, "VBZ"));
    wrong.add(form(base, "VBD"));
    return Gap.of(
        s,
        i,
        wrong,
        "gerund_infinitive",
        List.of(i - 1),
        "After \""
            + before
            + "\" a verb takes -ing: \""
            + before
            + " "
            + word
            + "\". You said \""
            + said
            + "\".",
        "Which form of \"" + base + "\" follows \"" + before + "\"?");
  }

  /** "It _____ twelve euros": "costed". */
  private Gap unchanged(Sentence s, int i, String said) {
    String word = s.lower(i);
    String lemma = morphology.lemma(word, PartOfSpeech.VERB);
    String why =
        word.equals(lemma)
            ? "\"" + word + "\" has the same form in the past, without an ending."
            : "\"" + lemma + "\" is irregular: its past form is \"" + word + "\".";
    return i == 0
        ? null
        : Gap.of(
            s,
            i,
            List.of(said, form(lemma, "VBG"), "to " + lemma),
            "verb_tense",
            List.of(i - 1),
            why + " You said \"" + said + "\".",
            "It already happened. Is this verb a regular one?");
  }

  /** The gap with one more option, the student's own, before the others. */
  private static Gap with(Gap gap, String option, String added) {
    List<String> options = new ArrayList<>(List.of(option));
    options.addAll(gap.distractors());
    return Gap.of(
        gap.sentence(),
        gap.token(),
        options,
        gap.concept(),
        gap.evidence(),
        (gap.explanation() + " " + added).strip(),
        gap.hint());
  }

  private String form(String lemma, String tag) {
    return morphology.form(lemma, tag);
  }
}
