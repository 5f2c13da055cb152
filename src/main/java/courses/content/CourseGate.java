package courses.content;

import courses.sources.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The quality rules, the same for the model and the rules: an item that breaks one is dropped and
 * counted by the rule's name; right answers are spread over the positions; references that the
 * source does not have are taken out, or put right where the answer stands elsewhere. What is left
 * may be nothing, which {@link Authors} takes as a failed part.
 */
public final class CourseGate {
  /** Items alike by more than this are one (contract 5.5). */
  static final double DUPLICATE = 0.8;

  private static final int FEWEST_LESSON_WORDS = 40;

  private final GateRules rules;
  private final Grounding grounding;
  private final QuestionGate questions;
  private final Map<String, Integer> rejected = new TreeMap<>();

  /**
   * @param segments what the part was written from; none for a bare topic, whose answers can't be
   *     held against anything
   */
  public CourseGate(Brief brief, List<Segment> segments) {
    String source = segments.stream().map(Segment::text).collect(Collectors.joining("\n"));
    rules = new GateRules(brief, source);
    grounding =
        new Grounding(segments, base(brief.language()).equals(base(brief.targetLanguage())));
    questions = new QuestionGate(rules, grounding);
  }

  /** What was dropped so far, by rule. */
  public Map<String, Integer> rejected() {
    return Map.copyOf(rejected);
  }

  /** Content by its kind; kinds without rules of their own pass as they are. */
  @SuppressWarnings("unchecked")
  public <T extends Record & Content> Optional<T> check(T content) {
    Object checked = content;
    if (content instanceof LessonText one) {
      checked = lesson(one);
    } else if (content instanceof Outline one) {
      checked = pass(outline(one)) ? one : null;
    } else if (content instanceof Category one) {
      checked = pass(category(one)) ? one : null;
    } else if (content instanceof Concepts one) {
      checked = concepts(one);
    } else if (content instanceof Exercises one) {
      List<Exercise> kept =
          questions.spreadExercises(
              keep(
                  one.exercises(),
                  e -> first(() -> questions.broken(e), () -> refs(e.sourceRefs())),
                  e -> e.type() + " " + e.question()));
      checked = kept.isEmpty() ? null : new Exercises(kept);
    } else if (content instanceof Flashcards one) {
      checked = flashcards(one);
    } else if (content instanceof Mcqs one) {
      List<Mcq> kept =
          questions.spreadMcqs(
              keep(
                  one.questions(),
                  q -> first(() -> questions.broken(q), () -> refs(q.sourceRefs())),
                  Mcq::question));
      checked = kept.isEmpty() ? null : new Mcqs(kept);
    } else if (content instanceof Article one) {
      checked = article(one);
    } else if (content instanceof WordGame one) {
      checked = game(one);
    } else if (content instanceof AudioScript one) {
      checked = script(one);
    } else if (content instanceof Suggestions one) {
      List<Suggestion> kept =
          keep(one.suggestions(), s -> prose(s.topic(), s.description()), Suggestion::topic);
      checked = kept.isEmpty() ? null : new Suggestions(kept);
    } else if (content instanceof Assessment one) {
      checked = assessment(one);
    }
    return Optional.ofNullable((T) checked);
  }

  /** What is wrong, in words a model can mend it by; empty when nothing is dropped. */
  public static List<String> complaints(Brief brief, List<Segment> segments, Record content) {
    CourseGate gate = new CourseGate(brief, segments);
    gate.checkAny(content);
    return gate.rejected.entrySet().stream()
        .map(e -> GateAdvice.of(e.getKey(), e.getValue()))
        .toList();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void checkAny(Record content) {
    check((Record & Content) content);
  }

  /** Each text by itself, and the language of all together. */
  private Optional<String> prose(String... texts) {
    return first(() -> rules.broken(List.of(texts)), () -> rules.foreign(String.join(" ", texts)));
  }

  /** Where there is a source, what was written must name some of it. */
  private Optional<String> refs(List<Integer> named) {
    return grounding.none() || !grounding.own(named).isEmpty()
        ? Optional.empty()
        : Optional.of("unreferenced");
  }

  private Optional<String> longText(String markdown) {
    return first(
        () ->
            Sentences.count(markdown) < FEWEST_LESSON_WORDS
                ? Optional.of("too_short")
                : Optional.empty(),
        () -> grounding.prose(SafeHtml.text(markdown), Grounding.PROSE));
  }

  private LessonText lesson(LessonText lesson) {
    Optional<String> broken =
        first(
            () -> prose(lesson.title(), lesson.description(), lesson.contentMarkdown()),
            () -> longText(lesson.contentMarkdown()),
            () -> refs(lesson.sourceRefs()));
    List<KeyConcept> concepts =
        lesson.keyConcepts().stream()
            .filter(c -> pass(rules.broken(List.of(c.title(), c.searchParams()))))
            .toList();
    return pass(broken)
        ? new LessonText(
            lesson.chapterIndex(),
            lesson.lessonIndex(),
            lesson.title(),
            lesson.description(),
            lesson.contentMarkdown(),
            concepts,
            grounding.own(lesson.sourceRefs()),
            Sentences.count(lesson.contentMarkdown()))
        : null;
  }

  private Optional<String> outline(Outline outline) {
    List<String> texts = new ArrayList<>(List.of(outline.title()));
    for (ChapterPlan chapter : outline.chapters()) {
      texts.addAll(List.of(chapter.title(), chapter.description()));
      texts.addAll(chapter.objectives());
      texts.addAll(chapter.keyConcepts());
      chapter
          .lessons()
          .forEach(lesson -> texts.addAll(List.of(lesson.title(), lesson.description())));
    }
    return prose(texts.toArray(String[]::new));
  }

  private Optional<String> category(Category one) {
    return prose(one.category(), one.description(), String.join(", ", one.tags()));
  }

  private Concepts concepts(Concepts concepts) {
    List<Concept> kept =
        keep(
                concepts.concepts(),
                c ->
                    first(
                        () -> prose(c.title(), c.researchedContent()),
                        () -> grounding.prose(c.researchedContent(), Grounding.ANSWER),
                        () -> refs(c.sourceRefs())),
                Concept::title)
            .stream()
            .map(
                c ->
                    new Concept(
                        c.title(),
                        c.searchParams(),
                        c.researchedContent(),
                        List.of(),
                        grounding.own(c.sourceRefs())))
            .toList();
    return kept.isEmpty() ? null : new Concepts(kept);
  }

  private Flashcards flashcards(Flashcards cards) {
    List<Flashcard> kept =
        keep(
                cards.cards(),
                c ->
                    first(
                        () -> prose(c.question(), c.answer()),
                        () -> GateRules.given(c.question(), c.answer()),
                        () -> grounding.broken(c.answer(), Grounding.ANSWER),
                        () -> refs(c.sourceRefs())),
                c -> c.question() + " " + c.answer())
            .stream()
            .map(
                c ->
                    new Flashcard(
                        c.chapterIndex(),
                        c.question(),
                        c.answer(),
                        c.difficulty(),
                        grounding
                            .refs(c.answer(), c.sourceRefs())
                            .orElse(grounding.own(c.sourceRefs()))))
            .toList();
    return kept.isEmpty() ? null : new Flashcards(kept);
  }

  private Assessment assessment(Assessment test) {
    if (!pass(rules.broken(List.of(test.title(), test.description())))) {
      return null;
    }
    List<AssessmentQuestion> spread =
        questions.spread(
            keep(
                test.questions(),
                q -> first(() -> questions.broken(q), () -> refs(q.sourceRefs())),
                AssessmentQuestion::text));
    return spread.isEmpty()
        ? null
        : new Assessment(
            test.kind(),
            test.title(),
            test.description(),
            test.passingScore(),
            test.timeLimitMinutes(),
            spread);
  }

  private Article article(Article article) {
    boolean deep = article.kind() == ArticleKind.DEEP_DIVE;
    Optional<String> whole =
        first(
            () -> rules.broken(article.title()),
            () -> deep ? prose(article.contentMarkdown()) : Optional.empty(),
            () -> deep ? longText(article.contentMarkdown()) : Optional.empty(),
            () -> refs(article.sourceRefs()));
    if (!pass(whole)) {
      return null;
    }
    List<String> points =
        keep(
            article.points(),
            p -> first(() -> prose(p), () -> grounding.broken(p, Grounding.ANSWER)),
            p -> p);
    List<QuestionAnswer> faq =
        keep(
            article.faq(),
            q ->
                first(
                    () -> prose(q.question(), q.answer()),
                    () -> grounding.broken(q.answer(), Grounding.ANSWER)),
            QuestionAnswer::question);
    boolean enough =
        deep || (article.kind() == ArticleKind.FAQ ? !faq.isEmpty() : !points.isEmpty());
    return enough
        ? new Article(
            article.kind(),
            article.title(),
            article.contentMarkdown(),
            points,
            faq,
            grounding.own(article.sourceRefs()))
        : null;
  }

  private WordGame game(WordGame game) {
    List<GameWord> kept =
        keep(game.words(), this::broken, w -> Grading.normal(w.word())).stream()
            .map(
                w ->
                    new GameWord(
                        w.chapterIndex(),
                        w.word(),
                        w.definition(),
                        w.incorrectOptions(),
                        grounding
                            .refs(w.definition(), w.sourceRefs())
                            .orElse(grounding.own(w.sourceRefs()))))
            .toList();
    return kept.isEmpty() ? null : new WordGame(kept);
  }

  private Optional<String> broken(GameWord word) {
    List<String> options = new ArrayList<>(List.of(word.definition()));
    options.addAll(word.incorrectOptions());
    return first(
        () -> rules.broken(word.word()),
        () -> prose(options.toArray(String[]::new)),
        () -> GateRules.options(options, 0, 4, 4),
        () -> GateRules.given(word.definition(), word.word()),
        () -> grounding.broken(word.definition(), Grounding.ANSWER),
        () -> refs(word.sourceRefs()));
  }

  private AudioScript script(AudioScript script) {
    return pass(
            first(
                () -> prose(script.script()),
                () -> longText(script.script()),
                () -> refs(script.sourceRefs())))
        ? new AudioScript(
            script.kind(), script.script(), script.words(), grounding.own(script.sourceRefs()))
        : null;
  }

  private <I> List<I> keep(
      List<I> items, Function<I, Optional<String>> rule, Function<I, String> essence) {
    List<I> kept = new ArrayList<>();
    for (I item : items) {
      Optional<String> broken = rule.apply(item);
      if (broken.isEmpty()
          && kept.stream()
              .anyMatch(
                  one ->
                      Sentences.similarity(essence.apply(one), essence.apply(item)) > DUPLICATE)) {
        broken = Optional.of("duplicate");
      }
      if (pass(broken)) {
        kept.add(item);
      }
    }
    return kept;
  }

  private boolean pass(Optional<String> broken) {
    broken.ifPresent(rule -> rejected.merge(rule, 1, Integer::sum));
    return broken.isEmpty();
  }

  @SafeVarargs
  private static Optional<String> first(java.util.function.Supplier<Optional<String>>... rules) {
    return GateRules.first(rules);
  }

  private static String base(String language) {
    return language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
  }
}
