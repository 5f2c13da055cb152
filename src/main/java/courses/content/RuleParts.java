package courses.content;

import courses.content.Knowledge.Definition;
import courses.content.Knowledge.Reason;
import courses.content.RuleQuestions.Raw;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a course by rules; each draws on the spans of the lessons it is given. */
final class RuleParts {
  private final CourseSoFar course;
  private final EnglishText english;
  private final List<RuleLesson> lessons = new ArrayList<>();
  private final List<RuleQuestions> questions = new ArrayList<>();

  /**
   * @param read of the lessons' spans, in their order
   */
  RuleParts(CourseSoFar course, List<RuleLesson> read, EnglishText english) {
    this.course = course;
    this.english = english;
    lessons.addAll(read);
    List<Knowledge> all = lessons.stream().map(RuleLesson::knowledge).toList();
    lessons.forEach(lesson -> questions.add(new RuleQuestions(lesson, all)));
  }

  /** The lesson's own text stands in for a source where there is none. */
  static List<Segment> span(WrittenLesson lesson) {
    return lesson.span().isEmpty()
        ? List.of(Segment.of(0, SafeHtml.text(lesson.text().contentMarkdown())))
        : lesson.span();
  }

  private List<Integer> refs(int at, Integer... segments) {
    return course.lessons().get(at).span().isEmpty()
        ? List.of()
        : new TreeSet<>(List.of(segments)).stream().toList();
  }

  private int chapter(int at) {
    return course.lessons().get(at).plan().chapterIndex();
  }

  Flashcards flashcards(int count) {
    List<List<Flashcard>> byLesson = new ArrayList<>();
    for (int at = 0; at < lessons.size(); at++) {
      List<Flashcard> cards = new ArrayList<>();
      Knowledge knowledge = lessons.get(at).knowledge();
      for (Definition d : knowledge.definitions()) {
        cards.add(
            new Flashcard(
                chapter(at),
                d.question(),
                d.answer(),
                Level.BEGINNER,
                refs(at, d.unit().segment())));
      }
      for (Reason r : knowledge.reasons()) {
        cards.add(
            new Flashcard(
                chapter(at),
                r.question(),
                r.answer(),
                Level.INTERMEDIATE,
                refs(at, r.unit().segment())));
      }
      for (Raw raw : questions.get(at).of(QuestionType.FILL_BLANK)) {
        cards.add(
            new Flashcard(
                chapter(at),
                "Complete: " + raw.text(),
                raw.correct() + " – " + raw.explanation(),
                raw.difficulty(),
                refs(at, raw.segment())));
      }
      byLesson.add(cards);
    }
    List<Flashcard> dealt = deal(byLesson, count, card -> card.answer());
    return new Flashcards(need(dealt, "flashcards"));
  }

  /** One from each lesson in turn, so that every lesson has its share; in the lessons' order. */
  private static <T> List<T> deal(
      List<List<T>> byLesson, int count, java.util.function.Function<T, String> fact) {
    List<List<T>> chosen = new ArrayList<>();
    byLesson.forEach(list -> chosen.add(new ArrayList<>()));
    Set<String> facts = new HashSet<>();
    int sum = 0;
    for (int round = 0; sum < count && round < 60; round++) {
      for (int i = 0; i < byLesson.size() && sum < count; i++) {
        if (round < byLesson.get(i).size() && facts.add(fact.apply(byLesson.get(i).get(round)))) {
          chosen.get(i).add(byLesson.get(i).get(round));
          sum++;
        }
      }
    }
    return chosen.stream().flatMap(List::stream).toList();
  }

  private static <T> List<T> need(List<T> list, String what) {
    if (list.isEmpty()) {
      throw new CannotWrite("The source has no sentences that rules can make " + what + " of.");
    }
    return list;
  }

  Mcqs mcqs(int count) {
    List<List<Mcq>> byLesson = new ArrayList<>();
    for (int at = 0; at < lessons.size(); at++) {
      int lesson = at;
      byLesson.add(
          questions.get(at).of(QuestionType.MULTIPLE_CHOICE).stream()
              .map(
                  raw ->
                      new Mcq(
                          chapter(lesson),
                          raw.text(),
                          raw.options(),
                          0,
                          raw.explanation(),
                          raw.difficulty(),
                          refs(lesson, raw.segment())))
              .toList());
    }
    return new Mcqs(need(deal(byLesson, count, Mcq::explanation), "multiple choice questions"));
  }

  WordGame wordGame(int count) {
    List<Definition> all =
        lessons.stream()
            .flatMap(lesson -> lesson.knowledge().definitions().stream())
            .filter(d -> d.meaning().length() <= 170)
            .toList();
    Map<String, GameWord> words = new HashMap<>();
    List<GameWord> game = new ArrayList<>();
    for (int at = 0; at < lessons.size(); at++) {
      for (Definition d : lessons.get(at).knowledge().definitions()) {
        List<String> wrong =
            all.stream()
                .filter(other -> !other.lemma().equals(d.lemma()) && other.plural() == d.plural())
                .filter(other -> !Sentences.shareWord(other.meaning(), d.term()))
                .sorted(
                    (a, b) ->
                        Math.abs(a.meaning().length() - d.meaning().length())
                            - Math.abs(b.meaning().length() - d.meaning().length()))
                .map(Definition::answer)
                .distinct()
                .limit(3)
                .toList();
        if (d.meaning().length() <= 170 && wrong.size() == 3 && game.size() < count) {
          GameWord word =
              new GameWord(chapter(at), d.term(), d.answer(), wrong, refs(at, d.unit().segment()));
          if (words.putIfAbsent(d.lemma(), word) == null) {
            game.add(word);
          }
        }
      }
    }
    if (game.isEmpty()) {
      throw new CannotWrite("The source explains fewer than four terms, too few for a word game.");
    }
    return new WordGame(game);
  }

  Concepts concepts() {
    List<Concept> concepts = new ArrayList<>();
    RuleLesson lesson = lessons.get(0);
    List<Unit> body = lesson.text().body();
    double[] ranks = Ranking.of(body);
    for (KeyConcept wanted : course.lessons().get(0).text().keyConcepts()) {
      List<Unit> about =
          body.stream()
              .filter(
                  unit ->
                      Sentences.words(unit.text()).containsAll(Sentences.words(wanted.title()))
                          && !unit.text().endsWith("?"))
              .toList();
      if (about.isEmpty()) {
        continue;
      }
      Set<Integer> kept =
          RuleLesson.chosen(
              about, about.stream().mapToDouble(u -> ranks[body.indexOf(u)]).toArray(), 160);
      List<Unit> chosen = about.stream().filter(unit -> kept.contains(unit.index())).toList();
      concepts.add(
          new Concept(
              wanted.title(),
              wanted.searchParams(),
              String.join(" ", chosen.stream().map(Unit::text).toList()),
              List.of(),
              refs(0, chosen.stream().map(Unit::segment).toArray(Integer[]::new))));
    }
    return new Concepts(need(concepts, "key concepts"));
  }

  Exercises exercises() {
    RuleQuestions own = questions.get(0);
    List<Exercise> list = new ArrayList<>();
    Set<String> facts = new HashSet<>();
    for (QuestionType type :
        List.of(QuestionType.MULTIPLE_CHOICE, QuestionType.FILL_BLANK, QuestionType.TRUE_FALSE)) {
      own.of(type).stream()
          .filter(raw -> facts.add(raw.fact()))
          .findFirst()
          .ifPresent(raw -> list.add(exercise(raw)));
    }
    own.matching().ifPresent(list::add);
    return new Exercises(need(list.stream().limit(4).toList(), "exercises"));
  }

  private Exercise exercise(Raw raw) {
    String title =
        switch (raw.type()) {
          case MULTIPLE_CHOICE -> "Choose the right answer";
          case FILL_BLANK -> "Fill the gap";
          default -> "True or false?";
        };
    return new Exercise(
        title,
        "",
        raw.type(),
        raw.text(),
        options(raw),
        key(raw),
        raw.explanation(),
        raw.hint().isEmpty() ? List.of() : List.of(raw.hint()),
        1,
        Optional.empty(),
        refs(0, raw.segment()));
  }

  private static List<Option> options(Raw raw) {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < raw.options().size(); i++) {
      options.add(new Option(String.valueOf((char) ('a' + i)), raw.options().get(i)));
    }
    return options;
  }

  private static AnswerKey key(Raw raw) {
    return raw.type() == QuestionType.MULTIPLE_CHOICE
        ? AnswerKey.of("a")
        : new AnswerKey(raw.correct(), raw.accepted(), Optional.empty(), List.of());
  }

  Assessment assessment(AssessmentPlan plan) {
    List<List<AssessmentQuestion>> byLesson = new ArrayList<>();
    for (int at = 0; at < lessons.size(); at++) {
      List<AssessmentQuestion> own = new ArrayList<>();
      Set<String> facts = new HashSet<>();
      Map<QuestionType, List<Raw>> raws = new HashMap<>();
      plan.types().forEach(type -> raws.put(type, new ArrayList<>()));
      for (QuestionType type : plan.types()) {
        raws.get(type).addAll(questions.get(at).of(type));
      }
      int empty = 0;
      for (int turn = at; empty < plan.types().size(); turn++) {
        List<Raw> left = raws.get(plan.types().get(turn % plan.types().size()));
        left.removeIf(raw -> facts.contains(raw.fact()));
        if (left.isEmpty()) {
          empty++;
          continue;
        }
        empty = 0;
        Raw raw = left.remove(0);
        facts.add(raw.fact());
        own.add(question(at, raw, plan));
      }
      byLesson.add(own);
    }
    List<AssessmentQuestion> dealt =
        deal(byLesson, plan.questions(), AssessmentQuestion::explanation);
    List<AssessmentQuestion> numbered = new ArrayList<>();
    for (AssessmentQuestion q : need(dealt, "questions")) {
      numbered.add(
          new AssessmentQuestion(
              numbered.size() + 1,
              q.type(),
              q.text(),
              q.options(),
              q.answerKey(),
              q.explanation(),
              q.hint(),
              q.points(),
              q.difficulty(),
              q.topic(),
              q.chapterIndex(),
              q.lessonIndex(),
              q.sourceRefs()));
    }
    String title =
        course.outline().title()
            + (plan.kind() == AssessmentKind.FINAL ? ": final assessment" : ": quiz");
    return new Assessment(
        plan.kind(),
        title,
        numbered.size()
            + " questions on "
            + course.lessons().size()
            + (course.lessons().size() == 1 ? " lesson, " : " lessons, ")
            + "passed at "
            + plan.passingScore()
            + " %.",
        plan.passingScore(),
        plan.minutes(),
        numbered);
  }

  private AssessmentQuestion question(int at, Raw raw, AssessmentPlan plan) {
    LessonPlan lesson = course.lessons().get(at).plan();
    int points =
        plan.kind() == AssessmentKind.FINAL && raw.type() == QuestionType.SHORT_ANSWER ? 2 : 1;
    return new AssessmentQuestion(
        1,
        raw.type(),
        raw.text(),
        options(raw),
        key(raw),
        raw.explanation(),
        Optional.of(raw.hint()).filter(hint -> !hint.isEmpty()),
        points,
        plan.difficulty().orElse(raw.difficulty()),
        lesson.title(),
        lesson.chapterIndex(),
        lesson.lessonIndex(),
        refs(at, raw.segment()));
  }

  Suggestions suggestions() {
    List<Suggestion> list = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    Set<String> defined = new HashSet<>();
    Map<String, Term> terms = new HashMap<>();
    for (RuleLesson lesson : lessons) {
      lesson.knowledge().definitions().forEach(d -> defined.add(d.lemma()));
      for (Term term : lesson.knowledge().terms()) {
        terms.putIfAbsent(term.lemma(), term);
        counts.merge(term.lemma(), term.count(), Integer::sum);
      }
    }
    String titles =
        String.join(" ", course.outline().lessons().stream().map(LessonPlan::title).toList())
            + " "
            + course.outline().title();
    List<Term> order =
        terms.values().stream()
            .filter(t -> !defined.contains(t.lemma()) && !Sentences.shareWord(t.surface(), titles))
            .sorted((a, b) -> Integer.compare(common(a), common(b)))
            .toList();
    for (Term term : order) {
      if (list.size() < 5) {
        list.add(
            new Suggestion(
                term.titled(),
                "The course mentions "
                    + term.surface()
                    + " "
                    + counts.get(term.lemma())
                    + " times without explaining "
                    + (term.plural() ? "them" : "it")
                    + "; worth a look of its own.",
                5 - list.size()));
      }
    }
    return new Suggestions(need(list, "suggestions"));
  }

  /** How common a term's rarest word is; what is rare is what one has to look up. */
  private int common(Term term) {
    return Arrays.stream(term.surface().split(" ")).mapToInt(english::frequency).min().orElse(0);
  }

  RuleArticles articles() {
    return new RuleArticles(course, lessons, english);
  }
}
