package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which grammar points a sentence shows and at which token. Reads word forms from the dictionary
 * rather than a tagger's guesses, because a learner's sentences are not the text taggers know.
 */
public final class Constructions {
  private static final Set<String> BE = Set.of("am", "is", "are", "was", "were", "'m", "'re", "'s");
  private static final Set<String> BE_NOW = Set.of("am", "is", "are", "'m", "'re", "'s");
  private static final Set<String> SUBJECTS =
      Set.of("i", "you", "he", "she", "it", "we", "they", "who");
  private static final Set<String> OWNERS = Set.of("my", "your", "his", "her", "our", "their");
  private static final Set<String> OWNED = Set.of("mine", "yours", "hers", "ours", "theirs");
  private static final Set<String> SKIPPED =
      Set.of(
          "not",
          "n't",
          "i",
          "you",
          "he",
          "she",
          "it",
          "we",
          "they",
          "always",
          "never",
          "ever",
          "already",
          "just",
          "also",
          "still",
          "really",
          "usually",
          "often",
          "sometimes",
          "yet",
          "only");
  private static final Set<String> OFTEN =
      Set.of(
          "always",
          "usually",
          "often",
          "sometimes",
          "never",
          "rarely",
          "seldom",
          "hardly",
          "normally");
  private static final Set<String> PARTICLES =
      Set.of("up", "off", "down", "away", "back", "out", "over");
  private static final Set<String> TAKES_ING =
      Set.of("enjoy", "finish", "stop", "mind", "avoid", "suggest", "like", "love", "hate", "keep");
  private static final Set<String> TAKES_TO =
      Set.of("want", "decide", "hope", "plan", "learn", "promise", "refuse", "agree", "offer");
  private static final Set<String> PLACES =
      Set.of("under", "behind", "between", "above", "below", "opposite", "beside");
  private static final Set<String> MASS_OR_MANY =
      Set.of("some", "any", "much", "many", "few", "little");
  private final Morphology morphology;

  /** Not thread-safe. */
  public Constructions(Morphology morphology) {
    this.morphology = morphology;
  }

  /** The points a sentence shows, each with the part (of {@link Parts}) that carries the form. */
  public Map<GrammarPoint, Integer> in(List<String> w, boolean question) {
    Map<GrammarPoint, Integer> found = new EnumMap<>(GrammarPoint.class);
    for (int i = 0; i < w.size(); i++) {
      verbs(w, i, found);
      nouns(w, i, found);
      others(w, i, question, found);
    }
    conditionals(w, found);
    return found;
  }

  private void verbs(List<String> w, int i, Map<GrammarPoint, Integer> found) {
    String word = w.get(i);
    String before = at(w, i - 1);
    int next = skip(w, i + 1);
    String after = at(w, next);
    if (BE.contains(word) && !before.equals("let")) {
      boolean now = BE_NOW.contains(word);
      boolean going =
          after.equals("going") && at(w, next + 1).equals("to") && isBase(at(w, next + 2));
      if (going) {
        found.putIfAbsent(GrammarPoint.GOING_TO, next);
      } else if (isIng(after)) {
        found.putIfAbsent(
            now ? GrammarPoint.PRESENT_CONTINUOUS : GrammarPoint.PAST_CONTINUOUS, next);
      } else if (isParticiple(after) && !Expressions.matches(after, "been|done|gone|left|used")) {
        found.putIfAbsent(GrammarPoint.PASSIVE, next);
      } else {
        found.putIfAbsent(now ? GrammarPoint.BE_PRESENT : GrammarPoint.BE_PAST, i);
      }
      if (before.equals("there") || at(w, i + 1).equals("there") && i == 0) {
        found.putIfAbsent(GrammarPoint.THERE_IS, i);
      }
    }
    if (Expressions.matches(word, "have|has|'ve|haven't|hasn't")) {
      if (after.equals("got")) {
        found.putIfAbsent(GrammarPoint.HAVE_GOT, next);
      } else if (isParticiple(after) || after.equals("been")) {
        found.putIfAbsent(GrammarPoint.PRESENT_PERFECT, next);
      } else if (after.equals("to") && isBase(at(w, next + 1))) {
        found.putIfAbsent(GrammarPoint.MUST_HAVE_TO, i);
      }
    }
    if (word.equals("had") && isParticiple(after)) {
      found.putIfAbsent(GrammarPoint.PAST_PERFECT, next);
    }
    if (Expressions.matches(word, "will|'ll") && isBase(after)) {
      found.putIfAbsent(GrammarPoint.FUTURE_WILL, i);
    }
    if (Expressions.matches(word, "can|could") && isBase(after)) {
      found.putIfAbsent(GrammarPoint.CAN_COULD, i);
    }
    if (word.equals("must")) {
      found.putIfAbsent(GrammarPoint.MUST_HAVE_TO, i);
    }
    if (Expressions.matches(word, "should|ought")) {
      found.putIfAbsent(GrammarPoint.SHOULD, i);
    }
    if (word.equals("might") || word.equals("may") && isBase(after)) {
      found.putIfAbsent(GrammarPoint.MAY_MIGHT, i);
    }
    if (Expressions.matches(word, "would|'d") && after.equals("like")) {
      found.putIfAbsent(GrammarPoint.WOULD_LIKE, i);
    }
    if ((word.equals("used")
            || word.equals("use") && Expressions.matches(at(w, i - 2), "did|didn't|n't"))
        && at(w, i + 1).equals("to")
        && !BE.contains(before)) {
      found.putIfAbsent(GrammarPoint.USED_TO, i);
    }
    simpleTenses(w, i, word, before, found);
    String lemma = morphology.lemma(word, PartOfSpeech.VERB);
    if (TAKES_ING.contains(lemma) && isIng(at(w, i + 1))
        || TAKES_TO.contains(lemma) && at(w, i + 1).equals("to") && isBase(at(w, i + 2))) {
      found.putIfAbsent(GrammarPoint.GERUND_INFINITIVE, i + 1);
    }
    if (PARTICLES.contains(word) && morphology.hasTagStarting(before, "VB")) {
      found.putIfAbsent(GrammarPoint.PHRASAL_VERBS, i);
    }
    if (i == 0
        && isBase(word)
        && !morphology.hasTagStarting(word, "NNP")
        && w.size() > 1
        && !Expressions.matches(word, "do|have|can|will|may|let|be")
        && !Expressions.matches(at(w, 1), "is|are|'s|was")) {
      found.putIfAbsent(GrammarPoint.IMPERATIVES, i);
    }
    if (Expressions.matches(lemma, "say|tell")
        && morphology.hasTag(word, "VBD")
        && (at(w, i + 1).equals("that")
            || at(w, i + 2).equals("that")
            || SUBJECTS.contains(at(w, i + 1))
            || SUBJECTS.contains(at(w, i + 2)))
        && w.size() > i + 3) {
      found.putIfAbsent(GrammarPoint.REPORTED_SPEECH, i);
    }
  }

  private void simpleTenses(
      List<String> w, int i, String word, String before, Map<GrammarPoint, Integer> found) {
    if (word.equals("did")) {
      found.putIfAbsent(GrammarPoint.PAST_SIMPLE, i);
      return;
    }
    if (Expressions.matches(word, "do|does")
        && (at(w, i + 1).equals("n't") || SUBJECTS.contains(at(w, i + 1)))) {
      found.putIfAbsent(GrammarPoint.PRESENT_SIMPLE, i);
      return;
    }
    if (BE.contains(word) || Expressions.matches(word, "had|has|have|used|let|'d|'ve")) {
      return;
    }
    int subject = i - 1;
    while (OFTEN.contains(at(w, subject))
        || Expressions.matches(at(w, subject), "also|really|just|only")) {
      subject--;
    }
    String who = at(w, subject);
    boolean helped =
        Expressions.matches(at(w, subject - 1), "do|does|did|n't|can|could|will|would|should|let");
    boolean isPast =
        morphology.hasTag(word, "VBD")
            && !morphology.hasTag(word, "VB")
            && !Expressions.matches(
                before, "have|has|had|'ve|be|been|being|'s|is|are|was|were|the|a|an|very|so");
    boolean made = regularPast(word) && SUBJECTS.contains(who);
    if (isPast && (SUBJECTS.contains(who) || morphology.hasTagStarting(who, "NN")) || made) {
      found.putIfAbsent(GrammarPoint.PAST_SIMPLE, i);
    } else if (SUBJECTS.contains(who)
        && !helped
        && (morphology.hasTag(word, "VBZ") || morphology.hasTag(word, "VBP"))) {
      found.putIfAbsent(GrammarPoint.PRESENT_SIMPLE, i);
    }
  }

  /** "goed": a past the learner made up is practice of the past all the same. */
  private boolean regularPast(String word) {
    return word.endsWith("ed")
        && !morphology.isEnglish(word)
        && word.length() > 3
        && morphology.hasTag(word.substring(0, word.length() - 2), "VB");
  }

  private void nouns(List<String> w, int i, Map<GrammarPoint, Integer> found) {
    String word = w.get(i);
    String before = at(w, i - 1);
    String after = at(w, i + 1);
    boolean nounNext = morphology.hasTagStarting(after, "NN") || morphology.hasTag(after, "JJ");
    if (OWNERS.contains(word) && nounNext) {
      found.putIfAbsent(GrammarPoint.POSSESSIVE_ADJECTIVES, i);
    }
    if (OWNED.contains(word)
        || word.equals("whose")
        || word.equals("his") && i == w.size() - 1 && BE.contains(before)) {
      found.putIfAbsent(GrammarPoint.POSSESSIVE_PRONOUNS, i);
    }
    if (word.endsWith("'s")
        && word.length() > 3
        && nounNext
        && !Expressions.matches(word, "(?:let|who|how|what|where)'s")) {
      found.putIfAbsent(GrammarPoint.POSSESSIVE_S, i);
    }
    boolean governed =
        morphology.hasTagStarting(before, "VB") || EditClassifier.PREPOSITIONS.contains(before);
    if (governed
        && (Expressions.matches(word, "me|him|us|them") || word.equals("her") && !nounNext)) {
      found.putIfAbsent(GrammarPoint.OBJECT_PRONOUNS, i);
    }
    if (Expressions.matches(word, "these|those")) {
      found.putIfAbsent(GrammarPoint.DEMONSTRATIVES, i);
    }
    if (Expressions.matches(word, "a|an")) {
      found.putIfAbsent(GrammarPoint.ARTICLES, i);
    }
    if (morphology.hasTag(word, "NNS") && !morphology.hasTagStarting(word, "VB")) {
      found.putIfAbsent(GrammarPoint.PLURALS, i);
    }
    if (MASS_OR_MANY.contains(word) && (nounNext || before.equals("how"))) {
      found.putIfAbsent(GrammarPoint.QUANTIFIERS, i);
    }
    if (morphology.hasTag(word, "JJR") && after.equals("than")
        || word.equals("more") && morphology.hasTag(after, "JJ") && w.contains("than")
        || word.equals("as") && at(w, i + 2).equals("as")) {
      found.putIfAbsent(GrammarPoint.COMPARATIVES, i);
    }
    if (before.equals("the")
        && (morphology.hasTag(word, "JJS")
            || word.equals("most") && morphology.hasTag(after, "JJ"))) {
      found.putIfAbsent(GrammarPoint.SUPERLATIVES, i);
    }
  }

  private void others(List<String> w, int i, boolean question, Map<GrammarPoint, Integer> found) {
    String word = w.get(i);
    String before = at(w, i - 1);
    String after = at(w, i + 1);
    boolean fixed =
        PLACES.contains(word)
            || word.equals("next") && after.equals("to")
            || word.equals("front") && before.equals("in");
    if (fixed
        || Expressions.matches(word, "in|on")
            && Expressions.matches(after, "the|my|your")
            && BE.contains(before)) {
      found.putIfAbsent(GrammarPoint.PLACE_PREPOSITIONS, i);
    }
    boolean time =
        word.equals("on") && Expressions.matches(after, "\\w+days?")
            || word.equals("at")
                && (Expressions.matches(after, "\\d.*|night|noon|midnight|seven|eight|nine|six"))
            || word.equals("in")
                && (Expressions.matches(after, "winter|summer|spring|autumn|\\d{4}")
                    || Expressions.matches(at(w, i + 2), "morning|evening|afternoon"));
    if (time) {
      found.putIfAbsent(GrammarPoint.TIME_PREPOSITIONS, i);
    }
    if (i == 0
        && question
        && Expressions.matches(word, "what|where|when|who|why|how|which|whose")) {
      found.putIfAbsent(GrammarPoint.QUESTION_WORDS, i);
    }
    if (OFTEN.contains(word)) {
      found.putIfAbsent(GrammarPoint.FREQUENCY_ADVERBS, i);
    }
    if (word.endsWith("ly")
        && morphology.hasTag(word, "RB")
        && !OFTEN.contains(word)
        && morphology.hasTagStarting(before, "VB")) {
      found.putIfAbsent(GrammarPoint.MANNER_ADVERBS, i);
    }
    if (Expressions.matches(word, "who|which|that|where")
        && i > 1
        && morphology.hasTagStarting(before, "NN")
        && !morphology.hasTagStarting(before, "VB")
        && (morphology.hasTagStarting(after, "VB") || SUBJECTS.contains(after))) {
      found.putIfAbsent(GrammarPoint.RELATIVE_CLAUSES, i);
    }
    boolean tagEnd =
        question && i == w.size() - 1 && SUBJECTS.contains(word) && before.equals("n't") && i > 3;
    if (tagEnd) {
      found.putIfAbsent(GrammarPoint.QUESTION_TAGS, i - 2);
    }
    if (word.equals("too") && morphology.hasTag(after, "JJ")
        || word.equals("enough") && (morphology.hasTag(before, "JJ"))) {
      found.putIfAbsent(GrammarPoint.TOO_ENOUGH, i);
    }
  }

  private void conditionals(List<String> w, Map<GrammarPoint, Integer> found) {
    int at = w.indexOf("if");
    if (at < 0 || w.size() < 6) {
      return;
    }
    boolean past = found.containsKey(GrammarPoint.PAST_SIMPLE) || w.contains("were");
    if ((w.contains("would") || w.contains("'d")) && past) {
      found.put(GrammarPoint.SECOND_CONDITIONAL, at);
    } else if (w.contains("will") || w.contains("'ll")) {
      found.put(GrammarPoint.FIRST_CONDITIONAL, at);
    } else if (!past && !w.contains("can") && !w.contains("want")) {
      found.put(GrammarPoint.ZERO_CONDITIONAL, at);
    }
  }

  private static int skip(List<String> w, int from) {
    int i = from;
    while (i < w.size() && i < from + 3 && SKIPPED.contains(w.get(i))) {
      i++;
    }
    return i;
  }

  private boolean isBase(String word) {
    return morphology.hasTag(word, "VB");
  }

  private boolean isIng(String word) {
    return word.endsWith("ing") && word.length() > 4 && morphology.hasTag(word, "VBG");
  }

  /** A participle that is not as well an adjective, such as "tired". */
  private boolean isParticiple(String word) {
    return morphology.hasTag(word, "VBN")
        && !morphology.hasTag(word, "JJ")
        && (!morphology.hasTag(word, "VB")
            || Expressions.matches(word, "put|cut|read|hit|come|become|run"));
  }

  private static String at(List<String> w, int i) {
    return i < 0 || i >= w.size() ? "" : w.get(i);
  }
}
