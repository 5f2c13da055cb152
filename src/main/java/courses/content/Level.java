package courses.content;

/** How much a learner must know already. */
public enum Level {
  BEGINNER,
  INTERMEDIATE,
  ADVANCED,
  EXPERT
}
