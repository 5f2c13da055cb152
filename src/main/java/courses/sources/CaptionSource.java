package courses.sources;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** One way to a video's captions. */
interface CaptionSource {
  /** For metrics, the log and {@link Extracted#facts}. */
  String name();

  /**
   * Brings captions; fails with {@link CaptionFailure}.
   *
   * @param videoId valid, see {@link VideoId}
   * @param wanted which languages will do
   */
  Future<Captions> fetch(String videoId, Wanted wanted, Duration limit);

  /**
   * Which captions are wanted.
   *
   * @param language BCP 47 tag that is looked for first, exactly and then without its region; empty
   *     for whatever the video is in
   * @param only whether others won't do
   */
  record Wanted(Optional<String> language, boolean only) {
    /** 0 for exactly the language, 1 for the language elsewhere, 2 for another that will do. */
    int distance(String tag) {
      if (language.isEmpty() || tag.equalsIgnoreCase(language.get())) {
        return 0;
      }
      return LanguageTag.primary(tag).equals(LanguageTag.primary(language.get())) ? 1 : 2;
    }

    boolean takes(String tag) {
      return !only || distance(tag) < 2;
    }
  }
}
