package courses.content;

import courses.content.Sections.Section;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A structure from a source's own headings, or from where its vocabulary changes. */
final class RuleOutline {
  private static final int FEWEST_WORDS = 60;
  private static final int WORDS_A_MINUTE = 200;
  private static final int LONGEST_DESCRIPTION = 26;
  private static final int LONGEST_LIST = 60;

  private final Brief brief;
  private final List<Segment> segments;
  private final EnglishText english;
  private LessonTitle titles;

  RuleOutline(Material material, EnglishText english) {
    this.brief = material.brief();
    this.segments = material.segments();
    this.english = english;
  }

  Outline write() {
    SourceText text = SourceText.read(segments, english);
    titles = new LessonTitle(text, english);
    if (Tiling.words(text.body()) < FEWEST_WORDS) {
      throw new CannotWrite(
          "The source has too little text for a course by rules: give more text, or set up a model"
              + " key.");
    }
    String title = title(text);
    List<Section> sections = named(Sections.of(text.units()), title);
    List<ChapterPlan> plans = new ArrayList<>();
    int lessonsSoFar = 0;
    List<List<Section>> chapters = chapters(sections);
    for (List<Section> chapter : chapters) {
      ChapterPlan plan = chapter(plans.size(), chapter, sections, lessonsSoFar);
      boolean whole =
          chapters.size() == 1 && chapter.size() > 1 && chapter.get(0).chapter().isEmpty();
      plans.add(whole ? plan.titled(title) : plan);
      lessonsSoFar += chapter.size();
    }
    return new Outline(title, plans);
  }

  /** The only lesson of a course is about what the course is about. */
  private static List<Section> named(List<Section> sections, String title) {
    if (sections.size() != 1 || sections.get(0).title().isPresent()) {
      return sections;
    }
    Section only = sections.get(0);
    return List.of(new Section(only.chapter(), Optional.of(title), only.level(), only.units()));
  }

  private String title(SourceText text) {
    Optional<String> subject = RuleTitle.subject(text);
    return RuleTitle.own(brief.title(), text)
        .or(() -> subject.filter(one -> one.contains(" ") || one.endsWith("ing")))
        .or(() -> titles.opening(text.body()))
        .or(() -> subject)
        .orElseGet(() -> titles.ofAll(text.body(), new Knowledge(text.units(), english)));
  }

  private List<List<Section>> chapters(List<Section> sections) {
    List<List<Section>> chapters = new ArrayList<>();
    if (sections.stream().anyMatch(section -> section.chapter().isPresent())) {
      for (Section section : sections) {
        boolean same =
            !chapters.isEmpty()
                && (section.chapter().equals(last(chapters).get(0).chapter())
                    || last(chapters).get(0).chapter().isEmpty());
        if (!same) {
          chapters.add(new ArrayList<>());
        }
        last(chapters).add(section);
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
      last(chapters).add(section);
      sum += section.words();
    }
    return chapters;
  }

  private static List<Section> last(List<List<Section>> chapters) {
    return chapters.get(chapters.size() - 1);
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
        sections.get(0).chapter().orElseGet(() -> chapterTitle(sections, lessons, units));
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
        Objectives.of(knowledge, lessons.stream().map(LessonPlan::title).toList()),
        concepts.isEmpty() ? named(knowledge, title) : concepts,
        Optional.of(span),
        minutes,
        lessons);
  }

  private static List<String> named(Knowledge knowledge, String title) {
    List<String> once = knowledge.phrases().stream().limit(2).map(Term::titled).toList();
    return once.isEmpty() ? List.of(title) : once;
  }

  /** What its lessons are about, one word each. */
  private String chapterTitle(List<Section> sections, List<LessonPlan> lessons, List<Unit> units) {
    if (lessons.size() == 1) {
      return lessons.get(0).title();
    }
    if (sections.stream().allMatch(section -> section.title().isPresent())) {
      String all = listed(lessons.stream().map(LessonPlan::title).toList());
      boolean plain =
          lessons.stream().noneMatch(one -> one.title().matches(".*(?: and |[?!:,;]).*"));
      if (plain && all.length() <= LONGEST_LIST) {
        return all;
      }
    }
    List<String> subjects = new ArrayList<>();
    Set<String> lemmas = new HashSet<>();
    for (int i = 0; i < sections.size(); i++) {
      String title = lessons.get(i).title();
      List<Term> terms = Terms.of(sections.get(i).units(), english);
      terms.stream()
          .filter(term -> within(term, title))
          .findFirst()
          .or(
              () ->
                  terms.stream()
                      .filter(term -> Sentences.shareWord(term.surface(), title))
                      .findFirst())
          .or(() -> terms.stream().findFirst())
          .filter(term -> lemmas.add(term.lemma()))
          .map(Term::surface)
          .filter(term -> subjects.stream().noneMatch(one -> Sentences.shareWord(one, term)))
          .ifPresent(subjects::add);
    }
    if (subjects.isEmpty()) {
      return titles.topics(units);
    }
    String title = Sentences.list(subjects.stream().limit(3).toList());
    return Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }

  /** Titles as one: the later ones without their capitals, unless they are names. */
  private static String listed(List<String> titles) {
    List<String> parts = new ArrayList<>(List.of(titles.get(0)));
    titles.stream()
        .skip(1)
        .map(
            title ->
                title.matches("\\p{Lu}\\p{Ll}*(?: \\p{Ll}.*)?")
                    ? Character.toLowerCase(title.charAt(0)) + title.substring(1)
                    : title)
        .forEach(parts::add);
    return Sentences.list(parts);
  }

  /** Whether a title says all of a term: "beam bridge" in "Beam bridges". */
  private static boolean within(Term term, String title) {
    return Arrays.stream(term.surface().split(" "))
        .allMatch(word -> Sentences.shareWord(word, title));
  }

  private LessonPlan lesson(int chapter, int index, Section section, Span span) {
    Knowledge knowledge = new Knowledge(section.units(), english);
    String title =
        section.title().map(titles::took).orElseGet(() -> titles.of(section.units(), knowledge));
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

  /** The one sentence that says most of what this is about. */
  private static String description(List<Unit> units, Knowledge knowledge) {
    double[] ranks = Ranking.of(units);
    Unit best = null;
    for (int i = 0; i < units.size(); i++) {
      Unit unit = units.get(i);
      if (knowledge.points().contains(unit)
          && unit.length() <= LONGEST_DESCRIPTION
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
}
