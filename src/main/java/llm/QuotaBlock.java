package llm;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import llm.QuotaState.News;
import llm.QuotaStore.Amount;
import llm.QuotaStore.Grant;
import llm.QuotaStore.Report;
import llm.QuotaStore.Use;
import llm.QuotaStore.Wish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's block of one quota: leased ahead of need, spent without asking anybody, told of
 * later. As large as what the last second's calls take in two; nothing ahead for a call now and
 * then, and nothing while other nodes wait. What is not needed goes back within seconds.
 *
 * <p>Confined to the thread of {@link KeyPools}.
 */
final class QuotaBlock {
  private static final Logger log = LoggerFactory.getLogger(QuotaBlock.class);

  /** Whoever reads the row: one name for each process and quota, so that a dead one stays dead. */
  private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

  private static final long TICK_MILLIS = 1_500;
  private static final long STORE_PAUSE_MILLIS = 500;
  // Uses closer together are told as one.
  private static final long GRAIN_MILLIS = 20;
  private static final long SHORTEST_PAUSE = 20;
  private static final long SOON_MILLIS = 50;

  private static final AtomicLong MADE = new AtomicLong();

  private record Spent(long at, Amount amount) {}

  private final QuotaStore store;
  private final Timers timers;
  private final String quota;
  private final String node = PROCESS + "-" + MADE.incrementAndGet();
  private final Runnable changed;

  private QuotaLimits limits;
  private long lease;
  private long until;
  private long requests;
  private long tokens;
  // of the lease too: calls that were let through and have not left yet
  private Amount held = Amount.NONE;
  // changes when all that was leased is lost
  private long term;
  private List<Spent> uses = new ArrayList<>();
  private List<Told> news = new ArrayList<>();
  private Told left;
  // what the block had after the last exchange
  private Amount leased = Amount.NONE;
  private Wish wanted = Wish.NOTHING;
  private boolean claims;
  private boolean exchanging;
  private boolean ticking;
  private boolean scarce;
  private boolean closed;
  private long closedUntil;
  private long nextAsk;
  private long lastExchange;
  private final RecentCalls recent;

  /** What is to be told, as it was at a time. */
  private record Told(long at, News news) {}

  /**
   * @param changed runs when more was leased, or it is known how long to wait
   */
  QuotaBlock(QuotaStore store, Timers timers, String quota, QuotaLimits limits, Runnable changed) {
    this.store = store;
    this.timers = timers;
    this.quota = quota;
    this.limits = limits;
    this.changed = changed;
    this.recent = new RecentCalls(timers.millis());
  }

  void limits(QuotaLimits now) {
    limits = now;
  }

  /** When asking for more makes sense, as far as the last answer told. */
  long nextAsk() {
    return nextAsk;
  }

  /** Until when the provider wants no calls, as another node was told. */
  long closedUntil() {
    return closedUntil;
  }

  /** Whether the last answer was to wait. */
  boolean told() {
    return claims;
  }

  boolean exchanging() {
    return exchanging;
  }

  /** What the head of the queue had to wait for need not hold for the next one. */
  void askAgain() {
    nextAsk = 0;
  }

  /** Takes one call's quota; null when the block has too little. */
  Permit take(int callTokens) {
    long now = timers.millis();
    if (!covers(callTokens, now)) {
      return null;
    }
    Amount leased = new Amount(countsRequests() ? 1 : 0, countsTokens() ? callTokens : 0);
    requests -= leased.requests();
    tokens -= leased.tokens();
    held = held.plus(leased);
    recent.add(now, callTokens);
    tick();
    if (!scarce && !exchanging && runsShort(now)) {
      exchange(Wish.NOTHING);
    }
    return new Permit(this, timers, new Amount(1, callTokens), leased, term);
  }

  /** Spends what is held by a permit, unless the lease has ended meanwhile. */
  boolean leave(Permit permit) {
    long now = timers.millis();
    if (permit.term() != term || now >= until) {
      return false;
    }
    held = held.minus(permit.leased());
    use(now, permit.amount());
    tick();
    return true;
  }

  /** What is held by a permit may serve another call. */
  void unused(Permit permit) {
    if (permit.term() == term) {
      held = held.minus(permit.leased());
      requests += permit.leased().requests();
      tokens += permit.leased().tokens();
    }
  }

  /** A call may have been counted so much later than it left. */
  void moved(Permit permit, long laterMillis) {
    tell(News.moved(timers.millis() - permit.leftAt(), laterMillis, permit.amount()), false);
  }

  /** What was leased counts as spent where it is counted, or was given back. */
  private void lose() {
    requests = 0;
    tokens = 0;
    held = Amount.NONE;
    term++;
  }

  private boolean covers(int callTokens, long now) {
    return now < until
        && (!countsRequests() || requests >= 1)
        && (!countsTokens() || tokens >= callTokens);
  }

  private boolean countsRequests() {
    return limits.requestsPerMinute() > 0 || limits.requestsPerDay() > 0;
  }

  private boolean countsTokens() {
    return limits.tokensPerMinute() > 0 || limits.tokensPerDay() > 0;
  }

  private void use(long now, Amount amount) {
    int last = uses.size() - 1;
    if (last >= 0 && now - uses.get(last).at() < GRAIN_MILLIS) {
      uses.set(last, new Spent(now, uses.get(last).amount().plus(amount)));
    } else {
      uses.add(new Spent(now, amount));
    }
  }

  private Amount ahead(long now) {
    return scarce ? Amount.NONE : recent.ahead(now);
  }

  /** Whether half of what is had ahead is spent. */
  private boolean runsShort(long now) {
    Amount ahead = ahead(now);
    return now >= nextAsk
        && now - lastExchange >= GRAIN_MILLIS
        && (countsRequests() && requests < Math.min(ahead.requests(), leased.requests()) / 2
            || countsTokens() && tokens < Math.min(ahead.tokens(), leased.tokens()) / 2);
  }

  /**
   * Calls wait for more.
   *
   * @param headTokens of the one whose turn it is
   * @param calls that could go at once
   */
  void need(int headTokens, int calls) {
    long now = timers.millis();
    if (scarce && !exchanging && now >= nextAsk) {
      // What is too little for a call here may be what another node lacks.
      requests = 0;
      tokens = 0;
    }
    double each = recent.size(headTokens);
    boolean valid = now < until;
    long lackRequests = countsRequests() ? Math.max(0, 1 - (valid ? requests : 0)) : 0;
    long lackTokens = countsTokens() ? Math.max(0, headTokens - (valid ? tokens : 0)) : 0;
    wanted =
        new Wish(
            new Amount(lackRequests, lackTokens),
            new Amount(Math.max(lackRequests, calls), Math.max(lackTokens, (long) (calls * each))));
    if (!exchanging && now >= nextAsk) {
      exchange(wanted);
    }
  }

  /** No call waits any more: others need not wait for us. */
  void needNothing() {
    wanted = Wish.NOTHING;
    if (claims && !exchanging) {
      exchange(Wish.NOTHING);
    }
  }

  /**
   * Something for the others to know.
   *
   * @param soon whether calls wait that may go because of it
   */
  void tell(News item, boolean soon) {
    long now = timers.millis();
    news.add(new Told(now, item));
    if (soon) {
      nextAsk = Math.min(nextAsk, Math.max(now, lastExchange + SOON_MILLIS));
    }
    if (item.closedMillis() > 0 && !exchanging) {
      exchange(Wish.NOTHING);
    }
    tick();
  }

  /**
   * What the provider says is left; negative: it did not say. Only the last word is told.
   *
   * @param ageMillis how long ago the call was begun that it answers with this
   */
  void left(long ageMillis, long requestsLeft, long tokensLeft, long dayRequestsLeft) {
    left =
        new Told(timers.millis(), News.left(ageMillis, requestsLeft, tokensLeft, dayRequestsLeft));
    tick();
  }

  /** Gives everything back; nothing may be spent any more. */
  Future<Void> close() {
    closed = true;
    until = 0;
    lose();
    if (idle()) {
      return Future.succeededFuture();
    }
    return store.exchange(report(timers.millis(), Wish.NOTHING)).mapEmpty();
  }

  private boolean idle() {
    return lease == 0 && uses.isEmpty() && news.isEmpty() && left == null && !claims;
  }

  private Report report(long now, Wish wish) {
    List<Use> told = uses.stream().map(use -> new Use(now - use.at(), use.amount())).toList();
    List<News> items = new ArrayList<>();
    news.forEach(item -> items.add(item.news().later(now - item.at())));
    if (left != null) {
      items.add(left.news().later(now - left.at()));
    }
    Amount kept = new Amount(requests, tokens).plus(held);
    return new Report(quota, limits, node, lease, told, items, kept, wish);
  }

  private void exchange(Wish wish) {
    long now = timers.millis();
    if (now >= until) {
      lose();
    }
    Amount ahead = ahead(now);
    Wish whole =
        new Wish(
            wish.least(),
            new Amount(
                wish.most().requests() + Math.max(0, ahead.requests() - requests),
                wish.most().tokens() + Math.max(0, ahead.tokens() - tokens)));
    if (wish.equals(Wish.NOTHING)) {
      giveBack(ahead);
    }
    exchanging = true;
    lastExchange = now;
    Report report = report(now, whole);
    List<Spent> toldUses = uses;
    List<Told> toldNews = news;
    uses = new ArrayList<>();
    news = new ArrayList<>();
    left = null;
    store
        .exchange(report)
        .onComplete(
            result -> {
              exchanging = false;
              if (result.succeeded()) {
                take(report, result.result());
              } else {
                // Without a count nothing is leased; what is leased may be spent to its end.
                toldUses.addAll(uses);
                uses = toldUses;
                // It may have been taken in: only what does no harm twice is told again.
                toldNews.removeIf(told -> told.news().closedMillis() == 0);
                toldNews.addAll(news);
                news = toldNews;
                nextAsk = timers.millis() + STORE_PAUSE_MILLIS;
                log.debug("quota {} can't be counted", quota, result.cause());
                tick();
              }
              changed.run();
            });
  }

  private void giveBack(Amount ahead) {
    requests = Math.min(requests, ahead.requests());
    tokens = Math.min(tokens, ahead.tokens());
  }

  private void take(Report report, Grant grant) {
    long now = timers.millis();
    if (closed) {
      return;
    }
    if (grant.lease() != report.lease()) {
      // Its time was over where it is counted.
      lose();
    }
    lease = grant.lease();
    until = lease == 0 ? 0 : grant.until();
    requests += grant.granted().requests();
    tokens += grant.granted().tokens();
    leased = new Amount(requests, tokens);
    claims = grant.waitMillis() > 0;
    scarce = grant.scarce() || claims;
    closedUntil = now + grant.closedMillis();
    if (claims) {
      nextAsk = now + Math.max(SHORTEST_PAUSE, grant.waitMillis());
    } else if (!report.wish().least().equals(Amount.NONE)) {
      nextAsk = 0;
    }
    tick();
  }

  /** Tells what was spent, renews what is used, gives back what is not. */
  private void tick() {
    if (ticking || closed) {
      return;
    }
    ticking = true;
    timers.after(
        TICK_MILLIS,
        () -> {
          ticking = false;
          if (idle() || closed) {
            return;
          }
          if (!exchanging && timers.millis() - lastExchange >= TICK_MILLIS / 2) {
            exchange(wanted);
          }
          tick();
        });
  }
}
