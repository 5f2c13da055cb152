package transcripts;

import static transcripts.UnusableTranscriptException.Code.NOT_A_TRANSCRIPT;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * WebVTT and SubRip. Both are blocks of an optional identifier, a time line and text; what differs
 * is the header and the comma. Read as people's programs write them rather than as the standards
 * ask: missing blank lines, blank lines inside a cue, empty cues, and single broken times are all
 * survived.
 */
final class CueFile {
  private final String text;
  private final List<Cue> cues = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private StringBuilder words;
  private long start;
  private long end;
  private long reached;
  private long previousNumber = -1;
  private int timeLines;
  private int badTimes;
  private int reversed;
  private boolean comma;

  private CueFile(String text) {
    this.text = text;
  }

  /** Null when there is no time line at all: then it is some other kind of text. */
  static Parsed parse(String text, int from) {
    return new CueFile(text).parse(from);
  }

  private Parsed parse(int from) {
    Lines lines = new Lines(text, from);
    boolean vtt = startsWithHeader(text, from);
    // The header, a NOTE, a STYLE and a REGION all last until a blank line or the next time line.
    boolean skipping = vtt;
    boolean afterBlank = true;
    String held = null;
    boolean heldOpensBlock = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isEmpty()) {
        keep(held);
        held = null;
        afterBlank = true;
        skipping = false;
      } else if (Clock.looksLikeTimeLine(line)) {
        if (held != null && !isIdentifier(held, heldOpensBlock)) {
          keep(held);
        }
        held = null;
        skipping = false;
        afterBlank = false;
        open(line);
      } else if (!skipping) {
        if (afterBlank && vtt && opensComment(line)) {
          skipping = true;
          continue;
        }
        keep(held);
        held = line;
        heldOpensBlock = afterBlank;
        afterBlank = false;
      }
    }
    keep(held);
    close();
    return timeLines == 0 ? null : result(vtt);
  }

  /** Whether the text begins with the WebVTT signature. */
  static boolean startsWithHeader(String text, int from) {
    return text.regionMatches(true, from, "WEBVTT", 0, 6);
  }

  private static boolean opensComment(String line) {
    return line.equals("NOTE")
        || line.startsWith("NOTE ")
        || line.startsWith("NOTE\t")
        || line.equals("STYLE")
        || line.equals("REGION");
  }

  /**
   * Only a line directly before a time line can be a cue number. Where no blank line stands before
   * it, it must also continue the count, or a number that somebody said would be lost.
   */
  private boolean isIdentifier(String line, boolean opensBlock) {
    long number = number(line);
    boolean identifier =
        opensBlock || timeLines == 0 || (number >= 0 && number == previousNumber + 1);
    if (identifier && number >= 0) {
      previousNumber = number;
    }
    return identifier;
  }

  private static long number(String line) {
    if (line.length() > 9) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private void open(String timeLine) {
    close();
    timeLines++;
    words = new StringBuilder();
    long[] times = Clock.timeLine(timeLine);
    if (times == null) {
      badTimes++;
      start = reached;
      end = reached;
      return;
    }
    int separator = timeLine.indexOf(',');
    comma |= separator >= 0 && separator < timeLine.indexOf("-->");
    start = times[0];
    end = Math.max(times[0], times[1]);
    reversed += times[1] < times[0] ? 1 : 0;
    reached = Math.max(reached, end);
  }

  private void keep(String line) {
    if (line == null || words == null) {
      return; // before the first cue stands only what describes the file
    }
    if (words.length() > 0) {
      words.append('\n');
    }
    words.append(line);
  }

  private void close() {
    if (words != null && words.length() > 0) {
      cues.add(new Cue(null, start, end, words.toString()));
    }
    words = null;
  }

  private Parsed result(boolean vtt) {
    if (badTimes * 2 > timeLines || reversed * 2 > timeLines) {
      throw new UnusableTranscriptException(
          NOT_A_TRANSCRIPT,
          "Most of the times in this transcript cannot be right ("
              + Math.max(badTimes, reversed)
              + " of "
              + timeLines
              + " cues). Export the transcript from the meeting again and upload that file"
              + " unchanged.");
    }
    if (badTimes > 0) {
      warnings.add(
          badTimes
              + " of "
              + timeLines
              + " cues have a time that cannot be read; they keep their place in the file.");
    }
    if (reversed > 0) {
      warnings.add(
          reversed + " of " + timeLines + " cues end before they begin; their beginning counts.");
    }
    for (int i = 1; i < cues.size(); i++) {
      if (cues.get(i).startMillis() < cues.get(i - 1).startMillis()) {
        cues.sort(
            Comparator.comparingLong(
                Cue::startMillis)); // stable: equal times keep the file's order
        warnings.add("The cues were not in order of time and have been sorted.");
        break;
      }
    }
    return new Parsed(
        !vtt && comma ? Format.SRT : Format.WEBVTT, cues, timeLines, reached, warnings);
  }
}
