package exercises.rulebased;

import exercises.AdvancedCloze;
import exercises.FillBlank;
import exercises.GrammarChallenge;
import exercises.language.Difficulty;
import exercises.language.Levels;
import exercises.understanding.Ids;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes chosen gaps as items. */
final class GapItems {
  private final String seed;
  private final Levels levels;

  GapItems(String seed, Levels levels) {
    this.seed = seed;
    this.levels = levels;
  }

  AdvancedCloze cloze(Gap one, Gap other) {
    Sentence s = one.sentence();
    String text = s.replace(List.of(one.token(), other.token()), FillBlank.BLANK);
    String id = Ids.of(seed, "advanced_cloze", text);
    return new AdvancedCloze(
        id,
        text,
        new AdvancedCloze.Blank(options(one, id + 1), one.answer(), one.hint()),
        new AdvancedCloze.Blank(options(other, id + 2), other.answer(), other.hint()),
        Difficulty.harder(levels.ofText(s.text()).difficulty(), Difficulty.INTERMEDIATE),
        s.text(),
        "advanced_cloze",
        one.explanation() + " " + other.explanation(),
        s.source());
  }

  GrammarChallenge challenge(Chosen chosen) {
    Gap gap = chosen.gap();
    String id = Ids.of(seed, "grammar_challenge", gap.prompt());
    return new GrammarChallenge(
        id,
        gap.prompt(),
        options(gap, id),
        gap.answer(),
        gap.explanation(),
        gap.hint(),
        levels.ofText(gap.sentence().text()).difficulty(),
        gap.concept(),
        chosen.mistake() == null ? "" : chosen.mistake().incorrect(),
        gap.sentence().source());
  }

  FillBlank fillBlank(Chosen chosen) {
    Gap gap = chosen.gap();
    String id = Ids.of(seed, "fill_blank", gap.prompt());
    return new FillBlank(
        id,
        gap.prompt(),
        options(gap, id),
        gap.answer(),
        levels.ofText(gap.sentence().text()).difficulty(),
        gap.explanation(),
        gap.hint(),
        gap.concept(),
        chosen.mistake() == null ? "" : chosen.mistake().incorrect(),
        gap.sentence().source());
  }

  /** Options in an order that depends on nothing but the item. */
  private static List<String> options(Gap gap, String id) {
    List<String> options = new ArrayList<>(gap.distractors());
    options.add(gap.answer());
    Collections.shuffle(options, new Random(id.hashCode()));
    return List.copyOf(options);
  }
}
