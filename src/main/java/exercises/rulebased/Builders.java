package exercises.rulebased;

import exercises.language.Expressions;
import exercises.language.Token;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Sentences to be put in order: only those whose right orders can all be listed. */
public final class Builders {
  private static final Set<String> FLOATING =
      Set.of(
          "also",
          "sometimes",
          "now",
          "then",
          "maybe",
          "really",
          "just",
          "only",
          "still",
          "usually",
          "often",
          "too",
          "already",
          "again",
          "perhaps",
          "please",
          "even",
          "soon",
          "always",
          "never",
          "together",
          "both",
          "all",
          "though");

  /** "in winter", "on Sunday": such a phrase could as well stand first. */
  private static final Pattern TIME_NOUN =
      Pattern.compile(
          ".*day|mornings?|evenings?|afternoons?|nights?|winter|summer|spring|autumn|weeks?|weekends?|months?|years?|.*ember|october|january|february|april|june|july|august|noon|midnight|time|end");

  private static final Set<String> TIME = Set.of("yesterday", "today", "tomorrow", "tonight");

  private Builders() {}

  /** Whether a sentence can be put together from its words in a way a learner can find. */
  public static boolean suits(Sentence s) {
    int words = s.wordCount();
    if (words < 4
        || words > 12
        || s.text().contains(" means ")
        || s.text().contains(":")
        || s.text().contains("\"")) {
      return false;
    }
    boolean verb = false;
    for (int i = 0; i < s.tokens().size(); i++) {
      verb |= Expressions.matches(s.tag(i), "VERB|AUX") || s.lower(i).contains("'");
    }
    boolean cut =
        Expressions.matches(
            s.lower(s.tokens().size() - 2), "must|can|will|should|could|would|an?|the");
    if (s.tag(0).equals("ADP") || !verb || cut) {
      return false;
    }
    int prepositions = 0;
    int times = 0;
    for (int i = 0; i < s.tokens().size(); i++) {
      String word = s.lower(i);
      boolean adjectives = s.tag(i).equals("ADJ") && s.tag(i + 1).equals("ADJ");
      boolean comma = word.equals(",");
      boolean coordinated = Expressions.matches(word, "and|or|but") && !swappable(s, i);
      if (FLOATING.contains(word)
          || word.endsWith("ly") && s.tag(i).equals("ADV")
          || adjectives
          || comma
          || coordinated) {
        return false;
      }
      boolean movable =
          s.tag(i).equals("ADP")
              && (TIME_NOUN.matcher(s.lower(i + 1)).matches()
                  || TIME_NOUN.matcher(s.lower(i + 2)).matches());
      if (movable) {
        return false;
      }
      prepositions += s.tag(i).equals("ADP") && !word.equals("of") ? 1 : 0;
      times +=
          TIME.contains(word)
                  || Expressions.matches(word, "every|last|next|ago")
                  || word.equals("one") && i == 0
              ? 1
              : 0;
    }
    return prepositions <= 2 && times <= 1 && !(times == 1 && prepositions > 1);
  }

  private static boolean swappable(Sentence s, int and) {
    return s.lower(and).equals("and")
        && and > 0
        && s.tag(and - 1).equals("NOUN")
        && s.tag(and + 1).equals("NOUN")
        && !s.tag(and + 2).equals("NOUN")
        && Expressions.matches(s.tag(and - 2), "VERB|ADP");
  }

  /** The pieces a learner puts in order. */
  public static List<String> tokens(Sentence s) {
    return s.tokens().stream().map(Token::text).toList();
  }

  /** All right orders of the tokens, the sentence's own first. */
  public static List<List<String>> orders(Sentence s) {
    List<String> own = tokens(s);
    Set<List<String>> orders = new LinkedHashSet<>();
    orders.add(own);
    int end = own.size() - 1;
    if (!s.isQuestion()) {
      moveTime(s, own, end, orders);
      swapPhrases(s, own, end, orders);
    }
    for (int i = 1; i < end; i++) {
      if (s.lower(i).equals("and") && swappable(s, i)) {
        List<String> swapped = new ArrayList<>(own);
        swapped.set(i - 1, own.get(i + 1));
        swapped.set(i + 1, own.get(i - 1));
        orders.add(swapped);
      }
    }
    return List.copyOf(orders);
  }

  private static void moveTime(Sentence s, List<String> own, int end, Set<List<String>> orders) {
    int length =
        TIME.contains(s.lower(0))
            ? 1
            : Expressions.matches(s.lower(0), "every|last|next|one")
                    && TIME_NOUN.matcher(s.lower(1)).matches()
                ? 2
                : 0;
    if (length > 0) {
      List<String> moved = new ArrayList<>(own.subList(length, end));
      moved.addAll(own.subList(0, length));
      moved.add(own.get(end));
      orders.add(moved);
    }
    long verbs = s.tags().stream().filter("VERB"::equals).count();
    int back =
        verbs > 1
            ? 0
            : TIME.contains(s.lower(end - 1))
                ? 1
                : Expressions.matches(s.lower(end - 2), "every|last|next") ? 2 : 0;
    if (back > 0 && end - back > 2) {
      List<String> moved = new ArrayList<>(own.subList(end - back, end));
      moved.addAll(own.subList(0, end - back));
      moved.add(own.get(end));
      orders.add(moved);
    }
  }

  /** "with my dog in the park" and "in the park with my dog". */
  private static void swapPhrases(Sentence s, List<String> own, int end, Set<List<String>> orders) {
    int second = -1;
    int first = -1;
    for (int i = end - 1; i > 0; i--) {
      if (s.tag(i).equals("ADP")) {
        if (second < 0) {
          second = i;
        } else {
          first = i;
          break;
        }
      } else if (!Expressions.matches(s.tag(i), "NOUN|DET|ADJ|PRON|NUM|PROPN")) {
        break;
      }
    }
    if (first > 0 && second - first > 1 && end - second > 1 && !s.lower(second).equals("of")) {
      List<String> swapped = new ArrayList<>(own.subList(0, first));
      swapped.addAll(own.subList(second, end));
      swapped.addAll(own.subList(first, second));
      swapped.add(own.get(end));
      orders.add(swapped);
    }
  }
}
