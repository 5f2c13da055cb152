package speech;

import java.time.Duration;

/**
 * How patient we are with a speech service.
 *
 * @param request for one attempt, from connecting to the last byte
 * @param total for all attempts and the pauses between them
 * @param attempts at least 1
 * @param firstPause before the second attempt; doubles, each drawn from half to one and a half of
 *     it
 */
record RemoteLimits(Duration request, Duration total, int attempts, Duration firstPause) {}
