package work;

/**
 * Makes text out of failures that is fit for column {@code last_error}: one short line for people,
 * never a stack trace.
 */
final class Reason {
  static final int MAX_LENGTH = 1000;

  private Reason() {}

  static String of(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return name.isEmpty() ? failure.getClass().getName() : name;
    }
    // The JDK's messages often are only the object of the sentence ("/some/file", "null"): the type
    // says the rest.
    boolean jdk = failure.getClass().getName().startsWith("java");
    return bounded(jdk ? name + ": " + message : message);
  }

  /**
   * {@code text} without control characters (NUL is refused by Postgres), stack frames and excess
   * length.
   */
  static String bounded(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    for (String line : (Iterable<String>) text.lines().limit(200)::iterator) {
      String trimmed = line.strip();
      boolean frame =
          trimmed.startsWith("at ") && line.length() > trimmed.length() && trimmed.endsWith(")");
      if (trimmed.isEmpty() || frame) {
        continue;
      }
      if (clean.length() > 0) {
        clean.append(' ');
      }
      trimmed
          .codePoints()
          .map(c -> Character.isISOControl(c) ? ' ' : c)
          .limit(MAX_LENGTH + 1)
          .forEach(clean::appendCodePoint);
      if (clean.length() > MAX_LENGTH) {
        break;
      }
    }
    if (clean.length() > MAX_LENGTH) {
      int cut = MAX_LENGTH - 1;
      clean.setLength(Character.isHighSurrogate(clean.charAt(cut - 1)) ? cut - 1 : cut);
      clean.append('…');
    }
    return clean.toString();
  }
}
