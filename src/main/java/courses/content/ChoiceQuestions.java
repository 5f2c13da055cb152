package courses.content;

import courses.content.GapFinder.Gap;
import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Multiple choice on one lesson: terms, what things do, reasons, figures, gaps. */
final class ChoiceQuestions {
  private static final int LONGEST_MEANING = 170;
  private static final int LONGEST_STEP = 18;

  private final RuleLesson lesson;
  private final int place;
  private final Distractors distractors;
  private final List<Knowledge> course;
  private final Map<String, Integer> used = new HashMap<>();

  /**
   * @param place of the lesson among those that the distractors know
   * @param course what all lessons know
   */
  ChoiceQuestions(RuleLesson lesson, int place, Distractors distractors, List<Knowledge> course) {
    this.lesson = lesson;
    this.place = place;
    this.distractors = distractors;
    this.course = course;
  }

  /** One of each sort in turn, gaps for words last. */
  List<RawQuestion> all() {
    List<List<RawQuestion>> sorts =
        List.of(terms(), roles(), order(), deeds(), figures(), steps(), reasons());
    List<RawQuestion> all = new ArrayList<>();
    int most = sorts.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (List<RawQuestion> sort : sorts) {
        if (i < sort.size()) {
          all.add(sort.get(i));
        }
      }
    }
    all.addAll(gaps());
    return all;
  }

  /** What is described, and what a term means, in turn: each the other way round of the other. */
  private List<RawQuestion> terms() {
    List<RawQuestion> list = new ArrayList<>();
    for (Definition d : lesson.knowledge().definitions()) {
      if (d.meaning().length() > LONGEST_MEANING) {
        continue;
      }
      Optional<RawQuestion> meaning = meaning(d);
      List<String> wrong =
          meaning.isPresent() && list.size() % 2 == 1 ? List.of() : distractors.described(d, place);
      if (wrong.size() == 3) {
        String text = "Which term fits this description: “" + d.meaning() + "”?";
        list.add(RawQuestion.choice(text, d.term(), wrong, Level.BEGINNER, d.unit()));
      } else {
        meaning.ifPresent(list::add);
      }
    }
    return list;
  }

  /** What a term means, beside the meanings of other terms. */
  private Optional<RawQuestion> meaning(Definition d) {
    List<String> wrong =
        course.stream()
            .flatMap(one -> one.definitions().stream())
            .filter(other -> distractors.rivals().apart(d, other))
            .sorted(
                Comparator.comparingInt(
                    other -> Math.abs(other.meaning().length() - d.meaning().length())))
            .map(Definition::answer)
            .distinct()
            .limit(3)
            .toList();
    return wrong.size() == 3
        ? Optional.of(RawQuestion.choice(d.question(), d.answer(), wrong, Level.BEGINNER, d.unit()))
        : Optional.empty();
  }

  private List<RawQuestion> roles() {
    List<RawQuestion> list = new ArrayList<>();
    for (Role r : lesson.knowledge().roles()) {
      List<String> wrong =
          distractors.of(r.lemma(), r.term(), r.plural(), place, r.unit(), r.doing());
      if (wrong.size() == 3) {
        String text = "Which of these " + r.doing() + "?";
        list.add(RawQuestion.choice(text, r.term(), wrong, Level.INTERMEDIATE, r.unit()));
      }
    }
    return list;
  }

  /** Who did something, beside others who did something else. */
  private List<RawQuestion> deeds() {
    List<RawQuestion> list = new ArrayList<>();
    for (Deed deed : lesson.knowledge().deeds()) {
      List<String> wrong =
          course.stream()
              .flatMap(one -> one.people().stream())
              .distinct()
              .filter(other -> !Sentences.shareWord(other, deed.who()))
              .filter(other -> !Sentences.shareWord(other, deed.unit().text()))
              .sorted(Comparator.comparingInt(other -> used.getOrDefault(other, 0)))
              .limit(3)
              .toList();
      if (wrong.size() == 3) {
        wrong.forEach(other -> used.merge(other, 1, Integer::sum));
        list.add(
            RawQuestion.choice(
                deed.question(), deed.who(), wrong, Level.INTERMEDIATE, deed.unit()));
      }
    }
    return list;
  }

  /** Which of several events came first: more worth knowing than one year. */
  private List<RawQuestion> order() {
    return Event.order(
        lesson.knowledge().events(),
        course.stream().flatMap(one -> one.events().stream()).toList());
  }

  private List<RawQuestion> reasons() {
    List<RawQuestion> list = new ArrayList<>();
    for (Reason reason : lesson.knowledge().reasons()) {
      List<String> wrong =
          course.stream()
              .flatMap(one -> one.reasons().stream())
              .filter(other -> distractors.rivals().apart(reason, other))
              .map(Reason::answer)
              .filter(answer -> Math.abs(answer.length() - reason.answer().length()) < 50)
              .distinct()
              .limit(3)
              .toList();
      if (wrong.size() == 3) {
        list.add(
            RawQuestion.choice(
                reason.question(), reason.answer(), wrong, Level.INTERMEDIATE, reason.unit()));
      }
    }
    return list;
  }

  private List<RawQuestion> figures() {
    List<RawQuestion> list = new ArrayList<>();
    for (Gap gap : lesson.gaps()) {
      List<String> wrong =
          gap.number() ? Numbers.others(gap.answer(), gap.unit().text(), lesson.said()) : List.of();
      if (wrong.size() == 3) {
        list.add(RawQuestion.choice(asked(gap), gap.answer(), wrong, Level.ADVANCED, gap.unit()));
      }
    }
    return list;
  }

  /** Of instructions: which step follows. The other steps offered are none beside the two. */
  private List<RawQuestion> steps() {
    List<Unit> steps =
        lesson.told().stream()
            .filter(unit -> Standing.commands(unit) && unit.length() <= LONGEST_STEP)
            .filter(unit -> unit.kind() != Kind.HEADING && unit.length() >= 3)
            .toList();
    List<RawQuestion> list = new ArrayList<>();
    for (int i = 0; i + 1 < steps.size(); i++) {
      Unit step = steps.get(i);
      Unit next = steps.get(i + 1);
      if (next.index() != step.index() + 1 || next.paragraph() != step.paragraph()) {
        continue;
      }
      List<String> wrong =
          steps.stream()
              .filter(other -> Math.abs(other.index() - next.index()) > 2)
              .filter(other -> Sentences.similarity(other.text(), next.text()) < 0.5)
              .sorted(Comparator.comparingInt(other -> Math.abs(other.length() - next.length())))
              .map(Unit::text)
              .distinct()
              .limit(3)
              .toList();
      if (wrong.size() == 3) {
        String text = "Which step comes right after this one: “" + step.text() + "”?";
        list.add(RawQuestion.choice(text, next.text(), wrong, Level.INTERMEDIATE, next));
      }
    }
    return list;
  }

  private List<RawQuestion> gaps() {
    List<RawQuestion> list = new ArrayList<>();
    for (Gap gap : lesson.gaps()) {
      List<String> wrong =
          gap.number()
              ? List.of()
              : distractors.of(
                  gap.lemma(), gap.answer(), gap.plural(), place, gap.unit(), gap.unit().text());
      if (wrong.size() == 3) {
        list.add(
            RawQuestion.choice(asked(gap), gap.answer(), wrong, Level.INTERMEDIATE, gap.unit()));
      }
    }
    return list;
  }

  private static String asked(Gap gap) {
    return "Which completes the sentence? " + gap.text();
  }
}
