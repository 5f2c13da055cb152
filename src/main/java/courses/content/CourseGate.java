package courses.content;

import courses.sources.Segment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The quality rules, the same for the model and the rules: an item that breaks one is dropped and
 * counted by the rule's name; right answers are spread over the positions; references that the
 * source does not have are taken out, or put right where the answer stands elsewhere. What is left
 * may be nothing, which {@link Authors} takes as a failed part.
 */
public final class CourseGate {
  private final GateRules rules;
  private final Grounding grounding;
  private final QuestionGate questions;
  private final ProseGate prose;
  private final StudyGate study;
  private final Sieve sieve = new Sieve();

  /**
   * @param segments what the part was written from; none for a bare topic, whose answers can't be
   *     held against anything
   */
  public CourseGate(Brief brief, List<Segment> segments) {
    String source = segments.stream().map(Segment::text).collect(Collectors.joining("\n"));
    rules = new GateRules(brief, source);
    boolean same = base(brief.language()).equals(base(brief.targetLanguage()));
    grounding = new Grounding(segments, same);
    questions = new QuestionGate(rules, grounding, new KeyGate(same ? source : ""));
    prose = new ProseGate(rules, grounding);
    study = new StudyGate(grounding, prose, sieve);
  }

  /** What was dropped so far, by rule. */
  public Map<String, Integer> rejected() {
    return Map.copyOf(sieve.rejected());
  }

  /** Content by its kind; kinds without rules of their own pass as they are. */
  @SuppressWarnings("unchecked")
  public <T extends Record & Content> Optional<T> check(T content) {
    Object checked = content;
    if (content instanceof LessonText one) {
      checked = lesson(one);
    } else if (content instanceof Outline one) {
      checked = sieve.pass(prose.broken(one)) ? one : null;
    } else if (content instanceof Category one) {
      checked = sieve.pass(prose.broken(one)) ? one : null;
    } else if (content instanceof Concepts one) {
      checked = study.concepts(one);
    } else if (content instanceof Exercises one) {
      List<Exercise> kept =
          questions.spreadExercises(
              sieve.keep(
                  one.exercises(),
                  e -> GateRules.first(() -> questions.broken(e), () -> prose.refs(e.sourceRefs())),
                  e -> e.type() + " " + e.question()));
      checked = kept.isEmpty() ? null : new Exercises(kept);
    } else if (content instanceof Flashcards one) {
      checked = study.flashcards(one);
    } else if (content instanceof Mcqs one) {
      List<Mcq> kept =
          questions.spreadMcqs(
              sieve.keep(
                  one.questions(),
                  q -> GateRules.first(() -> questions.broken(q), () -> prose.refs(q.sourceRefs())),
                  Mcq::question));
      checked = kept.isEmpty() ? null : new Mcqs(kept);
    } else if (content instanceof Article one) {
      checked = article(one);
    } else if (content instanceof WordGame one) {
      checked = study.game(one);
    } else if (content instanceof AudioScript one) {
      checked = script(one);
    } else if (content instanceof Suggestions one) {
      List<Suggestion> kept =
          sieve.keep(
              one.suggestions(), s -> prose.texts(s.topic(), s.description()), Suggestion::topic);
      checked = kept.isEmpty() && !one.suggestions().isEmpty() ? null : new Suggestions(kept);
    } else if (content instanceof Assessment one) {
      checked = assessment(one);
    } else if (content instanceof Qnas one) {
      checked = study.qnas(one);
    } else if (content instanceof Notebook one) {
      checked = study.notebook(one);
    }
    return Optional.ofNullable((T) checked);
  }

  /** What is wrong, in words a model can mend it by; empty when nothing is dropped. */
  public static List<String> complaints(Brief brief, List<Segment> segments, Record content) {
    CourseGate gate = new CourseGate(brief, segments);
    gate.checkAny(content);
    return gate.sieve.rejected().entrySet().stream()
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
            .filter(c -> sieve.pass(rules.broken(List.of(c.title(), c.searchParams()))))
            .toList();
    return sieve.pass(broken)
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

  private Assessment assessment(Assessment test) {
    if (!sieve.pass(rules.broken(List.of(test.title(), test.description())))) {
      return null;
    }
    List<AssessmentQuestion> spread =
        questions.spread(
            sieve.keep(
                test.questions(),
                q -> GateRules.first(() -> questions.broken(q), () -> prose.refs(q.sourceRefs())),
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
    if (!sieve.pass(prose.broken(article))) {
      return null;
    }
    List<String> points = sieve.keep(article.points(), prose::point, p -> p);
    List<QuestionAnswer> faq = sieve.keep(article.faq(), prose::broken, QuestionAnswer::question);
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

  private AudioScript script(AudioScript script) {
    return sieve.pass(prose.broken(script))
        ? new AudioScript(
            script.kind(), script.script(), script.words(), grounding.own(script.sourceRefs()))
        : null;
  }

  private static String base(String language) {
    return language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
  }
}
