package transcripts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Texts that give one clock per turn: {@code [0:3:7] Teacher: words}, and the captions Zoom saves
 * on the host's computer, {@code [Name] 16:02:11} with the words below. Zoom's clock is the wall
 * clock, so times that begin an hour or more into the day are counted from the first turn; smaller
 * ones already count from the recording's start.
 */
final class ClockText {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int MAX_NAME = 80;
  private static final int MAX_CLOCK = 32;
  private static final long MILLIS_PER_WORD = 400;

  private final List<Cue> open = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int count;
  private int captionHeaders;

  private ClockText() {}

  /**
   * One line's clock, and what else the line says. {@code speaker} is null for the bracketed clock.
   */
  private record Stamp(String speaker, long millis, String rest) {}

  /** Null when fewer than a third of the lines, and not the first, carry a clock. */
  static Parsed parse(String text, int from) {
    Lines lines = new Lines(text, from);
    int total = 0;
    int stamped = 0;
    boolean first = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isEmpty()) {
        boolean stamp = stamp(line) != null;
        first |= total == 0 && stamp;
        total++;
        stamped += stamp ? 1 : 0;
      }
    }
    return stamped == 0 || (!first && stamped * 3L < total)
        ? null
        : new ClockText().read(new Lines(text, from));
  }

  private Parsed read(Lines lines) {
    String speaker = null;
    long at = Utterance.UNKNOWN_TIME;
    long previous = 0;
    long days = 0;
    StringBuilder words = new StringBuilder();
    for (String line = lines.next(); line != null; line = lines.next()) {
      Stamp stamp = line.isEmpty() ? null : stamp(line);
      if (stamp == null) {
        append(words, line);
        continue;
      }
      close(speaker, at, words);
      count++;
      captionHeaders += stamp.speaker() != null ? 1 : 0;
      long clock = stamp.millis();
      if (clock + 12 * HOUR < previous) {
        days += DAY; // the lesson went past midnight
      }
      previous = clock;
      at = clock + days;
      speaker = stamp.speaker();
      append(words, stamp.rest());
    }
    close(speaker, at, words);
    return result();
  }

  private static void append(StringBuilder words, String line) {
    if (!line.isEmpty()) {
      words.append(words.length() > 0 ? "\n" : "").append(line);
    }
  }

  private void close(String speaker, long at, StringBuilder words) {
    if (at != Utterance.UNKNOWN_TIME && words.length() > 0) {
      open.add(new Cue(speaker, at, at, words.toString()));
    }
    words.setLength(0);
  }

  private Parsed result() {
    boolean sorted = true;
    for (int i = 1; i < open.size(); i++) {
      sorted &= open.get(i).startMillis() >= open.get(i - 1).startMillis();
    }
    if (!sorted) {
      open.sort(Comparator.comparingLong(Cue::startMillis));
      warnings.add("The turns were not in order of time and have been sorted.");
    }
    long base = open.isEmpty() || open.get(0).startMillis() < HOUR ? 0 : open.get(0).startMillis();
    if (base > 0) {
      warnings.add(
          "The clock in this transcript is the time of day; times are counted from the first"
              + " turn.");
    }
    List<Cue> cues = new ArrayList<>(open.size());
    long last = Utterance.UNKNOWN_TIME;
    for (int i = 0; i < open.size(); i++) {
      Cue cue = open.get(i);
      long start = cue.startMillis() - base;
      long end = start + 500 + MILLIS_PER_WORD * spaces(cue.text());
      long next = i + 1 < open.size() ? open.get(i + 1).startMillis() - base : start;
      if (next > start) {
        end = Math.min(end, next);
      }
      cues.add(new Cue(cue.speaker(), start, end, cue.text()));
      last = Math.max(last, end);
    }
    return new Parsed(
        captionHeaders * 2 > count ? Format.ZOOM_CAPTIONS : Format.CLOCK_LINES,
        cues,
        count,
        last,
        warnings);
  }

  private static int spaces(String text) {
    int words = 1;
    for (int i = 0; i < text.length(); i++) {
      words += text.charAt(i) <= ' ' ? 1 : 0;
    }
    return words;
  }

  private static Stamp stamp(String line) {
    char c = line.charAt(0);
    if (c == '[' || c == '(') {
      int close = line.indexOf(c == '[' ? ']' : ')', 1);
      if (close < 0 || close > MAX_NAME) {
        return null;
      }
      long inside = clock(line, 1, close);
      if (inside != Clock.NONE) {
        return new Stamp(null, inside, afterDash(line.substring(close + 1)));
      }
      return c == '[' ? captionHeader(line, close) : null;
    }
    if (c < '0' || c > '9') {
      return null;
    }
    int space = line.indexOf(' ');
    int tab = line.indexOf('\t');
    int end =
        space < 0 ? (tab < 0 ? line.length() : tab) : (tab < 0 ? space : Math.min(space, tab));
    // A bare clock needs its hours, or "10:30 is fine" would be one.
    long millis =
        end <= MAX_CLOCK && line.indexOf(':') != line.lastIndexOf(':', end)
            ? clock(line, 0, end)
            : Clock.NONE;
    return millis == Clock.NONE ? null : new Stamp(null, millis, afterDash(line.substring(end)));
  }

  private static Stamp captionHeader(String line, int close) {
    int from = close + 1;
    while (from < line.length() && line.charAt(from) <= ' ') {
      from++;
    }
    int to = from;
    while (to < line.length() && line.charAt(to) > ' ') {
      to++;
    }
    String name = line.substring(1, close).strip();
    long millis = to - from <= MAX_CLOCK ? clock(line, from, to) : Clock.NONE;
    return millis == Clock.NONE || name.isEmpty()
        ? null
        : new Stamp(name, millis, line.substring(to).strip());
  }

  /** A clock, or the first clock of a range such as {@code 0:03:07 - 0:03:10}. */
  private static long clock(String line, int from, int to) {
    int end = from;
    while (end < to && line.charAt(end) > ' ' && line.charAt(end) != '-') {
      end++;
    }
    boolean range = end < to;
    if (range && line.substring(end, to).chars().anyMatch(Character::isLetter)) {
      return Clock.NONE;
    }
    return Clock.parse(line, from, end);
  }

  private static String afterDash(String rest) {
    String stripped = rest.strip();
    return stripped.startsWith("- ") ? stripped.substring(2).strip() : stripped;
  }
}
