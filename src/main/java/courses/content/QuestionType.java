package courses.content;

/** How a question is answered; assessments use the first four. */
public enum QuestionType {
  MULTIPLE_CHOICE,
  TRUE_FALSE,
  FILL_BLANK,
  SHORT_ANSWER,
  FREE_TEXT,
  CODE,
  DRAG_DROP
}
