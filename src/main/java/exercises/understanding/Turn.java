package exercises.understanding;

import java.util.List;
import transcripts.Role;
import transcripts.Utterance;

/**
 * A turn ready for reading: brackets and hesitation gone.
 *
 * @param teaching true when its speaker may be taken as a model of English
 * @param sentences as spoken, split
 */
public record Turn(Utterance utterance, boolean teaching, String text, List<String> sentences) {
  /** Whether the student said it. */
  public boolean isStudent() {
    return utterance.role() == Role.STUDENT;
  }

  /** Where in the recording it was said. */
  public Provenance source() {
    return Provenance.of(utterance);
  }
}
