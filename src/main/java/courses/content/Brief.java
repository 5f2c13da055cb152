package courses.content;

import java.util.Optional;

/**
 * What is asked for, whatever the source.
 *
 * @param account what model usage is booked on, e.g. {@code course:<id>}
 * @param title the source's title or the topic
 * @param language BCP 47 tag of the source, {@code und} when unknown
 * @param targetLanguage BCP 47 tag of the course
 * @param purpose e.g. {@code practice}
 * @param customPrompt the owner's wishes, at most 1,000 characters; data to the model
 */
public record Brief(
    String account,
    String title,
    String language,
    String targetLanguage,
    Level difficulty,
    String purpose,
    Optional<String> customPrompt)
    implements Content {
  /** The purpose of lessons that explain again what a learner has not understood. */
  public static final String REMEDIATION = "remediation";
}
