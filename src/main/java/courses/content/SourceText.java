package courses.content;

import courses.sources.Segment;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Segments as headings and sentences, cleaned of speech's fillers and of what is not material. */
final class SourceText {
  /** What a piece of the text is. */
  enum Kind {
    HEADING,
    SENTENCE,
    ITEM,
    /** A whole table as Markdown; it has no words of its own. */
    TABLE
  }

  /**
   * A heading, a sentence, a point of a list or a table.
   *
   * @param segment the ordinal of the segment it begins in
   * @param paragraph counts paragraphs through the whole text
   * @param level of a heading, from 1; the number of a numbered point; 0 otherwise
   */
  record Unit(
      int index, int segment, int paragraph, Kind kind, int level, String text, List<Word> words) {
    /** Words, without marks. */
    int length() {
      return (int) words.stream().filter(word -> !word.tag().equals("PUNCT")).count();
    }

    /** The lemmas that carry its meaning. */
    Set<String> terms() {
      Set<String> terms = new HashSet<>();
      for (Word word : words) {
        if (word.isContent()
            && word.lemma().length() > 2
            && !Terms.GENERIC.contains(word.lemma())) {
          terms.add(word.lemma());
        }
      }
      return terms;
    }
  }

  private static final Pattern MARKED = Pattern.compile("(#{1,6})\\s+(.{2,100})");
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?:(?:chapter|part|section|unit|lesson)\\s+)?(\\d{1,2}(?:\\.\\d{1,2}){0,3})[.:)]?\\s+(\\p{Lu}.{2,80})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern POINT = Pattern.compile("(?:[-*•–]|(\\d{1,2})[.)])\\s+(.{3,400})");
  private static final Pattern OPENING =
      Pattern.compile(
          "(?i)^(?:(?:so|now|okay|ok|well|right|alright|all right|and|but|anyway|um+|uh+|you know|i"
              + " mean|again|of course|basically|actually|in fact|you see|quick word)\\b[,\\s]+)+");
  private static final Pattern FILLER =
      Pattern.compile(
          "(?i)[,\\s]+(?:um+|uh+|erm?|you know|i mean|sort of|kind of like|by the"
              + " way)\\b(?:,|(?=[\\s.]))");

  /** Housekeeping and advertising. */
  private static final Pattern NOT_MATERIAL =
      Pattern.compile(
          "(?i)^(?:welcome|hey|hello|hi)\\b[^.]{0,40}[.,!]|\\bdon['’]t forget to\\b|^(?:so,?"
              + " )?(?:today|tonight|in this"
              + " (?:video|talk|lecture|podcast))\\b.{0,16}\\b(?:talk|speak|look|show|want|learn|see)|^(?:so,?"
              + " |okay,? |now,? )?let['’]s"
              + " (?:start|begin|look|sum|get|move|go|talk|see|jump|dive)\\b|https?:|www\\.|\\bsubscrib\\w+\\b|\\b(?:like|hit|smash)"
              + " (?:this|the) (?:video|like)|\\bclick (?:on|below|the|here)\\b|\\blinks?"
              + " (?:below|in the (?:description|comments))"
              + "|\\bpatreon\\b|\\bsponsor|<\\s*/?\\s*[a-z!]|\\[music]|\\[applause]|\\bcopyright\\b|\\ball"
              + " rights reserved|\\bsee you (?:next|in the next)|\\bthanks for"
              + " (?:watching|listening)|\\bwelcome (?:back )?to (?:the|my|this|our)"
              + " (?:channel|video|show)");

  private final List<Unit> units = new ArrayList<>();
  private final EnglishText english;
  private int paragraph;

  private SourceText(EnglishText english) {
    this.english = english;
  }

  /** Reads segments in their order. */
  static SourceText read(List<Segment> segments, EnglishText english) {
    SourceText text = new SourceText(english);
    StringBuilder open = new StringBuilder();
    List<int[]> starts = new ArrayList<>();
    for (Segment segment : segments) {
      boolean spoken = segment.startMs().isPresent();
      String[] lines = segment.text().split("\\R");
      for (int i = 0; i < lines.length; i++) {
        String line = lines[i].strip();
        boolean last = i == lines.length - 1;
        if (line.isEmpty()) {
          text.close(open, starts);
        } else if (line.startsWith("|")) {
          text.close(open, starts);
          int from = i;
          while (i + 1 < lines.length && lines[i + 1].strip().startsWith("|")) {
            i++;
          }
          text.table(segment.ordinal(), Arrays.asList(lines).subList(from, i + 1));
        } else if (!spoken && text.heading(line, lines, i, open, starts, segment.ordinal())) {
          continue;
        } else {
          starts.add(new int[] {open.length(), segment.ordinal()});
          open.append(line).append(' ');
          if (!spoken && last && line.matches(".*[.!?:][\"”’)]*$")) {
            text.close(open, starts);
          }
        }
      }
    }
    text.close(open, starts);
    return text;
  }

  List<Unit> units() {
    return units;
  }

  /** Sentences and points. */
  List<Unit> body() {
    return units.stream()
        .filter(unit -> unit.kind() != Kind.HEADING && unit.kind() != Kind.TABLE)
        .toList();
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
      add(segment, Kind.HEADING, marked.group(1).length(), marked.group(2).strip());
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
        && !NOT_MATERIAL.matcher(markdown).find()
        && !Orders.given(markdown)
        && !Orders.odd(markdown)) {
      units.add(new Unit(units.size(), segment, paragraph++, Kind.TABLE, 0, markdown, List.of()));
    }
  }

  private void close(StringBuilder open, List<int[]> starts) {
    String joined = open.toString().replaceAll("(\\p{Ll})- (\\p{Ll})", "$1$2");
    if (joined.length() != open.length()) {
      // A word divided at a line's end: offsets move a little, which segments' borders can bear.
      open.setLength(0);
      open.append(joined);
    }
    String all = open.toString();
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
    if (NOT_MATERIAL.matcher(text).find() || suspect(text)) {
      return;
    }
    if (kind == Kind.SENTENCE) {
      text = FILLER.matcher(OPENING.matcher(text).replaceFirst("")).replaceAll("");
    }
    text = text.strip();
    if (NOT_MATERIAL.matcher(text).find()
        || suspect(text)
        || text.codePoints().filter(Character::isLetter).count() < 2) {
      return;
    }
    if (kind == Kind.SENTENCE) {
      text = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
    units.add(new Unit(units.size(), segment, paragraph, kind, level, text, english.words(text)));
    if (kind == Kind.HEADING) {
      paragraph++;
    }
  }
}
