package llm;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/**
 * All that is known of one quota: what was used in the last minute and the last day, and until when
 * the provider wants no calls. Not thread-safe.
 */
final class QuotaState {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final byte FORM = 1;

  private final UseLog minuteRequests;
  private final UseLog minuteTokens;
  private final UseLog dayRequests;
  private final UseLog dayTokens;
  private long closedUntil;

  /**
   * @param marginMillis added to each window: how much later than its reservation a call may reach
   *     the provider
   */
  QuotaState(long marginMillis) {
    minuteRequests = new UseLog(MINUTE + marginMillis);
    minuteTokens = new UseLog(MINUTE + marginMillis);
    dayRequests = new UseLog(DAY + marginMillis);
    dayTokens = new UseLog(DAY + marginMillis);
  }

  /**
   * What a node tells of a call that is over, or of what a provider said.
   *
   * @param reservedAt when the call was let through, in the quota's time
   * @param tokenDifference used less reserved
   * @param requestsLeft what the provider says is left in the minute; negative: it said nothing
   * @param tokensLeft likewise
   * @param dayRequestsLeft likewise, in the day
   * @param closedMillis no calls for so long from now; 0: none
   */
  record News(
      long reservedAt,
      long tokenDifference,
      long requestsLeft,
      long tokensLeft,
      long dayRequestsLeft,
      long closedMillis) {
    static News settled(long reservedAt, long tokenDifference) {
      return new News(reservedAt, tokenDifference, -1, -1, -1, 0);
    }

    static News closed(long millis) {
      return new News(0, 0, -1, -1, -1, millis);
    }
  }

  /**
   * @param granted how many of the wanted calls may go now: the first ones
   * @param at when, in the quota's time
   * @param waitMillis until the next of them may; 0 when all may go
   */
  record Verdict(int granted, long at, long waitMillis) {}

  void learn(long now, QuotaLimits limits, News news) {
    if (news.tokenDifference() != 0) {
      minuteTokens.correct(news.reservedAt(), news.tokenDifference());
      dayTokens.correct(news.reservedAt(), news.tokenDifference());
    }
    lower(minuteRequests, now, limits.requestsPerMinute(), news.requestsLeft());
    lower(minuteTokens, now, limits.tokensPerMinute(), news.tokensLeft());
    lower(dayRequests, now, limits.requestsPerDay(), news.dayRequestsLeft());
    if (news.closedMillis() > 0) {
      closedUntil = Math.max(closedUntil, now + news.closedMillis());
    }
  }

  /** Others use the quota too: what the provider says is left holds when it is less. */
  private static void lower(UseLog log, long now, long limit, long left) {
    if (limit > 0 && left >= 0) {
      long unknown = limit - log.used(now) - left;
      if (unknown > 0) {
        log.add(now, unknown);
      }
    }
  }

  Verdict reserve(long now, QuotaLimits limits, List<Integer> wantedTokens) {
    int granted = 0;
    for (int tokens : wantedTokens) {
      long wait = waitFor(now, limits, tokens);
      if (wait > 0) {
        return new Verdict(granted, now, wait);
      }
      minuteRequests.add(now, 1);
      minuteTokens.add(now, tokens);
      dayRequests.add(now, 1);
      dayTokens.add(now, tokens);
      granted++;
    }
    return new Verdict(granted, now, 0);
  }

  private long waitFor(long now, QuotaLimits limits, int tokens) {
    long wait = Math.max(0, closedUntil - now);
    wait = Math.max(wait, wait(minuteRequests, now, 1, limits.requestsPerMinute()));
    wait = Math.max(wait, wait(minuteTokens, now, tokens, limits.tokensPerMinute()));
    wait = Math.max(wait, wait(dayRequests, now, 1, limits.requestsPerDay()));
    return Math.max(wait, wait(dayTokens, now, tokens, limits.tokensPerDay()));
  }

  private static long wait(UseLog log, long now, long amount, long limit) {
    return limit == 0 ? 0 : log.waitFor(now, amount, limit);
  }

  Buffer encode(long now) {
    Buffer buffer = Buffer.buffer().appendByte(FORM).appendLong(closedUntil);
    for (UseLog log : logs()) {
      log.used(now);
      log.write(buffer);
    }
    return buffer;
  }

  /** Replaces what is here; a form that this version does not know is an empty state. */
  void decode(Buffer buffer) {
    if (buffer.length() == 0 || buffer.getByte(0) != FORM) {
      return;
    }
    closedUntil = buffer.getLong(1);
    int at = 1 + Long.BYTES;
    for (UseLog log : logs()) {
      at = log.read(buffer, at);
    }
  }

  private List<UseLog> logs() {
    return List.of(minuteRequests, minuteTokens, dayRequests, dayTokens);
  }
}
