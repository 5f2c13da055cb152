package courses.content;

/** A course's title within a sentence. */
public final class Subject {
  private Subject() {}

  /** What the course is on: "how to mend a tyre" of "How to mend a tyre?". */
  public static String of(String title) {
    String plain = title.strip().replaceFirst("[.?!\u2026]+$", "");
    return asks(plain) || plain.matches("(?:The|An?) \\p{Ll}.*")
        ? Character.toLowerCase(plain.charAt(0)) + plain.substring(1)
        : plain;
  }

  /** Whether the title is a question, or the beginning of one. */
  static boolean asks(String title) {
    return title.matches("(?is)(?:how|why|what|when|where|who)\\b.*");
  }

  /** The line that lists show below the title until somebody describes the course. */
  public static String summary(String title) {
    return "A course on " + of(title);
  }
}
