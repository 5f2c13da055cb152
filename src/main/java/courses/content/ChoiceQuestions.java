package courses.content;

import courses.content.GapFinder.Gap;
import java.util.ArrayList;
import java.util.List;

/** Multiple choice on one lesson: terms, what things do, reasons, figures, gaps. */
final class ChoiceQuestions {
  private static final int LONGEST_MEANING = 170;

  private final RuleLesson lesson;
  private final int place;
  private final Distractors distractors;
  private final List<Reason> reasons;

  /**
   * @param place of the lesson among those that the distractors know
   * @param reasons of the whole course
   */
  ChoiceQuestions(RuleLesson lesson, int place, Distractors distractors, List<Reason> reasons) {
    this.lesson = lesson;
    this.place = place;
    this.distractors = distractors;
    this.reasons = reasons;
  }

  /** One of each sort in turn, gaps for words last. */
  List<RawQuestion> all() {
    List<List<RawQuestion>> sorts = List.of(terms(), roles(), figures(), reasons());
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

  private List<RawQuestion> terms() {
    List<RawQuestion> list = new ArrayList<>();
    for (Definition d : lesson.knowledge().definitions()) {
      List<String> wrong =
          d.meaning().length() > LONGEST_MEANING
              ? List.of()
              : distractors.of(d.lemma(), d.term(), d.plural(), place, d.unit(), d.meaning());
      if (wrong.size() == 3) {
        String text = "Which term fits this description: “" + d.meaning() + "”?";
        list.add(RawQuestion.choice(text, d.term(), wrong, Level.BEGINNER, d.unit()));
      }
    }
    return list;
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

  private List<RawQuestion> reasons() {
    List<RawQuestion> list = new ArrayList<>();
    for (Reason reason : lesson.knowledge().reasons()) {
      List<String> wrong =
          reasons.stream()
              .filter(other -> !other.fact().equals(reason.fact()))
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
          gap.number() ? Numbers.others(gap.answer(), gap.unit().text()) : List.of();
      if (wrong.size() == 3) {
        list.add(RawQuestion.choice(asked(gap), gap.answer(), wrong, Level.ADVANCED, gap.unit()));
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
