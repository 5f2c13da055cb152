package exercises;

import exercises.language.NlpModels;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.Provenance;
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
            + made.understanding().focus().topic()
            + set.metadata().level().map(level -> ", level " + level.word()).orElse(""));
    set.flashcards()
        .forEach(
            c ->
                line(
                    "card",
                    c.provenance(),
                    c.word()
                        + " = "
                        + c.translation()
                        + " | "
                        + c.exampleSentence()
                        + hint(c.hint())
                        + " "
                        + c.difficulty().word()));
    set.spelling()
        .forEach(
            w ->
                line(
                    "spell",
                    w.provenance(),
                    w.word()
                        + " = "
                        + w.translation()
                        + hint(w.hint())
                        + " | "
                        + w.sampleSentence()));
    set.fillBlank()
        .forEach(
            f ->
                line(
                    "gap",
                    f.provenance(),
                    f.sentence()
                        + " "
                        + options(f.options(), f.correctAnswer())
                        + hint(f.hint())
                        + " "
                        + f.difficulty().word()
                        + slip(f.sourceMistake())
                        + why(f.explanation())));
    set.sentenceBuilder()
        .forEach(
            s ->
                line(
                    "order",
                    s.provenance(),
                    s.english()
                        + " x"
                        + s.accepted().size()
                        + " "
                        + s.distractors()
                        + (s.translation() == null ? "" : " = " + s.translation())
                        + hint(s.hint())
                        + " "
                        + s.difficulty().word()));
    set.grammarChallenge()
        .forEach(
            g ->
                line(
                    "choice",
                    g.provenance(),
                    g.prompt()
                        + " "
                        + options(g.options(), g.correctAnswer())
                        + hint(g.hint())
                        + " "
                        + g.difficulty().word()
                        + slip(g.sourceMistake())
                        + why(g.explanation())));
    set.advancedCloze()
        .forEach(
            a ->
                line(
                    "double",
                    a.provenance(),
                    a.sentence()
                        + " "
                        + options(a.blank1().options(), a.blank1().correct())
                        + hint(a.blank1().hint())
                        + " "
                        + options(a.blank2().options(), a.blank2().correct())
                        + hint(a.blank2().hint())
                        + why(a.explanation())));
    set.mistakes()
        .forEach(
            m ->
                line(
                    "slip",
                    m.provenance(),
                    m.incorrect()
                        + " -> "
                        + m.correct()
                        + " ("
                        + m.type().word()
                        + ")"
                        + hint(m.hint())
                        + why(m.rule())));
  }

  private static void line(String kind, Provenance from, String text) {
    String at = from.second() == null ? "#" + from.utterance() : "@" + from.second();
    System.out.printf("%-6s %5s %s%n", kind, at, text);
  }

  private static String hint(String hint) {
    return " {" + hint + "}";
  }

  private static String why(String explanation) {
    return "\n             why: " + explanation;
  }

  private static String slip(String mistake) {
    return mistake.isEmpty() ? "" : " <" + mistake + ">";
  }

  private static String options(List<String> options, String answer) {
    return options.stream().map(o -> o.equals(answer) ? "*" + o : o).toList().toString();
  }
}
