package courses.content;

import java.util.List;

/** A test with one passing score (percentage) and one time limit. */
public record Assessment(
    AssessmentKind kind,
    String title,
    String description,
    int passingScore,
    int timeLimitMinutes,
    List<AssessmentQuestion> questions)
    implements Content {}
