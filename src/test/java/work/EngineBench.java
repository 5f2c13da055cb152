package work;

import static work.WorkDatabase.FETCH;
import static work.WorkDatabase.get;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the engine costs: items per second through one worker, and the time from an insert to the
 * start of its job. Every figure is a median of rounds, and is set beside what plain SQL does in
 * the same round: single-row updates on one connection, or the insert alone. So runs on different
 * or busy machines can be compared. The server commits durably (fsync on).
 *
 * <p>Arguments: rounds (default 5), items (default 10000).
 */
final class EngineBench {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final int rounds;
  private final int items;
  private WorkDatabase database;

  private EngineBench(int rounds, int items) {
    this.rounds = rounds;
    this.items = items;
  }

  public static void main(String[] args) throws Exception {
    EngineBench bench =
        new EngineBench(
            args.length > 0 ? Integer.parseInt(args[0]) : 5,
            args.length > 1 ? Integer.parseInt(args[1]) : 10_000);
    try (WorkServer server = WorkServer.started()) {
      bench.run(server);
    } finally {
      get(bench.vertx.close());
    }
  }

  private interface Measurement {
    double once() throws Exception;
  }

  /**
   * Sorted milliseconds: of the inserts alone, and from before the insert to the start of the job.
   */
  private record PickUps(double[] inserts, double[] jobs) {}

  private interface PickUp {
    PickUps once() throws Exception;
  }

  private void run(WorkServer server) throws Exception {
    try (WorkDatabase fresh = WorkDatabase.fresh(vertx, server)) {
      database = fresh;
      // warm-up of the JVM and the server, not counted
      updates(1000);
      through(16, false);

      for (int concurrency : new int[] {16, 64}) {
        throughput("no-op items, concurrency " + concurrency, () -> through(concurrency, false));
      }
      throughput("items with a row to write each, concurrency 16", () -> through(16, true));
      latency("LISTEN", () -> pickUp(true, NEVER, 600));
      latency("polling every 250 ms only", () -> pickUp(false, Duration.ofMillis(250), 200));
    }
  }

  private void throughput(String what, Measurement measurement) throws Exception {
    double[] values = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      double baseline = updates(1000);
      values[i] = measurement.once();
      ratios[i] = values[i] / baseline;
    }
    System.out.printf(
        Locale.ROOT, "%-50s %7.0f/s  %6.2f x baseline%n", what, median(values), median(ratios));
  }

  private void latency(String what, PickUp pickUp) throws Exception {
    double[][] figures = new double[4][rounds];
    for (int i = 0; i < rounds; i++) {
      PickUps millis = pickUp.once();
      figures[0][i] = at(millis.jobs, 0.5);
      figures[1][i] = at(millis.jobs, 0.99);
      figures[2][i] = at(millis.inserts, 0.5);
      figures[3][i] = at(millis.inserts, 0.99);
    }
    System.out.printf(
        Locale.ROOT,
        "%-50s p50 %.2f ms, p99 %.2f ms  (the insert alone: p50 %.2f ms, p99 %.2f ms)%n",
        "insert to job start, " + what,
        median(figures[0]),
        median(figures[1]),
        median(figures[2]),
        median(figures[3]));
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.ceil(sorted.length * quantile) - 1];
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void empty() {
    database.script("TRUNCATE work_items, done_log");
  }

  private double updates(int count) {
    empty();
    List<Long> ids = database.add(count);
    PgConnection connection = get(PgConnection.connect(vertx, database.connectOptions()));
    PreparedQuery<RowSet<Row>> update =
        connection.preparedQuery("UPDATE work_items SET updated_at = now() WHERE id = $1");
    Promise<Void> done = Promise.promise();
    long started = System.nanoTime();
    updateFrom(update, ids, 0, done);
    get(done.future());
    double perSecond = count * 1e9 / (System.nanoTime() - started);
    get(connection.close());
    return perSecond;
  }

  private static void updateFrom(
      PreparedQuery<RowSet<Row>> update, List<Long> ids, int index, Promise<Void> done) {
    if (index == ids.size()) {
      done.complete();
      return;
    }
    update
        .execute(Tuple.of(ids.get(index)))
        .onComplete(updated -> updateFrom(update, ids, index + 1, done), done::fail);
  }

  /** Items per second from the worker's start until the last one is settled. */
  private double through(int concurrency, boolean writes) {
    empty();
    database.add(items);
    AtomicInteger left = new AtomicInteger(items);
    Promise<Void> done = Promise.promise();
    Worker worker =
        new Worker(
            vertx,
            database.queue(),
            FETCH,
            (lease, running) ->
                Future.succeededFuture(
                    Outcome.completed(writes ? DoneLog.entry(lease) : Writes.none())),
            WorkerOptions.of("bench")
                .withConcurrency(concurrency)
                .withPollInterval(NEVER)
                .withObserver(
                    new WorkObserver() {
                      @Override
                      public void settled(Lease lease, String kind, Duration took) {
                        if (left.decrementAndGet() == 0) {
                          done.complete();
                        }
                      }
                    }));
    long started = System.nanoTime();
    get(worker.start());
    get(done.future());
    double perSecond = items * 1e9 / (System.nanoTime() - started);
    get(worker.drain(Duration.ofSeconds(5)));
    return perSecond;
  }

  /** Milliseconds from before each insert, one every 5 ms, to the start of its job. */
  private PickUps pickUp(boolean listen, Duration poll, int count) {
    empty();
    ConcurrentHashMap<Long, Long> started = new ConcurrentHashMap<>();
    AtomicInteger left = new AtomicInteger(count);
    Promise<Void> done = Promise.promise();
    Worker worker =
        new Worker(
            vertx,
            database.queue(),
            FETCH,
            (lease, running) -> {
              started.put(lease.id(), System.nanoTime());
              if (left.decrementAndGet() == 0) {
                done.complete();
              }
              return Future.succeededFuture(Outcome.completed(Writes.none()));
            },
            WorkerOptions.of("bench").withConcurrency(16).withPollInterval(poll));
    WakeUps wakeUps =
        listen
            ? WakeUps.listening(vertx, database.connectOptions(), List.of(FETCH.address()))
            : WakeUps.none();
    var consumer = vertx.eventBus().localConsumer(FETCH.address(), message -> worker.wake());
    get(wakeUps.start());
    get(worker.start());
    ConcurrentHashMap<Long, Long> called = new ConcurrentHashMap<>();
    ConcurrentHashMap<Long, Long> answered = new ConcurrentHashMap<>();
    for (int i = 0; i < count; i++) {
      get(vertx.timer(5, TimeUnit.MILLISECONDS));
      long now = System.nanoTime();
      database
          .pool()
          .preparedQuery(
              "INSERT INTO work_items (stage, status) VALUES ('fetch', 'pending') RETURNING id")
          .execute()
          .onSuccess(
              rows -> {
                long id = rows.iterator().next().getLong("id");
                answered.put(id, System.nanoTime());
                called.put(id, now);
              });
    }
    get(done.future());
    WorkDatabase.until(() -> called.size() == count);
    get(worker.drain(Duration.ofSeconds(5)));
    get(wakeUps.stop());
    get(consumer.unregister());
    return new PickUps(millis(called, answered), millis(called, started));
  }

  private static double[] millis(Map<Long, Long> from, Map<Long, Long> to) {
    return from.entrySet().stream()
        .mapToDouble(e -> (to.get(e.getKey()) - e.getValue()) / 1e6)
        .sorted()
        .toArray();
  }
}
