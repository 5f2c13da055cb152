package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what a correction is about, and explains it in terms of its own words. */
public final class EditClassifier {
  /** In lower case. */
  public static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** "I didn't see nothing": what stands in a sentence that is negative already. */
  private static final Map<String, String> DOUBLE_NEGATIVES =
      Map.of("nothing", "anything", "nobody", "anybody", "never", "ever", "nowhere", "anywhere");

  /** In lower case. */
  public static final Set<String> PREPOSITIONS =
      Set.of(
          "in", "on", "at", "to", "for", "of", "from", "with", "by", "about", "into", "over",
          "under", "after", "before", "during", "since", "between", "until", "near", "off", "up",
          "out", "down");

  /** In lower case. */
  public static final Set<String> PRONOUNS =
      Set.of(
          "i",
          "me",
          "my",
          "mine",
          "you",
          "your",
          "yours",
          "he",
          "him",
          "his",
          "she",
          "her",
          "hers",
          "it",
          "its",
          "we",
          "us",
          "our",
          "ours",
          "they",
          "them",
          "their",
          "theirs",
          "myself",
          "himself",
          "herself",
          "themselves");

  /** In lower case, with the parts of contractions. */
  public static final Set<String> AUXILIARIES =
      Set.of(
          "am", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "have",
          "has", "had", "will", "would", "can", "could", "should", "must", "may", "might", "n't",
          "not", "'m", "'re", "'s", "'ll", "'ve", "'d");

  /** Verbs that learners take for each other; the sentence stays the same. */
  private static final List<Set<String>> CONFUSED =
      List.of(
          Set.of("say", "tell"),
          Set.of("do", "make", "take", "have"),
          Set.of("see", "watch", "look"),
          Set.of("win", "beat"),
          Set.of("remember", "remind"),
          Set.of("lose", "miss"),
          Set.of("learn", "teach"),
          Set.of("borrow", "lend"),
          Set.of("hear", "listen"),
          Set.of("forget", "leave"),
          Set.of("bring", "take"));

  private final Morphology morphology;

  /** Not thread-safe. */
  public EditClassifier(Morphology morphology) {
    this.morphology = morphology;
  }

  /** The price of a change for {@link Alignment}: grammar is cheap, other content dear. */
  public double price(String wrong, String right) {
    if (wrong == null || right == null) {
      return grammatical(wrong == null ? right : wrong) ? Alignment.GRAMMAR : Alignment.CONTENT;
    }
    if (related(wrong, right)) {
      return Alignment.GRAMMAR;
    }
    boolean sameClass =
        DOUBLE_NEGATIVES.getOrDefault(wrong, "").equals(right)
            || ARTICLES.contains(wrong) && ARTICLES.contains(right)
            || PREPOSITIONS.contains(wrong) && PREPOSITIONS.contains(right)
            || AUXILIARIES.contains(wrong) && AUXILIARIES.contains(right)
            || PRONOUNS.contains(wrong) && PRONOUNS.contains(right) && samePerson(wrong, right);
    return sameClass ? Alignment.GRAMMAR : Alignment.CONTENT;
  }

  private static boolean grammatical(String word) {
    return ARTICLES.contains(word)
        || PREPOSITIONS.contains(word)
        || AUXILIARIES.contains(word)
        || word.equals("more");
  }

  private static boolean samePerson(String one, String other) {
    return List.of(
            Set.of("i", "me", "my", "mine", "myself"),
            Set.of("you", "your", "yours"),
            Set.of("he", "him", "his", "himself"),
            Set.of("she", "her", "hers", "herself"),
            Set.of("it", "its"),
            Set.of("we", "us", "our", "ours"),
            Set.of("they", "them", "their", "theirs"))
        .stream()
        .anyMatch(p -> p.contains(one) && p.contains(other));
  }

  /** True for forms of one word, regular forms learners make up included ("goed" and "went"). */
  boolean related(String wrong, String right) {
    if (PRONOUNS.contains(wrong) || PRONOUNS.contains(right)) {
      return false;
    }
    if (morphology.shareLemma(wrong, right)) {
      return true;
    }
    String stem = regularised(wrong);
    return stem != null && morphology.lemmas(right).contains(stem) || derived(wrong, right);
  }

  /**
   * Different classes of one stem: "happy" and "happily", "quick" and "quickly", "excite" and
   * "excited".
   */
  private boolean derived(String wrong, String right) {
    int common = 0;
    while (common < Math.min(wrong.length(), right.length())
        && wrong.charAt(common) == right.charAt(common)) {
      common++;
    }
    return common >= 4
        && common >= Math.min(wrong.length(), right.length()) - 2
        && Math.abs(wrong.length() - right.length()) <= 5
        && morphology.isEnglish(wrong);
  }

  /** Two verbs that learners take for each other, in any form: "say" and "told". */
  public boolean confused(String wrong, String right) {
    return !morphology.shareLemma(wrong, right)
        && CONFUSED.stream()
            .anyMatch(
                set ->
                    morphology.lemmas(wrong).stream().anyMatch(set::contains)
                        && morphology.lemmas(right).stream().anyMatch(set::contains));
  }

  /** The word a learner gave a regular ending it does not take ("buyed", "childs"), or null. */
  public String regularised(String word) {
    if (morphology.isEnglish(word)) {
      return null;
    }
    for (String ending : List.of("ed", "d", "es", "s")) {
      if (word.endsWith(ending) && word.length() - ending.length() >= 2) {
        String stem = word.substring(0, word.length() - ending.length());
        if (morphology.hasTag(stem, ending.endsWith("d") ? "VB" : "NN")) {
          return stem;
        }
        boolean doubled =
            stem.length() > 3 && stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2);
        String single = stem.substring(0, stem.length() - 1);
        if (doubled && ending.equals("ed") && morphology.hasTag(single, "VB")) {
          return single;
        }
      }
    }
    return null;
  }

  /**
   * True when the correction is one of the student's words: few changes, of grammar, with words in
   * common.
   */
  public boolean plausible(Alignment alignment, List<String> right, int contentAllowed) {
    int edits = alignment.edits().size();
    boolean single =
        right.size() == 1
            && edits == 1
            && alignment.equal() == 0
            && alignment.edits().get(0).wrong().size() == 1
            && related(alignment.edits().get(0).wrong().get(0), right.get(0));
    boolean anchored = alignment.equal() >= 1 && alignment.cost() <= 0.5 * right.size() + 0.35;
    return edits >= 1
        && edits <= 3
        && alignment.foreign() <= contentAllowed
        && (single || anchored);
  }

  MistakeType type(Edit edit, List<String> student) {
    List<String> wrong = edit.wrong();
    List<String> right = edit.right();
    if (all(ARTICLES, wrong) && all(ARTICLES, right)) {
      return MistakeType.ARTICLE;
    }
    String next = edit.to() < student.size() ? student.get(edit.to()) : "";
    String before = edit.from() > 0 ? student.get(edit.from() - 1) : "";
    boolean to =
        wrong.equals(List.of("to")) && right.isEmpty()
            || right.equals(List.of("to")) && wrong.isEmpty();
    if (to
        && morphology.hasTag(next, "VB")
        && (morphology.hasTagStarting(before, "VB")
            || Expressions.matches(before, "must|can|could|will|would|should|may|might|n't|not"))
        && !ARTICLES.contains(next)) {
      return MistakeType.GERUND_INFINITIVE;
    }
    if (all(PREPOSITIONS, wrong) && all(PREPOSITIONS, right) || smallWords(wrong, right)) {
      return MistakeType.PREPOSITION;
    }
    if (sorted(wrong).equals(sorted(right))) {
      return MistakeType.WORD_ORDER;
    }
    if (!wrong.isEmpty() && all(PRONOUNS, wrong) && all(PRONOUNS, right)) {
      return MistakeType.WORD_FORM;
    }
    if (wrong.size() == 1 && right.size() == 1) {
      return single(wrong.get(0), right.get(0), before);
    }
    return several(wrong, right);
  }

  /** "In the" for "on the", "in the" for "at", "in draw" for "at drawing". */
  private boolean smallWords(List<String> wrong, List<String> right) {
    if (wrong.isEmpty() || right.isEmpty() || wrong.equals(right)) {
      return false;
    }
    boolean led =
        PREPOSITIONS.contains(wrong.get(0))
            && PREPOSITIONS.contains(right.get(0))
            && !wrong.get(0).equals(right.get(0))
            && !wrong.get(0).equals("to");
    List<String> less = wrong.subList(1, wrong.size());
    List<String> more = right.subList(1, right.size());
    boolean articles = all(ARTICLES, less) && all(ARTICLES, more);
    boolean sameWord = less.size() == 1 && more.size() == 1 && related(less.get(0), more.get(0));
    return led && (articles || sameWord);
  }

  private MistakeType several(List<String> wrong, List<String> right) {
    String lastWrong = wrong.isEmpty() ? "" : wrong.get(wrong.size() - 1);
    String lastRight = right.isEmpty() ? "" : right.get(right.size() - 1);
    if (right.size() == 2 && right.get(0).equals("to")
        || wrong.size() == 2 && wrong.get(0).equals("to")) {
      return related(lastWrong, lastRight) ? MistakeType.GERUND_INFINITIVE : MistakeType.GENERAL;
    }
    boolean comparison =
        wrong.contains("more")
            || wrong.contains("most")
            || right.contains("more")
            || right.contains("most");
    if (comparison) {
      return MistakeType.WORD_FORM;
    }
    boolean verbs =
        all(AUXILIARIES, wrong) && all(AUXILIARIES, right) || related(lastWrong, lastRight);
    return verbs ? MistakeType.VERB_TENSE : MistakeType.GENERAL;
  }

  private MistakeType single(String wrong, String right, String before) {
    if (!related(wrong, right) && !(AUXILIARIES.contains(wrong) && AUXILIARIES.contains(right))) {
      return MistakeType.GENERAL;
    }
    boolean helped =
        Expressions.matches(
            before, "can|could|will|would|should|must|may|might|do|does|did|n't|to");
    if (helped && morphology.hasTag(right, "VB") && morphology.hasTagStarting(wrong, "VB")) {
      return MistakeType.VERB_TENSE;
    }
    boolean feeling =
        morphology.hasTagStarting(wrong, "JJ")
            && morphology.hasTagStarting(right, "JJ")
            && wrong.endsWith("ing") != right.endsWith("ing")
            && (wrong.endsWith("ed") || right.endsWith("ed"));
    if (feeling) {
      return MistakeType.WORD_FORM;
    }
    boolean afterNoun =
        morphology.hasTagStarting(before, "NN")
            && !morphology.hasTagStarting(before, "JJ")
            && !Expressions.matches(
                before, "\\d+|one|two|three|four|five|six|seven|eight|nine|ten|many|some|my");
    // "My mother always shout": an adverb stands only before a verb.
    boolean afterSubject =
        Expressions.matches(
                before,
                "i|you|he|she|it|we|they|who|always|never|often|usually|sometimes|hardly|also|only|just|really|still|ever")
            || (afterNoun || !before.isEmpty() && !morphology.isEnglish(before))
                && morphology.hasTag(right, "VBZ");
    String stem = regularised(wrong);
    boolean counted =
        Expressions.matches(
            before,
            "\\d+|two|three|four|five|six|seven|eight|nine|ten|many|some|these|those|few|several");
    if (counted && morphology.hasTagStarting(wrong, "NN") && morphology.hasTag(right, "NNS")) {
      return MistakeType.PLURAL;
    }
    boolean nounWrong =
        morphology.hasTagStarting(wrong, "NN") || stem != null && morphology.hasTag(stem, "NN");
    boolean nounRight = morphology.hasTagStarting(right, "NN");
    boolean number =
        morphology.hasTag(wrong, "NNS") != morphology.hasTag(right, "NNS")
            || stem != null && morphology.hasTag(right, "NNS");
    if (!afterSubject && nounWrong && nounRight && number) {
      return MistakeType.PLURAL;
    }
    if (stem != null && morphology.hasTag(right, "VBD")) {
      return MistakeType.VERB_TENSE;
    }
    boolean sameVerb =
        morphology.shareLemma(wrong, right)
            || Expressions.matches(wrong, "am|is|are|'m|'s|'re|be")
                && Expressions.matches(right, "am|is|are|'m|'s|'re");
    boolean bothPresent =
        sameVerb && present(wrong) && present(right)
            || Expressions.matches(wrong, "was|were") && Expressions.matches(right, "was|were");
    if (bothPresent) {
      return MistakeType.SUBJECT_VERB_AGREEMENT;
    }
    boolean ing = morphology.hasTag(wrong, "VBG") != morphology.hasTag(right, "VBG");
    if (ing && !AUXILIARIES.contains(before)) {
      return MistakeType.GERUND_INFINITIVE;
    }
    boolean verbs =
        morphology.hasTagStarting(wrong, "VB") && morphology.hasTagStarting(right, "VB")
            || AUXILIARIES.contains(wrong) && AUXILIARIES.contains(right);
    return verbs && morphology.shareLemma(wrong, right)
            || AUXILIARIES.contains(wrong) && AUXILIARIES.contains(right)
        ? MistakeType.VERB_TENSE
        : MistakeType.WORD_FORM;
  }

  private boolean present(String word) {
    return (morphology.hasTag(word, "VBP")
            || morphology.hasTag(word, "VBZ")
            || Expressions.matches(word, "am|is|are|'m|'s|'re"))
        && !morphology.hasTag(word, "VBD");
  }

  private static boolean all(Set<String> set, List<String> words) {
    return set.containsAll(words);
  }

  private static List<String> sorted(List<String> words) {
    return words.stream().sorted().toList();
  }
}
