package courses.content;

import courses.content.SourceText.Announcement;
import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of segments: tells headings, points and tables from sentences, joins what lines
 * and pages divide, and leaves out what is no material. For one text only.
 */
final class UnitReader {
  private static final Pattern MARKED = Pattern.compile("(#{1,6})\\s+(.{2,100})");
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?:(?:chapter|part|section|unit|lesson)\\s+)?(\\d{1,2}(?:\\.\\d{1,2}){0,3})[.:)]?\\s+(\\p{Lu}.{2,80})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern POINT = Pattern.compile("(?:[-*•–]|(\\d{1,2})[.)])\\s+(.{3,400})");
  private final List<Unit> units = new ArrayList<>();
  private final List<String> announcements = new ArrayList<>();
  private final List<Announcement> announced = new ArrayList<>();
  private final EnglishText english;
  private int paragraph;
  private String speaker = "";

  UnitReader(EnglishText english) {
    this.english = english;
  }

  /** Reads segments in their order. */
  SourceText read(List<Segment> segments) {
    Turns turns = Turns.of(segments);
    StringBuilder open = new StringBuilder();
    List<int[]> starts = new ArrayList<>();
    for (Segment segment : segments) {
      boolean spoken = segment.startMs().isPresent();
      String[] lines = segment.text().split("\\R");
      segment.speaker().filter(name -> turns.spoken()).ifPresent(name -> turn(name, open, starts));
      for (int i = 0; i < lines.length; i++) {
        Optional<Turns.Turn> turn = turns.at(lines[i]);
        turn.ifPresent(said -> turn(said.speaker(), open, starts));
        String line = turn.map(Turns.Turn::said).orElse(lines[i]).strip();
        boolean last = i == lines.length - 1;
        if (line.isEmpty()) {
          close(open, starts);
        } else if (line.startsWith("|")) {
          close(open, starts);
          int from = i;
          while (i + 1 < lines.length && lines[i + 1].strip().startsWith("|")) {
            i++;
          }
          table(segment.ordinal(), Arrays.asList(lines).subList(from, i + 1));
        } else if (!spoken
            && turn.isEmpty()
            && heading(line, lines, i, open, starts, segment.ordinal())) {
          continue;
        } else {
          starts.add(new int[] {open.length(), segment.ordinal()});
          open.append(line).append(' ');
          if (!spoken && last && line.matches(".*[.!?:][\"”’)]*$")) {
            close(open, starts);
          }
        }
      }
    }
    close(open, starts);
    return new SourceText(units, announcements, announced);
  }

  private void turn(String name, StringBuilder open, List<int[]> starts) {
    if (!name.equals(speaker)) {
      close(open, starts);
      speaker = name;
    }
  }

  private boolean heading(
      String line, String[] lines, int at, StringBuilder open, List<int[]> starts, int segment) {
    Matcher marked = MARKED.matcher(line);
    Matcher numbered = NUMBERED.matcher(line);
    Matcher point = POINT.matcher(line);
    boolean ended = line.matches(".*[.,;:!?]$");
    boolean alone =
        (at == 0 || lines[at - 1].isBlank() || open.isEmpty())
            && at + 1 < lines.length
            && (lines[at + 1].isBlank() || lines[at + 1].strip().length() > 60);
    if (marked.matches()) {
      close(open, starts);
      add(
          segment,
          Kind.HEADING,
          marked.group(1).length(),
          SourceText.unnumbered(marked.group(2).strip()));
      return true;
    }
    boolean listed =
        point.matches()
            && point.group(1) != null
            && (point(lines, at, -1).equals(point.group(1))
                || point(lines, at, 1).equals(point.group(1)));
    if (numbered.matches()
        && !ended
        && !listed
        && line.split("\\s+").length <= 12
        && open.isEmpty()) {
      close(open, starts);
      int depth = numbered.group(1).split("\\.").length;
      add(segment, Kind.HEADING, depth, numbered.group(2).strip());
      return true;
    }
    if (point.matches()) {
      close(open, starts);
      int number = point.group(1) == null ? 0 : Integer.parseInt(point.group(1));
      add(segment, Kind.ITEM, number, point.group(2).strip());
      return true;
    }
    if (alone
        && !ended
        && Character.isUpperCase(line.codePointAt(0))
        && line.length() <= 70
        && line.split("\\s+").length <= 9) {
      close(open, starts);
      add(segment, Kind.HEADING, 2, line);
      return true;
    }
    return false;
  }

  /** The number that a point here has if the next one, or the one before, counts on from it. */
  private static String point(String[] lines, int at, int step) {
    int other = at + step;
    while (other >= 0 && other < lines.length && lines[other].isBlank()) {
      other += step;
    }
    if (other < 0 || other >= lines.length) {
      return "";
    }
    Matcher matcher = POINT.matcher(lines[other].strip());
    return matcher.matches() && matcher.group(1) != null
        ? String.valueOf(Integer.parseInt(matcher.group(1)) - step)
        : "";
  }

  /** Rows with the same cells as the first; a table that says anything odd is left out. */
  private void table(int segment, List<String> rows) {
    String markdown = String.join("\n", rows.stream().map(String::strip).toList());
    if (rows.size() > 2
        && !Housekeeping.isNoMaterial(markdown)
        && !Orders.given(markdown)
        && !Orders.odd(markdown)) {
      units.add(
          new Unit(units.size(), segment, paragraph++, Kind.TABLE, 0, markdown, List.of(), ""));
    }
  }

  private void close(StringBuilder open, List<int[]> starts) {
    String joined = open.toString().replaceAll("(\\p{Ll})- (\\p{Ll})", "$1$2");
    if (joined.length() != open.length()) {
      // A word divided at a line's end: offsets move a little, which segments' borders can bear.
      open.setLength(0);
      open.append(joined);
    }
    String all = byline(open.toString()) ? "" : open.toString();
    int from = 0;
    for (String sentence : english.sentences(all)) {
      int found = all.indexOf(sentence, from);
      from = found < 0 ? from : found + sentence.length();
      add(segmentAt(starts, Math.max(0, found < 0 ? from : found)), Kind.SENTENCE, 0, sentence);
    }
    if (!all.isBlank()) {
      paragraph++;
    }
    open.setLength(0);
    starts.clear();
  }

  /** "A Beginner's Guide", "By A. Writer": a line that stands alone and says nothing. */
  private boolean byline(String paragraph) {
    String line = paragraph.strip();
    return speaker.isEmpty()
        && line.length() <= 60
        && line.split("\\s+").length <= 8
        && !line.matches(".*[.!?:;,\u2026][\"\u201d\u2019)]*$")
        && english.words(line).stream().noneMatch(word -> word.tag().matches("VERB|AUX"));
  }

  private static int segmentAt(List<int[]> starts, int offset) {
    int segment = starts.isEmpty() ? 0 : starts.get(0)[1];
    for (int[] start : starts) {
      if (start[0] <= offset) {
        segment = start[1];
      }
    }
    return segment;
  }

  private static boolean suspect(String text) {
    return Orders.given(text) || Orders.odd(text) || Orders.code(text);
  }

  private void add(int segment, Kind kind, int level, String raw) {
    String text =
        raw.replaceAll("\\s+", " ").replaceAll("[*_`]{1,3}(?=\\S)|(?<=\\S)[*_`]{1,3}", "");
    if (kind == Kind.SENTENCE && Housekeeping.announces(text) && !suspect(text)) {
      announcements.add(text);
      return;
    }
    if (kind == Kind.SENTENCE && Housekeeping.turnsTo(text) && !suspect(text)) {
      announced.add(new Announcement(units.size(), text));
    }
    if (Housekeeping.isNoMaterial(text) || suspect(text)) {
      return;
    }
    if (kind == Kind.SENTENCE) {
      text = Housekeeping.unfilled(text);
    }
    text = text.strip();
    if (Housekeeping.isNoMaterial(text)
        || suspect(text)
        || text.codePoints().filter(Character::isLetter).count() < 2) {
      return;
    }
    if (kind == Kind.SENTENCE) {
      text = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
    units.add(
        new Unit(
            units.size(), segment, paragraph, kind, level, text, english.words(text), speaker));
    if (kind == Kind.HEADING) {
      paragraph++;
    }
  }
}
