package courses.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question before it has a place.
 *
 * @param options the right one first; none where there is nothing to choose from
 * @param fact the sentence it is on, so that no other question is on the same
 */
record RawQuestion(
    QuestionType type,
    String text,
    List<String> options,
    String correct,
    List<String> accepted,
    String explanation,
    String hint,
    Level difficulty,
    int segment,
    String fact) {
  static RawQuestion choice(
      String text, String right, List<String> wrong, Level level, SourceText.Unit unit) {
    List<String> options = new ArrayList<>(List.of(right));
    options.addAll(wrong);
    return new RawQuestion(
        QuestionType.MULTIPLE_CHOICE,
        text,
        options,
        right,
        List.of(),
        unit.text(),
        "",
        level,
        unit.segment(),
        unit.text());
  }

  static RawQuestion open(
      QuestionType type,
      String text,
      String right,
      List<String> accepted,
      String hint,
      Level level,
      SourceText.Unit unit) {
    return new RawQuestion(
        type,
        text,
        List.of(),
        right,
        accepted.stream().filter(one -> !one.equals(right)).distinct().toList(),
        unit.text(),
        hint,
        level,
        unit.segment(),
        unit.text());
  }

  /** The options with ids that say nothing of which is right, which is the first. */
  List<Option> asOptions() {
    List<Option> list = new ArrayList<>();
    for (String option : options) {
      list.add(new Option(String.valueOf((char) ('a' + list.size())), option));
    }
    return list;
  }

  AnswerKey key() {
    return type == QuestionType.MULTIPLE_CHOICE
        ? AnswerKey.of("a")
        : new AnswerKey(correct, accepted, Optional.empty(), List.of());
  }
}
