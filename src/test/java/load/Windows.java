package load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Times of answers in windows of a load that leaves room, one after the other. */
final class Windows {
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> p50 = new ArrayList<>();
  private final List<Double> p99 = new ArrayList<>();
  private final List<Double> busy = new ArrayList<>();
  private double late;
  private String failures = "";

  /**
   * One more window.
   *
   * @param rate requests a second that are sent in it
   * @param load sends them
   */
  void add(double rate, Supplier<Load.Outcome> load) {
    Counts before = ProcessTimes.now().micros();
    long begun = System.nanoTime();
    Load.Outcome outcome = load.get();
    double micros = (System.nanoTime() - begun) / 1e3 * Runtime.getRuntime().availableProcessors();
    busy.add(100 * ProcessTimes.now().micros().minus(before).sum() / micros);
    rates.add(rate);
    p50.add(outcome.millis(0.5));
    p99.add(outcome.millis(0.99));
    late = Math.max(late, outcome.ownMillis(0.99));
    failures += GamesBench.failures(outcome);
  }

  /** The median of the windows' 99th percentiles, in ms. */
  double p99() {
    return GamesBench.median(array(p99));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public String toString() {
    return String.format(
        "%s requests/s: p50 %.1f ms, p99 %.1f ms (of %s), processors %s %% busy with it, the load"
            + " itself late by %.1f ms (p99)%s",
        GamesBench.rounded(array(rates), 1),
        GamesBench.median(array(p50)),
        p99(),
        GamesBench.rounded(array(p99), 10),
        GamesBench.rounded(array(busy), 1),
        late,
        failures);
  }
}
