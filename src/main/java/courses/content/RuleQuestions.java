package courses.content;

import courses.content.GapFinder.Gap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Questions on one lesson, each on a sentence of its source; wrong answers come from the same
 * course.
 */
final class RuleQuestions {
  private final RuleLesson lesson;
  private final ChoiceQuestions choices;
  private final TruthQuestions truths;
  private final Map<QuestionType, List<RawQuestion>> made = new EnumMap<>(QuestionType.class);

  private RuleQuestions(RuleLesson lesson, ChoiceQuestions choices, TruthQuestions truths) {
    this.lesson = lesson;
    this.choices = choices;
    this.truths = truths;
  }

  /** For each lesson of a course. */
  static List<RuleQuestions> of(List<RuleLesson> lessons) {
    List<Knowledge> all = lessons.stream().map(RuleLesson::knowledge).toList();
    List<RuleQuestions> questions = new ArrayList<>();
    if (lessons.isEmpty()) {
      return questions;
    }
    Distractors distractors = new Distractors(lessons, lessons.get(0).english());
    for (RuleLesson lesson : lessons) {
      questions.add(
          new RuleQuestions(
              lesson,
              new ChoiceQuestions(lesson, questions.size(), distractors, all),
              new TruthQuestions(lesson, all, distractors.rivals())));
    }
    return questions;
  }

  /** Questions of one type, best first; none on the same sentence twice. */
  List<RawQuestion> of(QuestionType type) {
    return made.computeIfAbsent(type, this::make);
  }

  private List<RawQuestion> make(QuestionType type) {
    List<RawQuestion> raw =
        switch (type) {
          case MULTIPLE_CHOICE -> choices.all();
          case TRUE_FALSE -> truths.all();
          case FILL_BLANK -> gaps();
          case SHORT_ANSWER -> named();
          case FREE_TEXT -> explained();
          case CODE, DRAG_DROP -> List.of();
        };
    Set<String> facts = new HashSet<>();
    return raw.stream().filter(question -> facts.add(question.fact())).toList();
  }

  private List<RawQuestion> gaps() {
    List<RawQuestion> list = new ArrayList<>();
    for (Gap gap : lesson.gaps()) {
      List<String> accepted =
          gap.number()
              ? List.of(gap.answer().replace(",", ""))
              : gap.plural() ? List.of() : List.of(gap.lemma());
      String hint =
          gap.number()
              ? "It is a number."
              : "It ends with “" + gap.answer().charAt(gap.answer().length() - 1) + "”.";
      list.add(
          RawQuestion.open(
              QuestionType.FILL_BLANK,
              gap.cued(),
              gap.answer(),
              accepted,
              hint,
              Level.INTERMEDIATE,
              gap.unit()));
    }
    return list;
  }

  /** Answers of a word or two, which can be judged fairly without a model; explanations last. */
  private List<RawQuestion> named() {
    List<RawQuestion> list = new ArrayList<>();
    for (Definition d : lesson.knowledge().definitions()) {
      list.add(
          RawQuestion.open(
              QuestionType.SHORT_ANSWER,
              "What is the term for this: “" + d.meaning() + "”?",
              d.term(),
              withArticles(d.lemma(), d.term(), d.plural()),
              "",
              Level.INTERMEDIATE,
              d.unit()));
    }
    for (Role r : lesson.knowledge().roles()) {
      if (!r.plural()) {
        list.add(
            RawQuestion.open(
                QuestionType.SHORT_ANSWER,
                "What " + r.doing() + "?",
                r.article() + r.term(),
                withArticles(r.term(), r.term(), false),
                "",
                Level.ADVANCED,
                r.unit()));
      }
    }
    for (Deed deed : lesson.knowledge().deeds()) {
      list.add(
          RawQuestion.open(
              QuestionType.SHORT_ANSWER,
              deed.question(),
              deed.who(),
              List.of(deed.surname()),
              "",
              Level.ADVANCED,
              deed.unit()));
    }
    list.addAll(reasons(QuestionType.SHORT_ANSWER));
    return list;
  }

  private static List<String> withArticles(String lemma, String term, boolean plural) {
    if (plural) {
      return Stream.of(lemma, "the " + term).distinct().toList();
    }
    String article = term.matches("(?i)[aeiou].*") ? "an " : "a ";
    return Stream.of(lemma, "the " + term, article + term).distinct().toList();
  }

  private List<RawQuestion> explained() {
    List<RawQuestion> list = new ArrayList<>(reasons(QuestionType.FREE_TEXT));
    for (Definition d : lesson.knowledge().definitions()) {
      list.add(
          RawQuestion.open(
              QuestionType.FREE_TEXT,
              d.question(),
              d.answer(),
              List.of(d.meaning()),
              "",
              Level.INTERMEDIATE,
              d.unit()));
    }
    return list;
  }

  private List<RawQuestion> reasons(QuestionType type) {
    return lesson.knowledge().reasons().stream()
        .map(
            reason ->
                RawQuestion.open(
                    type,
                    reason.question(),
                    reason.answer(),
                    List.of(reason.because()),
                    "",
                    Level.EXPERT,
                    reason.unit()))
        .toList();
  }

  /** Terms and meanings to be put together, when the lesson defines at least three. */
  Optional<Exercise> matching() {
    List<Definition> own =
        lesson.knowledge().definitions().stream()
            .filter(d -> d.meaning().length() <= 160)
            .limit(4)
            .toList();
    if (own.size() < 3) {
      return Optional.empty();
    }
    List<Option> options = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    List<Integer> refs = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      options.add(new Option("i" + (i + 1), own.get(i).term()));
    }
    for (int i = 0; i < own.size(); i++) {
      // A turn by two places, or one for three: no item stands beside its own meaning.
      int of = (i + (own.size() > 3 ? 2 : 1)) % own.size();
      options.add(new Option("t" + (i + 1), own.get(of).meaning()));
      pairs.add(new Pair("i" + (of + 1), "t" + (i + 1)));
      refs.add(own.get(of).unit().segment());
    }
    return Optional.of(
        new Exercise(
            "Match terms and meanings",
            "",
            QuestionType.DRAG_DROP,
            "Put each term beside its meaning.",
            options,
            new AnswerKey("", List.of(), Optional.empty(), pairs),
            "The meanings are the source's own words.",
            List.of(),
            own.size(),
            Optional.empty(),
            refs.stream().distinct().sorted().toList()));
  }
}
