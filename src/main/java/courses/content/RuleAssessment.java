package courses.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A test by rules: the wanted types in turn, lessons at even distances, as many true statements as
 * false ones, from easy to hard.
 */
final class RuleAssessment {
  private record Placed(int lesson, RawQuestion raw) {}

  /** With fewer questions a test asks for explanations too, which wait where nobody can grade. */
  private static final int FEWEST = 3;

  /** Who guesses that all statements are true, or false, should not get far. */
  private static final int MOST_UNEVEN = 2;

  private final RuleParts parts;
  private final AssessmentPlan plan;
  private final Set<String> facts = new HashSet<>();
  private final Set<String> answers = new HashSet<>();
  private int trues;
  private int falses;

  RuleAssessment(RuleParts parts, AssessmentPlan plan) {
    this.parts = parts;
    this.plan = plan;
  }

  Assessment write() {
    int lessons = parts.lessons().size();
    List<Integer> order = Deal.order(lessons, plan.questions());
    List<Placed> placed = new ArrayList<>();
    place(placed, order, false);
    if (placed.size() < FEWEST) {
      place(placed, order, true);
    }
    placed.sort(
        Comparator.comparing((Placed one) -> one.raw().difficulty())
            .thenComparingInt(Placed::lesson));
    List<AssessmentQuestion> questions = new ArrayList<>();
    for (Placed one : RuleParts.need(placed, "questions")) {
      questions.add(question(questions.size() + 1, one));
    }
    CourseSoFar course = parts.course();
    return new Assessment(
        plan.kind(),
        (plan.kind() == AssessmentKind.FINAL ? "Final assessment: " : "Quiz: ")
            + course.outline().title(),
        // not how many: the gate may drop some
        (lessons == 1 ? "Questions on its lesson, " : "Questions on all " + lessons + " lessons, ")
            + "passed at "
            + plan.passingScore()
            + " %.",
        plan.passingScore(),
        plan.minutes(),
        questions);
  }

  private void place(List<Placed> placed, List<Integer> order, boolean explaining) {
    int lessons = parts.lessons().size();
    int empty = 0;
    for (int turn = 0; placed.size() < plan.questions() && empty < lessons; turn++) {
      int lesson = order.get(turn % lessons);
      Optional<RawQuestion> next = next(lesson, placed.size(), explaining);
      next.ifPresent(raw -> placed.add(new Placed(lesson, raw)));
      empty = next.isPresent() ? 0 : empty + 1;
    }
  }

  /** The lesson's best of the type whose turn it is, or of the type after it. */
  private Optional<RawQuestion> next(int lesson, int turn, boolean explaining) {
    for (int i = 0; i < plan.types().size(); i++) {
      QuestionType type = plan.types().get((turn + i) % plan.types().size());
      List<RawQuestion> left =
          parts.questions().get(lesson).of(type).stream()
              .filter(raw -> explaining || !explains(raw))
              .filter(raw -> !facts.contains(raw.fact()) && !answers.contains(answer(raw)))
              .toList();
      Optional<RawQuestion> next =
          type == QuestionType.TRUE_FALSE
              ? left.stream()
                  .filter(raw -> raw.correct().equals(String.valueOf(trues < falses)))
                  .findFirst()
                  .or(
                      () ->
                          Math.abs(trues - falses) < MOST_UNEVEN
                              ? left.stream().findFirst()
                              : Optional.empty())
              : left.stream().findFirst();
      if (next.isPresent()) {
        RawQuestion raw = next.get();
        facts.add(raw.fact());
        answers.add(answer(raw));
        trues += raw.correct().equals("true") ? 1 : 0;
        falses += raw.correct().equals("false") ? 1 : 0;
        return next;
      }
    }
    return Optional.empty();
  }

  /** Whether only a model could grade the answer. */
  private static boolean explains(RawQuestion raw) {
    return raw.type() == QuestionType.SHORT_ANSWER && raw.difficulty() == Level.EXPERT;
  }

  /** One term is asked for once, whatever the form of the question; truths are none. */
  private static String answer(RawQuestion raw) {
    return raw.type() == QuestionType.TRUE_FALSE
        ? raw.fact()
        : Grading.normal(raw.correct()).replaceFirst("^(?:an?|the) ", "");
  }

  private AssessmentQuestion question(int number, Placed one) {
    RawQuestion raw = one.raw();
    LessonPlan lesson = parts.course().lessons().get(one.lesson()).plan();
    boolean explains = explains(raw);
    return new AssessmentQuestion(
        number,
        raw.type(),
        raw.text(),
        raw.asOptions(),
        raw.key(),
        raw.explanation(),
        Optional.of(raw.hint()).filter(hint -> !hint.isEmpty()),
        plan.kind() == AssessmentKind.FINAL && explains ? 2 : 1,
        plan.difficulty().orElse(raw.difficulty()),
        lesson.title(),
        lesson.chapterIndex(),
        lesson.lessonIndex(),
        parts.refs(one.lesson(), raw.segment()));
  }
}
