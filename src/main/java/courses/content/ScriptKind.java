package courses.content;

/** A short podcast of about 700 words, or a full lecture of about 3,000. */
public enum ScriptKind {
  SHORT_PODCAST,
  FULL_LECTURE
}
