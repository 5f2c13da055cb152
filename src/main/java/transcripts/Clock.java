package transcripts;

/**
 * Reads times such as {@code 00:01:02.345}, {@code 01:02,3} and {@code 0:3:7} without regular
 * expressions.
 */
final class Clock {
  /** A result that says "no time here". */
  static final long NONE = -1;

  private static final long MAX_HOURS = 9_999;
  private static final int MAX_TIME_LINE = 300;

  private Clock() {}

  /**
   * The milliseconds of {@code text[from, to)}: two or three groups of digits, an optional fraction
   * of a second after a dot or comma. {@link #NONE} when it is anything else or when minutes or
   * seconds are 60 or more.
   */
  static long parse(String text, int from, int to) {
    long[] groups = new long[3];
    int count = 0;
    int digits = 0;
    long millis = 0;
    int at = from;
    for (; at < to; at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        if (++digits > 4) {
          return NONE;
        }
        groups[count] = groups[count] * 10 + (c - '0');
      } else if (c == ':') {
        if (digits == 0 || ++count > 2) {
          return NONE;
        }
        digits = 0;
      } else if (c == '.' || c == ',') {
        millis = fraction(text, at + 1, to);
        break;
      } else {
        return NONE;
      }
    }
    if (digits == 0 || count == 0 || millis < 0) {
      return NONE;
    }
    long hours = count == 2 ? groups[0] : 0;
    long minutes = groups[count - 1];
    long seconds = groups[count];
    if (minutes > 59 || seconds > 59 || hours > MAX_HOURS) {
      return NONE;
    }
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
  }

  private static long fraction(String text, int from, int to) {
    if (from >= to || to - from > 9) {
      return NONE;
    }
    long value = 0;
    for (int i = 0; i < Math.max(3, to - from); i++) {
      int digit = from + i < to ? text.charAt(from + i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      if (i < 3) {
        value = value * 10 + digit;
      }
    }
    return value;
  }

  /**
   * Whether a line claims to be a cue's time line, well formed or not: it starts like a time and
   * has an arrow.
   */
  static boolean looksLikeTimeLine(String line) {
    if (line.length() > MAX_TIME_LINE || line.isEmpty()) {
      return false;
    }
    int arrow = line.indexOf("-->");
    if (arrow < 0) {
      return false;
    }
    int colon = line.indexOf(':');
    return arrow == 0
        || Character.isDigit(line.charAt(0))
        || (colon >= 0 && colon < arrow && arrow < 20);
  }

  /** Start and end of a time line, cue settings ignored; null when either is no time. */
  static long[] timeLine(String line) {
    int arrow = line.indexOf("-->");
    int startEnd = arrow;
    while (startEnd > 0 && line.charAt(startEnd - 1) <= ' ') {
      startEnd--;
    }
    int endFrom = arrow + 3;
    while (endFrom < line.length() && line.charAt(endFrom) <= ' ') {
      endFrom++;
    }
    int endTo = endFrom;
    while (endTo < line.length() && line.charAt(endTo) > ' ') {
      endTo++;
    }
    long start = parse(line, 0, startEnd);
    long end = parse(line, endFrom, endTo);
    return start == NONE || end == NONE ? null : new long[] {start, end};
  }
}
