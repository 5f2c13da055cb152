package exercises;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Names the rule behind every candidate the gate dropped. */
public final class Rejections {
  private Rejections() {}

  /**
   * @param check the gate, asked again about each dropped item alone: what then passes was a
   *     repetition of another item
   */
  public static List<String> of(
      ExerciseSet candidates, ExerciseSet kept, Function<ExerciseSet, GateReport> check) {
    List<String> all = new ArrayList<>();
    ExerciseSet c = candidates;
    dropped(c.flashcards(), kept.flashcards())
        .forEach(
            f -> all.add(line("flashcard", f.word(), check, s -> with(s, List.of(f), null), c)));
    dropped(c.spelling(), kept.spelling())
        .forEach(
            f -> all.add(line("spelling", f.word(), check, s -> with(s, null, List.of(f)), c)));
    dropped(c.fillBlank(), kept.fillBlank())
        .forEach(
            f ->
                all.add(
                    line(
                        "fill_blank",
                        f.sentence() + " " + f.options(),
                        check,
                        s -> sentences(s, List.of(f), List.of(), List.of(), List.of()),
                        c)));
    dropped(c.sentenceBuilder(), kept.sentenceBuilder())
        .forEach(
            f ->
                all.add(
                    line(
                        "sentence_builder",
                        f.english(),
                        check,
                        s -> sentences(s, List.of(), List.of(f), List.of(), List.of()),
                        c)));
    dropped(c.grammarChallenge(), kept.grammarChallenge())
        .forEach(
            f ->
                all.add(
                    line(
                        "grammar_challenge",
                        f.prompt() + " " + f.options(),
                        check,
                        s -> sentences(s, List.of(), List.of(), List.of(f), List.of()),
                        c)));
    dropped(c.advancedCloze(), kept.advancedCloze())
        .forEach(
            f ->
                all.add(
                    line(
                        "advanced_cloze",
                        f.sentence() + " " + f.blank1().options() + " " + f.blank2().options(),
                        check,
                        s -> sentences(s, List.of(), List.of(), List.of(), List.of(f)),
                        c)));
    return List.copyOf(all);
  }

  private static <T> List<T> dropped(List<T> all, List<T> kept) {
    Set<T> there = new HashSet<>(kept);
    return all.stream().filter(item -> !there.contains(item)).toList();
  }

  private static String line(
      String kind,
      String text,
      Function<ExerciseSet, GateReport> check,
      UnaryOperator<ExerciseSet> alone,
      ExerciseSet candidates) {
    Set<String> rules = check.apply(alone.apply(candidates)).rejected().keySet();
    return (rules.isEmpty() ? "repeats another item" : String.join(", ", rules))
        + ": "
        + kind
        + ": "
        + text;
  }

  private static ExerciseSet with(
      ExerciseSet set, List<Flashcard> cards, List<SpellingWord> spelling) {
    return new ExerciseSet(
        cards == null ? List.of() : cards,
        spelling == null ? List.of() : spelling,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        set.mistakes(),
        set.transcriptLength(),
        set.metadata());
  }

  private static ExerciseSet sentences(
      ExerciseSet set,
      List<FillBlank> blanks,
      List<SentenceBuilder> builders,
      List<GrammarChallenge> challenges,
      List<AdvancedCloze> cloze) {
    return new ExerciseSet(
        List.of(),
        List.of(),
        blanks,
        builders,
        challenges,
        cloze,
        set.mistakes(),
        set.transcriptLength(),
        set.metadata());
  }
}
