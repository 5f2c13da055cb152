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

/**
 * Wrong answers: other terms of the course that can't be right too, those first that look most like
 * the right one.
 */
final class Distractors {
  private record Candidate(Term term, int lesson, boolean defined, boolean known) {}

  private static final int LONGEST_DIFFERENCE = 15;

  /** Sentences before and after one that are on the same thing, most likely. */
  private static final int NEIGHBOURS = 2;

  private final EnglishText english;
  private final Rivals rivals;

  /** What the course is about does most of what is said of anything. */
  private final String subject;

  private final List<Candidate> candidates = new ArrayList<>();

  /** Parts of the names of people, who are not mistaken for places. */
  private final Set<String> people = new HashSet<>();

  /** By lesson, which of its units name a term. */
  private final List<Map<String, List<Integer>>> near = new ArrayList<>();

  private final Map<String, Integer> used = new HashMap<>();

  /**
   * @param lessons of the course, in order
   */
  Distractors(List<RuleLesson> lessons, EnglishText english) {
    this.english = english;
    this.rivals = new Rivals(lessons, english);
    List<Knowledge> course = lessons.stream().map(RuleLesson::knowledge).toList();
    for (Knowledge knowledge : course) {
      Map<String, List<Integer>> units = new HashMap<>();
      knowledge.phrases().forEach(term -> units.put(term.lemma(), term.units()));
      near.add(units);
    }
    course.stream()
        .flatMap(one -> one.people().stream())
        .forEach(name -> people.addAll(List.of(name.split(" "))));
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
    subject =
        candidates.stream()
            .map(Candidate::term)
            .max(Comparator.comparingInt(Term::count))
            .map(Term::lemma)
            .orElse("");
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
        && !(term.plural()
            && english.words("it " + term.surface() + " well.").get(1).tag().equals("VERB"))
        && Arrays.stream(term.lemma().split(" ")).noneMatch(Terms.GENERIC::contains);
  }

  private static boolean capital(String text) {
    return Character.isUpperCase(text.charAt(0));
  }

  private boolean person(String name) {
    return Arrays.stream(name.split(" ")).anyMatch(people::contains);
  }

  Rivals rivals() {
    return rivals;
  }

  /**
   * Three terms that don't mean what is described: others that the source explains, or of which it
   * says nothing alike.
   */
  List<String> described(Definition d, int lesson) {
    return chosen(d.lemma(), d.term(), d.plural(), lesson, d.unit(), d.meaning(), true);
  }

  /**
   * Three terms that are certainly not the answer: not in the sentence, not related to it, and
   * nothing alike is said of them.
   *
   * @param lesson from which the answer is
   * @param context the sentence, or what stands in the question
   * @return fewer than three when there are none
   */
  List<String> of(
      String lemma, String answer, boolean plural, int lesson, Unit unit, String context) {
    return chosen(lemma, answer, plural, lesson, unit, context, false);
  }

  private List<String> chosen(
      String lemma,
      String answer,
      boolean plural,
      int lesson,
      Unit unit,
      String context,
      boolean described) {
    Set<String> near = unit.terms();
    boolean name =
        candidates.stream().anyMatch(c -> c.term().lemma().equals(lemma) && c.term().name());
    List<Candidate> fit =
        candidates.stream()
            .filter(c -> c.term().plural() == plural && c.term().name() == name)
            .filter(c -> capital(c.term().surface()) == capital(answer))
            .filter(c -> person(c.term().surface()) == person(answer))
            .filter(c -> fits(c.term(), lemma, answer, near, context))
            .sorted(Comparator.comparingDouble((Candidate c) -> -likeness(c, answer, lesson)))
            .toList();
    List<String> wrong = new ArrayList<>();
    for (Candidate candidate : fit) {
      String surface = candidate.term().surface();
      if (wrong.size() < 3
          && wrong.stream().noneMatch(one -> Sentences.shareWord(one, surface))
          && !rivals.alike(lemma, candidate.term().lemma())
          && (described && candidate.defined()
              || !candidate.term().lemma().equals(subject)
                  && (described || !beside(candidate, lesson, unit))
                  && !rivals.saidOf(candidate.term().lemma(), unit, lemma))) {
        wrong.add(surface);
      }
    }
    wrong.forEach(one -> used.merge(one, 1, Integer::sum));
    return wrong;
  }

  /**
   * Whether it is spoken of right before or after the sentence: who adds the oil too fast may well
   * have added the yolk too fast.
   */
  private boolean beside(Candidate candidate, int lesson, Unit unit) {
    return near.get(lesson).getOrDefault(candidate.term().lemma(), List.of()).stream()
        .anyMatch(index -> Math.abs(index - unit.index()) <= NEIGHBOURS);
  }

  private static boolean fits(
      Term term, String lemma, String answer, Set<String> near, String context) {
    return !term.lemma().equals(lemma)
        && !Sentences.shareWord(term.surface(), answer)
        && !Sentences.shareWord(term.lemma(), lemma)
        && !Sentences.shareWord(term.surface(), context)
        && near.stream().noneMatch(word -> Sentences.shareWord(word, term.lemma()))
        && Math.abs(term.surface().length() - answer.length()) <= LONGEST_DIFFERENCE;
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
}
