package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * Whether a source can become a course.
 *
 * @param confidence 0 to 1
 * @param reasoning at most 300 characters, for the owner
 * @param category of what kind it is, above all when it is unsuitable
 * @param language BCP 47 tag of the source
 * @param degraded no model answered in time, so that only local checks speak
 */
public record Verdict(
    boolean suitable,
    double confidence,
    String reasoning,
    Optional<String> category,
    String language,
    Level level,
    List<String> warnings,
    boolean degraded)
    implements Content {
  /** Least confidence at which an unsuitable source is refused (contract 5.1). */
  public static final double SURE = 0.6;

  /** Whether the job ends here. */
  public boolean rejects() {
    return !suitable && confidence >= SURE;
  }
}
