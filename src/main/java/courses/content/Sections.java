package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Parts of a text of a lesson's size: by its headings where it has some, by its subject otherwise.
 * Where headings have two levels, the upper ones make chapters, and no part reaches over them.
 */
final class Sections {
  /** Fewer words than this are no lesson of their own. */
  static final int LEAST_LESSON = 110;

  private static final int ENOUGH = 2 * LEAST_LESSON;
  private static final int MOST_LESSON = 900;
  private static final int MOST_UNTITLED = 450;
  private static final int MOST_CHAPTERS = 16;
  private static final int LONGEST_TITLE = 60;
  private static final int LONGEST_LIST = 75;
  private static final int LEAST_CHAPTER = 60;

  /**
   * A part.
   *
   * @param chapter title of the chapter it is in; absent where headings don't tell
   * @param level of its heading; 9 when it has none
   * @param headings of the parts it was joined from
   */
  record Section(
      Optional<String> chapter,
      Optional<String> title,
      int level,
      List<Unit> units,
      List<String> headings) {
    Section(Optional<String> chapter, Optional<String> title, int level, List<Unit> units) {
      this(chapter, title, level, units, title.stream().toList());
    }

    int words() {
      return Tiling.words(units);
    }

    int firstSegment() {
      return units.get(0).segment();
    }
  }

  private Sections() {}

  /** The parts in order, each beginning with a segment of its own. */
  static List<Section> of(List<Unit> units) {
    List<Section> sized = new ArrayList<>();
    for (Section section : headed(units)) {
      split(section, sized);
    }
    return named(onSegments(merged(sized)));
  }

  /** The level whose headings are chapters: the first with several, if there are some below it. */
  private static OptionalInt chapterLevel(List<Unit> units) {
    for (int level = 1; level <= 6; level++) {
      int of = level;
      long here = headings(units, of, of);
      if (here >= 2) {
        boolean chapters = here <= MOST_CHAPTERS && headings(units, of + 1, 9) >= here;
        return chapters ? OptionalInt.of(of) : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  private static long headings(List<Unit> units, int from, int to) {
    return units.stream()
        .filter(u -> u.kind() == Kind.HEADING && u.level() >= from && u.level() <= to)
        .count();
  }

  private static List<Section> headed(List<Unit> units) {
    OptionalInt chapters = chapterLevel(units);
    List<Section> sections = new ArrayList<>();
    Optional<String> chapter = Optional.empty();
    Optional<String> title = Optional.empty();
    int level = 9;
    List<Unit> open = new ArrayList<>();
    for (Unit unit : units) {
      if (unit.kind() != Kind.HEADING) {
        open.add(unit);
        continue;
      }
      boolean opens = chapters.isPresent() && unit.level() <= chapters.getAsInt();
      // what a chapter says before its first heading belongs to the part under that
      boolean introduces =
          !opens
              && chapters.isPresent()
              && level <= chapters.getAsInt()
              && Tiling.words(open) < LEAST_LESSON;
      if (!open.isEmpty() && !introduces) {
        sections.add(new Section(chapter, title, level, open));
        open = new ArrayList<>();
      }
      chapter = opens ? Optional.of(SourceText.unnumbered(unit.text())) : chapter;
      title = Optional.of(SourceText.unnumbered(unit.text()));
      level = unit.level();
    }
    if (!open.isEmpty()) {
      sections.add(new Section(chapter, title, level, open));
    }
    return sections;
  }

  private static void split(Section section, List<Section> into) {
    int words = section.words();
    boolean titled = section.title().isPresent();
    if (words <= (titled ? MOST_LESSON : MOST_UNTITLED)) {
      into.add(section);
      return;
    }
    int parts = Math.max(2, Math.round(words / (titled ? 550f : 320f)));
    List<Integer> borders = Tiling.borders(section.units(), titled ? 220 : 140, parts - 1);
    int from = 0;
    for (int i = 0; i <= borders.size(); i++) {
      int to = i < borders.size() ? borders.get(i) : section.units().size();
      into.add(
          new Section(
              section.chapter(),
              i == 0 ? section.title() : Optional.empty(),
              i == 0 ? section.level() : 9,
              section.units().subList(from, to)));
      from = to;
    }
  }

  /** Parts that are too small for a lesson join the one before, or the next, of their chapter. */
  private static List<Section> merged(List<Section> sections) {
    List<Section> merged = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      Section last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null
          && joins(last, section, i + 1 < sections.size() ? sections.get(i + 1) : null)) {
        merged.set(merged.size() - 1, joined(last, section));
      } else {
        merged.add(section);
      }
    }
    return merged;
  }

  private static boolean joins(Section last, Section section, Section next) {
    if (!last.chapter().equals(section.chapter())) {
      return last.words() < LEAST_CHAPTER || section.words() < LEAST_CHAPTER && next == null;
    }
    // small ones beside each other make lessons together, not one endless lesson
    boolean full =
        last.words() >= ENOUGH
            && next != null
            && next.level() == section.level()
            && next.chapter().equals(section.chapter())
            && next.words() < LEAST_LESSON;
    return (section.words() < LEAST_LESSON && !full || last.words() < LEAST_LESSON)
        && last.words() + section.words() <= MOST_LESSON + LEAST_LESSON;
  }

  private static Section joined(Section one, Section other) {
    List<Unit> units = new ArrayList<>(one.units());
    units.addAll(other.units());
    Optional<String> title = other.title();
    if (one.title().isPresent()) {
      title = one.title();
      if (other.title().isPresent()) {
        title = Optional.of(both(one, other));
      }
    }
    List<String> headings = new ArrayList<>(one.headings());
    if (one.level() >= other.level() || headings.isEmpty()) {
      headings.addAll(other.headings());
    }
    return new Section(
        one.words() >= other.words() ? one.chapter() : other.chapter(),
        title,
        Math.min(one.level(), other.level()),
        units,
        headings);
  }

  /**
   * Three parts or more in one have the chapter's name, where they are all of it, or all theirs.
   */
  private static List<Section> named(List<Section> sections) {
    List<Section> named = new ArrayList<>();
    for (Section section : sections) {
      String all =
          Sentences.list(
              section.headings().stream()
                  .distinct()
                  .map(
                      heading ->
                          heading.equals(section.headings().get(0)) ? heading : lower(heading))
                  .toList());
      boolean alone =
          section.chapter().isPresent()
              && sections.stream().filter(s -> s.chapter().equals(section.chapter())).count() == 1;
      Optional<String> title =
          section.headings().size() < 3
              ? section.title()
              : alone
                  ? section.chapter()
                  : Optional.of(all)
                      .filter(list -> list.length() <= LONGEST_LIST)
                      .or(section::title);
      named.add(new Section(section.chapter(), title, section.level(), section.units()));
    }
    return named;
  }

  private static String lower(String heading) {
    return heading.matches("\\p{Lu}\\p{Ll}.*")
        ? Character.toLowerCase(heading.charAt(0)) + heading.substring(1)
        : heading;
  }

  /** "Measuring wear and fitting a new chain"; the longer one's where that is no title. */
  private static String both(Section one, Section other) {
    String first = one.title().orElseThrow();
    String second = other.title().orElseThrow();
    boolean long1 = one.words() >= other.words();
    boolean chapters = !one.chapter().equals(other.chapter());
    if (!chapters && one.level() < other.level()) {
      // the parts of something are under its name
      return first;
    }
    String lower = lower(second);
    boolean fits =
        first.length() + second.length() + 5 <= LONGEST_TITLE
            && !first.matches("(?i).*(?: and | – |[?!:]).*")
            && !second.matches("(?i).*(?: and |[?!:]).*")
            && other.words() >= 20;
    return fits && !chapters ? first + " and " + lower : long1 ? first : second;
  }

  /** Spans are whole segments: parts that begin in the same one become one. */
  private static List<Section> onSegments(List<Section> sections) {
    List<Section> own = new ArrayList<>();
    for (Section section : sections) {
      if (!own.isEmpty() && section.firstSegment() <= own.get(own.size() - 1).firstSegment()) {
        own.set(own.size() - 1, joined(own.get(own.size() - 1), section));
      } else {
        own.add(section);
      }
    }
    return own;
  }
}
