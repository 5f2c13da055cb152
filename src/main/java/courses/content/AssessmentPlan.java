package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * What an assessment shall be.
 *
 * @param questions 1 to 50
 * @param types allowed ones, in turn
 * @param passingScore percentage, 0 to 100
 * @param timeLimitMinutes absent: half a minute to choose, one to fill a gap or match, two to
 *     write, at least 5 in all
 * @param difficulty absent: rising over the assessment
 */
public record AssessmentPlan(
    AssessmentKind kind,
    int questions,
    List<QuestionType> types,
    int passingScore,
    Optional<Integer> timeLimitMinutes,
    Optional<Level> difficulty)
    implements Content {
  /** The final assessment: 10 questions of four types, passed at 70 %. */
  public static final AssessmentPlan FINAL_DEFAULT =
      new AssessmentPlan(
          AssessmentKind.FINAL,
          10,
          List.of(
              QuestionType.MULTIPLE_CHOICE,
              QuestionType.TRUE_FALSE,
              QuestionType.FILL_BLANK,
              QuestionType.SHORT_ANSWER),
          70,
          Optional.empty(),
          Optional.empty());

  public AssessmentPlan {
    if (questions < 1
        || questions > 50
        || passingScore < 0
        || passingScore > 100
        || types.isEmpty()) {
      throw new IllegalArgumentException(
          "an assessment has 1 to 50 questions of at least one type and a passing score from 0 to"
              + " 100");
    }
  }

  /**
   * A quiz of multiple choice only, passed at 60 %: a module has 20 questions, a course 40, notes
   * what was asked for.
   */
  public static AssessmentPlan quiz(AssessmentKind kind, int questions) {
    return new AssessmentPlan(
        kind,
        questions,
        List.of(QuestionType.MULTIPLE_CHOICE),
        60,
        Optional.empty(),
        Optional.empty());
  }

  /** The time limit in minutes. */
  public int minutes() {
    return timeLimitMinutes.orElseGet(
        () -> {
          double each = types.stream().mapToDouble(AssessmentPlan::minutes).average().orElse(1);
          return Math.max(5, (int) Math.ceil(each * questions));
        });
  }

  private static double minutes(QuestionType type) {
    return switch (type) {
      case MULTIPLE_CHOICE, TRUE_FALSE -> 0.5;
      case FILL_BLANK, DRAG_DROP -> 1;
      case SHORT_ANSWER, FREE_TEXT, CODE -> 2;
    };
  }
}
