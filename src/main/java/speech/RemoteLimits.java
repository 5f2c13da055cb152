package speech;

import java.time.Duration;

/**
 * How patient we are with a speech service.
 *
 * @param service what stands before the engine's name in metrics
 * @param request for one attempt, from connecting to the last byte
 * @param total for all attempts and the pauses between them
 * @param attempts at least 1
 * @param firstPause before the second attempt; doubles, each drawn from half to one and a half of
 *     it
 */
record RemoteLimits(
    String service, Duration request, Duration total, int attempts, Duration firstPause) {
  /** For words and sentences, for which somebody waits. */
  RemoteLimits(Duration request, Duration total, int attempts, Duration firstPause) {
    this("speech-", request, total, attempts, firstPause);
  }
}
