package courses.content;

import courses.content.SourceText.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Exercises and key concepts of one lesson by rules. */
final class RuleExercises {
  private static final int MOST = 4;
  private static final int CONCEPT_WORDS = 160;

  private final RuleParts parts;

  /**
   * @param parts of a course of that one lesson
   */
  RuleExercises(RuleParts parts) {
    this.parts = parts;
  }

  Concepts concepts() {
    List<Concept> concepts = new ArrayList<>();
    RuleLesson lesson = parts.lessons().get(0);
    List<Unit> body = lesson.told();
    double[] ranks = Ranking.of(body);
    for (KeyConcept wanted : parts.course().lessons().get(0).text().keyConcepts()) {
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
              about,
              about.stream().mapToDouble(u -> ranks[body.indexOf(u)]).toArray(),
              CONCEPT_WORDS);
      // "He judged the fire to be small": who, only the sentence before can say
      List<Unit> chosen =
          about.stream()
              .filter(unit -> kept.contains(unit.index()))
              .filter(unit -> !Standing.leans(unit.text()) || kept.contains(unit.index() - 1))
              .toList();
      if (chosen.isEmpty()) {
        continue;
      }
      concepts.add(
          new Concept(
              wanted.title(),
              wanted.searchParams(),
              String.join(" ", chosen.stream().map(Unit::text).toList()),
              List.of(),
              parts.refs(0, chosen.stream().map(Unit::segment).toArray(Integer[]::new))));
    }
    return new Concepts(RuleParts.need(concepts, "key concepts"));
  }

  Exercises exercises() {
    RuleQuestions own = parts.questions().get(0);
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
    return new Exercises(RuleParts.need(list.stream().limit(MOST).toList(), "exercises"));
  }

  private Exercise exercise(RawQuestion raw) {
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
        raw.asOptions(),
        raw.key(),
        raw.explanation(),
        raw.hint().isEmpty() ? List.of() : List.of(raw.hint()),
        1,
        Optional.empty(),
        parts.refs(0, raw.segment()));
  }
}
