package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Wrong answers: other terms of the course, those that look most like the right one. */
final class Distractors {
  private record Candidate(Term term, int lesson, boolean defined, boolean known) {}

  private static final int LONGEST_DIFFERENCE = 15;

  private final EnglishText english;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<String, Integer> used = new HashMap<>();

  /**
   * @param course what each lesson knows, in order
   */
  Distractors(List<Knowledge> course, EnglishText english) {
    this.english = english;
    Set<String> lemmas = new HashSet<>();
    for (int lesson = 0; lesson < course.size(); lesson++) {
      Knowledge knowledge = course.get(lesson);
      for (Term term : knowledge.terms()) {
        if (lemmas.add(term.lemma())) {
          boolean defined = knowledge.definition(term.lemma()).isPresent();
          candidates.add(new Candidate(term, lesson, defined, true));
        }
      }
    }
    // what is named once only stands in where a short text has nothing better
    for (int lesson = 0; lesson < course.size(); lesson++) {
      for (Term term : course.get(lesson).phrases()) {
        if (nouns(term) && lemmas.add(term.lemma())) {
          candidates.add(new Candidate(term, lesson, false, false));
        }
      }
    }
  }

  private boolean nouns(Term term) {
    return !term.surface().contains(" ")
        && english.words("the " + term.surface()).stream().skip(1).allMatch(Word::isNoun)
        // "hardly bent": to the tagger a noun now and then
        && english.words("it is " + term.surface()).stream()
            .skip(2)
            .noneMatch(word -> word.tag().matches("VERB|ADJ"))
        && Arrays.stream(term.lemma().split(" ")).noneMatch(Terms.GENERIC::contains);
  }

  private static boolean capital(String text) {
    return Character.isUpperCase(text.charAt(0));
  }

  /**
   * Three terms that are certainly not the answer: not in the sentence, not related to it.
   *
   * @param lesson from which the answer is
   * @param context the sentence, or what stands in the question
   * @return fewer than three when there are none
   */
  List<String> of(
      String lemma, String answer, boolean plural, int lesson, Unit unit, String context) {
    Set<String> near = unit.terms();
    boolean name =
        candidates.stream().anyMatch(c -> c.term().lemma().equals(lemma) && c.term().name());
    List<Candidate> fit =
        candidates.stream()
            .filter(c -> c.term().plural() == plural && c.term().name() == name)
            .filter(c -> capital(c.term().surface()) == capital(answer))
            .filter(c -> fits(c.term(), lemma, answer, near, context))
            .sorted(Comparator.comparingDouble((Candidate c) -> -likeness(c, answer, lesson)))
            .toList();
    List<String> wrong = new ArrayList<>();
    for (Candidate candidate : fit) {
      String surface = candidate.term().surface();
      if (wrong.size() < 3 && wrong.stream().noneMatch(one -> Sentences.shareWord(one, surface))) {
        wrong.add(surface);
      }
    }
    wrong.forEach(one -> used.merge(one, 1, Integer::sum));
    return wrong;
  }

  private boolean fits(Term term, String lemma, String answer, Set<String> near, String context) {
    return !term.lemma().equals(lemma)
        && !Sentences.shareWord(term.surface(), answer)
        && !Sentences.shareWord(term.lemma(), lemma)
        && !Sentences.shareWord(term.surface(), context)
        && near.stream().noneMatch(word -> Sentences.shareWord(word, term.lemma()))
        && Math.abs(term.surface().length() - answer.length()) <= LONGEST_DIFFERENCE
        && !english.related(last(lemma), last(term.lemma()));
  }

  private double likeness(Candidate candidate, String answer, int lesson) {
    String surface = candidate.term().surface();
    return (candidate.known() ? 100 : 0)
        + (Math.abs(candidate.lesson() - lesson) <= 1 ? 1.5 : 0)
        + (candidate.defined() ? 1 : 0)
        + (surface.split(" ").length == answer.split(" ").length ? 1 : 0)
        + (answer.endsWith("ing") == surface.endsWith("ing") ? 0.7 : 0)
        + Math.min(1, candidate.term().count() / 4.0)
        - Math.abs(surface.length() - answer.length()) / 8.0
        - 1.5 * used.getOrDefault(surface, 0);
  }

  private static String last(String lemma) {
    return lemma.substring(lemma.lastIndexOf(' ') + 1);
  }
}
