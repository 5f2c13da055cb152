package load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Sends requests to one server, as fast as it answers or at a given rate, for a given time. */
final class Load {
  // Beyond this many a server is so far behind that its latencies say nothing more.
  private static final int MOST_WAITING = 50_000;
  private static final int LONGEST_WAIT_SECONDS = 15;
  private static final long SLOT = TimeUnit.SECONDS.toNanos(5);

  private final Vertx vertx;
  private final int port;
  private final int connections;

  Load(Vertx vertx, int port, int connections) {
    this.vertx = vertx;
    this.port = port;
    this.connections = connections;
  }

  /** A request ready to go, and what to do with its answer. */
  interface Job {
    String text();

    void answered(Wire.Answer answer);
  }

  /**
   * What came of it.
   *
   * @param rate answers a second
   * @param micros of every answer, sorted; from when it was to be sent
   * @param statuses how often each
   * @param late requests that were never sent, because the server was too far behind
   * @param ownMicros of every answer, sorted: how much of it had passed when this load came to see
   *     that the request was due; no fault of the server
   * @param slots the 99th percentile in ms of each five seconds, by when the answers came
   */
  record Outcome(
      double rate,
      long[] micros,
      Map<Integer, Long> statuses,
      long late,
      long[] ownMicros,
      List<Double> slots) {
    double millis(double share) {
      return millis(micros, share);
    }

    double ownMillis(double share) {
      return millis(ownMicros, share);
    }

    private static double millis(long[] sorted, double share) {
      return sorted.length == 0
          ? Double.NaN
          : sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * share) - 1)] / 1e3;
    }

    long failed() {
      return late
          + statuses.entrySet().stream()
              .filter(status -> status.getKey() < 200 || status.getKey() >= 300)
              .mapToLong(Map.Entry::getValue)
              .sum();
    }
  }

  /**
   * Every connection sends its next request when it has its answer.
   *
   * @param jobs null when there is nothing more to send
   */
  Outcome closed(Supplier<Job> jobs, double seconds) {
    return run(run -> run.closed(jobs), seconds);
  }

  /**
   * Requests start at random times that the server can't put off (a Poisson process): one that has
   * to wait for a connection is late, and its wait counts.
   *
   * @param rate requests a second
   */
  Outcome open(Supplier<Job> jobs, double rate, double seconds) {
    return run(run -> run.open(jobs, Run.atRandom(rate)), seconds);
  }

  /**
   * As {@link #open}, with requests as far apart as each other: what load generators send that are
   * given a rate (wrk2, k6, Gatling unless told otherwise). Kinder than people are.
   */
  Outcome openEvenly(Supplier<Job> jobs, double rate, double seconds) {
    return run(run -> run.open(jobs, () -> (long) (1e9 / rate)), seconds);
  }

  /** A load that goes on until it is stopped. */
  final class Steady {
    private final Promise<Outcome> outcome = Promise.promise();
    private final Promise<Run> running = Promise.promise();

    /** No request begins from now on. */
    Outcome stop() {
      running.future().onSuccess(Run::stop);
      return within(outcome, 0);
    }
  }

  /** As {@link #open(Supplier, double, double)}, until it is stopped. */
  Steady open(Supplier<Job> jobs, double rate) {
    Steady steady = new Steady();
    begin(
        run -> {
          steady.running.complete(run);
          run.open(jobs, Run.atRandom(rate));
        },
        TimeUnit.DAYS.toSeconds(1),
        steady.outcome);
    return steady;
  }

  private Outcome run(java.util.function.Consumer<Run> start, double seconds) {
    Promise<Outcome> outcome = Promise.promise();
    begin(start, seconds, outcome);
    return within(outcome, seconds);
  }

  private void begin(
      java.util.function.Consumer<Run> start, double seconds, Promise<Outcome> outcome) {
    vertx.runOnContext(
        on -> {
          NetClient client = Wire.client(vertx);
          List<Future<Wire>> opening = new ArrayList<>();
          for (int i = 0; i < connections; i++) {
            opening.add(Wire.open(client, port));
          }
          Future.all(opening)
              .onFailure(outcome::fail)
              .onSuccess(
                  opened ->
                      start.accept(
                          new Run(
                              opening.stream().map(Future::result).toList(), seconds, outcome)));
          outcome.future().onComplete(done -> client.close());
        });
  }

  private Outcome within(Promise<Outcome> outcome, double seconds) {
    try {
      return outcome.future().await((long) seconds + 2L * LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the server on port " + port + " stopped answering", e);
    }
  }

  /** A request that waits for a connection. */
  private record Due(Job job, long at, long seen) {}

  private final class Run {
    private final ArrayDeque<Wire> idle;
    private final ArrayDeque<Due> waiting = new ArrayDeque<>();
    private final Promise<Outcome> outcome;
    private final long begun = System.nanoTime();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final List<Integer> slotEnds = new ArrayList<>();
    private volatile long end;
    private long[] micros = new long[1 << 14];
    private long[] ownMicros = new long[1 << 14];
    private int answers;
    private int running;
    private long late;
    private boolean over;

    Run(List<Wire> wires, double seconds, Promise<Outcome> outcome) {
      this.idle = new ArrayDeque<>(wires);
      this.end = begun + (long) (seconds * 1e9);
      this.outcome = outcome;
    }

    void stop() {
      end = System.nanoTime();
    }

    void closed(Supplier<Job> jobs) {
      List<Wire> wires = List.copyOf(idle);
      wires.forEach(wire -> next(wire, jobs));
    }

    private void next(Wire wire, Supplier<Job> jobs) {
      long now = System.nanoTime();
      Job job = now < end ? jobs.get() : null;
      if (job == null) {
        finishWhenQuiet(now);
        return;
      }
      send(wire, new Due(job, now, now), () -> next(wire, jobs));
    }

    static LongSupplier atRandom(double rate) {
      Random random = new Random(7);
      return () -> (long) (-Math.log(1 - random.nextDouble()) / rate * 1e9);
    }

    /**
     * @param gaps nanoseconds from the start of one request to the next one's
     */
    void open(Supplier<Job> jobs, LongSupplier gaps) {
      long[] next = {begun};
      vertx.setPeriodic(
          1,
          timer -> {
            long now = System.nanoTime();
            while (next[0] <= Math.min(now, end)) {
              Job job = jobs.get();
              if (job == null || waiting.size() >= MOST_WAITING) {
                late++;
              } else {
                waiting.add(new Due(job, next[0], now));
              }
              next[0] += gaps.getAsLong();
            }
            sendWaiting();
            if (now >= end) {
              vertx.cancelTimer(timer);
              over = true;
              finishWhenQuiet(now);
            }
          });
    }

    private void sendWaiting() {
      while (!idle.isEmpty() && !waiting.isEmpty()) {
        Wire wire = idle.remove();
        send(
            wire,
            waiting.remove(),
            () -> {
              idle.add(wire);
              sendWaiting();
              if (over) {
                finishWhenQuiet(System.nanoTime());
              }
            });
      }
    }

    private void send(Wire wire, Due due, Runnable then) {
      running++;
      wire.send(
          due.job().text(),
          answer -> {
            running--;
            if (answers == micros.length) {
              micros = Arrays.copyOf(micros, answers * 2);
              ownMicros = Arrays.copyOf(ownMicros, answers * 2);
            }
            long now = System.nanoTime();
            while (now - begun >= (slotEnds.size() + 1) * SLOT) {
              slotEnds.add(answers);
            }
            micros[answers] = (now - due.at()) / 1_000;
            ownMicros[answers++] = (due.seen() - due.at()) / 1_000;
            statuses.merge(answer.status(), 1L, Long::sum);
            due.job().answered(answer);
            then.run();
          });
    }

    private void finishWhenQuiet(long now) {
      if (running > 0 || !waiting.isEmpty()) {
        return;
      }
      List<Double> slots = new ArrayList<>();
      int from = 0;
      slotEnds.add(answers);
      for (int to : slotEnds) {
        slots.add(Outcome.millis(sorted(micros, from, to), 0.99));
        from = to;
      }
      outcome.tryComplete(
          new Outcome(
              answers / ((now - begun) / 1e9),
              sorted(micros, 0, answers),
              statuses,
              late,
              sorted(ownMicros, 0, answers),
              slots));
    }

    private static long[] sorted(long[] values, int from, int to) {
      long[] sorted = Arrays.copyOfRange(values, from, to);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
