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

  private final GateRules rules;
  private final Grounding grounding;
  private final QuestionGate questions;
  private final ProseGate prose;
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
    prose = new ProseGate(rules, grounding);
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
      checked = pass(prose.broken(one)) ? one : null;
    } else if (content instanceof Category one) {
      checked = pass(prose.broken(one)) ? one : null;
    } else if (content instanceof Concepts one) {
      checked = concepts(one);
    } else if (content instanceof Exercises one) {
      List<Exercise> kept =
          questions.spreadExercises(
              keep(
                  one.exercises(),
                  e -> first(() -> questions.broken(e), () -> prose.refs(e.sourceRefs())),
                  e -> e.type() + " " + e.question()));
      checked = kept.isEmpty() ? null : new Exercises(kept);
    } else if (content instanceof Flashcards one) {
      checked = flashcards(one);
    } else if (content instanceof Mcqs one) {
      List<Mcq> kept =
          questions.spreadMcqs(
              keep(
                  one.questions(),
                  q -> first(() -> questions.broken(q), () -> prose.refs(q.sourceRefs())),
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
          keep(one.suggestions(), s -> prose.texts(s.topic(), s.description()), Suggestion::topic);
      checked = kept.isEmpty() && !one.suggestions().isEmpty() ? null : new Suggestions(kept);
    } else if (content instanceof Assessment one) {
      checked = assessment(one);
    } else if (content instanceof Qnas one) {
      checked = qnas(one);
    } else if (content instanceof Notebook one) {
      checked = notebook(one);
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

  private LessonText lesson(LessonText lesson) {
    Optional<String> broken = prose.broken(lesson);
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

  private Concepts concepts(Concepts concepts) {
    List<Concept> kept =
        keep(concepts.concepts(), prose::broken, Concept::title).stream()
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
        keep(cards.cards(), prose::broken, c -> c.question() + " " + c.answer()).stream()
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
                q -> first(() -> questions.broken(q), () -> prose.refs(q.sourceRefs())),
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
    if (!pass(prose.broken(article))) {
      return null;
    }
    List<String> points = keep(article.points(), prose::point, p -> p);
    List<QuestionAnswer> faq = keep(article.faq(), prose::broken, QuestionAnswer::question);
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
        keep(game.words(), prose::broken, w -> Grading.normal(w.word())).stream()
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

  private Qnas qnas(Qnas pairs) {
    List<Qna> kept =
        keep(
                pairs.pairs(),
                q ->
                    first(
                        () -> prose.texts(q.question(), q.answer()),
                        () -> grounding.prose(q.answer(), Grounding.ANSWER)),
                Qna::question)
            .stream()
            .map(
                q ->
                    new Qna(
                        q.chapterIndex(),
                        q.question(),
                        q.answer(),
                        grounding
                            .refs(q.answer(), q.sourceRefs())
                            .orElse(grounding.own(q.sourceRefs()))))
            .toList();
    return kept.isEmpty() ? null : new Qnas(kept);
  }

  /** Terms that nothing in the source carries go; an analogy that breaks a rule goes too. */
  private Notebook notebook(Notebook notebook) {
    List<Notebook.KeyTerm> terms =
        keep(
            notebook.keyConcepts(),
            t ->
                first(
                    () -> prose.texts(t.term(), t.definition()),
                    () -> grounding.prose(t.definition(), Grounding.ANSWER)),
            Notebook.KeyTerm::term);
    List<String> map = new ArrayList<>(List.of(notebook.mindMap().root()));
    for (Notebook.Branch branch : notebook.mindMap().children()) {
      map.add(branch.title());
      map.addAll(branch.children());
    }
    return !terms.isEmpty()
            && pass(
                first(
                    () -> prose.texts(map.toArray(String[]::new)),
                    () -> prose.texts(notebook.studyGuide())))
        ? new Notebook(
            terms,
            notebook.analogy().filter(like -> pass(prose.texts(like))),
            notebook.mindMap(),
            notebook.studyGuide())
        : null;
  }

  private AudioScript script(AudioScript script) {
    return pass(prose.broken(script))
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
