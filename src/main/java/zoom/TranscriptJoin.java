package zoom;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the transcripts of a recording's segments: times of later ones are moved by their start.
 */
final class TranscriptJoin {
  private static final String CLOCK = "((?:\\d+:)?\\d{1,2}:\\d{2}[.,]\\d{1,3})";
  private static final Pattern TIME_LINE =
      Pattern.compile("(?m)^[ \\t]*" + CLOCK + "[ \\t]*-->[ \\t]*" + CLOCK);
  private static final Pattern HEADER = Pattern.compile("\\AWEBVTT[^\\n]*\\n?");

  private TranscriptJoin() {}

  /**
   * @param text a VTT file
   * @param offset from the recording's beginning
   */
  record Part(String text, Duration offset) {}

  /** One VTT file of several; a single one stays as it is. */
  static String join(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.get(0).text();
    }
    StringBuilder joined = new StringBuilder("WEBVTT\n");
    for (Part part : parts) {
      String text = part.text().replace("\r\n", "\n").replace('\r', '\n').strip();
      String body = HEADER.matcher(text).replaceFirst("").strip();
      if (!body.isEmpty()) {
        joined.append('\n').append(moved(body, part.offset().toMillis())).append('\n');
      }
    }
    return joined.toString();
  }

  private static String moved(String text, long millis) {
    return TIME_LINE
        .matcher(text)
        .replaceAll(
            line ->
                Matcher.quoteReplacement(
                    clock(line.group(1), millis) + " --> " + clock(line.group(2), millis)));
  }

  private static String clock(String text, long offset) {
    String[] parts = text.split("[:.,]");
    int last = parts.length - 1;
    String fraction = (parts[last] + "00").substring(0, 3);
    long hours = parts.length == 4 ? Long.parseLong(parts[0]) : 0;
    long minutes = Long.parseLong(parts[last - 2]);
    long seconds = Long.parseLong(parts[last - 1]);
    long millis =
        ((hours * 60 + minutes) * 60 + seconds) * 1_000 + Long.parseLong(fraction) + offset;
    return String.format(
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, millis % 1_000);
  }
}
