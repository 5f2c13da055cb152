package transcripts;

import java.util.Optional;

/**
 * What is known about the people of a lesson before its transcript is read. Every part may be
 * missing.
 *
 * @param teacherName the teacher's display name
 * @param teacherEmail the teacher's address; only the part before the {@code @} is used, to
 *     recognise a label
 * @param studentName the student's display name
 */
public record SpeakerHints(
    Optional<String> teacherName, Optional<String> teacherEmail, Optional<String> studentName) {
  /** Nothing is known. */
  public static final SpeakerHints NONE =
      new SpeakerHints(Optional.empty(), Optional.empty(), Optional.empty());

  public static SpeakerHints teacher(String name, String email) {
    return new SpeakerHints(
        Optional.ofNullable(name), Optional.ofNullable(email), Optional.empty());
  }
}
