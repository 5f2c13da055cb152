package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import llm.ModelUnavailable.Reason;
import llm.Routes.Route;
import settings.LanguageModel;

/**
 * Lets calls through to providers so that no quota is ever exceeded, all of it is used while calls
 * wait, every service gets its share, and what one provider can't do the next one does.
 *
 * <p>A call waits in one queue for all services and holds nothing while it waits. Each quota group
 * takes the fairest calls that may use it and spends this node's {@link QuotaBlock} on them. A call
 * goes to any group of the first provider of its service, the least busy first, and to a later
 * provider when the earlier ones could not serve it soon.
 *
 * <p>Confined to one thread, that of its {@link Timers}.
 */
public final class KeyPools implements Chat {
  private static final long SCAN_MILLIS = 50;
  // So soon it is noticed that a call that waits for quota waits no more.
  private static final long LOOK_MILLIS = 1_000;
  private static final long MONEY_PAUSE = 250;
  // Section 4.4 of the courses' contract: whom all others borrow from.
  private static final double LENDERS_SHARE = 0.4;
  private static final String LESSON = "lesson-";
  private static final String QUEUE_FULL = " calls wait already (language-model.queue)";
  private static final String CALLED_OFF = "was called off by whoever asked";

  private final LanguageModel settings;
  private final Routes routes;
  private final Ways ways;
  private final Timers timers;
  private final SpendCaps caps;
  private final Attempts attempts;
  private final CallQueue queue;
  private long nextDeadline = Long.MAX_VALUE;
  private long nextScan;
  private boolean changed;
  private long wakeAt = Long.MAX_VALUE;
  private boolean pumping;
  private boolean again;

  /** Calls without an answer. */
  private int open;

  private Promise<Void> idle;

  KeyPools(
      LanguageModel settings,
      QuotaStore quotas,
      SpendStore spends,
      ModelCalls calls,
      Timers timers,
      Meter meter) {
    this(settings, quotas, spends, calls, timers, meter, SpendNotices.NONE);
  }

  KeyPools(
      LanguageModel settings,
      QuotaStore quotas,
      SpendStore spends,
      ModelCalls calls,
      Timers timers,
      Meter meter,
      SpendNotices notices) {
    this.settings = settings;
    this.timers = timers;
    this.routes =
        new Routes(
            settings,
            group ->
                new QuotaBlock(quotas, timers, group.quota(), group.limits(), this::quotaChanged));
    this.ways = new Ways(settings, routes);
    this.caps = new SpendCaps(spends, timers, notices);
    this.attempts = new Attempts(settings, ways, calls, timers, meter, caps, new Fates());
    this.queue =
        new CallQueue(
            service -> settings.weights().getOrDefault(service, 1),
            service -> service.equals(Routes.LENDER) ? LENDERS_SHARE : 0);
  }

  @Override
  public boolean available(String service) {
    return contextTokens(service) > 0;
  }

  @Override
  public int contextTokens(String service) {
    long soon = timers.millis() + settings.callTimeout().toMillis();
    for (Route route : routes.of(service)) {
      boolean usable =
          route.group().openAt() <= soon
              && (route.group().free() || !dayIsSpent())
              && route.keys().stream().anyMatch(k -> k.alive() && k.usableAt(0) <= soon);
      if (usable) {
        return route.group().contextTokens();
      }
    }
    return 0;
  }

  @Override
  public Future<ChatReply> ask(Question question) {
    long now = timers.millis();
    Waiting call = new Waiting(question, budgets(question), now);
    open++;
    call.promise.future().onComplete(done -> closed());
    if (question.cancellation().cancelled()) {
      giveUp(call, Reason.CANCELLED, CALLED_OFF);
      return call.promise.future();
    }
    if (queue.size() >= settings.queue()) {
      giveUp(call, Reason.QUOTA, "was refused: " + queue.size() + QUEUE_FULL);
      return call.promise.future();
    }
    call.forget = question.cancellation().onCancel(() -> timers.execute(() -> cancel(call)));
    enqueue(call);
    pump();
    return call.promise.future();
  }

  private List<Budget> budgets(Question question) {
    List<Budget> budgets = new ArrayList<>();
    for (Budget budget : question.budgets()) {
      if (budget.user().isEmpty()) {
        budgets.add(budget);
      } else if (settings.userDailySpendCap().isPresent()) {
        budgets.add(
            budget.onDay(
                LocalDate.now(ZoneOffset.UTC), settings.userDailySpendCap().getAsDouble()));
      }
    }
    if (settings.lessonSpendCap().isPresent() && question.account().startsWith(LESSON)) {
      budgets.add(new Budget(question.account(), settings.lessonSpendCap().getAsDouble()));
    }
    day().ifPresent(budgets::add);
    return List.copyOf(budgets);
  }

  private Optional<Budget> day() {
    return settings.dailySpendCap().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Budget.ofDay(LocalDate.now(ZoneOffset.UTC), settings.dailySpendCap().getAsDouble()));
  }

  private boolean dayIsSpent() {
    return day().map(budget -> caps.beyond(budget, 1)).orElse(false);
  }

  /** Nobody wants the answer: what it holds is free at once. */
  private void cancel(Waiting call) {
    if (call.done) {
      return;
    }
    giveUp(call, Reason.CANCELLED, CALLED_OFF);
    queue.remove(waiting -> waiting == call);
    call.unwanted.complete();
    // It may be what the others had to wait behind.
    routes.groups().forEach(group -> group.block().askAgain());
    pump();
  }

  private void enqueue(Waiting call) {
    queue.add(call);
    nextDeadline = Math.min(nextDeadline, call.deadline);
    if (!ways.inTime(call, timers.millis())) {
      changed = true;
      nextScan = 0;
    }
  }

  /** Starts what can start. Calls of it while it runs make it run once more. */
  private void pump() {
    if (pumping) {
      again = true;
      return;
    }
    pumping = true;
    try {
      do {
        again = false;
        long now = timers.millis();
        dropHopeless(now);
        fill(now);
        sleep(now);
      } while (again);
    } finally {
      pumping = false;
    }
  }

  /** What a group can do for the calls that wait. */
  private enum Turn {
    STARTED,
    NO_CALL,
    NO_QUOTA
  }

  /**
   * Each group with room takes a call in turn, the least busy one first: groups of one provider are
   * worth the same, and all of them together are what calls may go through at a time.
   */
  private void fill(long now) {
    List<QuotaGroup> open = new ArrayList<>(routes.groups());
    open.sort(Comparator.comparingDouble(QuotaGroup::busy));
    while (!open.isEmpty()) {
      open.removeIf(
          group -> {
            Turn turn = fill(group, now);
            if (turn == Turn.NO_CALL) {
              group.block().needNothing();
            }
            return turn != Turn.STARTED;
          });
    }
  }

  private Turn fill(QuotaGroup group, long now) {
    if (queue.size() == 0 || group.room() <= 0 || group.closedUntil() > now) {
      return Turn.NO_CALL;
    }
    QuotaBlock block = group.block();
    if (block.told() && block.nextAsk() > now && now - group.lookedAt < LOOK_MILLIS) {
      // The head has to wait, and so has everybody behind it.
      return Turn.NO_QUOTA;
    }
    group.lookedAt = now;
    Waiting call = queue.take(waiting -> ways.eligible(waiting, group, now));
    if (call == null) {
      return Turn.NO_CALL;
    }
    if (!hasMoney(call, group)) {
      fetchMoney(call, group);
      return Turn.STARTED;
    }
    Permit permit =
        group.limits().unlimited() ? Permit.unlimited(timers) : block.take(call.tokens());
    if (permit == null) {
      queue.giveBack(call);
      block.need(call.tokens(), Math.min(group.room(), queue.size()));
      return Turn.NO_QUOTA;
    }
    attempts.make(call, group, ways.leastBusy(call, group, now), permit);
    return Turn.STARTED;
  }

  /** More was leased, or it is known how long to wait. */
  private void quotaChanged() {
    changed = true;
    pump();
  }

  private static boolean hasMoney(Waiting call, QuotaGroup group) {
    return group.free() || call.budgets.isEmpty() || call.held >= Ways.price(call, group);
  }

  /** The call comes back to the queue when money for an attempt is held, or can't be. */
  private void fetchMoney(Waiting call, QuotaGroup group) {
    long price = Ways.price(call, group);
    long missing = price - call.held;
    group.inFlight++;
    caps.hold(call.budgets, missing)
        .onSuccess(
            answer -> {
              group.inFlight--;
              if (answer == SpendCaps.Answer.HELD) {
                call.held += missing;
              }
              if (call.done) {
                attempts.release(call);
                pump();
                return;
              }
              if (answer == SpendCaps.Answer.LATER) {
                call.moneyAt = timers.millis() + MONEY_PAUSE;
                timers.after(MONEY_PAUSE, this::pump);
              } else if (answer == SpendCaps.Answer.BEYOND) {
                call.tooDear = Math.min(call.tooDear, price);
                call.spent = caps.spent(call.budgets, price).orElse(null);
                changed = true;
                nextScan = 0;
              }
              queue.giveBack(call);
              pump();
            });
  }

  private final class Fates implements Attempts.Fate {
    @Override
    public void answered(Waiting call, ChatReply reply) {
      end(call);
      call.promise.tryComplete(reply);
    }

    @Override
    public void again(Waiting call) {
      changed = true;
      enqueue(call);
      pump();
    }

    @Override
    public void over(Waiting call, Reason reason, String why) {
      giveUp(call, reason, why);
    }

    @Override
    public void freed() {
      pump();
    }
  }

  private void end(Waiting call) {
    call.done = true;
    call.forget.run();
    if (!call.running) {
      attempts.release(call);
    }
  }

  private void giveUp(Waiting call, Reason reason, String why) {
    end(call);
    String last = call.last == null ? "" : "; the last provider " + call.last.words();
    call.promise.tryFail(
        new ModelUnavailable(reason, "a call for " + call.question.service() + " " + why + last));
  }

  /**
   * Fails calls whose time is up, and early those that nobody can serve in their time. Looking at
   * all calls takes time itself, so it is done when a deadline passes or something has changed.
   */
  private void dropHopeless(long now) {
    if (now < nextDeadline && (!changed || now < nextScan)) {
      return;
    }
    changed = false;
    nextScan = now + SCAN_MILLIS;
    nextDeadline = Long.MAX_VALUE;
    List<Waiting> hopeless =
        queue.remove(
            call -> {
              if (now >= call.deadline || !ways.inTime(call, now)) {
                return true;
              }
              nextDeadline = Math.min(nextDeadline, call.deadline);
              return false;
            });
    if (!hopeless.isEmpty()) {
      // One of them may be what the others had to wait behind.
      routes.groups().forEach(group -> group.block().askAgain());
    }
    hopeless.forEach(call -> giveUp(call, ways.reason(call, now), ways.words(call, now)));
  }

  private void sleep(long now) {
    if (queue.size() == 0) {
      return;
    }
    long next = changed ? Math.min(nextDeadline, nextScan) : nextDeadline;
    for (QuotaGroup group : routes.groups()) {
      if (group.room() > 0 && !group.block().exchanging()) {
        for (KeyState key : group.keys) {
          long at = Math.max(group.openAt(), key.usableAt(now));
          if (at > now && key.alive()) {
            next = Math.min(next, at);
          }
        }
      }
    }
    // A preferred provider that stays full is waited for no longer than patience.
    next = Math.min(next, now + Math.max(SCAN_MILLIS, settings.patience().toMillis()));
    if (next < wakeAt) {
      wakeAt = next;
      timers.after(
          Math.max(1, next - now),
          () -> {
            wakeAt = Long.MAX_VALUE;
            pump();
          });
    }
  }

  private void closed() {
    if (--open == 0 && idle != null) {
      idle.tryComplete();
    }
  }

  /**
   * Ends when all calls have their answers and nothing is held for any: nobody may ask any more.
   */
  Future<Void> retire() {
    idle = Promise.promise();
    if (open == 0) {
      idle.complete();
    }
    return idle.future().compose(done -> close());
  }

  /** Gives back quota and money that are held for calls to come. */
  Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>();
    routes.groups().forEach(group -> closing.add(group.block().close()));
    closing.add(caps.close());
    return Future.join(closing).mapEmpty();
  }

  /** Calls that wait for quota. */
  public int waiting() {
    return queue.size();
  }

  /** When the calls of a service came that wait, in no order. */
  private List<Long> waitingSince(String service) {
    List<Long> since = new ArrayList<>();
    queue.forEach(
        call -> {
          String named = routes.named(call.question.service());
          if (named.equals(service)) {
            since.add(call.arrived);
          }
        });
    return since;
  }

  /** Each key and whether it can be used, for gauges. */
  List<KeyState> keys() {
    return routes.groups().stream().flatMap(group -> group.keys.stream()).toList();
  }

  /** The pools as operators see them; no secrets. */
  public JsonObject status() {
    return new PoolStatus(routes, attempts.traffic(), this::contextTokens, timers.millis())
        .toJson(this::waitingSince);
  }
}
