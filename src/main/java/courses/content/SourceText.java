package courses.content;

import courses.sources.Segment;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A source as headings, sentences, points and tables, cleaned of speech's fillers and of what is
 * not material.
 */
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
   * @param speaker who says it where several speak; empty otherwise
   */
  record Unit(
      int index,
      int segment,
      int paragraph,
      Kind kind,
      int level,
      String text,
      List<Word> words,
      String speaker) {
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

  /**
   * What a talk says that comes next, which is no material.
   *
   * @param before the index of the unit that follows
   */
  record Announcement(int before, String text) {}

  private final List<Unit> units;
  private final List<String> announcements;
  private final List<Announcement> announced;

  SourceText(List<Unit> units, List<String> announcements, List<Announcement> announced) {
    this.units = List.copyOf(units);
    this.announcements = List.copyOf(announcements);
    this.announced = List.copyOf(announced);
  }

  /** Reads segments in their order. */
  static SourceText read(List<Segment> segments, EnglishText english) {
    return new UnitReader(english).read(segments);
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

  /** What its talk says that it will be about, which is no material. */
  List<String> announcements() {
    return announcements;
  }

  /** What is said to come next, with its place. */
  List<Announcement> announced() {
    return announced;
  }

  /** A heading without its number: "The Colony" of "1.2 The Colony". */
  static String unnumbered(String heading) {
    return heading.replaceFirst(
        "^(?:(?i:chapter|part|section|unit)\\s+)?\\d+(?:\\.\\d+)*[.:)]?\\s+", "");
  }
}
