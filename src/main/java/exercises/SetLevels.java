package exercises;

import exercises.language.Level;
import exercises.language.Levels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How hard each item of a set is, its answers filled in. */
final class SetLevels {
  private SetLevels() {}

  /** The levels of a set's items by their id. */
  static Map<String, Level> of(ExerciseSet set, Levels levels) {
    Map<String, Level> found = new HashMap<>();
    set.flashcards().forEach(f -> found.put(f.id(), levels.ofCard(f.word())));
    set.spelling().forEach(s -> found.put(s.id(), levels.ofCard(s.word())));
    set.fillBlank()
        .forEach(
            f ->
                found.put(
                    f.id(),
                    levels.ofText(OptionRules.fill(f.sentence(), List.of(f.correctAnswer())))));
    set.sentenceBuilder().forEach(s -> found.put(s.id(), levels.ofText(s.english())));
    set.grammarChallenge()
        .forEach(
            g ->
                found.put(
                    g.id(),
                    levels.ofText(OptionRules.fill(g.prompt(), List.of(g.correctAnswer())))));
    set.advancedCloze()
        .forEach(
            c ->
                found.put(
                    c.id(),
                    levels.ofText(
                        OptionRules.fill(
                            c.sentence(), List.of(c.blank1().correct(), c.blank2().correct())))));
    found.remove(null);
    return found;
  }
}
