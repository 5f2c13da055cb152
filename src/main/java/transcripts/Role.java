package transcripts;

/** Who speaks in a lesson. */
public enum Role {
  TEACHER,
  STUDENT,
  /** A third voice, or a transcript that does not tell. */
  UNKNOWN;

  /** The lower-case word stored in the database and sent to clients. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
