package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * An exercise of a lesson.
 *
 * @param options of a multiple choice; for drag and drop the items {@code i1…} and the targets
 *     {@code t1…}
 * @param hints at most 3
 * @param points at least 1
 */
public record Exercise(
    String title,
    String description,
    QuestionType type,
    String question,
    List<Option> options,
    AnswerKey answerKey,
    String explanation,
    List<String> hints,
    int points,
    Optional<CodeTemplate> codeTemplate,
    List<Integer> sourceRefs)
    implements Content {}
