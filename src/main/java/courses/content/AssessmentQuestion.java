package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * A question of an assessment.
 *
 * @param number from 1
 * @param points 1 to 5
 * @param topic the lesson's title
 */
public record AssessmentQuestion(
    int number,
    QuestionType type,
    String text,
    List<Option> options,
    AnswerKey answerKey,
    String explanation,
    Optional<String> hint,
    int points,
    Level difficulty,
    String topic,
    int chapterIndex,
    int lessonIndex,
    List<Integer> sourceRefs)
    implements Content {}
