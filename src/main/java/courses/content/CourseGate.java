package courses.content;

import courses.sources.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The quality rules, the same for the model and the rules: an item that breaks one is dropped and
 * counted by the rule's name; right answers are spread over the positions. What is left may be
 * nothing, which {@link Authors} takes as a failed part.
 */
public final class CourseGate {
  /** Items alike by more than this are one (contract 5.5). */
  static final double DUPLICATE = 0.8;

  private static final double GROUNDED = 0.5;
  private static final int FEWEST_LESSON_WORDS = 40;

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("empty", "a text is empty"),
          Map.entry("error_text", "a text is an apology or an error instead of content"),
          Map.entry(
              "instruction",
              "a text follows or repeats orders that stood in the material; leave them out"),
          Map.entry("markup", "HTML in a text; write plain text or Markdown without HTML"),
          Map.entry("foreign_address", "a link or web address; leave addresses out"),
          Map.entry("option_count", "wrong number of options, or the right one is not among them"),
          Map.entry("equal_options", "two options are the same"),
          Map.entry("meta_option", "an option such as \"all of the above\""),
          Map.entry("option_length", "the right option is much longer or shorter than the others"),
          Map.entry("given_away", "the question holds its answer"),
          Map.entry("ungrounded", "an answer is not in the source"),
          Map.entry("duplicate", "an item repeats another"),
          Map.entry("blank_count", "the gaps (_____) and the answers separated by | don't match"),
          Map.entry("truth", "the right answer must be true or false"),
          Map.entry("pairs", "the pairs must join each item with one target"),
          Map.entry(
              "template", "a code exercise needs a template and an expression for the answer"),
          Map.entry("too_short", "the text is too short"),
          Map.entry("short_answer", "a short answer needs an answer of at least one word"));

  private final GateRules rules;
  private final Set<String> vocabulary;
  private final Set<Integer> ordinals;
  private final boolean sameLanguage;
  private final Map<String, Integer> rejected = new TreeMap<>();

  /**
   * @param segments what the part was written from; none for a bare topic, whose answers can't be
   *     held against anything
   */
  public CourseGate(Brief brief, List<Segment> segments) {
    String source = segments.stream().map(Segment::text).collect(Collectors.joining("\n"));
    rules = new GateRules(source);
    vocabulary = stems(source);
    ordinals = segments.stream().map(Segment::ordinal).collect(Collectors.toSet());
    sameLanguage = base(brief.language()).equals(base(brief.targetLanguage()));
  }

  /** What was dropped so far, by rule. */
  public Map<String, Integer> rejected() {
    return Map.copyOf(rejected);
  }

  /** Content by its kind; kinds without rules of their own pass as they are. */
  @SuppressWarnings("unchecked")
  public <T extends Record & Content> Optional<T> check(T content) {
    Object checked = null;
    if (content instanceof LessonText one) {
      checked = lesson(one);
    } else if (content instanceof Outline one) {
      checked = outline(one);
    } else if (content instanceof Concepts one) {
      List<Concept> kept =
          keep(
              one.concepts(),
              c ->
                  first(
                      rules.broken(List.of(c.title(), c.researchedContent())),
                      grounded(c.researchedContent())),
              Concept::title);
      checked =
          kept.isEmpty()
              ? null
              : new Concepts(
                  kept.stream()
                      .map(
                          c ->
                              new Concept(
                                  c.title(),
                                  c.searchParams(),
                                  c.researchedContent(),
                                  List.of(),
                                  own(c.sourceRefs())))
                      .toList());
    } else if (content instanceof Exercises one) {
      checked = exercises(one);
    } else if (content instanceof Flashcards one) {
      List<Flashcard> kept =
          keep(
              one.cards(),
              c ->
                  first(
                      rules.broken(List.of(c.question(), c.answer())),
                      given(c.question(), c.answer()),
                      grounded(c.answer())),
              c -> c.question() + " " + c.answer());
      checked =
          kept.isEmpty()
              ? null
              : new Flashcards(
                  kept.stream()
                      .map(
                          c ->
                              new Flashcard(
                                  c.chapterIndex(),
                                  c.question(),
                                  c.answer(),
                                  c.difficulty(),
                                  own(c.sourceRefs())))
                      .toList());
    } else if (content instanceof Mcqs one) {
      checked = mcqs(one);
    } else if (content instanceof Article one) {
      checked = article(one);
    } else if (content instanceof WordGame one) {
      List<GameWord> kept = keep(one.words(), this::game, w -> w.word());
      checked = kept.isEmpty() ? null : new WordGame(kept);
    } else if (content instanceof AudioScript one) {
      checked = pass(first(rules.broken(one.script()), script(one))) ? one : null;
    } else if (content instanceof Suggestions one) {
      List<Suggestion> kept =
          keep(
              one.suggestions(),
              s -> rules.broken(List.of(s.topic(), s.description())),
              Suggestion::topic);
      checked = kept.isEmpty() ? null : new Suggestions(kept);
    } else if (content instanceof Assessment one) {
      checked = assessment(one);
    } else if (content instanceof Qnas one) {
      List<Qna> kept =
          keep(
              one.pairs(),
              q -> first(rules.broken(List.of(q.question(), q.answer())), grounded(q.answer())),
              Qna::question);
      checked =
          kept.isEmpty()
              ? null
              : new Qnas(
                  kept.stream()
                      .map(
                          q ->
                              new Qna(
                                  q.chapterIndex(), q.question(), q.answer(), own(q.sourceRefs())))
                      .toList());
    } else if (content instanceof Notebook one) {
      checked = notebook(one);
    } else if (content instanceof Category one) {
      checked =
          pass(
                  rules.broken(
                      List.of(one.category(), one.description(), String.join(", ", one.tags()))))
              ? one
              : null;
    } else {
      checked = content;
    }
    return Optional.ofNullable((T) checked);
  }

  /** What is wrong, in words a model can mend it by; empty when nothing is dropped. */
  public static List<String> complaints(Brief brief, List<Segment> segments, Record content) {
    CourseGate gate = new CourseGate(brief, segments);
    gate.checkAny(content);
    return gate.rejected.entrySet().stream()
        .map(e -> e.getValue() + " × " + ADVICE.getOrDefault(e.getKey(), e.getKey()))
        .toList();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void checkAny(Record content) {
    check((Record & Content) content);
  }

  private LessonText lesson(LessonText lesson) {
    Optional<String> broken =
        first(
            rules.broken(List.of(lesson.title(), lesson.description(), lesson.contentMarkdown())),
            Sentences.count(lesson.contentMarkdown()) < FEWEST_LESSON_WORDS
                ? Optional.of("too_short")
                : Optional.empty(),
            grounded(SafeHtml.text(lesson.contentMarkdown()), 0.35));
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
            own(lesson.sourceRefs()),
            Sentences.count(lesson.contentMarkdown()))
        : null;
  }

  private Outline outline(Outline outline) {
    List<String> texts = new ArrayList<>(List.of(outline.title()));
    for (ChapterPlan chapter : outline.chapters()) {
      texts.addAll(List.of(chapter.title(), chapter.description()));
      texts.addAll(chapter.objectives());
      texts.addAll(chapter.keyConcepts());
      chapter
          .lessons()
          .forEach(lesson -> texts.addAll(List.of(lesson.title(), lesson.description())));
    }
    return pass(rules.broken(texts)) ? outline : null;
  }

  private Exercises exercises(Exercises exercises) {
    List<Exercise> kept =
        keep(
            exercises.exercises(),
            e ->
                question(
                    e.type(),
                    e.question(),
                    e.options(),
                    e.answerKey(),
                    e.explanation(),
                    e.codeTemplate()),
            e -> e.type() + " " + e.question());
    Positions positions = new Positions(seed(kept.stream().map(Exercise::question).toList()));
    List<Exercise> spread = new ArrayList<>();
    for (Exercise e : kept) {
      Positions.Placed placed =
          e.type() == QuestionType.MULTIPLE_CHOICE
              ? positions.place(e.options(), e.answerKey())
              : new Positions.Placed(e.options(), usable(e.answerKey(), e.type()));
      spread.add(
          new Exercise(
              e.title(),
              e.description(),
              e.type(),
              e.question(),
              placed.options(),
              placed.key(),
              e.explanation(),
              e.hints().stream().filter(h -> pass(rules.broken(h))).limit(3).toList(),
              Math.max(1, e.points()),
              e.codeTemplate(),
              own(e.sourceRefs())));
    }
    return spread.isEmpty() ? null : new Exercises(spread);
  }

  private Assessment assessment(Assessment test) {
    if (!pass(rules.broken(List.of(test.title(), test.description())))) {
      return null;
    }
    List<AssessmentQuestion> kept =
        keep(
            test.questions(),
            q ->
                question(
                    q.type(),
                    q.text(),
                    q.options(),
                    q.answerKey(),
                    q.explanation(),
                    Optional.empty()),
            AssessmentQuestion::text);
    Positions positions = new Positions(seed(kept.stream().map(AssessmentQuestion::text).toList()));
    List<AssessmentQuestion> spread = new ArrayList<>();
    for (AssessmentQuestion q : kept) {
      Positions.Placed placed =
          q.type() == QuestionType.MULTIPLE_CHOICE
              ? positions.place(q.options(), q.answerKey())
              : new Positions.Placed(q.options(), usable(q.answerKey(), q.type()));
      spread.add(
          new AssessmentQuestion(
              spread.size() + 1,
              q.type(),
              q.text(),
              placed.options(),
              placed.key(),
              q.explanation(),
              q.hint().filter(h -> pass(rules.broken(h))),
              Math.min(5, Math.max(1, q.points())),
              q.difficulty(),
              q.topic(),
              q.chapterIndex(),
              q.lessonIndex(),
              own(q.sourceRefs())));
    }
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

  private Mcqs mcqs(Mcqs mcqs) {
    List<Mcq> kept =
        keep(
            mcqs.questions(),
            q ->
                first(
                    rules.broken(q.question()),
                    rules.broken(q.options()),
                    explanation(q.explanation()),
                    GateRules.options(q.options(), q.correctIndex(), 4, 4),
                    given(q.question(), right(q)),
                    grounded(right(q))),
            Mcq::question);
    Positions positions = new Positions(seed(kept.stream().map(Mcq::question).toList()));
    List<Mcq> spread = new ArrayList<>();
    for (Mcq q : kept) {
      int at = positions.next(q.options().size());
      List<String> options = new ArrayList<>(q.options());
      options.add(at, options.remove(q.correctIndex()));
      spread.add(
          new Mcq(
              q.chapterIndex(),
              q.question(),
              List.copyOf(options),
              at,
              q.explanation(),
              q.difficulty(),
              own(q.sourceRefs())));
    }
    return spread.isEmpty() ? null : new Mcqs(spread);
  }

  private static String right(Mcq question) {
    int at = question.correctIndex();
    return at >= 0 && at < question.options().size() ? question.options().get(at) : "";
  }

  private Article article(Article article) {
    if (!pass(rules.broken(article.title()))) {
      return null;
    }
    boolean deep = article.kind() == ArticleKind.DEEP_DIVE;
    if (deep
        && !pass(
            first(
                rules.broken(article.contentMarkdown()),
                Sentences.count(article.contentMarkdown()) < FEWEST_LESSON_WORDS
                    ? Optional.of("too_short")
                    : Optional.empty(),
                grounded(SafeHtml.text(article.contentMarkdown()), 0.35)))) {
      return null;
    }
    List<String> points = keep(article.points(), p -> first(rules.broken(p), grounded(p)), p -> p);
    List<QuestionAnswer> faq =
        keep(
            article.faq(),
            q -> first(rules.broken(List.of(q.question(), q.answer())), grounded(q.answer())),
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
            own(article.sourceRefs()))
        : null;
  }

  private Optional<String> game(GameWord word) {
    List<String> options = new ArrayList<>(List.of(word.definition()));
    options.addAll(word.incorrectOptions());
    return first(
        rules.broken(word.word()),
        rules.broken(options),
        GateRules.options(options, 0, 4, 4),
        given(word.definition(), word.word()),
        grounded(word.definition()));
  }

  /** Terms that nothing in the source carries go; an analogy that breaks a rule goes too. */
  private Notebook notebook(Notebook notebook) {
    List<Notebook.KeyTerm> terms =
        keep(
            notebook.keyConcepts(),
            t -> first(rules.broken(List.of(t.term(), t.definition())), grounded(t.definition())),
            Notebook.KeyTerm::term);
    List<String> map = new ArrayList<>(List.of(notebook.mindMap().root()));
    for (Notebook.Branch branch : notebook.mindMap().children()) {
      map.add(branch.title());
      map.addAll(branch.children());
    }
    return !terms.isEmpty() && pass(first(rules.broken(map), rules.broken(notebook.studyGuide())))
        ? new Notebook(
            terms,
            notebook.analogy().filter(like -> pass(rules.broken(like))),
            notebook.mindMap(),
            notebook.studyGuide())
        : null;
  }

  private static Optional<String> script(AudioScript script) {
    return script.words() < FEWEST_LESSON_WORDS ? Optional.of("too_short") : Optional.empty();
  }

  private Optional<String> question(
      QuestionType type,
      String text,
      List<Option> options,
      AnswerKey key,
      String explanation,
      Optional<CodeTemplate> template) {
    List<String> texts = options.stream().map(Option::text).toList();
    Optional<String> common =
        first(
            rules.broken(text),
            rules.broken(texts),
            explanation(explanation),
            rules.broken(key.accepted()),
            key.correct().isBlank() ? Optional.empty() : rules.broken(key.correct()));
    if (common.isPresent()) {
      return common;
    }
    return switch (type) {
      case MULTIPLE_CHOICE -> {
        int right = options.stream().map(Option::id).toList().indexOf(key.correct());
        yield first(
            GateRules.options(texts, right, 3, 6),
            right < 0 ? Optional.empty() : given(text, texts.get(right)),
            right < 0 ? Optional.empty() : grounded(texts.get(right)));
      }
      case TRUE_FALSE ->
          key.correct().matches("true|false") ? Optional.empty() : Optional.of("truth");
      case FILL_BLANK -> {
        int blanks = Grading.blanks(text);
        int answers = key.correct().split("\\|", -1).length;
        yield blanks == 0 || answers > blanks || key.correct().isBlank()
            ? Optional.of("blank_count")
            : first(given(text, key.correct()), grounded(key.correct().replace('|', ' ')));
      }
      case SHORT_ANSWER, FREE_TEXT ->
          Sentences.words(key.correct()).isEmpty()
              ? Optional.of("short_answer")
              : grounded(key.correct());
      case CODE ->
          template.isEmpty()
                  || template.get().template().isBlank()
                  || key.correct().isBlank() && key.regex().isEmpty()
              ? Optional.of("template")
              : Optional.empty();
      case DRAG_DROP -> pairs(options, key.pairs());
    };
  }

  private static Optional<String> pairs(List<Option> options, List<Pair> pairs) {
    Set<String> ids = options.stream().map(Option::id).collect(Collectors.toSet());
    Set<String> items = new HashSet<>();
    boolean good =
        pairs.size() >= 2
            && ids.size() == options.size()
            && pairs.stream()
                .allMatch(
                    pair ->
                        ids.contains(pair.item())
                            && ids.contains(pair.target())
                            && !pair.item().equals(pair.target())
                            && items.add(pair.item()));
    return good ? Optional.empty() : Optional.of("pairs");
  }

  /** A regular expression that can't be read, or refuses its own answer, is left out. */
  private static AnswerKey usable(AnswerKey key, QuestionType type) {
    boolean good =
        key.regex().isEmpty()
            || Grading.expression(key.regex().get())
                .filter(
                    re ->
                        key.correct().isBlank()
                            || type == QuestionType.CODE
                            || re.matcher(key.correct().split("\\|", -1)[0].strip()).matches())
                .isPresent();
    return good ? key : new AnswerKey(key.correct(), key.accepted(), Optional.empty(), key.pairs());
  }

  private Optional<String> explanation(String explanation) {
    return explanation.isBlank() ? Optional.empty() : rules.broken(explanation);
  }

  private static Optional<String> given(String question, String answer) {
    return GateRules.givenAway(question, answer) ? Optional.of("given_away") : Optional.empty();
  }

  private Optional<String> grounded(String answer) {
    return grounded(answer, GROUNDED);
  }

  /** Enough of the answer's longer words are words of the source. */
  private Optional<String> grounded(String answer, double share) {
    if (!sameLanguage || vocabulary.isEmpty()) {
      return Optional.empty();
    }
    Set<String> stems = stems(answer);
    long known = stems.stream().filter(vocabulary::contains).count();
    return stems.isEmpty() || known >= share * stems.size()
        ? Optional.empty()
        : Optional.of("ungrounded");
  }

  /**
   * Words of four letters and more by their first six, which takes endings off roughly; numbers.
   */
  private static Set<String> stems(String text) {
    return Sentences.words(text).stream()
        .filter(word -> word.length() > 3 || Character.isDigit(word.charAt(0)))
        .map(
            word ->
                word.length() > 6
                    ? word.substring(0, 6)
                    : word.length() > 4 && word.endsWith("s")
                        ? word.substring(0, word.length() - 1)
                        : word)
        .collect(Collectors.toSet());
  }

  private List<Integer> own(List<Integer> refs) {
    return new TreeSet<>(refs).stream().filter(ordinals::contains).toList();
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
  private static Optional<String> first(Optional<String>... broken) {
    for (Optional<String> one : broken) {
      if (one.isPresent()) {
        return one;
      }
    }
    return Optional.empty();
  }

  private static long seed(List<String> texts) {
    return texts.hashCode();
  }

  private static String base(String language) {
    return language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
  }
}
