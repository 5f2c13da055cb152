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
 * whatever the others do, and one that comes anew waits for hardly more than the dearest call of
 * each busy flow.
 *
 * <p>There the clock is the start of what is being served, so that a stream of flows that come anew
 * and are served at once holds it still, and whoever was served before never has another turn. Here
 * it also moves with each call by what each of the flows that wait would have got of it, as in
 * weighted fair queueing (Parekh and Gallager 1993): of those who come anew only so many go before
 * a flow as fit in the time in which its share would have come.
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
      if (!calls.isEmpty()) {
        return false;
      }
      // asked of every flow at every turn: without the cost of a stream
      for (Flow<T> flow : flows.values()) {
        if (!flow.idle()) {
          return false;
        }
      }
      return true;
    }

    /**
     * Lets time pass for what a flow was just charged with: as long as those that wait would have
     * taken for it together, but not beyond the last of their starts. So who comes anew is behind
     * nobody by more than the dearest call.
     *
     * @return by how much
     */
    private double pass(double from, double cost) {
      clock = Math.max(clock, from);
      double busy = 0;
      double last = clock;
      for (Flow<T> flow : flows.values()) {
        if (!flow.idle()) {
          busy += flow.charged;
          last = Math.max(last, flow.start);
        }
      }
      double passed = busy == 0 ? 0 : Math.min(last - clock, cost / busy);
      clock += passed;
      return passed;
    }
  }

  /**
   * @param cost in tokens, above 0
   */
  record Entry<T>(String service, String account, double cost, T call) {}

  /**
   * An entry whose turn it was.
   *
   * @param charged the weight its service was charged by
   * @param passed how far the services' clock moved for it
   * @param passedWithin how far that of the accounts of its service did
   */
  record Taken<T>(Entry<T> entry, double charged, double passed, double passedWithin) {
    T call() {
      return entry.call();
    }
  }

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
    account(service(entry), entry).calls.addLast(entry);
    size++;
  }

  private Flow<T> service(Entry<T> entry) {
    return child(root, entry.service(), weights.applyAsDouble(entry.service()));
  }

  private static <T> Flow<T> account(Flow<T> service, Entry<T> entry) {
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
   * Takes the call whose turn it is; null when none is eligible. One that is not eligible does not
   * hold up other accounts, only those behind it in its own.
   */
  Taken<T> take(Predicate<T> eligible) {
    Flow<T> service = null;
    Flow<T> account = null;
    for (Flow<T> other : root.flows.values()) {
      if (service != null && other.start >= service.start) {
        continue;
      }
      Flow<T> first = firstAccount(other, eligible);
      if (first != null) {
        service = other;
        account = first;
      }
    }
    if (service == null) {
      return null;
    }
    forget(service);
    Entry<T> entry = account.calls.removeFirst();
    size--;
    double serviceStart = service.start;
    double accountStart = account.start;
    service.charged = weight(entry.service(), service);
    service.start += entry.cost() / service.charged;
    account.start += entry.cost();
    Taken<T> taken =
        new Taken<>(
            entry,
            service.charged,
            root.pass(serviceStart, entry.cost()),
            service.pass(accountStart, entry.cost()));
    return taken;
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
  private static <T> void forget(Flow<T> service) {
    service.flows.values().removeIf(f -> f.calls.isEmpty() && f.start <= service.clock);
  }

  /** A call that was taken and could not go: as if it had not been. */
  void giveBack(Taken<T> taken) {
    Entry<T> entry = taken.entry();
    Flow<T> service = service(entry);
    Flow<T> account = account(service, entry);
    account.calls.addFirst(entry);
    account.start -= entry.cost();
    service.start -= entry.cost() / taken.charged();
    root.clock -= taken.passed();
    service.clock -= taken.passedWithin();
    size++;
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
