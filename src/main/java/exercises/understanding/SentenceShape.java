package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import exercises.language.Token;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether words of a lesson are one whole sentence that stands alone on a page: with a verb of its
 * own, not two sentences with a comma between, and not about the language itself.
 */
final class SentenceShape {
  private static final Set<String> SUBORDINATES =
      Set.of(
          "if",
          "when",
          "because",
          "while",
          "after",
          "before",
          "as",
          "since",
          "unless",
          "although",
          "until",
          "whenever",
          "once",
          "where",
          "though",
          "even");

  /** Words that may open a sentence with a comma after them or after what they begin. */
  private static final Pattern OPENER =
      Pattern.compile(
          "(?:in|on|at|by|for|after|before|during|from|with|without|between|under|above|behind|next"
              + " to|near|of|to|every|last|this|one|two|three|sometimes|usually|often|today|yesterday|tomorrow"
              + "|tonight|now|then|later|first|finally|suddenly|luckily|unfortunately|maybe|perhaps|fortunately"
              + "|however|also|once|instead|so)\\b.*");

  /** Praise, and talk about drawing, reading and forms: no sentence for a learner to take home. */
  private static final Pattern OF_THE_LESSON =
      Pattern.compile(
          "^(?:you're|you are) (?:so |very |really |too"
              + " )?(?:clever|smart|brilliant|right|amazing|funny|great|good|fast|wonderful|cute|kind|welcome|the"
              + " best)(?: too| today| already| girl| boy)?[.!]$|\\bwhile (?:you|i)"
              + " (?:speak|talk|say|read|look|listen|write|draw)\\b|\\b(?:did|do) (?:you|we) learn"
              + " \\w+[.?]$|^(?:much|many|little|few|a few|a little|some|any) for\\b|\\bthat's"
              + " (?:how|why|when|what) we"
              + " (?:give|say|use|make|ask|talk|form|count)\\b|\\b(?:doesn't|don't|does not)"
              + " change\\b|\\bwe (?:can |can't |cannot )?count\\b|\\b(?:this|that|these|those)"
              + " picture\\b|\\bon (?:the|this|your|my) (?:screen|slide)\\b|\\bin this"
              + " (?:one|game)\\b|\\byou win a (?:game|point)\\b|^(?:these|those|this|that)"
              + " (?:is|are|was|were) (?:in|on|at|for|from|not|very|too|so)\\b|\\bis from (?:the"
              + " )?(?:verb|word)\\b"
              // "They will fly, no to": what to leave out.
              + "|\\bno (?:two|to|too|s|d|ed|ing|the|a|an)[.?!]$|, because \\w+ is"
              + " finished\\b|\\btoday we\\b|\\bwe(?:'re| are) (?:doing|learning|talking about)"
              + " \\w+ today\\b|^(?:i didn't know|i thought) that\\b|^now we\\b|^what do you"
              + " see\\b|^you are the \\w+ in the picture|^(?:is|are|was) [^,]+, what\\b");

  /** What only those who were there understand, and what breaks off. */
  private static final Pattern POINTS_AWAY =
      Pattern.compile(
          "\\bsaid (?:one|two|three|four|five|six|\\d+|an?)"
              + " \\w+[.!]$|,\\s*\\w+,\\s*\\w+[.!]$|\\band here\\b|^(?:it's|it is) (?:the|an?)"
              + " [^,]*\\b(?:of|from) (?:(?:an?|the|your|my) )?\\w+[.!]$|^you"
              + " (?:think|mean|know|want) |^last time you\\b|^(?:in|for|on) [^,]* it's an?"
              + " \\w+[.!]$|\\bexplain(?:s|ed)? to"
              + " (?:us|me|him|her|them|you)[.!]$|\\b(?:for|about|with|of|to|from|on|at)"
              + " it[.?!]$|\\bthe volume\\b|^every \\w+, \\w+ \\w+[.!]$|\\b(\\w+ \\w+) (?:is|are)"
              + " (?:\\w+ )?\\1[.!]$|\\b(\\w+ \\w+) (?:is|are) \\w+ \\2[.!]$|^\\w+ times? (an?"
              + " \\w+) is \\w+ \\3[.!]$");

  private final Morphology morphology;

  SentenceShape(Morphology morphology) {
    this.morphology = morphology;
  }

  /**
   * @param lower the text in lower case
   * @param tags one universal tag a token
   */
  boolean standsAlone(String lower, List<Token> tokens, List<String> tags) {
    return !OF_THE_LESSON.matcher(lower).find()
        && !POINTS_AWAY.matcher(lower).find()
        && !lower.contains(":")
        && !quotesItself(tokens)
        && ownVerb(lower, tokens, tags)
        && !spliced(lower, tokens, tags)
        && !opensLoose(lower, tokens, tags)
        && !tagged(lower, tokens, tags);
  }

  /** "Hurt doesn't change, hurt." */
  private static boolean quotesItself(List<Token> tokens) {
    List<Token> words = tokens.stream().filter(Token::isWord).toList();
    return words.size() > 2
        && words.get(0).lower().length() > 2
        && words.get(0).lower().equals(words.get(words.size() - 1).lower());
  }

  /** "A carpet, or a rug if it's smaller": the only verb is in a clause that depends on nothing. */
  private boolean ownVerb(String lower, List<Token> tokens, List<String> tags) {
    if (lower.endsWith("?")) {
      return true;
    }
    boolean dependent = SUBORDINATES.contains(tokens.get(0).lower());
    for (int i = 0; i < tokens.size(); i++) {
      String word = tokens.get(i).lower();
      if (!tokens.get(i).isWord()) {
        dependent = false;
      } else if (i > 0
          && (SUBORDINATES.contains(word)
                  && !Expressions.matches(word, "before|after|since|as|until|once|even")
              || Expressions.matches(word, "who|which|that"))) {
        dependent = true;
      } else if (!dependent && i > 0 && finite(tokens, tags, i)) {
        return true;
      }
      if (dependent
          && i > 0
          && SUBORDINATES.contains(tokens.get(0).lower())
          && !lower.contains(",")) {
        // "When you are sick you stay in bed": where the clause ends no mark tells.
        return true;
      }
    }
    // "Somebody who never changes": the clause describes its own subject.
    return contracted(tokens) || relativeOfSubject(tokens, tags);
  }

  /** "The people who live next to you are": a second verb belongs to the subject. */
  private boolean relativeOfSubject(List<Token> tokens, List<String> tags) {
    int verbs = 0;
    for (int i = 1; i < tokens.size(); i++) {
      verbs += finite(tokens, tags, i) ? 1 : 0;
    }
    return verbs >= 2;
  }

  private static boolean contracted(List<Token> tokens) {
    return tokens.stream()
        .limit(3)
        .anyMatch(
            t ->
                Expressions.matches(
                    t.lower(),
                    "(?:i|you|he|she|it|we|they|that|there|here|\\w+)'(?:m|re|s|ve|ll|d)"));
  }

  private boolean finite(List<Token> tokens, List<String> tags, int i) {
    String word = tokens.get(i).lower();
    boolean named =
        Expressions.matches(tokens.get(i - 1).lower(), "an?|the|my|your|his|her|our|their|to");
    boolean ing = word.endsWith("ing") && morphology.hasTag(word, "VBG");
    boolean contraction =
        Expressions.matches(word, "(?:i|you|he|she|it|we|they|that|there)'(?:m|re|s|ve|ll|d)");
    return contraction || Expressions.matches(tags.get(i), "VERB|AUX") && !named && !ing;
  }

  /** "The story is scary, you are scared." */
  private boolean spliced(String lower, List<Token> tokens, List<String> tags) {
    if (SUBORDINATES.contains(tokens.get(0).lower()) || lower.endsWith("?")) {
      return false;
    }
    boolean verb = false;
    for (int i = 1; i + 2 < tokens.size(); i++) {
      verb |= finite(tokens, tags, i);
      boolean comma = tokens.get(i).text().equals(",");
      if (comma
          && Expressions.matches(tokens.get(i + 1).lower(), "(?:that|it|there|he|she|here)'s")) {
        return true;
      }
      int subject = i + 1;
      while (Expressions.matches(tags.get(subject), "DET|ADJ|NUM") && subject + 2 < tokens.size()) {
        subject++;
      }
      boolean clause =
          Expressions.matches(tags.get(subject), "PRON|NOUN|PROPN")
              && subject + 1 < tokens.size()
              && (finite(tokens, tags, subject + 1)
                  || contractedPronoun(tokens.get(subject).lower()));
      if (comma && verb && clause && !saysBefore(tokens, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contractedPronoun(String word) {
    return Expressions.matches(word, "(?:i|you|he|she|it|we|they|that|there)'(?:m|re|s|ve|ll|d)");
  }

  private static boolean saysBefore(List<Token> tokens, int comma) {
    return Expressions.matches(
        tokens.get(comma - 1).lower(), "says?|said|asks?|asked|think|know|hope");
  }

  /** "Careful, the oven is hot", "Next room, she says": what comes first is no part of it. */
  private boolean opensLoose(String lower, List<Token> tokens, List<String> tags) {
    int comma = -1;
    for (int i = 0; i < tokens.size() && comma < 0; i++) {
      comma = tokens.get(i).text().equals(",") ? i : comma;
    }
    if (comma <= 0
        || OPENER.matcher(lower).matches()
        || SUBORDINATES.contains(tokens.get(0).lower())
        || tags.get(0).equals("ADV")) {
      return false;
    }
    for (int i = 0; i < comma; i++) {
      if (Expressions.matches(tags.get(i), "VERB|AUX")
          || contractedPronoun(tokens.get(i).lower())) {
        return false;
      }
    }
    boolean list = Expressions.matches(lower, "[^,]+(?:,[^,]+)* (?:and|or) .*");
    return !list || comma <= 1 && !Expressions.matches(lower, "[^,]+,[^,]{0,20}(?:,| and| or).*");
  }

  /** "Where does it sleep, in the drawer?" */
  private static boolean tagged(String lower, List<Token> tokens, List<String> tags) {
    int comma = lower.lastIndexOf(',');
    if (!lower.endsWith("?") || comma < 0 || lower.substring(comma).contains(" or ")) {
      return false;
    }
    if (Expressions.matches(lower, "(?:if|when|in|on|at|after|before|for)\\b.*")) {
      return false;
    }
    boolean verb = false;
    for (int i = 0; i < tokens.size(); i++) {
      verb |= tokens.get(i).start() > comma && Expressions.matches(tags.get(i), "VERB|AUX");
    }
    return !verb;
  }
}
