package llm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Waiting calls in the order that fairness wants: first between services by weight, then between
 * the accounts of a service, each measured by the tokens it took. Start-time fair queueing (Goyal,
 * Vin and Cheng 1996) on two levels: a flow that is busy is served in proportion to its weight
 * whatever the others do, and one that comes anew waits for at most one call of each busy flow.
 */
final class FairQueue<T> {
  /** An account's calls in their order, or a service's accounts. */
  private static final class Flow<T> {
    private final double weight;
    private final Deque<Entry<T>> calls = new ArrayDeque<>();
    private final Map<String, Flow<T>> flows = new LinkedHashMap<>();
    private double start;
    private double clock;

    /** What the last call was charged by. */
    private double charged;

    private Flow(double weight) {
      this.weight = weight;
      this.charged = weight;
    }

    private boolean idle() {
      return calls.isEmpty() && flows.values().stream().allMatch(Flow::idle);
    }
  }

  /**
   * @param cost in tokens, above 0
   */
  record Entry<T>(String service, String account, double cost, T call) {}

  private final Flow<T> root = new Flow<>(1);
  private final ToDoubleFunction<String> weights;
  private final ToDoubleFunction<String> shares;
  private int size;

  /**
   * @param weights of services, above 0
   * @param shares of all that a service gets at least while it has calls that wait, whatever the
   *     others' weights; from 0 to below 1, together below 1
   */
  FairQueue(ToDoubleFunction<String> weights, ToDoubleFunction<String> shares) {
    this.weights = weights;
    this.shares = shares;
  }

  int size() {
    return size;
  }

  /** Every call that waits, in no order. */
  void forEach(Consumer<T> each) {
    root.flows
        .values()
        .forEach(
            service ->
                service
                    .flows
                    .values()
                    .forEach(account -> account.calls.forEach(entry -> each.accept(entry.call()))));
  }

  void add(Entry<T> entry) {
    Flow<T> account = account(entry);
    account.calls.addLast(entry);
    size++;
  }

  private Flow<T> account(Entry<T> entry) {
    Flow<T> service = child(root, entry.service(), weights.applyAsDouble(entry.service()));
    return child(service, entry.account(), 1);
  }

  /** A flow that was idle starts where the busy ones are: it neither saves up nor owes. */
  private static <T> Flow<T> child(Flow<T> parent, String name, double weight) {
    Flow<T> flow = parent.flows.computeIfAbsent(name, key -> new Flow<>(weight));
    if (flow.idle()) {
      flow.start = Math.max(flow.start, parent.clock);
    }
    return flow;
  }

  /**
   * Takes up to {@code most} calls, the fairest first. A call that is not eligible does not hold up
   * other accounts, only those behind it in its own.
   */
  List<Entry<T>> take(int most, Predicate<T> eligible) {
    List<Entry<T>> taken = new ArrayList<>();
    while (taken.size() < most) {
      Entry<T> next = next(eligible);
      if (next == null) {
        break;
      }
      taken.add(next);
    }
    return taken;
  }

  private Entry<T> next(Predicate<T> eligible) {
    Flow<T> bestService = null;
    Flow<T> bestAccount = null;
    for (Flow<T> service : root.flows.values()) {
      if (bestService != null && service.start >= bestService.start) {
        continue;
      }
      Flow<T> account = firstAccount(service, eligible);
      if (account != null) {
        bestService = service;
        bestAccount = account;
      }
    }
    if (bestService == null) {
      return null;
    }
    Entry<T> entry = bestAccount.calls.removeFirst();
    size--;
    root.clock = Math.max(root.clock, bestService.start);
    bestService.clock = Math.max(bestService.clock, bestAccount.start);
    bestService.charged = weight(entry.service(), bestService);
    bestService.start += entry.cost() / bestService.charged;
    bestAccount.start += entry.cost();
    if (bestAccount.calls.isEmpty()) {
      forget(entry);
    }
    return entry;
  }

  private double weight(String name, Flow<T> service) {
    double share = shares.applyAsDouble(name);
    if (share <= 0) {
      return service.weight;
    }
    double others = 0;
    for (Flow<T> other : root.flows.values()) {
      others += other == service || other.idle() ? 0 : other.weight;
    }
    return Math.max(service.weight, others * share / (1 - share));
  }

  private Flow<T> firstAccount(Flow<T> service, Predicate<T> eligible) {
    Flow<T> best = null;
    for (Flow<T> account : service.flows.values()) {
      if (!account.calls.isEmpty()
          && (best == null || account.start < best.start)
          && eligible.test(account.calls.peekFirst().call())) {
        best = account;
      }
    }
    return best;
  }

  /** Accounts are as many as lessons: one without calls stays only while it owes. */
  private void forget(Entry<T> entry) {
    Flow<T> service = root.flows.get(entry.service());
    service.flows.values().removeIf(f -> f.calls.isEmpty() && f.start <= service.clock);
  }

  /** Calls that were taken and could not go, in the order they were taken. */
  void giveBack(List<Entry<T>> entries) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry<T> entry = entries.get(i);
      Flow<T> service = root.flows.get(entry.service());
      Flow<T> account = child(service, entry.account(), 1);
      account.calls.addFirst(entry);
      account.start -= entry.cost();
      service.start -= entry.cost() / service.charged;
      size++;
    }
  }

  /** Takes out what matches, as when its deadline has passed. */
  List<T> remove(Predicate<T> matching) {
    List<T> removed = new ArrayList<>();
    for (Flow<T> service : root.flows.values()) {
      for (Flow<T> account : service.flows.values()) {
        account.calls.removeIf(
            entry -> {
              boolean gone = matching.test(entry.call());
              if (gone) {
                removed.add(entry.call());
                size--;
              }
              return gone;
            });
      }
    }
    return removed;
  }
}
