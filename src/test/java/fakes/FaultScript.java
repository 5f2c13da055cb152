package fakes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Says for every call of a fake service what goes wrong: first the faults told in order, then a
 * share of the calls drawn from a seed. Safe to use from any thread.
 */
public final class FaultScript {
  private record Step(Predicate<FakeRequest> on, Optional<Fault> fault) {}

  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<String> struck = new ArrayList<>();
  private Random random = new Random(1);
  private double share;
  private Predicate<FakeRequest> shareOf = request -> true;
  private List<Fault> shared = List.of();

  /** These faults, for the next calls. */
  public synchronized FaultScript then(Fault... faults) {
    return on(request -> true, faults);
  }

  /** These faults, for the next calls that fit; other calls go well meanwhile. */
  public synchronized FaultScript on(Predicate<FakeRequest> calls, Fault... faults) {
    for (Fault fault : faults) {
      steps.add(new Step(calls, Optional.of(fault)));
    }
    return this;
  }

  /** The next call that fits goes well. */
  public synchronized FaultScript fine(Predicate<FakeRequest> calls) {
    steps.add(new Step(calls, Optional.empty()));
    return this;
  }

  /**
   * From now on a share of the calls is struck by one of these.
   *
   * @param part from 0 to 1
   */
  public synchronized FaultScript share(double part, long seed, Fault... faults) {
    return share(part, seed, request -> true, faults);
  }

  /** As {@link #share(double, long, Fault...)}, of the calls that fit. */
  public synchronized FaultScript share(
      double part, long seed, Predicate<FakeRequest> calls, Fault... faults) {
    share = part;
    random = new Random(seed);
    shareOf = calls;
    shared = List.of(faults);
    return this;
  }

  synchronized Optional<Fault> next(FakeRequest request) {
    for (Step step : steps) {
      if (step.on().test(request)) {
        steps.remove(step);
        step.fault().ifPresent(fault -> struck.add(fault.name()));
        return step.fault();
      }
    }
    if (!shared.isEmpty() && shareOf.test(request) && random.nextDouble() < share) {
      Fault fault = shared.get(random.nextInt(shared.size()));
      struck.add(fault.name());
      return Optional.of(fault);
    }
    return Optional.empty();
  }

  /** The names of all faults that struck, in order. */
  public synchronized List<String> struck() {
    return List.copyOf(struck);
  }
}
