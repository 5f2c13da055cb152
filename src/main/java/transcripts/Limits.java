package transcripts;

import java.time.Duration;
import settings.Settings;

/**
 * What is too much, and too little, for one lesson.
 *
 * @param maxCharacters longer originals are refused before anything is parsed; at least 1
 * @param maxDuration lessons whose last cue ends later are refused
 * @param minWords transcripts with fewer spoken words are refused; at least 1
 */
public record Limits(int maxCharacters, Duration maxDuration, int minWords) {
  /** Fewer words than this never held enough for one exercise set. */
  public static final int DEFAULT_MIN_WORDS = 20;

  public Limits {
    if (maxCharacters < 1 || minWords < 1 || maxDuration.isNegative() || maxDuration.isZero()) {
      throw new IllegalArgumentException(
          "limits must be positive: " + maxCharacters + ", " + maxDuration + ", " + minWords);
    }
  }

  /** The operator's limits with {@link #DEFAULT_MIN_WORDS}. */
  public static Limits of(Settings.Transcripts settings) {
    return new Limits(settings.maxCharacters(), settings.maxDuration(), DEFAULT_MIN_WORDS);
  }
}
