package courses.content;

import courses.content.Terms.Term;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a course by rules; each draws on the spans of the lessons it is given. */
final class RuleParts {
  private static final int LONGEST_MEANING = 170;

  /** Gaps for the same word among a course's flashcards. */
  private static final int MOST_OF_A_WORD = 2;

  /** What is named more often does many things: "What do bees do?" has no one answer. */
  private static final int MAIN_SUBJECT = 6;

  private final CourseSoFar course;
  private final EnglishText english;
  private final List<RuleLesson> lessons = new ArrayList<>();
  private final List<RuleQuestions> questions;

  /**
   * @param read of the lessons' spans, in their order
   */
  RuleParts(CourseSoFar course, List<RuleLesson> read, EnglishText english) {
    this.course = course;
    this.english = english;
    lessons.addAll(read);
    questions = RuleQuestions.of(lessons);
  }

  CourseSoFar course() {
    return course;
  }

  List<RuleLesson> lessons() {
    return lessons;
  }

  List<RuleQuestions> questions() {
    return questions;
  }

  /** What a lesson says that things do, where that can be asked for. */
  static List<Role> asked(RuleLesson one, List<RuleLesson> lessons) {
    return one.knowledge().roles().stream()
        .filter(
            role ->
                lessons.stream()
                        .flatMap(lesson -> lesson.knowledge().phrases().stream())
                        .filter(term -> term.lemma().equals(role.lemma()))
                        .mapToInt(Term::count)
                        .sum()
                    < MAIN_SUBJECT)
        .toList();
  }

  /** Segments of a lesson as references; none where it has no source. */
  List<Integer> refs(int at, Integer... segments) {
    return course.lessons().get(at).span().isEmpty()
        ? List.of()
        : new TreeSet<>(List.of(segments)).stream().toList();
  }

  private int chapter(int at) {
    return course.lessons().get(at).plan().chapterIndex();
  }

  static <T> List<T> need(List<T> list, String what) {
    if (list.isEmpty()) {
      throw new TooLittleSource("The source has no sentences that rules can make " + what + " of.");
    }
    return list;
  }

  Flashcards flashcards(int count) {
    List<List<Flashcard>> byLesson = new ArrayList<>();
    Map<String, Integer> gaps = new HashMap<>();
    for (int at = 0; at < lessons.size(); at++) {
      Knowledge knowledge = lessons.get(at).knowledge();
      List<Flashcard> cards = new ArrayList<>();
      for (Definition d : knowledge.definitions()) {
        cards.add(card(at, d.question(), d.answer(), Level.BEGINNER, d.unit().segment()));
      }
      for (Reason r : knowledge.reasons()) {
        cards.add(card(at, r.question(), r.answer(), Level.INTERMEDIATE, r.unit().segment()));
      }
      for (Role r : asked(lessons.get(at), lessons)) {
        cards.add(card(at, r.question(), r.answer(), Level.INTERMEDIATE, r.unit().segment()));
      }
      for (Deed deed : knowledge.deeds()) {
        cards.add(
            card(at, deed.question(), deed.answer(), Level.INTERMEDIATE, deed.unit().segment()));
      }
      for (RawQuestion raw : questions.get(at).of(QuestionType.FILL_BLANK)) {
        if (gaps.merge(raw.correct().toLowerCase(Locale.ROOT), 1, Integer::sum) > MOST_OF_A_WORD) {
          continue;
        }
        cards.add(
            card(
                at,
                "Complete: " + raw.text(),
                raw.correct() + " – " + raw.explanation(),
                raw.difficulty(),
                raw.segment()));
      }
      byLesson.add(cards);
    }
    return new Flashcards(need(Deal.evenly(byLesson, count, Flashcard::answer), "flashcards"));
  }

  private Flashcard card(int at, String question, String answer, Level level, int segment) {
    return new Flashcard(chapter(at), question, answer, level, refs(at, segment));
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
    return new Mcqs(
        need(Deal.evenly(byLesson, count, Mcq::explanation), "multiple choice questions"));
  }

  WordGame wordGame(int count) {
    List<Definition> all =
        lessons.stream()
            .flatMap(lesson -> lesson.knowledge().definitions().stream())
            .filter(d -> d.meaning().length() <= LONGEST_MEANING)
            .toList();
    Rivals rivals = new Rivals(lessons, english);
    Map<String, Integer> used = new HashMap<>();
    List<List<GameWord>> byLesson = new ArrayList<>();
    for (int at = 0; at < lessons.size(); at++) {
      List<GameWord> words = new ArrayList<>();
      for (Definition d : lessons.get(at).knowledge().definitions()) {
        List<String> wrong =
            all.stream()
                .filter(other -> rivals.apart(d, other))
                .sorted(
                    Comparator.comparingInt(
                        other ->
                            Math.abs(other.meaning().length() - d.meaning().length())
                                + 25 * used.getOrDefault(other.lemma(), 0)))
                .limit(3)
                .peek(other -> used.merge(other.lemma(), 1, Integer::sum))
                .map(Definition::answer)
                .distinct()
                .toList();
        if (d.meaning().length() <= LONGEST_MEANING && wrong.size() == 3) {
          words.add(
              new GameWord(chapter(at), d.term(), d.answer(), wrong, refs(at, d.unit().segment())));
        }
      }
      byLesson.add(words);
    }
    List<GameWord> game =
        Deal.evenly(byLesson, count, word -> word.word().toLowerCase(Locale.ROOT));
    if (game.isEmpty()) {
      throw new TooLittleSource(
          "The source explains fewer than four terms, too few for a word game.");
    }
    return new WordGame(game);
  }

  /** Things that are named and not explained: noun after noun, rare ones first. */
  Suggestions suggestions() {
    Set<String> defined = new HashSet<>();
    Map<Term, Integer> where = new HashMap<>();
    Set<String> lemmas = new HashSet<>();
    for (int at = 0; at < lessons.size(); at++) {
      Knowledge knowledge = lessons.get(at).knowledge();
      knowledge.definitions().forEach(d -> defined.add(d.lemma()));
      for (Term term : knowledge.phrases()) {
        if (lemmas.add(term.lemma()) && worthLearning(term)) {
          where.put(term, at);
        }
      }
    }
    String titles =
        String.join(" ", course.outline().lessons().stream().map(LessonPlan::title).toList());
    List<Suggestion> list = new ArrayList<>();
    where.keySet().stream()
        .filter(
            t ->
                !defined.contains(t.lemma())
                    && !titles
                        .toLowerCase(Locale.ROOT)
                        .contains(t.surface().toLowerCase(Locale.ROOT)))
        .sorted(
            Comparator.comparing((Term t) -> !t.name())
                .thenComparingInt(this::common)
                .thenComparing(Term::lemma))
        .filter(t -> list.stream().noneMatch(s -> Sentences.shareWord(s.topic(), t.surface())))
        .limit(20)
        .forEach(
            term -> {
              if (list.size() < 5
                  && list.stream().noneMatch(s -> Sentences.shareWord(s.topic(), term.surface()))) {
                list.add(
                    new Suggestion(
                        term.titled(),
                        "The lesson “"
                            + course.lessons().get(where.get(term)).plan().title()
                            + "” mentions “"
                            + term.surface()
                            + "” only in passing; worth a look of its own.",
                        5 - list.size()));
              }
            });
    if (list.isEmpty()) {
      throw new TooLittleSource("The source names nothing beyond what it explains.");
    }
    return new Suggestions(list);
  }

  private boolean worthLearning(Term term) {
    List<Word> words = english.words("the " + term.surface());
    words = words.subList(1, words.size());
    boolean name = term.name() && words.stream().allMatch(word -> capital(word.text()));
    return words.size() >= 2
        && (name || words.size() == 2)
        && term.count() <= 3
        && words.stream().allMatch(Word::isNoun)
        && words.stream().noneMatch(word -> Terms.GENERIC.contains(word.lemma()))
        && !english.isPlural(words.get(0).text())
        && !term.surface().endsWith("s");
  }

  private static boolean capital(String word) {
    return Character.isUpperCase(word.charAt(0));
  }

  /** How common a term's rarest word is; what is rare is what one has to look up. */
  private int common(Term term) {
    return Arrays.stream(term.surface().split(" ")).mapToInt(english::frequency).min().orElse(0);
  }

  RuleArticles articles() {
    return new RuleArticles(course, lessons);
  }
}
