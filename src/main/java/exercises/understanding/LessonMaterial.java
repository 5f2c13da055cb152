package exercises.understanding;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import transcripts.Utterance;

/**
 * One lesson, cleaned, ready to be turned into exercises.
 *
 * @param seed stable for the lesson (its summary id, for instance); all item ids derive from it
 * @param lessonNumber 1 to 1000
 * @param language the learner's language for translations, such as {@code he}
 * @param utterances the turns in order; may be empty
 * @param transcriptLength characters of the stored transcript, reported with the set
 * @param earlier what the student already had: the keys the quality gate gives the items of earlier
 *     sets
 */
public record LessonMaterial(
    String seed,
    int lessonNumber,
    String language,
    List<Utterance> utterances,
    int transcriptLength,
    Set<String> earlier) {
  public LessonMaterial {
    Objects.requireNonNull(seed, "seed");
    language = language == null || language.isBlank() ? "he" : language.strip();
    utterances = List.copyOf(utterances);
    earlier = Set.copyOf(earlier);
  }

  /** A lesson of a student of whom no earlier sets are known. */
  public LessonMaterial(
      String seed,
      int lessonNumber,
      String language,
      List<Utterance> utterances,
      int transcriptLength) {
    this(seed, lessonNumber, language, utterances, transcriptLength, Set.of());
  }
}
