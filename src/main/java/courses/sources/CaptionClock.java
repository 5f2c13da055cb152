package courses.sources;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clock times of captions: {@code [hh:]mm:ss[.mmm]}, with a comma too, or seconds alone. */
final class CaptionClock {
  private static final Pattern TIME =
      Pattern.compile("(?:(?:(\\d{1,3}):)?(\\d{1,3}):)?(\\d{1,6})(?:[.,](\\d{1,9}))?");

  private CaptionClock() {}

  /** Milliseconds, or -1 when it is no time. */
  static long millis(String text) {
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches()) {
      return -1;
    }
    long whole = (number(time.group(1)) * 60 + number(time.group(2))) * 60 + number(time.group(3));
    String fraction = time.group(4) == null ? "0" : time.group(4);
    return whole * 1_000 + Math.round(Double.parseDouble("0." + fraction) * 1_000);
  }

  /** {@code hh:mm:ss}, cut to whole seconds as the transcript service's contract has it. */
  static String clock(long millis) {
    long seconds = millis / 1_000;
    return String.format(
        java.util.Locale.ROOT, "%02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
