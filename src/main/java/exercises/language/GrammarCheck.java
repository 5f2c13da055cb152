package exercises.language;

import java.util.List;
import java.util.Set;

/**
 * Finds the slips learners make, in sentences that are to serve as models. It errs towards
 * suspicion: a good sentence lost costs an exercise, a wrong one taught costs trust.
 */
public final class GrammarCheck {
  private static final Set<String> THIRD = Set.of("he", "she", "it");
  private static final Set<String> OTHERS = Set.of("i", "you", "we", "they");
  private static final Set<String> LEAVES_BASE =
      Set.of(
          "do",
          "does",
          "did",
          "can",
          "could",
          "will",
          "would",
          "shall",
          "should",
          "must",
          "may",
          "might",
          "don't",
          "doesn't",
          "didn't",
          "can't",
          "cannot",
          "couldn't",
          "won't",
          "wouldn't",
          "shouldn't",
          "mustn't");
  private static final Set<String> CAUSATIVE =
      Set.of(
          "let", "lets", "make", "makes", "made", "help", "helps", "helped", "see", "saw", "hear",
          "heard", "watch", "watched", "if", "wish", "suggest", "than", "as", "and", "or");
  private static final Set<String> PLURAL_ONLY =
      Set.of(
          "these", "those", "many", "few", "several", "two", "three", "four", "five", "six",
          "seven", "eight", "nine", "ten", "both");
  private static final Set<String> SINGULAR_ONLY =
      Set.of("a", "an", "this", "every", "each", "another");
  private static final Set<String> DANGLING =
      Set.of(
          "and", "or", "but", "the", "a", "an", "of", "because", "my", "your", "his", "their",
          "our", "is", "are", "very", "so", "if", "when", "that's", "it's", "i'm", "to", "with",
          "from", "than", "every");
  private static final Set<String> PAST_MARK = Set.of("yesterday", "ago");
  private static final Set<String> ADVERBS =
      Set.of(
          "always",
          "usually",
          "often",
          "sometimes",
          "never",
          "also",
          "really",
          "only",
          "just",
          "still");
  private final Morphology morphology;

  /** Checks by the word forms that the dictionary knows. */
  public GrammarCheck(Morphology morphology) {
    this.morphology = morphology;
  }

  /** What is wrong, in a few words, or null when nothing was found. */
  public String fault(List<Token> tokens, List<String> tags) {
    String last = lastWord(tokens);
    if (DANGLING.contains(last)) {
      return "unfinished";
    }
    boolean pastMark = false;
    boolean past = false;
    for (int i = 0; i < tokens.size(); i++) {
      String word = tokens.get(i).lower();
      String next = i + 1 < tokens.size() ? tokens.get(i + 1).lower() : "";
      String before = i > 0 ? tokens.get(i - 1).lower() : "";
      pastMark |=
          PAST_MARK.contains(word)
              || word.equals("last") && next.matches("night|week|month|year|summer|weekend");
      past |= isPast(word);
      String fault = pair(tokens, tags, i, word, next, before);
      if (fault != null) {
        return fault;
      }
    }
    return pastMark && !past ? "past time without a past verb" : null;
  }

  private String pair(
      List<Token> tokens, List<String> tags, int i, String word, String next, String before) {
    if (word.matches("say|says|said") && next.matches("me|him|us|them")) {
      return "say somebody";
    }
    if (word.equals("not") && before.equals("to") && next.equals("to")
        || word.equals("not") && next.equals("no")) {
      return "twice the same small word";
    }
    if (next.length() >= 4 && word.length() > next.length() && word.endsWith(next)) {
      return "a word twice";
    }
    String third = i + 2 < tokens.size() ? tokens.get(i + 2).lower() : "";
    if (word.matches("has|have|is|are|do|does|did|can|will")
        && (THIRD.contains(next) || OTHERS.contains(next))
        && third.matches("is|are|am|was|were|has|does|did|can|will")) {
      return "two verbs to one subject";
    }
    if (word.equals("years")
        && !next.matches(
            "old|ago|younger|older|late|early|away|since|in|of|and|for|from|to|at|with")
        && i > 1
        && tokens.get(i - 2).lower().matches("am|is|are|was|(?:i|he|she|you|we|they)'(?:m|s|re)")
        && !(i > 2 && tokens.get(i - 3).lower().matches("it|that|this|there|here"))) {
      return "years without old";
    }
    if (word.matches("nobody|nothing|never") && next.endsWith("n't")
        || word.endsWith("n't")
            && (next.matches("nothing|nobody|never|no") || third.matches("nothing|nobody|never"))) {
      return "two negatives";
    }
    if (word.equals(next) && !Set.of("that", "had", "very", "really").contains(word)) {
      return "a word twice";
    }
    if (word.equals("a") && startsWithVowelSound(next)
        || word.equals("an") && startsWithConsonantSound(next)) {
      return "a or an";
    }
    if (PLURAL_ONLY.contains(word) && onlySingular(next) && nounFollows(tags, i)) {
      return "singular after " + word;
    }
    if (SINGULAR_ONLY.contains(word) && onlyPlural(next)) {
      return "plural after " + word;
    }
    if (word.equals("more") && morphology.hasTag(next, "JJR") && !next.equals("less")) {
      return "double comparative";
    }
    if (word.equals("most") && morphology.hasTag(next, "JJS")) {
      return "double superlative";
    }
    if (word.matches("must|can|should|could|may|might|mustn't|can't|shouldn't")
        && next.equals("to")) {
      return "to after " + word;
    }
    if (word.matches("the|an?") && next.matches("at|in|on|of|from|with|for|to|by")) {
      return "an article without its noun";
    }
    if (LEAVES_BASE.contains(word) || word.equals("to")) {
      return base(word, next);
    }
    return agreement(tokens, i, word, before);
  }

  private String base(String word, String next) {
    boolean verb = morphology.hasTagStarting(next, "VB");
    boolean bare =
        morphology.hasTag(next, "VB")
            || !verb
            || morphology.hasTagStarting(next, "NN")
            || morphology.hasTagStarting(next, "JJ")
            || morphology.hasTagStarting(next, "RB");
    return bare ? null : "verb form after " + word;
  }

  private String agreement(List<Token> tokens, int i, String word, String before) {
    boolean third = THIRD.contains(word);
    if (!third && !OTHERS.contains(word)) {
      return null;
    }
    int at = i + 1;
    while (at < tokens.size() && ADVERBS.contains(tokens.get(at).lower())) {
      at++;
    }
    String verb = at < tokens.size() ? tokens.get(at).lower() : "";
    boolean inverted =
        LEAVES_BASE.contains(before)
            || before.matches(
                "is|are|am|was|were|have|has|had|isn't|aren't|wasn't|weren't|haven't|hasn't");
    if (inverted
        || CAUSATIVE.contains(before)
        || before.matches(
            "to|for|with|from|at|of|on|like|give|gave|tell|told|show|eat|ate|buy|bought|love|loves|have|like|likes|put|take|took")) {
      return before.matches("do|have|are|were|don't|haven't|aren't") && third ? "agreement" : null;
    }
    if (third && verb.matches("don't|have|are|were|am|aren't|weren't|haven't|do")) {
      return "agreement";
    }
    if (!third && verb.matches("doesn't|has|is|isn't|hasn't|does")) {
      return "agreement";
    }
    if (word.equals("i") && verb.matches("are|were|aren't|weren't")
        || !third && !word.equals("i") && verb.matches("am|was|wasn't")) {
      return "agreement";
    }
    boolean plain =
        morphology.hasTag(verb, "VBP")
            && !morphology.hasTag(verb, "VBD")
            && !morphology.hasTag(verb, "MD")
            && !LEAVES_BASE.contains(verb)
            && !morphology.hasTagStarting(verb, "IN")
            && !morphology.hasTagStarting(verb, "RB")
            && !morphology.hasTagStarting(verb, "JJ");
    if (third && plain) {
      return "agreement";
    }
    boolean s = morphology.hasTag(verb, "VBZ") && !morphology.hasTagStarting(verb, "NN");
    boolean ing =
        verb.length() > 4
            && morphology.hasTag(verb, "VBG")
            && !morphology.hasTag(verb, "VB")
            && (i == 0 || before.matches("[,.]"));
    return !third && s ? "agreement" : ing ? "missing auxiliary" : null;
  }

  private boolean isPast(String word) {
    return morphology.hasTag(word, "VBD")
        || word.matches("was|were|wasn't|weren't|didn't|had|hadn't|did|could|couldn't");
  }

  private static boolean nounFollows(List<String> tags, int i) {
    return tags.isEmpty()
        || i + 1 < tags.size()
            && tags.get(i + 1).equals("NOUN")
            && !(i + 2 < tags.size() && tags.get(i + 2).equals("NOUN"));
  }

  private boolean onlySingular(String word) {
    List<Morphology.Reading> readings = morphology.readings(word);
    return readings.stream().anyMatch(r -> r.tag().equals("NN"))
        && readings.stream().allMatch(r -> r.tag().equals("NN"))
        && morphology.forms(word, "NNS").stream().noneMatch(word::equals);
  }

  private boolean onlyPlural(String word) {
    List<Morphology.Reading> readings = morphology.readings(word);
    return !readings.isEmpty()
        && readings.stream().allMatch(r -> r.tag().equals("NNS") || r.tag().equals("VBZ"))
        && readings.stream().anyMatch(r -> r.tag().equals("NNS"));
  }

  /** Whether "an" goes before the word; false also when it can't be told. */
  public static boolean startsWithVowelSound(String word) {
    return word.matches("[aeio].*|u(?!ni|se|su|ti|[nr]i|k).*|hour.*|honest.*|honou?r.*|heir.*")
        && !word.matches("eu.*|one|once|ewe.*");
  }

  /** Whether "a" goes before the word; false also when it can't be told. */
  public static boolean startsWithConsonantSound(String word) {
    return word.matches(
        "[bcdfgjklmnpqrstvwyz].*|h(?!our|onest|ono|eir).*|eu.*|one|once|uni(?!n|m).*|use.*|usu.*");
  }

  private static String lastWord(List<Token> tokens) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.get(i).isWord()) {
        return tokens.get(i).lower();
      }
    }
    return "";
  }
}
