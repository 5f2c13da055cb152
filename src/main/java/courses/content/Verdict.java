package courses.content;

import courses.sources.LanguageGuess;
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

  /**
   * The verdict with nothing in it that a page can't show: what a model says may repeat what a
   * source told it to say. Words that can't be shown are those of the local checks.
   */
  Verdict presentable(Verdict local, Brief brief) {
    GateRules rules = new GateRules(brief, "");
    String plain =
        ModelMaterial.clean(SafeHtml.text(reasoning.replaceAll("<[^>]{0,200}>", "")), 300);
    // owners are told in the course's language, or in English as by the local checks
    boolean foreign = rules.foreign(plain).isPresent() && LanguageGuess.isForeign(plain, "en");
    return new Verdict(
        suitable,
        confidence,
        rules.broken(plain).isEmpty() && !foreign ? plain : local.reasoning(),
        category
            .map(one -> ModelMaterial.clean(one, 60))
            .filter(one -> rules.broken(one).isEmpty()),
        language.matches("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*") ? language : local.language(),
        level,
        warnings.stream()
            .map(one -> ModelMaterial.clean(one, 200))
            .filter(one -> rules.broken(one).isEmpty())
            .limit(5)
            .toList(),
        degraded);
  }
}
