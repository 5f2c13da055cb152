package courses.content;

/** What an assessment is made for. */
public enum AssessmentKind {
  FINAL,
  COURSE_QUIZ,
  MODULE_QUIZ,
  NOTES
}
