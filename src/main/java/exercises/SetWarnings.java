package exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a teacher should know of a whole set, for its metadata. */
public final class SetWarnings {
  /** A set with fewer items is too small for a lesson. */
  static final int FEWEST_ITEMS = 8;

  /** One with more is too large: ours hold up to 69, twelve or so of each of six kinds. */
  static final int MOST_ITEMS = 72;

  private static final Pattern OURS =
      Pattern.compile(
          "Only \\d+ exercises: .*|\\d+ exercises are more .*|\\d+ of \\d+ translations are .*");

  private SetWarnings() {}

  /** The set with the metadata its final size and the rejections ask for. */
  public static ExerciseSet on(ExerciseSet set, List<GateReport.Rejection> rejections) {
    List<String> warnings = new ArrayList<>();
    int total = set.total();
    boolean size = total >= FEWEST_ITEMS && total <= MOST_ITEMS;
    if (!size) {
      warnings.add(
          total < FEWEST_ITEMS
              ? "Only " + total + " exercises: the lesson has little material fit for exercises."
              : total + " exercises are more than the usual " + MOST_ITEMS + ".");
    }
    long explained =
        set.flashcards().stream().filter(f -> f.translationLanguage().equals("en")).count()
            + set.spelling().stream().filter(f -> f.translationLanguage().equals("en")).count();
    if (explained > 0 && !set.metadata().language().toLowerCase(Locale.ROOT).startsWith("en")) {
      warnings.add(
          explained
              + " of "
              + (set.flashcards().size() + set.spelling().size())
              + " translations are English definitions, because no translator is configured and the"
              + " word list for \""
              + set.metadata().language()
              + "\" does not have the word.");
    }
    ExerciseSet.Metadata old = set.metadata();
    // The set may have been larger when it was looked at before.
    List<String> all =
        new ArrayList<>(old.warnings().stream().filter(w -> !OURS.matcher(w).matches()).toList());
    warnings.stream().filter(w -> !all.contains(w)).forEach(all::add);
    ExerciseSet.Metadata metadata =
        new ExerciseSet.Metadata(
            old.lessonNumber(),
            old.generator(),
            old.language(),
            old.vocabularyCount(),
            old.sentencesCount(),
            size,
            all,
            new GateReport(set, rejections).rejected(),
            rejections,
            old.level(),
            old.levels());
    return set.with(metadata);
  }
}
