package exercises;

import exercises.language.NlpModels;
import exercises.rulebased.RuleBasedGenerator;
import java.util.List;
import transcripts.Utterance;

/**
 * Writes the sets of lessons with keys as a teacher reads them, the lesson beside its items: {@code
 * exercises.SetBook [--transcript] [NAME...]}.
 */
public final class SetBook {
  private SetBook() {}

  public static void main(String[] args) {
    List<String> names = List.of(args);
    boolean transcript = names.contains("--transcript");
    RuleBasedGenerator rules = new RuleBasedGenerator(NlpModels.load());
    boolean all = names.stream().allMatch(name -> name.startsWith("--"));
    QualityLesson.all().stream()
        .filter(lesson -> all || names.contains(lesson.name()))
        .forEach(
            lesson -> {
              System.out.println("=== " + lesson.name());
              if (transcript) {
                for (Utterance u : lesson.material().utterances()) {
                  System.out.println(u.startMillis() / 1000 + " " + u.speaker() + ": " + u.text());
                }
              }
              print(rules.explain(lesson.material()));
            });
  }

  private static void print(RuleBasedGenerator.Generated made) {
    ExerciseSet set = made.set();
    System.out.println(
        "focus "
            + made.understanding().focus().grammar()
            + " "
            + made.understanding().focus().topic());
    set.flashcards()
        .forEach(
            c ->
                System.out.println(
                    "card  " + c.word() + " = " + c.translation() + " | " + c.exampleSentence()));
    set.spelling()
        .forEach(
            w ->
                System.out.println(
                    "spell " + w.word() + " = " + w.hint() + " | " + w.sampleSentence()));
    set.fillBlank()
        .forEach(
            f ->
                System.out.println(
                    "gap   "
                        + f.sentence()
                        + " "
                        + options(f.options(), f.correctAnswer())
                        + " {"
                        + f.hint()
                        + "}"
                        + slip(f.sourceMistake())));
    set.sentenceBuilder()
        .forEach(s -> System.out.println("order " + s.english() + " x" + s.accepted().size()));
    set.grammarChallenge()
        .forEach(
            g ->
                System.out.println(
                    "choice "
                        + g.prompt()
                        + " "
                        + options(g.options(), g.correctAnswer())
                        + " {"
                        + g.hint()
                        + "}"
                        + slip(g.sourceMistake())));
    set.advancedCloze()
        .forEach(
            a ->
                System.out.println(
                    "double "
                        + a.sentence()
                        + " "
                        + options(a.blank1().options(), a.blank1().correct())
                        + " "
                        + options(a.blank2().options(), a.blank2().correct())));
    set.mistakes()
        .forEach(
            m ->
                System.out.println(
                    "slip  "
                        + m.incorrect()
                        + " -> "
                        + m.correct()
                        + " ("
                        + m.type().word()
                        + ") @"
                        + m.provenance().second()));
  }

  private static String slip(String mistake) {
    return mistake.isEmpty() ? "" : " <" + mistake + ">";
  }

  private static String options(List<String> options, String answer) {
    return options.stream().map(o -> o.equals(answer) ? "*" + o : o).toList().toString();
  }
}
