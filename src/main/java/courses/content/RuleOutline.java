package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A structure from a source's own headings, or from where its vocabulary changes. */
final class RuleOutline {
  private static final int LEAST_LESSON = 110;
  private static final int ENOUGH = 2 * LEAST_LESSON;
  private static final int MOST_LESSON = 900;
  private static final int WORDS_A_MINUTE = 200;

  private record Section(Optional<String> title, int level, List<Unit> units) {
    int words() {
      return Tiling.words(units);
    }

    int firstSegment() {
      return units.get(0).segment();
    }
  }

  private final Brief brief;
  private final List<Segment> segments;
  private final EnglishText english;
  private final Set<String> titles = new HashSet<>();

  RuleOutline(Material material, EnglishText english) {
    this.brief = material.brief();
    this.segments = material.segments();
    this.english = english;
  }

  Outline write() {
    SourceText text = SourceText.read(segments, english);
    if (Tiling.words(text.body()) < 60) {
      throw new CannotWrite(
          "The source has too little text for a course by rules: give more text, or set up a model"
              + " key.");
    }
    List<Section> sections = sections(text.units());
    List<List<Section>> chapters = chapters(sections);
    List<ChapterPlan> plans = new ArrayList<>();
    int lessonsSoFar = 0;
    for (List<Section> chapter : chapters) {
      plans.add(chapter(plans.size(), chapter, sections, lessonsSoFar));
      lessonsSoFar += chapter.size();
    }
    return new Outline(title(text), plans);
  }

  private String title(SourceText text) {
    String given = brief.title().strip();
    if (!given.isEmpty() && !given.matches("(?i).*\\.(?:pdf|txt|docx?|vtt|srt)$")) {
      return given;
    }
    return text.units().stream()
        .filter(unit -> unit.kind() == Kind.HEADING && unit.level() == 1)
        .map(Unit::text)
        .findFirst()
        .orElseGet(() -> topics(text.body(), Set.of()));
  }

  /** Sections of a lesson's size, each beginning with a segment of its own. */
  private List<Section> sections(List<Unit> units) {
    List<Section> headed = headed(units);
    List<Section> sized = new ArrayList<>();
    for (Section section : headed) {
      split(section, sized);
    }
    return onSegments(merged(sized));
  }

  private static List<Section> headed(List<Unit> units) {
    List<Section> sections = new ArrayList<>();
    Optional<String> title = Optional.empty();
    int level = 9;
    List<Unit> open = new ArrayList<>();
    for (Unit unit : units) {
      if (unit.kind() == Kind.HEADING) {
        if (Tiling.words(open) > 0) {
          sections.add(new Section(title, level, open));
          open = new ArrayList<>();
        } else if (title.isPresent() && level < unit.level() && !sections.isEmpty()) {
          open.clear();
        }
        title = Optional.of(unit.text());
        level = unit.level();
      } else {
        open.add(unit);
      }
    }
    if (!open.isEmpty()) {
      sections.add(new Section(title, level, open));
    }
    return sections;
  }

  private static void split(Section section, List<Section> into) {
    int words = section.words();
    boolean titled = section.title().isPresent();
    if (words <= (titled ? MOST_LESSON : 450)) {
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
              i == 0 ? section.title() : Optional.empty(),
              i == 0 ? section.level() : 9,
              section.units().subList(from, to)));
      from = to;
    }
  }

  /** Sections that are too small for a lesson join the one before, or the next. */
  private static List<Section> merged(List<Section> sections) {
    List<Section> merged = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      Section last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      // small ones beside each other make lessons together, not one endless lesson
      boolean full =
          last != null
              && last.words() >= ENOUGH
              && i + 1 < sections.size()
              && sections.get(i + 1).level() == section.level()
              && sections.get(i + 1).words() < LEAST_LESSON;
      boolean small =
          last != null
              && (section.words() < LEAST_LESSON && !full || last.words() < LEAST_LESSON)
              && last.words() + section.words() <= MOST_LESSON + LEAST_LESSON;
      if (small) {
        merged.set(merged.size() - 1, joined(last, section));
      } else {
        merged.add(section);
      }
    }
    return merged;
  }

  private static Section joined(Section one, Section other) {
    List<Unit> units = new ArrayList<>(one.units());
    units.addAll(other.units());
    boolean first = one.words() >= other.words() || other.title().isEmpty();
    Optional<String> title = first && one.title().isPresent() ? one.title() : other.title();
    return new Section(title, Math.min(one.level(), other.level()), units);
  }

  /** Spans are whole segments: sections that begin in the same one become one. */
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

  private List<List<Section>> chapters(List<Section> sections) {
    long tops = sections.stream().filter(section -> section.level() == topLevel(sections)).count();
    List<List<Section>> chapters = new ArrayList<>();
    if (topLevel(sections) < 9 && tops >= 2 && tops <= 16 && tops < sections.size()) {
      for (Section section : sections) {
        if (chapters.isEmpty() || section.level() == topLevel(sections)) {
          chapters.add(new ArrayList<>());
        }
        chapters.get(chapters.size() - 1).add(section);
      }
      return chapters;
    }
    int wanted = Math.min(sections.size(), wantedChapters(sections.size()));
    int total = sections.stream().mapToInt(Section::words).sum();
    int sum = 0;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      int place = (int) ((sum + section.words() / 2L) * wanted / Math.max(1, total));
      boolean must = sections.size() - i <= wanted - chapters.size();
      if (chapters.isEmpty() || place >= chapters.size() && chapters.size() < wanted || must) {
        chapters.add(new ArrayList<>());
      }
      chapters.get(chapters.size() - 1).add(section);
      sum += section.words();
    }
    return chapters;
  }

  private static int topLevel(List<Section> sections) {
    return sections.stream()
        .skip(sections.size() > 1 ? 1 : 0)
        .mapToInt(Section::level)
        .min()
        .orElse(9);
  }

  /** By length, as contract 5.3 has it. */
  private int wantedChapters(int lessons) {
    Segment last = segments.get(segments.size() - 1);
    if (last.startMs().isPresent()) {
      double minutes = last.endMs().orElse(last.startMs().get()) / 60_000.0;
      int most = minutes <= 10 ? 2 : minutes <= 60 ? 3 : minutes <= 120 ? 4 : 6;
      return Math.min(most, Math.max(1, (lessons + 1) / 2));
    }
    boolean pages = last.pageFrom().isPresent();
    int tokens = segments.stream().mapToInt(Segment::tokens).sum();
    int bySize = Math.min(16, Math.round(tokens / 6_000f));
    int perChapter = pages ? 5 : 3;
    return Math.max(pages ? 3 : 1, Math.max(bySize, (lessons + perChapter - 1) / perChapter));
  }

  private ChapterPlan chapter(int index, List<Section> sections, List<Section> all, int offset) {
    List<Unit> units = sections.stream().flatMap(section -> section.units().stream()).toList();
    Knowledge knowledge = new Knowledge(units, english);
    List<LessonPlan> lessons = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      int next = offset + i + 1;
      int from = offset + i == 0 ? segments.get(0).ordinal() : sections.get(i).firstSegment();
      int to =
          next < all.size()
              ? all.get(next).firstSegment() - 1
              : segments.get(segments.size() - 1).ordinal();
      lessons.add(lesson(index, i, sections.get(i), new Span(from, Math.max(from, to))));
    }
    String title =
        sections.size() == 1
            ? lessons.get(0).title()
            : sections.get(0).title().isPresent()
                ? chapterTitle(sections, lessons, all)
                : topics(units, titles);
    List<String> concepts = knowledge.terms().stream().limit(5).map(Term::titled).toList();
    int minutes = lessons.stream().mapToInt(LessonPlan::estimatedMinutes).sum();
    Span span =
        new Span(
            lessons.get(0).span().orElseThrow().from(),
            lessons.get(lessons.size() - 1).span().orElseThrow().to());
    return new ChapterPlan(
        title,
        description(units, knowledge),
        brief.difficulty(),
        objectives(knowledge, title),
        concepts.isEmpty() ? List.of(title) : concepts,
        Optional.of(span),
        minutes,
        lessons);
  }

  /** The heading above them all, or from which lesson to which. */
  private static String chapterTitle(
      List<Section> sections, List<LessonPlan> lessons, List<Section> all) {
    boolean above =
        sections.get(0).level() == topLevel(all)
            && sections.stream().skip(1).allMatch(one -> one.level() > topLevel(all));
    return above
        ? clean(sections.get(0).title().get())
        : lessons.get(0).title() + " – " + lessons.get(lessons.size() - 1).title();
  }

  private LessonPlan lesson(int chapter, int index, Section section, Span span) {
    Knowledge knowledge = new Knowledge(section.units(), english);
    String title =
        section.title().map(RuleOutline::clean).orElseGet(() -> topics(section.units(), titles));
    titles.add(title.toLowerCase(Locale.ROOT));
    List<ExerciseBlueprint> blueprints = new ArrayList<>();
    List<QuestionType> types =
        List.of(QuestionType.MULTIPLE_CHOICE, QuestionType.FILL_BLANK, QuestionType.TRUE_FALSE);
    List<Term> terms = knowledge.terms();
    for (int i = 0; i < Math.min(types.size(), terms.size()); i++) {
      blueprints.add(
          new ExerciseBlueprint(types.get(i), terms.get(i).surface(), brief.difficulty(), 1));
    }
    return new LessonPlan(
        chapter,
        index,
        title,
        description(section.units(), knowledge),
        Optional.of(span),
        Math.max(2, Math.round((float) section.words() / WORDS_A_MINUTE) + blueprints.size()),
        blueprints);
  }

  private static String clean(String heading) {
    return heading.replaceFirst(
        "^(?:(?i:chapter|part|section|unit)\\s+)?\\d+(?:\\.\\d+)*[.:)]?\\s+", "");
  }

  /** The one sentence that says most of what this is about. */
  private static String description(List<Unit> units, Knowledge knowledge) {
    double[] ranks = Ranking.of(units);
    Unit best = null;
    for (int i = 0; i < units.size(); i++) {
      Unit unit = units.get(i);
      if (knowledge.statements().contains(unit)
          && unit.length() <= 26
          && (best == null
              || ranks[i] * early(i, units)
                  > ranks[units.indexOf(best)] * early(units.indexOf(best), units))) {
        best = unit;
      }
    }
    return best != null
        ? best.text()
        : "On "
            + Sentences.list(knowledge.terms().stream().limit(3).map(Term::surface).toList())
            + ".";
  }

  private static double early(int at, List<Unit> units) {
    boolean figures = units.get(at).text().matches(".*\\d.*|.*\\b(?:minutes?|hours?|days?)\\b.*");
    return (1.8 - 1.2 * at / units.size()) * (figures ? 0.6 : 1);
  }

  private static List<String> objectives(Knowledge knowledge, String title) {
    Set<String> objectives = new LinkedHashSet<>();
    knowledge.definitions().stream()
        .sorted((a, b) -> rank(knowledge, a.lemma()) - rank(knowledge, b.lemma()))
        .limit(3)
        .forEach(
            d ->
                objectives.add(
                    "Explain what " + d.article() + d.term() + (d.plural() ? " are" : " is")));
    knowledge.reasons().stream().limit(2).forEach(r -> objectives.add("Explain why " + r.fact()));
    List<Term> terms = knowledge.terms();
    for (int i = 0; i + 1 < terms.size() && objectives.size() < 2; i += 2) {
      objectives.add(
          "Say what the course tells about "
              + terms.get(i).surface()
              + " and "
              + terms.get(i + 1).surface());
    }
    if (objectives.size() < 2) {
      objectives.add("Sum up “" + title + "” in your own words");
      objectives.add("Answer questions on “" + title + "”");
    }
    return objectives.stream().limit(5).toList();
  }

  private static int rank(Knowledge knowledge, String lemma) {
    List<Term> terms = knowledge.terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).lemma().equals(lemma)) {
        return i;
      }
    }
    return terms.size();
  }

  /** A title of the two terms that stand out, not one that is taken. */
  private String topics(List<Unit> units, Set<String> taken) {
    List<String> chosen = new ArrayList<>();
    for (Term term : Terms.of(units, english)) {
      boolean overlapping =
          chosen.stream().anyMatch(one -> Sentences.shareWord(one, term.surface()));
      String alone = term.titled();
      boolean told = taken.stream().anyMatch(title -> Sentences.shareWord(title, alone));
      if (!overlapping && !told) {
        chosen.add(term.surface());
      }
      if (chosen.size() == 2) {
        break;
      }
    }
    if (chosen.isEmpty()) {
      return "Part " + (titles.size() + 1);
    }
    String title = String.join(" and ", chosen);
    return Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }
}
