package exercises.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import transcripts.Role;
import transcripts.Utterance;

/**
 * Estimates levels from how frequent words are and how long sentences are; no free list of words by
 * level exists, and frequency bands are the usual stand-in. Good for a step up or down, not for a
 * certificate.
 */
public final class Levels {
  /** Lowest frequency class of each level from A1 on, for words that no list has. */
  private static final int[] FREQUENCY = {15, 14, 12, 10, 7};

  /**
   * Lowest frequency class at which a word of the bundled list, by its level there, is as easy as
   * that level's words are; else it is a step harder. Newspapers, from which the classes are, say
   * "ladder" less often than children do.
   */
  private static final int[] LISTED = {9, 12, 13};

  /** Most words of a sentence of each level from A1 on. */
  private static final int[] LENGTH = {7, 10, 14, 20, 27};

  /** With fewer content words said nobody can tell a lesson's level. */
  private static final int FEWEST_WORDS = 30;

  /** The share of a lesson's different words that are at most at its level. */
  private static final double KNOWN = 0.82;

  private static final Pattern JUDGED = Pattern.compile("\\p{IsLatin}{3,}");

  private final Morphology morphology;
  private final Lexicon list;

  /**
   * @param list with hand-made levels
   */
  Levels(Morphology morphology, Lexicon list) {
    this.morphology = morphology;
    this.list = list;
  }

  /** The easiest reading of a word form decides: "went" is as easy as "go". */
  public Level ofWord(String form) {
    String lower = form.toLowerCase(Locale.ROOT);
    int frequency = morphology.frequency(lower);
    int step = Level.values().length;
    for (String lemma : morphology.lemmas(lower)) {
      frequency = Math.max(frequency, morphology.frequency(lemma));
      step = Math.min(step, listed(lemma));
    }
    return Level.at(Math.min(step, band(frequency)));
  }

  private int listed(String lemma) {
    int step = Level.values().length;
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      int level = list.level(lemma, pos);
      if (level > 0) {
        step = Math.min(step, morphology.frequency(lemma) >= LISTED[level - 1] ? level - 1 : level);
      }
    }
    return step;
  }

  private static int band(int frequency) {
    int step = 0;
    while (step < FREQUENCY.length && frequency < FREQUENCY[step]) {
      step++;
    }
    return step;
  }

  /** A sentence is as hard as its length, and one step easier than its hardest word. */
  public Level ofText(String sentence) {
    return ofText(sentence, word -> false);
  }

  /**
   * As {@link #ofText(String)}.
   *
   * @param familiar whether a learner of this lesson heard the word, in lower case, often enough
   *     for it to be no longer hard
   */
  public Level ofText(String sentence, Predicate<String> familiar) {
    int step = 0;
    while (step < LENGTH.length && Token.words(sentence).size() > LENGTH[step]) {
      step++;
    }
    int hardest = 0;
    boolean first = true;
    for (Token token : Token.split(sentence)) {
      String word = token.lower();
      // A capital inside is a name, and names have no level.
      boolean judged =
          JUDGED.matcher(word).matches()
              && (first || !token.isCapitalised())
              && morphology.isEnglish(word)
              && !familiar.test(word);
      first = false;
      hardest = judged ? Math.max(hardest, ofWord(word).ordinal()) : hardest;
    }
    return Level.at(Math.max(step, hardest - 1));
  }

  /** A card is as hard as its word, of several words as the hardest. */
  public Level ofCard(String word) {
    Level level = Level.A1;
    for (String part : word.split("[ -]")) {
      level = Level.harder(level, ofWord(part));
    }
    return level;
  }

  /**
   * The level of a lesson by what was said in it: four fifths of the different words are at most at
   * it. A teacher speaks above the learner, so with both known it is the lower of the teacher's and
   * a step above the student's; empty for a lesson with too little said.
   */
  public Optional<Level> ofLesson(List<Utterance> turns) {
    Optional<Level> teacher = spoken(turns, Role.STUDENT, false);
    Optional<Level> student = spoken(turns, Role.STUDENT, true);
    if (teacher.isEmpty() || student.isEmpty()) {
      return teacher.or(() -> student);
    }
    Level above = Level.at(student.get().ordinal() + 1);
    return Optional.of(above.compareTo(teacher.get()) < 0 ? above : teacher.get());
  }

  private Optional<Level> spoken(List<Utterance> turns, Role role, boolean same) {
    List<Integer> steps = new ArrayList<>();
    turns.stream()
        .filter(turn -> (turn.role() == role) == same)
        .map(Utterance::text)
        .flatMap(text -> Token.words(text).stream())
        .filter(word -> JUDGED.matcher(word).matches() && morphology.isEnglish(word))
        .distinct()
        .forEach(word -> steps.add(ofWord(word).ordinal()));
    if (steps.size() < FEWEST_WORDS) {
      return Optional.empty();
    }
    Collections.sort(steps);
    return Optional.of(Level.at(steps.get((int) (steps.size() * KNOWN))));
  }
}
