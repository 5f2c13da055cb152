package courses.content;

/** The three articles of a course. */
public enum ArticleKind {
  DEEP_DIVE,
  KEY_TAKEAWAYS,
  FAQ
}
