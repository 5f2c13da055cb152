package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.Token;
import exercises.understanding.GrammarPoint;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gaps at the point a lesson practised, and which other gaps belong to that point. */
final class FocusGaps {
  private static final Set<String> TAKES_TO =
      Set.of("going", "have", "has", "had", "want", "wants", "need", "needs", "like", "likes");
  private static final Set<String> BE = Set.of("am", "is", "are", "was", "were");
  private static final Set<GrammarPoint> MODAL_POINTS =
      Set.of(
          GrammarPoint.CAN_COULD,
          GrammarPoint.FUTURE_WILL,
          GrammarPoint.SHOULD,
          GrammarPoint.MUST_HAVE_TO);

  /** After a noun these begin where it is, whatever the tagger takes them for. */
  private static final Set<String> PLACES =
      Set.of(
          "opposite", "near", "behind", "under", "next", "in", "on", "between", "above", "inside");

  private final Morphology morphology;
  private final PassiveGaps passive;
  private final QuantifierGaps quantities;
  private final OrderGaps orders;

  FocusGaps(Morphology morphology) {
    this.morphology = morphology;
    this.passive = new PassiveGaps(morphology);
    this.quantities = new QuantifierGaps(morphology);
    this.orders = new OrderGaps(morphology);
  }

  /** A gap only this class knows, or null. */
  Gap at(Sentence s, int i, GrammarPoint point) {
    Gap gap = existence(s, i);
    gap = gap == null ? afterTo(s, i) : gap;
    gap = gap == null ? longComparative(s, i) : gap;
    gap = gap == null ? superlative(s, i) : gap;
    gap = gap == null && point == GrammarPoint.USED_TO ? pastHabit(s, i) : gap;
    gap = gap == null && point == GrammarPoint.USED_TO ? usedTo(s, i) : gap;
    gap = gap == null && point == GrammarPoint.GOING_TO ? going(s, i) : gap;
    gap = gap == null && point != null && MODAL_POINTS.contains(point) ? modal(s, i) : gap;
    gap = gap == null && point == GrammarPoint.FREQUENCY_ADVERBS ? orders.frequency(s, i) : gap;
    gap = gap == null && point == GrammarPoint.QUANTIFIERS ? quantities.at(s, i) : gap;
    return gap == null && point == GrammarPoint.PASSIVE ? passive.at(s, i) : gap;
  }

  /** "I _____ to live in a village", "Did you _____ to have a nickname?" */
  private Gap usedTo(Sentence s, int i) {
    String word = s.lower(i);
    String next = s.lower(i + 2);
    boolean habit =
        i > 0
            && s.lower(i + 1).equals("to")
            && morphology.hasTag(next, "VB")
            && s.tokens().stream().filter(t -> t.lower().equals(word)).count() == 1;
    boolean asked = habit && word.equals("use") && near(s, i, "did|didn't");
    boolean told =
        habit && word.equals("used") && !near(s, i, "did|didn't|\\w+'[msd]|is|are|was|were");
    if (!asked && !told) {
      return null;
    }
    return Gap.of(
        s,
        i,
        asked ? List.of("uses", "using", "usually") : List.of("use", "uses", "using"),
        "used_to",
        List.of(i + 1, i + 2),
        asked
            ? "\"Did\" shows the past already, so the verb after it has no ending: \"use to "
                + next
                + "\"."
            : "It was so in the past and is over now: \"used to " + next + "\".",
        asked
            ? "Which form follows \"did\"?"
            : "It was like this in the past. Which form goes before \"to " + next + "\"?");
  }

  /** "We are _____ to sleep in a tent". */
  private Gap going(Sentence s, int i) {
    boolean plan =
        s.lower(i).equals("going")
            && s.lower(i + 1).equals("to")
            && morphology.hasTag(s.lower(i + 2), "VB")
            && s.tag(i + 2).matches("VERB|AUX");
    return !plan
        ? null
        : Gap.of(
            s,
            i,
            List.of("go", "goes", "gone"),
            "going_to",
            List.of(i + 1, i + 2),
            "A plan takes \"be\" and \"going to\": \"going to " + s.lower(i + 2) + "\".",
            "It is a plan. Which form of \"go\" makes one?");
  }

  /** "The elephant _____ lift a tree". */
  private Gap modal(Sentence s, int i) {
    String word = s.lower(i);
    String verb = s.lower(i + 1);
    boolean told =
        i > 0
            && word.matches("can|will|must|should")
            && s.tag(i - 1).matches("NOUN|PRON|PROPN")
            && !s.isQuestion()
            && s.tag(i + 1).equals("VERB")
            && morphology.hasTag(verb, "VB")
            && !morphology.hasTag(verb, "VBD")
            && !morphology.hasTag(verb, "VBN");
    return !told
        ? null
        : Gap.of(
            s,
            i,
            List.of(word + "s", "is", "has"),
            "modal",
            List.of(i - 1, i + 1),
            "\""
                + word
                + "\" never changes, and the verb after it has no ending: \""
                + word
                + " "
                + verb
                + "\".",
            "The verb after the gap has no ending and no \"to\": which word goes before it?");
  }

  /** "There _____ two sofas". */
  private Gap existence(Sentence s, int i) {
    String word = s.lower(i);
    boolean asked = i == 0 && s.lower(1).equals("there") && s.isQuestion();
    if (!BE.contains(word) || !asked && !s.lower(i - 1).equals("there")) {
      return null;
    }
    int from = asked ? 2 : i + 1;
    int head = -1;
    boolean lot = s.lower(from).matches("an?") && s.lower(from + 1).equals("lot");
    for (int k = from + (lot ? 3 : 0); k < Math.min(s.tokens().size(), from + 6); k++) {
      if (s.tag(k).equals("NOUN")
          && (!s.tag(k + 1).equals("NOUN")
              || !morphology.hasTagStarting(s.lower(k + 1), "NN")
              || PLACES.contains(s.lower(k + 1)))) {
        head = k;
        break;
      }
      if (!s.tag(k).matches("DET|ADJ|NUM|NOUN|ADV|PRON")) {
        break;
      }
    }
    if (head < 0 || s.lower(head + 1).equals("and")) {
      return null;
    }
    boolean mass =
        morphology.readings(s.lower(head)).stream().anyMatch(r -> r.tag().matches("NN:U.*"));
    boolean one = s.lower(from).matches("an?|one") && !lot;
    boolean plural = morphology.hasTag(s.lower(head), "NNS") && !one;
    if (!plural
        && !one
        && !s.lower(from).matches("this|that|my|your|his|her|our|their|the|another|any|no|some")
        && !lot) {
      return null;
    }
    boolean agrees = plural == word.matches("are|were");
    List<String> wrong =
        plural
            ? List.of(word.equals("were") ? "was" : "is", "has", "am")
            : List.of(word.equals("was") ? "were" : "are", "have", "am");
    String noun = s.text().substring(s.tokens().get(from).start(), s.tokens().get(head).end());
    return !agrees
        ? null
        : Gap.of(
            s,
            i,
            wrong,
            "there_is_are",
            List.of(head, from),
            "\""
                + Token.capitalised(noun)
                + "\" is "
                + (plural
                    ? "more than one, so we say \"there "
                    : mass && !one
                        ? "not counted one by one, so we say \"there "
                        : "one thing, so we say \"there ")
                + word
                + "\".",
            "One thing or more than one? Look at \"" + noun + "\".");
  }

  /** "We are going to _____ in a tent". */
  private Gap afterTo(Sentence s, int i) {
    String before = s.lower(i - 2);
    String word = s.lower(i);
    boolean base =
        s.lower(i - 1).equals("to")
            && TAKES_TO.contains(before)
            && morphology.hasTag(word, "VB")
            && !word.matches("be|get|let")
            && !(before.equals("going") && i < 3);
    if (!base) {
      return null;
    }
    String phrase = before + " to";
    List<String> wrong = new ArrayList<>();
    for (String tag : List.of("VBG", "VBD", "VBZ")) {
      String form = morphology.form(word, tag);
      if (form != null && !form.equals(word)) {
        wrong.add(form);
      }
    }
    return Gap.of(
        s,
        i,
        wrong,
        before.equals("going") ? "going_to" : "verb_form",
        List.of(i - 1, i - 2),
        "After \""
            + phrase
            + "\" the verb stays as it is, without an ending: \""
            + phrase
            + " "
            + word
            + "\".",
        "Look at \"" + phrase + "\": which form of the verb comes after \"to\"?");
  }

  /** "I used to _____ in a village". */
  private Gap pastHabit(Sentence s, int i) {
    String word = s.lower(i);
    boolean base =
        s.lower(i - 1).equals("to")
            && s.lower(i - 2).matches("used?")
            && morphology.hasTag(word, "VB");
    if (!base) {
      return null;
    }
    List<String> wrong = new ArrayList<>();
    for (String tag : List.of("VBG", "VBD", "VBZ")) {
      String form = morphology.form(word, tag);
      if (form != null && !form.equals(word)) {
        wrong.add(form);
      }
    }
    return Gap.of(
        s,
        i,
        wrong,
        "used_to",
        List.of(i - 1, i - 2),
        "After \"used to\" the verb has no ending, because \"used\" is past already: \"used to "
            + word
            + "\".",
        "Look at \"used to\": which form of the verb comes after it?");
  }

  /** "_____ dangerous than". */
  private Gap longComparative(Sentence s, int i) {
    boolean compares =
        s.lower(i).equals("more")
            && morphology.hasTag(s.lower(i + 1), "JJ")
            && s.tag(i + 1).equals("ADJ")
            && s.lower(i + 2).equals("than");
    return !compares
        ? null
        : Gap.of(
            s,
            i,
            List.of("most", "very", "too"),
            "comparative",
            List.of(i + 1, i + 2),
            "\""
                + s.lower(i + 1)
                + "\" is a long word, so we compare with \"more\": \"more "
                + s.lower(i + 1)
                + " than\".",
            "Look at \"than\": how do we compare with a long word?");
  }

  private Gap superlative(Sentence s, int i) {
    String word = s.lower(i);
    if (!morphology.hasTag(word, "JJS")
        || !s.lower(i - 1).equals("the")
        || word.matches("most|least|last|first|next")) {
      return null;
    }
    String base = WordGaps.baseOf(morphology, word, "JJS");
    String more = base == null ? null : morphology.form(base, "JJR");
    return more == null
        ? null
        : Gap.of(
            s,
            i,
            List.of(more, "most " + base, "more " + base),
            "superlative",
            List.of(i - 1),
            "More than all the others: \"" + base + "\" becomes \"the " + word + "\".",
            "Look at \"the\": it is more than all the others.");
  }

  /** True when the gap asks for what the lesson practised. */
  boolean belongs(Gap gap, GrammarPoint point) {
    if (point == null || gap.concept().equals("vocabulary")) {
      return false;
    }
    Sentence s = gap.sentence();
    int i = gap.token();
    String word = s.lower(i);
    String concept = gap.concept();
    boolean be = BE.contains(word);
    if (MODAL_POINTS.contains(point) && concept.equals("modal")) {
      return true;
    }
    return switch (point) {
      case FREQUENCY_ADVERBS -> concept.equals("word_order");
      case QUANTIFIERS -> concept.equals("quantifier");
      case PASSIVE -> concept.equals("passive") || be && passive.isAfter(s, i);
      case POSSESSIVE_PRONOUNS ->
          word.matches("mine|yours|hers|ours|theirs") || word.matches("my|your|his|her|our|their");
      case POSSESSIVE_ADJECTIVES -> word.matches("my|your|his|her|our|their");
      case OBJECT_PRONOUNS -> word.matches("me|him|us|them");
      case PAST_SIMPLE ->
          concept.equals("verb_tense")
              && (morphology.hasTag(word, "VBD") && !word.equals("had")
                  || word.equals("did")
                  || near(s, i, "did|didn't"));
      case BE_PAST -> word.matches("was|were");
      case BE_PRESENT -> be && word.matches("am|is|are") && !concept.equals("there_is_are");
      case THERE_IS -> concept.equals("there_is_are");
      case PRESENT_SIMPLE ->
          concept.equals("subject_verb_agreement") && !be || near(s, i, "do|does|don't|doesn't");
      case PRESENT_CONTINUOUS, PAST_CONTINUOUS ->
          morphology.hasTag(word, "VBG") || be && ingAfter(s, i);
      case PRESENT_PERFECT, PAST_PERFECT -> near(s, i, "have|has|had|haven't|hasn't|\\w+'ve");
      case USED_TO -> concept.equals("used_to");
      case GOING_TO -> concept.equals("going_to") || be && s.text().contains("going to");
      case FUTURE_WILL -> near(s, i, "will|won't|\\w+'ll");
      case CAN_COULD -> near(s, i, "can|can't|could|couldn't");
      case MUST_HAVE_TO -> near(s, i, "must|mustn't") || concept.equals("verb_form");
      case SHOULD -> near(s, i, "should|shouldn't");
      case MAY_MIGHT -> near(s, i, "may|might");
      case COMPARATIVES -> concept.equals("comparative");
      case SUPERLATIVES -> concept.equals("superlative");
      case ARTICLES -> concept.equals("article");
      case TIME_PREPOSITIONS, PLACE_PREPOSITIONS -> concept.equals("preposition");
      case GERUND_INFINITIVE -> concept.equals("verb_form");
      case QUESTION_WORDS, QUESTION_TAGS -> s.isQuestion() && s.tag(i).equals("AUX");
      case FIRST_CONDITIONAL, ZERO_CONDITIONAL, SECOND_CONDITIONAL ->
          s.text().toLowerCase(java.util.Locale.ROOT).matches("(?:.*\\s)?if\\s.*");
      default -> false;
    };
  }

  private boolean ingAfter(Sentence s, int i) {
    for (int k = i + 1; k <= i + 3; k++) {
      if (s.lower(k).endsWith("ing") && morphology.hasTag(s.lower(k), "VBG")) {
        return true;
      }
    }
    return false;
  }

  private static boolean near(Sentence s, int i, String governors) {
    for (int k = Math.max(0, i - 3); k < i; k++) {
      if (s.lower(k).matches(governors)) {
        return true;
      }
    }
    return false;
  }
}
