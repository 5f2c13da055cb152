package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds money for calls before they are made. What a call may cost at most is held in each of its
 * budgets; when it is over, what it did cost is booked and the rest is free again. So what is spent
 * never exceeds a cap, however many calls are under way on however many nodes, as far as input is
 * not longer than {@link TokenEstimate} says. Each node holds a little more than it needs at the
 * moment, so that most calls need no round trip.
 *
 * <p>Confined to the thread of {@link KeyPools}.
 */
final class SpendCaps {
  /** What becomes of the wish to hold money for a call. */
  enum Answer {
    HELD,
    /** Others hold what it needs: it may come back. */
    LATER,
    /** It is spent. */
    BEYOND
  }

  private static final Logger log = LoggerFactory.getLogger(SpendCaps.class);
  private static final long TICK_MILLIS = 500;
  // Ticks without a wish after which a node keeps nothing.
  private static final int IDLE_TICKS = 2;
  // What is held must be heard of before it counts as spent.
  private static final int RENEW_TICKS = (int) (SpendStore.HOLD_MILLIS / TICK_MILLIS / 4);
  private static final int SPARE_SHARE = 16;
  // Whoever is forgotten is told of again, and the store knows that it was.
  private static final int MOST_TOLD = 10_000;

  private record Told(int percent, long cap) {}

  private record Wish(long amount, Promise<Answer> answer) {}

  /** A budget as this node knows it. */
  private static final class Account {
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private long cap;
    private long known;
    // granted to this node and held for no call
    private long free;
    private long held;
    private long spentNews;
    private long releasedNews;
    private long recent;
    private int idle;
    private int quiet;
    // how many of the wishes are on their way
    private int asked;
    private boolean exchanging;

    private void take(long nanos) {
      free -= nanos;
      held += nanos;
      recent += nanos;
      idle = 0;
    }

    private boolean news() {
      return spentNews > 0 || releasedNews > 0 || quiet >= RENEW_TICKS && (free > 0 || held > 0);
    }

    private boolean forgettable() {
      return idle > IDLE_TICKS
          && wishes.isEmpty()
          && !exchanging
          && free == 0
          && held == 0
          && !news();
    }
  }

  private final SpendStore store;
  private final Timers timers;
  private final SpendNotices notices;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  /** Who was told of: for longer than the accounts are known. */
  private final Map<String, Told> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST_TOLD;
        }
      };

  private boolean ticking;

  SpendCaps(SpendStore store, Timers timers) {
    this(store, timers, SpendNotices.NONE);
  }

  SpendCaps(SpendStore store, Timers timers, SpendNotices notices) {
    this.store = store;
    this.timers = timers;
    this.notices = notices;
  }

  private void tell(String id, Account account, boolean beyond) {
    long spent = account.known + account.spentNews;
    int percent =
        beyond
            ? SpendNotices.ALL_PERCENT
            : spent >= account.cap * (SpendNotices.NEARLY_PERCENT / 100.0)
                ? SpendNotices.NEARLY_PERCENT
                : 0;
    Told before = told.get(id);
    if (percent > (before == null || before.cap() < account.cap ? 0 : before.percent())) {
      told.put(id, new Told(percent, account.cap));
      notices.reached(id, percent, spent, account.cap);
    }
  }

  /** Holds {@code nanos} in all of the budgets or in none. Never fails. */
  Future<Answer> hold(List<Budget> budgets, long nanos) {
    return hold(budgets, 0, nanos);
  }

  private Future<Answer> hold(List<Budget> budgets, int next, long nanos) {
    if (next == budgets.size()) {
      return Future.succeededFuture(Answer.HELD);
    }
    return hold(budgets.get(next), nanos)
        .compose(
            answer ->
                answer == Answer.HELD
                    ? hold(budgets, next + 1, nanos)
                    : Future.succeededFuture(answer))
        .onSuccess(
            answer -> {
              if (answer != Answer.HELD && next > 0) {
                // A later budget refused: the one before it need not hold anything.
                settle(budgets.get(next - 1), nanos, 0);
              }
            });
  }

  private Future<Answer> hold(Budget budget, long nanos) {
    Account account = accounts.computeIfAbsent(budget.id(), id -> new Account());
    account.cap = budget.cap();
    tick();
    if (account.known + account.spentNews + nanos > account.cap) {
      tell(budget.id(), account, true);
      return Future.succeededFuture(Answer.BEYOND);
    }
    if (account.wishes.isEmpty() && account.free >= nanos) {
      account.take(nanos);
      return Future.succeededFuture(Answer.HELD);
    }
    Promise<Answer> answer = Promise.promise();
    account.wishes.add(new Wish(nanos, answer));
    exchange();
    return answer.future();
  }

  /** The first budget that is known to have less than {@code nanos} left. */
  Optional<Budget> spent(List<Budget> budgets, long nanos) {
    return budgets.stream().filter(budget -> beyond(budget, nanos)).findFirst();
  }

  /** Whether it is known that a call of this price would go beyond a budget. */
  boolean beyond(Budget budget, long nanos) {
    Account account = accounts.get(budget.id());
    return account != null && account.known + account.spentNews + nanos > budget.cap();
  }

  /**
   * An attempt is over, or will not be made.
   *
   * @param held what {@link #hold} held and is not needed any more
   * @param spent what it cost
   */
  void settle(List<Budget> budgets, long held, long spent) {
    if (held > 0 || spent > 0) {
      budgets.forEach(budget -> settle(budget, held, spent));
    }
  }

  private void settle(Budget budget, long held, long spent) {
    Account account = accounts.computeIfAbsent(budget.id(), id -> new Account());
    account.held -= held;
    account.spentNews += spent;
    account.releasedNews += Math.min(spent, held);
    account.free += Math.max(0, held - spent);
    account.cap = budget.cap();
    tell(budget.id(), account, false);
    if (!account.wishes.isEmpty()) {
      exchange();
    }
    tick();
  }

  private void exchange() {
    List<Account> busy = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    List<SpendStore.Change> changes = new ArrayList<>();
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      Account account = entry.getValue();
      if (!account.exchanging && (account.news() || !account.wishes.isEmpty())) {
        account.exchanging = true;
        busy.add(account);
        ids.add(entry.getKey());
        changes.add(change(entry.getKey(), account));
      }
    }
    if (busy.isEmpty()) {
      return;
    }
    store
        .exchange(changes)
        .onComplete(
            result -> {
              for (int i = 0; i < busy.size(); i++) {
                Account account = busy.get(i);
                account.exchanging = false;
                if (result.succeeded()) {
                  take(ids.get(i), account, result.result().get(i));
                } else {
                  // Without a count nobody spends. The change may have been made: told again, what
                  // was spent counts twice at worst, but what was released would be others' money.
                  account.spentNews += changes.get(i).spent();
                  answerAll(account, Answer.LATER);
                }
              }
              if (result.failed()) {
                log.debug("spending can't be counted", result.cause());
                return;
              }
              if (busy.stream().anyMatch(account -> !account.wishes.isEmpty())) {
                exchange();
              }
            });
  }

  private static SpendStore.Change change(String id, Account account) {
    long wanted = -account.free;
    for (Wish wish : account.wishes) {
      wanted += wish.amount();
    }
    long least =
        account.wishes.isEmpty() ? 0 : Math.max(0, account.wishes.peek().amount() - account.free);
    long spare = Math.min(account.recent, account.cap / SPARE_SHARE);
    long most = account.wishes.isEmpty() ? 0 : Math.max(least, wanted + spare);
    SpendStore.Change change =
        new SpendStore.Change(
            id, account.spentNews, account.releasedNews, least, most, account.cap);
    account.asked = account.wishes.size();
    account.quiet = 0;
    account.spentNews = 0;
    account.releasedNews = 0;
    return change;
  }

  private void take(String id, Account account, SpendStore.State state) {
    account.known = state.spent();
    account.free += state.granted();
    List<Runnable> answers = new ArrayList<>();
    // Those that came meanwhile are asked for next.
    for (; account.asked > 0 && !account.wishes.isEmpty(); account.asked--) {
      Wish wish = account.wishes.poll();
      if (wish.amount() <= account.free) {
        account.take(wish.amount());
        answers.add(() -> wish.answer().complete(Answer.HELD));
      } else {
        boolean beyond = account.known + account.spentNews + wish.amount() > account.cap;
        if (beyond) {
          tell(id, account, true);
        }
        answers.add(() -> wish.answer().complete(beyond ? Answer.BEYOND : Answer.LATER));
      }
    }
    tell(id, account, false);
    answers.forEach(Runnable::run);
  }

  private static void answerAll(Account account, Answer answer) {
    List<Wish> wishes = new ArrayList<>(account.wishes);
    account.wishes.clear();
    wishes.forEach(wish -> wish.answer().complete(answer));
  }

  /** Tells what was spent, and gives back what nobody here needs. */
  private void tick() {
    if (ticking) {
      return;
    }
    ticking = true;
    timers.after(
        TICK_MILLIS,
        () -> {
          ticking = false;
          accounts.values().forEach(SpendCaps::giveBack);
          exchange();
          accounts.values().removeIf(Account::forgettable);
          if (!accounts.isEmpty()) {
            tick();
          }
        });
  }

  private static void giveBack(Account account) {
    long keep = account.idle++ >= IDLE_TICKS ? 0 : account.recent;
    if (account.free > keep && !account.exchanging) {
      account.releasedNews += account.free - keep;
      account.free = keep;
    }
    account.recent /= 2;
    account.quiet++;
  }

  /** Gives everything back that is held for no call. */
  Future<Void> close() {
    List<SpendStore.Change> last = new ArrayList<>();
    accounts.forEach(
        (id, account) -> {
          account.releasedNews += account.free;
          account.free = 0;
          if (account.spentNews > 0 || account.releasedNews > 0) {
            last.add(change(id, account));
          }
        });
    return last.isEmpty() ? Future.succeededFuture() : store.exchange(last).mapEmpty();
  }
}
