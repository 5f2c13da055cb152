package exercises.language;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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
  private static final Set<String> PERIODS =
      Set.of("night", "week", "month", "year", "summer", "weekend");
  private static final Set<String> SAYING = Set.of("say", "says", "said");
  private static final Set<String> OBJECTS = Set.of("me", "him", "us", "them");
  private static final Set<String> ASKING =
      Set.of("has", "have", "is", "are", "do", "does", "did", "can", "will");
  private static final Set<String> SECOND_VERBS =
      Set.of("is", "are", "am", "was", "were", "has", "does", "did", "can", "will");
  private static final Set<String> AFTER_YEARS =
      Set.of(
          "old", "ago", "younger", "older", "late", "early", "away", "since", "in", "of", "and",
          "for", "from", "to", "at", "with");
  private static final Pattern BEING =
      Pattern.compile("am|is|are|was|(?:i|he|she|you|we|they)'(?:m|s|re)");
  private static final Set<String> IMPERSONAL = Set.of("it", "that", "this", "there", "here");
  private static final Set<String> NEGATIVES = Set.of("nobody", "nothing", "never");
  private static final Set<String> AFTER_NEGATION = Set.of("nothing", "nobody", "never", "no");
  private static final Set<String> MODALS =
      Set.of("must", "can", "should", "could", "may", "might", "mustn't", "can't", "shouldn't");
  private static final Set<String> ARTICLES = Set.of("the", "a", "an");
  private static final Set<String> PLACE_WORDS =
      Set.of("at", "in", "on", "of", "from", "with", "for", "to", "by");
  private static final Set<String> INVERTING =
      Set.of(
          "is", "are", "am", "was", "were", "have", "has", "had", "isn't", "aren't", "wasn't",
          "weren't", "haven't", "hasn't");
  private static final Set<String> TAKES_OBJECT =
      Set.of(
          "to", "for", "with", "from", "at", "of", "on", "like", "give", "gave", "tell", "told",
          "show", "eat", "ate", "buy", "bought", "love", "loves", "have", "likes", "put", "take",
          "took");
  private static final Set<String> WRONG_FOR_THIRD_BEHIND =
      Set.of("do", "have", "are", "were", "don't", "haven't", "aren't");
  private static final Set<String> NOT_THIRD =
      Set.of("don't", "have", "are", "were", "am", "aren't", "weren't", "haven't", "do");
  private static final Set<String> ONLY_THIRD =
      Set.of("doesn't", "has", "is", "isn't", "hasn't", "does");
  private static final Set<String> NOT_I = Set.of("are", "were", "aren't", "weren't");
  private static final Set<String> ONLY_SINGULAR = Set.of("am", "was", "wasn't");
  private static final Set<String> PAST =
      Set.of(
          "was",
          "were",
          "wasn't",
          "weren't",
          "didn't",
          "had",
          "hadn't",
          "did",
          "could",
          "couldn't");
  private static final Pattern VOWEL_SOUND =
      Pattern.compile("[aeio].*|u(?!ni|se|su|ti|[nr]i|k).*|hour.*|honest.*|honou?r.*|heir.*");
  private static final Pattern Y_OR_W_SOUND = Pattern.compile("eu.*|one|once|ewe.*");
  private static final Pattern CONSONANT_SOUND =
      Pattern.compile(
          "[bcdfgjklmnpqrstvwyz].*|h(?!our|onest|ono|eir).*|eu.*|one|once|uni(?!n|m).*|use.*|usu.*");
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
      pastMark |= PAST_MARK.contains(word) || word.equals("last") && PERIODS.contains(next);
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
    if (SAYING.contains(word) && OBJECTS.contains(next)) {
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
    if (ASKING.contains(word)
        && (THIRD.contains(next) || OTHERS.contains(next))
        && SECOND_VERBS.contains(third)) {
      return "two verbs to one subject";
    }
    if (word.equals("years")
        && !AFTER_YEARS.contains(next)
        && i > 1
        && BEING.matcher(tokens.get(i - 2).lower()).matches()
        && !(i > 2 && IMPERSONAL.contains(tokens.get(i - 3).lower()))) {
      return "years without old";
    }
    if (NEGATIVES.contains(word) && next.endsWith("n't")
        || word.endsWith("n't") && (AFTER_NEGATION.contains(next) || NEGATIVES.contains(third))) {
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
    if (MODALS.contains(word) && next.equals("to")) {
      return "to after " + word;
    }
    if (ARTICLES.contains(word) && PLACE_WORDS.contains(next)) {
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
    boolean inverted = LEAVES_BASE.contains(before) || INVERTING.contains(before);
    if (inverted || CAUSATIVE.contains(before) || TAKES_OBJECT.contains(before)) {
      return WRONG_FOR_THIRD_BEHIND.contains(before) && third ? "agreement" : null;
    }
    if (third && NOT_THIRD.contains(verb)) {
      return "agreement";
    }
    if (!third && ONLY_THIRD.contains(verb)) {
      return "agreement";
    }
    if (word.equals("i") && NOT_I.contains(verb)
        || !third && !word.equals("i") && ONLY_SINGULAR.contains(verb)) {
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
            && (i == 0 || before.equals(",") || before.equals("."));
    return !third && s ? "agreement" : ing ? "missing auxiliary" : null;
  }

  private boolean isPast(String word) {
    return morphology.hasTag(word, "VBD") || PAST.contains(word);
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
    return VOWEL_SOUND.matcher(word).matches() && !Y_OR_W_SOUND.matcher(word).matches();
  }

  /** Whether "a" goes before the word; false also when it can't be told. */
  public static boolean startsWithConsonantSound(String word) {
    return CONSONANT_SOUND.matcher(word).matches();
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
