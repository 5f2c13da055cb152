package exercises.language;

import java.util.List;
import java.util.Set;

/**
 * Slips that {@link GrammarCheck} can't see without knowing what is a noun and what a verb: a verb
 * that doesn't agree with its noun, an adjective behind its noun, "before two weeks". Like it, it
 * errs towards suspicion.
 */
public final class LearnerSlips {
  private static final String OPENS =
      "let|lets|make|makes|made|help|helps|helped|see|saw|hear|heard|watch|watched|if|suggest|than"
          + "|as|to|do|does|did|don't|doesn't|didn't|can|could|will|would|should|must|might|may|can't"
          + "|won't|couldn't|wouldn't|shouldn't|and|or|is|are|was|were|has|have|had";

  /** "Keep your head safe": after these an adjective rightly follows the noun. */
  private static final Set<String> MAKES_SO =
      Set.of(
          "make", "keep", "find", "get", "leave", "paint", "call", "want", "like", "have", "turn");

  private static final Set<String> DETERMINERS =
      Set.of(
          "a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "this", "that",
          "these", "those", "some", "any", "no", "every", "each", "another", "one", "what", "which",
          "much", "many", "such", "last", "next", "half", "all", "both", "whose");

  private final Morphology morphology;

  /** Judges by the forms of the dictionary and the tags it is given. */
  public LearnerSlips(Morphology morphology) {
    this.morphology = morphology;
  }

  /**
   * What is wrong, in a few words, or null when nothing was found.
   *
   * @param tags one universal tag a token
   */
  public String in(List<Token> tokens, List<String> tags) {
    for (int i = 0; i < tokens.size(); i++) {
      String fault = at(tokens, tags, i);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private String at(List<Token> tokens, List<String> tags, int i) {
    String word = lower(tokens, i);
    String next = lower(tokens, i + 1);
    if (word.equals("before")
        && (tag(tags, i + 1).equals("NUM")
            || Expressions.matches(next, "one|an?|two|three|four|five|some"))
        && timeSpan(lower(tokens, i + 2))
        && ends(tokens, tags, i + 3)) {
      return "before instead of ago";
    }
    if (Expressions.matches(word, "explain(?:s|ed)?")
        && Expressions.matches(next, "me|him|her|us|them")) {
      return "explain somebody";
    }
    if (Expressions.matches(word, "am|is|are|was|were|'m")
        && Expressions.matches(next, "agree|disagree")) {
      return "be agree";
    }
    if (neverWritten(word)) {
      return "a form nobody uses";
    }
    if (Expressions.matches(word, "can|could|will|would|should|must|may|might")
        && Expressions.matches(next, "in|at|of|for|with|from")) {
      return "a verb is missing";
    }
    if (i == 0
        && (Expressions.matches(word, "my|your|his|her|our|their")
                && tag(tags, 1).equals("NOUN")
                && Expressions.matches(lower(tokens, 2), "he|she|they|it")
            || tag(tags, 0).equals("NOUN") && Expressions.matches(next, "he|she|they"))) {
      return "the subject twice";
    }
    if (thereIsBare(tokens, tags, i)) {
      return "no article";
    }
    if (adjectiveBehind(tokens, tags, i)) {
      return "adjective behind its noun";
    }
    if (bareNoun(tokens, tags, i)) {
      return "no article";
    }
    return tag(tags, i).equals("NOUN") ? agreement(tokens, tags, i) : split(tokens, tags, i);
  }

  /** "Badder", "singed": forms that could be made and nobody makes. */
  private boolean neverWritten(String word) {
    return regularPast(word)
        || word.length() > 4
            && !word.contains("'")
            && morphology.frequency(word) == 0
            && morphology.readings(word).stream()
                .anyMatch(
                    r ->
                        Expressions.matches(r.tag(), "JJR|JJS|NNS|VBD|VBN")
                            && !r.lemma().equals(word)
                            && morphology.frequency(r.lemma()) >= 11);
  }

  /** "Singed" is a word, but who says it means "sang". */
  private boolean regularPast(String word) {
    String stem = word.endsWith("ed") ? word.substring(0, word.length() - 2) : "";
    return stem.length() > 2
        && morphology.hasTag(stem, "VB")
        && morphology.frequency(stem) >= morphology.frequency(word) + 4
        && !morphology.forms(stem, "VBD").isEmpty()
        && !morphology.forms(stem, "VBD").contains(word);
  }

  /** "He says football break legs", "the clothes is in boxes". */
  private String agreement(List<Token> tokens, List<String> tags, int i) {
    String noun = lower(tokens, i);
    int at = i + 1;
    while (tag(tags, at).equals("ADV") && !lower(tokens, at).equals("not")) {
      at++;
    }
    String verb = lower(tokens, at);
    // "Football break the legs": what an article follows is the verb, whatever the tagger thinks.
    boolean misread =
        at == i + 1
            && tag(tags, at).equals("NOUN")
            && morphology.hasTag(verb, "VB")
            && tag(tags, at + 1).equals("DET");
    if (!misread && !Expressions.matches(tag(tags, at), "VERB|AUX")
        || verb.contains("'")
        || verb.equals("let")) {
      return null;
    }
    int from = i - 1;
    while (from >= 0
        && Expressions.matches(tag(tags, from), "ADJ|DET|NUM|NOUN|PRON")
        && !isVerbOf(lower(tokens, from))) {
      from--;
    }
    String before = lower(tokens, from);
    boolean heads =
        from < 0
            || Expressions.matches(tag(tags, from), "PUNCT|SCONJ")
            || Expressions.matches(
                before, "because|but|when|so|then|that|says?|said|thinks?|know|knows");
    if (!heads || Expressions.matches(before, OPENS) || anyAuxiliaryFirst(tokens, tags, from)) {
      return null;
    }
    boolean plural = morphology.hasTag(noun, "NNS");
    boolean singular = morphology.hasTagStarting(noun, "NN") && !plural;
    boolean base =
        morphology.hasTag(verb, "VB")
            && !morphology.hasTag(verb, "VBD")
            && !morphology.hasTag(verb, "VBZ")
            && !Expressions.matches(verb, "can|could|will|would|should|must|may|might|shall");
    boolean collective =
        Expressions.matches(
            noun, "people|police|family|team|staff|class|lot|number|couple|rest|half|most");
    if (singular && !collective && (base || Expressions.matches(verb, "are|were|have|do"))) {
      return "agreement with " + noun;
    }
    boolean third =
        Expressions.matches(verb, "is|was|has|does")
            || morphology.hasTag(verb, "VBZ") && !morphology.hasTagStarting(verb, "NN");
    boolean onlyPlural =
        plural && !morphology.hasTag(noun, "NN") && !morphology.hasTagStarting(noun, "NN:");
    return (onlyPlural || noun.equals("people"))
            && third
            && !Expressions.matches(lower(tokens, i - 1), "an?|one|every|each")
        ? "agreement with " + noun
        : null;
  }

  /** "She all day sleep": the time stands between the subject and a verb that lost its ending. */
  private String split(List<Token> tokens, List<String> tags, int i) {
    if (!Expressions.matches(lower(tokens, i), "he|she|it")
        || !Expressions.matches(lower(tokens, i + 1), "all|every")) {
      return null;
    }
    int at = i + 2;
    while (Expressions.matches(lower(tokens, at), "the|day|night|time|week|morning|evening|year")) {
      at++;
    }
    String verb = lower(tokens, at);
    return at > i + 2 && morphology.hasTag(verb, "VB") ? "agreement" : null;
  }

  /** "A child terrible", "a noise very big", "my sister small." */
  private boolean adjectiveBehind(List<Token> tokens, List<String> tags, int i) {
    boolean noun =
        tag(tags, i).equals("NOUN")
            && Expressions.matches(tag(tags, i - 1), "DET|PRON|NUM")
            && !Expressions.matches(
                lower(tokens, i), "something|anything|nothing|someone|somebody|time|lot|bit|day");
    int adjective = Expressions.matches(lower(tokens, i + 1), "very|so|too|really") ? i + 2 : i + 1;
    String last = lower(tokens, adjective);
    boolean placed =
        noun
            && tag(tags, adjective).equals("ADJ")
            && morphology.hasTag(last, "JJ")
            && ends(tokens, tags, adjective + 1);
    if (placed && adjective == i + 2 && Expressions.matches(lower(tokens, i - 1), "an?")) {
      return true;
    }
    boolean behind =
        placed && !morphology.hasTagStarting(last, "RB") && !morphology.hasTagStarting(last, "VB");
    if (!behind) {
      return false;
    }
    for (int k = 0; k < i; k++) {
      String lemma = morphology.lemma(lower(tokens, k), PartOfSpeech.VERB);
      boolean asks =
          k == 0 && Expressions.matches(lower(tokens, k), "is|are|was|were|am|do|does|did");
      boolean inverted = Expressions.matches(lower(tokens, k), "is|are|was|were");
      if (MAKES_SO.contains(lemma)
          || asks
          || inverted && k > 0 && isQuestionWord(lower(tokens, k - 1))) {
        return false;
      }
    }
    return true;
  }

  /** "I moved to new flat": one thing that can be counted needs a word before it. */
  private boolean bareNoun(List<Token> tokens, List<String> tags, int i) {
    String adjective = lower(tokens, i);
    String noun = lower(tokens, i + 1);
    return tag(tags, i).equals("ADJ")
        && tag(tags, i + 1).equals("NOUN")
        && Expressions.matches(tag(tags, i - 1), "VERB|ADP")
        && !DETERMINERS.contains(adjective)
        && !DETERMINERS.contains(lower(tokens, i - 1))
        && morphology.readings(noun).stream().anyMatch(r -> r.tag().equals("NN"))
        && morphology.readings(noun).stream()
            .noneMatch(r -> Expressions.matches(r.tag(), "NN:.*|NNS"))
        && !Expressions.matches(tag(tags, i + 2), "NOUN|PROPN")
        && !noun.endsWith("ing");
  }

  /** "There is always queue": one thing that can be counted, and no word before it. */
  private boolean thereIsBare(List<Token> tokens, List<String> tags, int i) {
    boolean there =
        lower(tokens, i).equals("there's")
            || lower(tokens, i).equals("is") && lower(tokens, i - 1).equals("there");
    int noun =
        Expressions.matches(lower(tokens, i + 1), "always|usually|often|sometimes|also")
            ? i + 2
            : i + 1;
    String word = lower(tokens, noun);
    return there
        && tag(tags, noun).equals("NOUN")
        && !Expressions.matches(tag(tags, noun + 1), "NOUN|PROPN")
        && !word.endsWith("ing")
        && morphology.readings(word).stream().anyMatch(r -> r.tag().equals("NN"))
        && morphology.readings(word).stream()
            .noneMatch(r -> Expressions.matches(r.tag(), "NN:.*|NNS"));
  }

  private boolean isVerbOf(String word) {
    return Expressions.matches(word, "is|are|was|were|am|has|have|had|do|does|did");
  }

  private static boolean isQuestionWord(String word) {
    return Expressions.matches(word, "what|where|when|who|why|how");
  }

  /** "Does the dog", "where did your brother": the ending is in the word that asks. */
  private static boolean anyAuxiliaryFirst(List<Token> tokens, List<String> tags, int to) {
    for (int k = 0; k <= Math.min(2, to); k++) {
      if (tag(tags, k).equals("AUX")) {
        return true;
      }
    }
    return false;
  }

  private boolean timeSpan(String word) {
    return Expressions.matches(word, "(?:minute|hour|day|night|week|month|year)s?");
  }

  private static boolean ends(List<Token> tokens, List<String> tags, int i) {
    return i >= tokens.size() || tag(tags, i).equals("PUNCT");
  }

  private static String lower(List<Token> tokens, int i) {
    return i < 0 || i >= tokens.size() ? "" : tokens.get(i).lower();
  }

  private static String tag(List<String> tags, int i) {
    return i < 0 || i >= tags.size() ? "" : tags.get(i);
  }
}
