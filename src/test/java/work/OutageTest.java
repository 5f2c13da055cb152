package work;

import static org.assertj.core.api.Assertions.assertThat;
import static work.WorkDatabase.FETCH;
import static work.WorkDatabase.GENERATE;
import static work.WorkDatabase.get;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database goes away, comes back, or takes an answer with it. */
class OutageTest {
  private final Vertx vertx = Vertx.vertx();
  private final Signals signals = new Signals();
  private final WorkerOptions options =
      WorkerOptions.of("node-1")
          .withPollInterval(Duration.ofHours(1))
          .withLease(Duration.ofSeconds(3))
          .withObserver(signals);

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWorkerOutlivesTheDatabase(boolean kill) throws Exception {
    try (WorkServer server = WorkServer.started();
        WorkDatabase database = WorkDatabase.fresh(vertx, server)) {
      long running = database.add();
      Promise<Lease> started = Promise.promise();
      Promise<Void> finish = Promise.promise();
      Worker worker =
          new Worker(
              vertx,
              database.queue(),
              FETCH,
              (lease, run) -> {
                started.tryComplete(lease);
                return finish.future().map(v -> Outcome.completed(DoneLog.entry(lease)));
              },
              options);
      vertx.eventBus().localConsumer(FETCH.address(), message -> worker.wake());
      WakeUps wakeUps =
          WakeUps.listening(vertx, database.connectOptions(), java.util.List.of(FETCH.address()));
      get(wakeUps.start());
      get(worker.start());
      get(started.future());

      if (kill) {
        server.kill();
      } else {
        server.stop();
      }
      finish.complete();
      signals.await("outage fetch");
      server.start();
      signals.awaitAll("recovered fetch", "settled completed " + running);

      // and goes on by itself: no poll for an hour, so this comes through the listener, which has
      // come back too
      long later = database.add();
      signals.await("settled completed " + later);
      assertThat(database.query("SELECT * FROM done_log")).hasSize(2);
      assertThat(signals.all())
          .filteredOn(event -> event.startsWith("lost") || event.startsWith("retried"))
          .isEmpty();
      assertThat(signals.all())
          .filteredOn(event -> event.startsWith("outage"))
          .hasSizeLessThanOrEqualTo(2);
      get(worker.drain(Duration.ofSeconds(5)));
      get(wakeUps.stop());
    }
  }

  /** The database was away from all: they live, and will store what they have. */
  @Test
  void afterAnOutageLeasesOfOthersGetTheTimeOfALease() {
    try (WorkDatabase database = WorkDatabase.fresh(vertx)) {
      CuttingProxy proxy = new CuttingProxy(vertx, database.connectOptions().getPort());
      Pool through = through(proxy, database);
      WorkQueue queue = new WorkQueue(through, WorkDatabase.TABLE, RetryPolicy.DEFAULT);
      long others = database.add();
      Lease lease = get(database.queue().claim(FETCH, 1, "node-2", Duration.ofMinutes(10))).get(0);
      proxy.cutAfter("SKIP LOCKED");
      Worker worker =
          new Worker(
              vertx,
              queue,
              FETCH,
              (mine, run) -> Future.succeededFuture(Outcome.completed(Writes.none())),
              options.withLease(Duration.ofMinutes(10)));
      get(worker.start());
      signals.awaitAll("outage fetch", "recovered fetch");
      database.query(
          "UPDATE work_items SET due_at = now() - interval '1 minute' WHERE id = $1", others);
      long free = database.add();
      worker.wake();
      signals.await("settled completed " + free);

      get(database.queue().settle(lease, Outcome.completed(Writes.none())));
      get(worker.drain(Duration.ofSeconds(5)));
      get(through.close());
    }
  }

  @Test
  void anOutageIsRememberedForAWhile() {
    long[] now = {Long.MAX_VALUE - 5};
    Outage outage = new Outage(FETCH, new Observers(signals), () -> now[0]);
    Duration second = Duration.ofSeconds(1);
    assertThat(outage.within(second)).isFalse();
    outage.failed("looking", new IOException("gone"));
    now[0] += second.toNanos();
    assertThat(outage.within(second)).as("it lasts").isTrue();
    outage.failed("looking", new IOException("gone"));
    outage.over("looking");
    now[0] += second.toNanos() - 1;
    assertThat(outage.within(second)).isTrue();
    now[0]++;
    assertThat(outage.within(second)).isFalse();
  }

  @Test
  void aWorkerStartsBeforeItsDatabase() throws Exception {
    try (WorkServer server = WorkServer.started();
        WorkDatabase database = WorkDatabase.fresh(vertx, server)) {
      long id = database.add();
      server.stop();
      Worker worker =
          worker(
              database.queue(),
              (lease, run) -> Future.succeededFuture(Outcome.completed(Writes.none())));
      get(worker.start());
      signals.await("outage");
      server.start();
      signals.await("settled completed " + id);
      get(worker.drain(Duration.ofSeconds(5)));
    }
  }

  @Test
  void drainingEndsInTimeWithoutTheDatabase() throws Exception {
    try (WorkServer server = WorkServer.started();
        WorkDatabase database = WorkDatabase.fresh(vertx, server)) {
      database.add();
      CountDownLatch started = new CountDownLatch(1);
      Worker worker =
          worker(
              database.queue(),
              (lease, run) -> {
                started.countDown();
                return Promise.<Outcome>promise().future();
              });
      get(worker.start());
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      server.stop();
      get(worker.drain(Duration.ofMillis(100)));
      server.start();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"completed with writes", "completed", "next with writes", "next", "not ready"})
  void anOutcomeWhoseAnswerIsLostIsStoredOnce(String kind) {
    try (WorkDatabase database = WorkDatabase.fresh(vertx)) {
      CuttingProxy proxy = new CuttingProxy(vertx, database.connectOptions().getPort());
      Pool through = through(proxy, database);
      WorkQueue queue = new WorkQueue(through, WorkDatabase.TABLE, RetryPolicy.DEFAULT);
      long id = database.add();
      AtomicInteger runs = new AtomicInteger();
      boolean writes = kind.endsWith("with writes");
      Worker worker =
          worker(
              queue,
              (lease, run) -> {
                runs.incrementAndGet();
                // COMMIT ends a transaction with writes; without, the only statement carries what
                // happens to the attempts
                proxy.cutAfter(
                    writes
                        ? "COMMIT"
                        : kind.equals("next")
                            ? "RESET"
                            : kind.equals("not ready") ? "UNCOUNT" : "KEEP");
                Writes store = writes ? DoneLog.entry(lease) : Writes.none();
                return Future.succeededFuture(
                    kind.equals("not ready")
                        ? Outcome.notReady(Duration.ofHours(1), "not there")
                        : kind.startsWith("next")
                            ? Outcome.next(GENERATE, store)
                            : Outcome.completed(store));
              });
      // the statement's text names these words as well: have it prepared before
      warm(database, through);
      get(worker.start());
      signals.await("settled " + kind.replace(" with writes", "").replace(' ', '_') + " " + id);
      assertThat(proxy.cuts()).isEqualTo(1);
      assertThat(runs.get()).isEqualTo(1);
      assertThat(database.query("SELECT * FROM done_log")).hasSize(writes ? 1 : 0);
      assertThat(database.item(id).getLong("lease_token")).isEqualTo(2);
      assertThat(signals.all()).filteredOn(event -> event.startsWith("lost")).isEmpty();
      get(worker.drain(Duration.ofSeconds(5)));
      get(through.close());
    }
  }

  @Test
  void anOutcomeThatNeverArrivedIsStoredLater() {
    try (WorkDatabase database = WorkDatabase.fresh(vertx)) {
      CuttingProxy proxy = new CuttingProxy(vertx, database.connectOptions().getPort());
      Pool through = through(proxy, database);
      WorkQueue queue = new WorkQueue(through, WorkDatabase.TABLE, RetryPolicy.DEFAULT);
      long id = database.add();
      Worker worker =
          worker(
              queue,
              (lease, run) -> {
                // cut inside the transaction, which the server then rolls back
                proxy.cutAfter("done_log");
                return Future.succeededFuture(Outcome.completed(DoneLog.entry(lease)));
              });
      get(worker.start());
      signals.await("settled completed " + id);
      assertThat(proxy.cuts()).isEqualTo(1);
      assertThat(database.query("SELECT * FROM done_log")).hasSize(1);
      get(worker.drain(Duration.ofSeconds(5)));
      get(through.close());
    }
  }

  private Pool through(CuttingProxy proxy, WorkDatabase database) {
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(4))
        .connectingTo(database.connectOptions().setPort(proxy.port()))
        .using(vertx)
        .build();
  }

  private void warm(WorkDatabase database, Pool pool) {
    Lease nobody = new Lease("work_items", FETCH, -1, -1, 1, "nobody");
    WorkQueue queue = new WorkQueue(pool, WorkDatabase.TABLE, RetryPolicy.DEFAULT);
    assertThat(queue.release(nobody).map(false).otherwise(true).await())
        .as("there is no such lease")
        .isTrue();
  }

  private Worker worker(WorkQueue queue, Job job) {
    return new Worker(vertx, queue, FETCH, job, options);
  }
}
