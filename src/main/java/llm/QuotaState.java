package llm;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import llm.QuotaStore.Amount;
import llm.QuotaStore.Grant;
import llm.QuotaStore.Report;
import llm.QuotaStore.Wish;

/**
 * All that is known of one quota: what was used in the last minute and the last day, which nodes
 * lease blocks of it or wait for one, and until when the provider wants no calls.
 *
 * <p>What is used and what is leased is together never more than a limit. Whoever waits has a
 * claim: what it needs is kept from nodes that came later, so that a large call is not starved by
 * others' small ones. Not thread-safe.
 */
final class QuotaState {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Of a limit, a block is at most this part, or one call. */
  private static final int BLOCK_SHARE = 20;

  /** How much later than expected a node that has a claim may ask again. */
  private static final long CLAIM_PATIENCE = 2_000;

  /** Leases may come back any time: so often a node that waits looks. */
  private static final long LOOK_AGAIN = 500;

  private final UseLog minuteRequests;
  private final UseLog minuteTokens;
  private final UseLog dayRequests;
  private final UseLog dayTokens;
  final Map<String, Lease> leases = new TreeMap<>();
  final Map<String, Claim> claims = new TreeMap<>();
  long closedUntil;
  long lastLease;

  /** What a node may spend until then. */
  record Lease(long number, Amount left, long until) {}

  /**
   * @param since who came first is first
   */
  record Claim(Amount need, long since, long until) {}

  /**
   * @param marginMillis added to each window: how much later than it was spent a call may reach the
   *     provider
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
   * @param ageMillis how long ago the call was let through
   * @param requestDifference used less spent: -1 for a call that was not made after all
   * @param tokenDifference likewise
   * @param requestsLeft what the provider says is left in the minute; negative: it said nothing
   * @param tokensLeft likewise
   * @param dayRequestsLeft likewise, in the day
   * @param closedMillis no calls for so long from now; 0: none
   * @param movedMillis so much later than it was let through it was counted, at the latest; then
   *     the differences are the whole call; 0: in time
   */
  record News(
      long ageMillis,
      long requestDifference,
      long tokenDifference,
      long requestsLeft,
      long tokensLeft,
      long dayRequestsLeft,
      long closedMillis,
      long movedMillis) {
    static News settled(long ageMillis, long requestDifference, long tokenDifference) {
      return new News(ageMillis, requestDifference, tokenDifference, -1, -1, -1, 0, 0);
    }

    static News moved(long ageMillis, long laterMillis, Amount call) {
      return new News(ageMillis, call.requests(), call.tokens(), -1, -1, -1, 0, laterMillis);
    }

    static News left(long ageMillis, long requestsLeft, long tokensLeft, long dayRequestsLeft) {
      return new News(ageMillis, 0, 0, requestsLeft, tokensLeft, dayRequestsLeft, 0, 0);
    }

    static News closed(long millis) {
      return new News(0, 0, 0, -1, -1, -1, millis, 0);
    }

    /** The same, told so much later. */
    News later(long millis) {
      return new News(
          ageMillis + millis,
          requestDifference,
          tokenDifference,
          requestsLeft,
          tokensLeft,
          dayRequestsLeft,
          Math.max(0, closedMillis - millis),
          movedMillis);
    }
  }

  /**
   * Takes in what a node tells and leases it more.
   *
   * @param told when the node made its report, at the latest: ages count back from there
   * @return with {@code until} in the time of {@code now}
   */
  Grant exchange(long now, long told, Report report) {
    expire(now);
    QuotaLimits limits = report.limits();
    Lease mine = leases.get(report.node());
    Amount left = Amount.NONE;
    if (mine != null && mine.number() == report.lease()) {
      // Uses of a block that has expired are counted already.
      report.uses().forEach(use -> add(told - use.ageMillis(), use.amount()));
      left = report.left();
    }
    // A block of which the node never heard was never spent.
    leases.remove(report.node());
    Amount others = leased(report.node());
    report.news().forEach(news -> learn(now, told, limits, news, others));
    Claim claim = claims.remove(report.node());
    Wish wish = report.wish();
    Amount older = olderClaims(claim == null ? now : claim.since(), report.node());
    Amount granted = granted(now, limits, wish, left, others.plus(older));
    boolean waits = !wish.least().equals(Amount.NONE) && granted.equals(Amount.NONE);
    long wait = 0;
    if (waits) {
      wait = waitFor(now, limits, wish.least().plus(left), others, older);
      claims.put(
          report.node(),
          new Claim(
              wish.least(), claim == null ? now : claim.since(), now + wait + CLAIM_PATIENCE));
    }
    Amount block = left.plus(granted);
    long number = 0;
    if (!block.equals(Amount.NONE)) {
      number = mine != null && mine.number() == report.lease() ? report.lease() : ++lastLease;
      leases.put(report.node(), new Lease(number, block, now + QuotaStore.LEASE_MILLIS));
    }
    return new Grant(
        number,
        granted,
        now + QuotaStore.LEASE_MILLIS,
        wait,
        Math.max(0, closedUntil - now),
        !claims.isEmpty());
  }

  /** What was leased and not told of counts as spent as late as possible. */
  private void expire(long now) {
    for (Iterator<Lease> all = leases.values().iterator(); all.hasNext(); ) {
      Lease lease = all.next();
      if (lease.until() <= now) {
        add(lease.until(), lease.left());
        all.remove();
      }
    }
    claims.values().removeIf(claim -> claim.until() <= now);
  }

  private void add(long when, Amount amount) {
    if (amount.requests() != 0) {
      minuteRequests.add(when, amount.requests());
      dayRequests.add(when, amount.requests());
    }
    if (amount.tokens() != 0) {
      minuteTokens.add(when, amount.tokens());
      dayTokens.add(when, amount.tokens());
    }
  }

  private Amount leased(String exceptTo) {
    Amount sum = Amount.NONE;
    for (Map.Entry<String, Lease> lease : leases.entrySet()) {
      if (!lease.getKey().equals(exceptTo)) {
        sum = sum.plus(lease.getValue().left());
      }
    }
    return sum;
  }

  private Amount olderClaims(long since, String node) {
    Amount sum = Amount.NONE;
    for (Map.Entry<String, Claim> entry : claims.entrySet()) {
      Claim claim = entry.getValue();
      boolean tie = claim.since() == since && entry.getKey().compareTo(node) < 0;
      if (claim.since() < since || tie) {
        sum = sum.plus(claim.need());
      }
    }
    return sum;
  }

  private void learn(long now, long told, QuotaLimits limits, News news, Amount others) {
    long when = told - news.ageMillis();
    if (news.movedMillis() > 0) {
      minuteRequests.move(when, news.movedMillis(), news.requestDifference());
      dayRequests.move(when, news.movedMillis(), news.requestDifference());
      minuteTokens.move(when, news.movedMillis(), news.tokenDifference());
      dayTokens.move(when, news.movedMillis(), news.tokenDifference());
      return;
    }
    if (news.requestDifference() != 0) {
      minuteRequests.correct(when, news.requestDifference());
      dayRequests.correct(when, news.requestDifference());
    }
    if (news.tokenDifference() != 0) {
      minuteTokens.correct(when, news.tokenDifference());
      dayTokens.correct(when, news.tokenDifference());
    }
    // What other nodes lease they may have spent already.
    lower(
        minuteRequests,
        now,
        when,
        limits.requestsPerMinute(),
        news.requestsLeft(),
        others.requests());
    lower(minuteTokens, now, when, limits.tokensPerMinute(), news.tokensLeft(), others.tokens());
    lower(
        dayRequests, now, when, limits.requestsPerDay(), news.dayRequestsLeft(), others.requests());
    if (news.closedMillis() > 0) {
      closedUntil = Math.max(closedUntil, now + news.closedMillis());
    }
  }

  /**
   * Others use the quota too: what the provider says is left holds when it is less. It said so some
   * time after {@code when}; where anything has expired since, nobody knows what it had counted.
   */
  private static void lower(UseLog log, long now, long when, long limit, long left, long others) {
    if (limit > 0 && left >= 0 && !log.expiredBetween(when, now)) {
      long unknown = limit - log.used(now) - others - left;
      if (unknown > 0) {
        log.add(now, unknown);
      }
    }
  }

  private Amount granted(long now, QuotaLimits limits, Wish wish, Amount left, Amount taken) {
    if (closedUntil > now || wish.equals(Wish.NOTHING)) {
      return Amount.NONE;
    }
    // Others wait too: each has its part of what there is.
    int sharers = 1 + claims.size();
    long requests =
        Math.min(
            room(minuteRequests, now, limits.requestsPerMinute(), left, taken, Amount::requests),
            room(dayRequests, now, limits.requestsPerDay(), left, taken, Amount::requests));
    long tokens =
        Math.min(
            room(minuteTokens, now, limits.tokensPerMinute(), left, taken, Amount::tokens),
            room(dayTokens, now, limits.tokensPerDay(), left, taken, Amount::tokens));
    Amount least = wish.least();
    if (requests < least.requests() || tokens < least.tokens()) {
      return Amount.NONE;
    }
    long calls =
        part(
            requests,
            sharers,
            least.requests(),
            wish.most().requests(),
            share(limits.requestsPerMinute(), limits.requestsPerDay()) - left.requests());
    long size =
        part(
            tokens,
            sharers,
            least.tokens(),
            wish.most().tokens(),
            share(limits.tokensPerMinute(), limits.tokensPerDay()) - left.tokens());
    // Whole calls, as far as they are alike: rests with several nodes would be nobody's use.
    return new Amount(calls, least.tokens() == 0 ? size : size - size % least.tokens());
  }

  private static long part(long room, int sharers, long least, long most, long block) {
    return Math.max(least, Math.min(Math.min(most, room / sharers), Math.max(0, block)));
  }

  private static long share(long perMinute, long perDay) {
    long smaller = perMinute == 0 ? perDay : perDay == 0 ? perMinute : Math.min(perMinute, perDay);
    return smaller == 0 ? Long.MAX_VALUE / 4 : smaller / BLOCK_SHARE;
  }

  private static long room(
      UseLog log,
      long now,
      long limit,
      Amount left,
      Amount taken,
      java.util.function.ToLongFunction<Amount> of) {
    return limit == 0
        ? Long.MAX_VALUE / 4
        : limit - log.used(now) - of.applyAsLong(left) - of.applyAsLong(taken);
  }

  private long waitFor(long now, QuotaLimits limits, Amount need, Amount leased, Amount older) {
    long closed = Math.max(0, closedUntil - now);
    long alone = Math.max(closed, waitFor(now, limits, need));
    long together = Math.max(closed, waitFor(now, limits, need.plus(leased).plus(older)));
    boolean others = !leased.equals(Amount.NONE) || !older.equals(Amount.NONE);
    return Math.max(1, others ? Math.min(together, Math.max(alone, LOOK_AGAIN)) : together);
  }

  private long waitFor(long now, QuotaLimits limits, Amount need) {
    long wait = wait(minuteRequests, now, need.requests(), limits.requestsPerMinute());
    wait = Math.max(wait, wait(minuteTokens, now, need.tokens(), limits.tokensPerMinute()));
    wait = Math.max(wait, wait(dayRequests, now, need.requests(), limits.requestsPerDay()));
    return Math.max(wait, wait(dayTokens, now, need.tokens(), limits.tokensPerDay()));
  }

  private static long wait(UseLog log, long now, long amount, long limit) {
    return limit == 0 ? 0 : log.waitFor(now, amount, limit);
  }

  List<UseLog> logs() {
    return List.of(minuteRequests, minuteTokens, dayRequests, dayTokens);
  }
}
