package exercises;

import java.util.List;
import transcripts.Role;
import transcripts.Utterance;

/**
 * A turn ready for reading: brackets and hesitation gone.
 *
 * @param teaching true when its speaker may be taken as a model of English
 * @param sentences as spoken, split
 */
record Turn(Utterance utterance, boolean teaching, String text, List<String> sentences) {
  boolean isStudent() {
    return utterance.role() == Role.STUDENT;
  }

  Provenance source() {
    return Provenance.of(utterance);
  }
}
