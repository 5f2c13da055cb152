package courses.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What questions of each type must be, and where their right answers go. */
final class QuestionGate {
  private final GateRules rules;
  private final Grounding grounding;
  private final KeyGate keys;

  QuestionGate(GateRules rules, Grounding grounding, KeyGate keys) {
    this.rules = rules;
    this.grounding = grounding;
    this.keys = keys;
  }

  Optional<String> broken(Exercise e) {
    return GateRules.first(
        () -> e.title().isBlank() ? Optional.empty() : rules.broken(e.title()),
        () -> e.codeTemplate().flatMap(t -> rules.brokenCode(t.template())),
        () ->
            question(
                e.type(),
                e.question(),
                e.options(),
                e.answerKey(),
                e.explanation(),
                e.codeTemplate()));
  }

  Optional<String> broken(AssessmentQuestion q) {
    return question(
        q.type(), q.text(), q.options(), q.answerKey(), q.explanation(), Optional.empty());
  }

  Optional<String> broken(Mcq q) {
    int at = q.correctIndex();
    return GateRules.first(
        () -> rules.broken(q.question()),
        () -> rules.broken(q.options()),
        () -> explanation(q.question(), q.explanation()),
        () -> GateRules.options(q.options(), at, 4, 4),
        () -> GateRules.given(q.question(), q.options().get(at)),
        () -> keys.choice(q.question(), q.options(), at),
        () -> grounding.broken(q.options().get(at), Grounding.ANSWER));
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
        GateRules.first(
            () -> rules.broken(text),
            () -> rules.broken(texts),
            () -> explanation(text, explanation),
            () -> rules.broken(key.accepted()),
            () -> key.correct().isBlank() ? Optional.empty() : rules.broken(key.correct()));
    if (common.isPresent()) {
      return common;
    }
    return switch (type) {
      case MULTIPLE_CHOICE -> {
        int right = options.stream().map(Option::id).toList().indexOf(key.correct());
        yield GateRules.first(
            () -> GateRules.options(texts, right, 3, 6),
            () -> GateRules.given(text, texts.get(right)),
            () -> keys.choice(text, texts, right),
            () -> grounding.broken(texts.get(right), Grounding.ANSWER));
      }
      case TRUE_FALSE ->
          key.correct().matches("true|false")
              ? GateRules.first(
                  () -> grounding.prose(text, Grounding.PROSE),
                  () -> keys.truth(text, key.correct().equals("true")))
              : Optional.of("truth");
      case FILL_BLANK -> blank(text, key);
      case SHORT_ANSWER, FREE_TEXT ->
          Sentences.words(key.correct()).isEmpty()
              ? Optional.of("short_answer")
              : GateRules.first(
                  () -> GateRules.given(text, key.correct()),
                  () -> grounding.broken(key.correct(), Grounding.ANSWER));
      case CODE ->
          template.isEmpty()
                  || template.get().template().isBlank()
                  || key.correct().isBlank() && key.regex().isEmpty()
              ? Optional.of("template")
              : Optional.empty();
      case DRAG_DROP -> pairs(options, key.pairs());
    };
  }

  private Optional<String> blank(String text, AnswerKey key) {
    int blanks = Grading.blanks(text);
    String[] answers = key.correct().split("\\|", -1);
    boolean fits =
        blanks > 0
            && answers.length <= blanks
            && Set.of(answers).stream().noneMatch(String::isBlank);
    return fits
        ? GateRules.first(
            () -> GateRules.given(text, key.correct()),
            () -> grounding.broken(key.correct().replace('|', ' '), Grounding.ANSWER))
        : Optional.of("blank_count");
  }

  private static Optional<String> pairs(List<Option> options, List<Pair> pairs) {
    Set<String> ids = options.stream().map(Option::id).collect(Collectors.toSet());
    Set<String> texts =
        options.stream().map(o -> Grading.normal(o.text())).collect(Collectors.toSet());
    Set<String> items = new HashSet<>();
    Set<String> targets = new HashSet<>();
    boolean good =
        pairs.size() >= 2
            && ids.size() == options.size()
            && texts.size() == options.size()
            && pairs.stream()
                .allMatch(
                    pair ->
                        ids.contains(pair.item())
                            && ids.contains(pair.target())
                            && !pair.item().equals(pair.target())
                            && items.add(pair.item())
                            && targets.add(pair.target()));
    return good ? Optional.empty() : Optional.of("pairs");
  }

  /** Together with its question an explanation has words enough to show their language. */
  private Optional<String> explanation(String question, String explanation) {
    return GateRules.first(
        () -> explanation.isBlank() ? Optional.empty() : rules.broken(explanation),
        () -> rules.foreign(question + " " + explanation));
  }

  /** Those that passed, with right answers spread over the positions. */
  List<Exercise> spreadExercises(List<Exercise> kept) {
    Positions positions = new Positions(kept.stream().map(Exercise::question).toList().hashCode());
    List<Exercise> spread = new ArrayList<>();
    for (Exercise e : kept) {
      Positions.Placed placed = placed(positions, e.type(), e.options(), e.answerKey());
      spread.add(
          new Exercise(
              e.title(),
              e.description(),
              e.type(),
              e.question(),
              placed.options(),
              placed.key(),
              e.explanation(),
              e.hints().stream().filter(h -> rules.broken(h).isEmpty()).limit(3).toList(),
              Math.max(1, e.points()),
              e.codeTemplate(),
              refs(e.sourceRefs(), e.type(), e.question(), e.options(), e.answerKey())));
    }
    return spread;
  }

  /** As {@link #spreadExercises}, numbered anew. */
  List<AssessmentQuestion> spread(List<AssessmentQuestion> kept) {
    Positions positions =
        new Positions(kept.stream().map(AssessmentQuestion::text).toList().hashCode());
    List<AssessmentQuestion> spread = new ArrayList<>();
    for (AssessmentQuestion q : kept) {
      Positions.Placed placed = placed(positions, q.type(), q.options(), q.answerKey());
      spread.add(
          new AssessmentQuestion(
              spread.size() + 1,
              q.type(),
              q.text(),
              placed.options(),
              placed.key(),
              q.explanation(),
              q.hint().filter(h -> rules.broken(h).isEmpty()),
              Math.min(5, Math.max(1, q.points())),
              q.difficulty(),
              q.topic(),
              q.chapterIndex(),
              q.lessonIndex(),
              refs(q.sourceRefs(), q.type(), q.text(), q.options(), q.answerKey())));
    }
    return spread;
  }

  /** As {@link #spreadExercises}. */
  List<Mcq> spreadMcqs(List<Mcq> kept) {
    Positions positions = new Positions(kept.stream().map(Mcq::question).toList().hashCode());
    List<Mcq> spread = new ArrayList<>();
    for (Mcq q : kept) {
      int at = positions.next(q.options().size());
      String right = q.options().get(q.correctIndex());
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
              grounding.refs(right, q.sourceRefs()).orElse(List.of())));
    }
    return spread;
  }

  /** The segments an exercise's or a question's answer stands in; none when they can't be told. */
  List<Integer> refs(
      List<Integer> named, QuestionType type, String text, List<Option> options, AnswerKey key) {
    String answer =
        switch (type) {
          case MULTIPLE_CHOICE ->
              options.stream()
                  .filter(option -> option.id().equals(key.correct()))
                  .map(Option::text)
                  .findFirst()
                  .orElse("");
          case TRUE_FALSE -> text;
          case CODE, DRAG_DROP -> "";
          default -> key.correct().replace('|', ' ');
        };
    return grounding.refs(answer, named).orElse(grounding.own(named));
  }

  private static Positions.Placed placed(
      Positions positions, QuestionType type, List<Option> options, AnswerKey key) {
    return type == QuestionType.MULTIPLE_CHOICE
        ? positions.place(options, key)
        : new Positions.Placed(options, usable(key, type));
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
}
