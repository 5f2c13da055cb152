package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which terms of a course could be right as well as the one that is: because words mean much the
 * same (WordNet), because the source explains one by the other or names them in one breath, or
 * because it says the same of both. What is left is certainly wrong, as far as rules can tell.
 */
final class Rivals {
  /** Verbs that say so little that two things may well do them without being alike. */
  private static final Set<String> LIGHT =
      Set.of(
          "be", "have", "do", "make", "get", "take", "give", "go", "come", "use", "can", "could",
          "will", "would", "may", "might", "must", "should", "become", "let", "keep", "need",
          "say");

  private static final String ALIAS =
      "(?i)\\s*,?\\s*(?:\\(|or |also (?:called|known as) |called |known as |that is,? |such as"
          + " |(?:is|are|was|were) (?:also )?)?(?:an? |the )?";
  private static final String JOINED =
      "(?i)\\s*(?:,|and|or|nor|,\\s*(?:and|or|nor)|as well as)\\s*(?:an? |the |other |their |its"
          + " )?";

  private final EnglishText english;
  private final Map<String, List<Unit>> named = new HashMap<>();
  private final Map<String, String> meanings = new HashMap<>();
  private final Map<Unit, Set<String>> verbs = new HashMap<>();
  private final Map<Unit, List<Found>> phrases = new HashMap<>();

  Rivals(List<RuleLesson> lessons, EnglishText english) {
    this.english = english;
    for (RuleLesson lesson : lessons) {
      List<Unit> units = lesson.text().units();
      for (Term term : lesson.knowledge().phrases()) {
        List<Unit> at = named.computeIfAbsent(term.lemma(), k -> new ArrayList<>());
        term.units().forEach(index -> at.add(units.get(index)));
      }
      lesson
          .knowledge()
          .definitions()
          .forEach(d -> meanings.putIfAbsent(d.lemma(), d.meaning().toLowerCase(Locale.ROOT)));
    }
  }

  /** Whether one could be meant by the other, wherever it is asked. */
  boolean alike(String one, String other) {
    return Sentences.shareWord(one, other) || near(one, other);
  }

  /** As {@link #alike}, but for words in common: deep sleep is no sleep pressure. */
  private boolean near(String one, String other) {
    return english.couldPass(last(one), last(other))
        || english.couldPass(one, other) // "customs duty" is a tax, "duty" an obligation
        || explains(one, other)
        || explains(other, one)
        || together(one, other);
  }

  /** Whether the meaning of one is no answer to what the other is. */
  boolean apart(Definition one, Definition other) {
    return !one.lemma().equals(other.lemma())
        && one.plural() == other.plural()
        && !Sentences.shareWord(other.meaning(), last(one.lemma()))
        && Sentences.similarity(one.meaning(), other.meaning()) < 0.4
        && !near(one.lemma(), other.lemma());
  }

  /** Whether a reason for one fact is none for the other: they speak of nothing in common. */
  boolean apart(Reason one, Reason other) {
    if (one.fact().equals(other.fact()) || Sentences.shareWord(one.fact(), other.fact())) {
      return false;
    }
    Set<String> asked = nouns(one.unit());
    return nouns(other.unit()).stream()
        .noneMatch(
            noun ->
                asked.stream()
                    .anyMatch(mine -> mine.equals(noun) || english.couldPass(mine, noun)));
  }

  private static Set<String> nouns(Unit unit) {
    Set<String> nouns = new HashSet<>();
    for (Word word : unit.words()) {
      if (word.isNoun() && !Terms.GENERIC.contains(word.lemma())) {
        nouns.add(word.lemma());
      }
    }
    return nouns;
  }

  /**
   * Whether the source explains one by the other, or by what it explains by the other: "a peaberry
   * is a cherry with ...", "a cherry is a fruit".
   */
  private boolean explains(String one, String by) {
    String meaning = meanings.getOrDefault(one, "");
    return Sentences.shareWord(meaning, last(by))
        || meanings.entrySet().stream()
            .anyMatch(
                between ->
                    Sentences.shareWord(meaning, last(between.getKey()))
                        && Sentences.shareWord(between.getValue(), last(by)));
  }

  /** Whether a sentence gives one as another name of the other: "the seed, or bean". */
  private boolean together(String one, String other) {
    for (Unit unit : named.getOrDefault(one, List.of())) {
      if (between(unit, one, other, ALIAS)) {
        return true;
      }
    }
    return false;
  }

  private boolean between(Unit unit, String one, String other, String pattern) {
    Found first = null;
    Found second = null;
    for (Found found :
        phrases.computeIfAbsent(unit, said -> Terms.phrases(said.words(), said.text(), english))) {
      first = found.lemma().equals(one) ? found : first;
      second = found.lemma().equals(other) ? found : second;
    }
    if (first == null || second == null) {
      return false;
    }
    int from = Math.min(first.end(), second.end());
    int to = Math.max(first.start(), second.start());
    return from <= to && unit.text().substring(from, to).matches(pattern);
  }

  /**
   * Whether what a sentence says could be said of a term that is not in it: somewhere the source
   * says something alike of that term, with the same verb or with much the same words.
   *
   * @param unit the sentence
   * @param answer the term that it says it of
   */
  boolean saidOf(String term, Unit unit, String answer) {
    Set<String> does = verbs(unit);
    for (Unit other : named.getOrDefault(term, List.of())) {
      if (other.index() == unit.index() && other.text().equals(unit.text())) {
        return true;
      }
      Set<String> common = new HashSet<>(verbs(other));
      common.retainAll(does);
      if (!common.isEmpty() || between(other, answer, term, JOINED)) {
        return true;
      }
      Set<String> words = new HashSet<>(other.terms());
      words.retainAll(unit.terms());
      if (words.size() > 1) {
        return true;
      }
    }
    return false;
  }

  private Set<String> verbs(Unit unit) {
    return verbs.computeIfAbsent(
        unit,
        one -> {
          Set<String> found = new HashSet<>();
          for (Word word : one.words()) {
            if (word.tag().equals("VERB") && !LIGHT.contains(word.lemma())) {
              found.add(word.lemma());
            }
          }
          return found;
        });
  }

  private static String last(String lemma) {
    return lemma.substring(lemma.lastIndexOf(' ') + 1);
  }
}
