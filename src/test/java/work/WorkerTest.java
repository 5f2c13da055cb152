package work;

import static org.assertj.core.api.Assertions.assertThat;
import static work.WorkDatabase.FETCH;
import static work.WorkDatabase.GENERATE;
import static work.WorkDatabase.get;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofSeconds(10);

  private static Vertx vertx;
  private static WorkDatabase database;
  private static WorkQueue queue;

  private final Signals signals = new Signals();
  private final List<Worker> workers = new ArrayList<>();

  /** Without wake-ups and polls only the first look and what follows from it can find work. */
  private final WorkerOptions options =
      WorkerOptions.of("node-1")
          .withPollInterval(NEVER)
          .withLease(Duration.ofSeconds(3))
          .withObserver(signals);

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = WorkDatabase.fresh(vertx);
    queue = database.queue();
  }

  @AfterAll
  static void close() {
    try {
      database.close();
    } finally {
      get(vertx.close());
    }
  }

  @AfterEach
  void empty() {
    workers.forEach(worker -> get(worker.drain(Duration.ZERO)));
    database.script("TRUNCATE work_items, done_log, work_pauses");
  }

  @Test
  void itemsGoThroughTheirStagesWithoutAnyPoll() {
    Worker generate = start(GENERATE, (lease, running) -> completed(), options.withConcurrency(2));
    vertx.eventBus().localConsumer(GENERATE.address(), message -> generate.wake());
    List<Long> ids = database.add(20);
    start(
        FETCH,
        (lease, running) -> Future.succeededFuture(Outcome.next(GENERATE, Writes.none())),
        options);

    for (int i = 0; i < 20; i++) {
      signals.await("settled completed");
    }
    assertThat(database.count("status = 'completed' AND stage = 'generate' AND due_at IS NULL"))
        .isEqualTo(ids.size());
  }

  @Test
  void neverHoldsMoreThanItsPlacesAndFillsThemInBatches() {
    database.add(300);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    start(
        FETCH,
        (lease, running) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          return vertx
              .timer(2)
              .map(v -> Outcome.completed(Writes.none()))
              .onComplete(v -> now.decrementAndGet());
        },
        options.withConcurrency(10));
    for (int i = 0; i < 300; i++) {
      signals.await("settled completed");
    }
    assertThat(most.get()).isEqualTo(10);
    assertThat(signals.claimed.get()).isEqualTo(300);
    assertThat(signals.claims.get()).isLessThan(150);
  }

  @Test
  void aThousandWakeUpsCostAFewLooks() {
    database.script(
        """
        CREATE SEQUENCE looks;
        CREATE FUNCTION count_look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''looks''); RETURN NULL; END';
        CREATE TRIGGER looks BEFORE UPDATE ON work_items FOR EACH STATEMENT EXECUTE FUNCTION count_look();
        """);
    try {
      Worker worker = start(FETCH, (lease, running) -> completed(), options);
      for (int i = 0; i < 1000; i++) {
        worker.wake();
      }
      database.add();
      worker.wake();
      signals.await("settled completed");
      // the first look, two for the burst, two for the item, its settling, and one wake-up that met
      // a look on its way
      assertThat(database.query("SELECT last_value FROM looks").get(0).getLong(0))
          .isBetween(2L, 8L);
    } finally {
      database.script(
          "DROP TRIGGER looks ON work_items; DROP FUNCTION count_look; DROP SEQUENCE looks");
    }
  }

  @Test
  void failedRunsComeBackByThemselvesUntilTheLast() {
    long id = database.add();
    AtomicInteger runs = new AtomicInteger();
    start(
        FETCH,
        (lease, running) -> {
          runs.incrementAndGet();
          throw new IllegalStateException(
              "broken\n\tat some.Code(Code.java:1)\n\0" + "x".repeat(5000));
        },
        options);
    signals.await("failed " + id);
    assertThat(runs.get()).isEqualTo(3);
    assertThat(signals.all()).filteredOn(event -> event.startsWith("retried")).hasSize(2);
    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("failed");
    assertThat(row.getString("last_error"))
        .startsWith("IllegalStateException: broken")
        .doesNotContain("Code.java")
        .hasSizeLessThanOrEqualTo(1000);
  }

  @Test
  void whatIsNoOutcomeIsAFailedRun() {
    long id = database.add();
    AtomicInteger runs = new AtomicInteger();
    Stage unknown = new Stage("publish", "items.publish", "ready");
    start(
        FETCH,
        (lease, running) ->
            switch (runs.incrementAndGet()) {
              case 1 -> null;
              case 2 -> Future.succeededFuture(null);
              default -> Future.succeededFuture(Outcome.next(unknown, Writes.none()));
            },
        options);
    assertThat(signals.await("retried")).contains("the job returned no future");
    assertThat(signals.await("retried")).contains("without an outcome");
    assertThat(signals.await("failed " + id)).contains("publish");
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() {
    long id = database.add();
    start(
        FETCH,
        (lease, running) ->
            Future.failedFuture(new PermanentFailure("the transcript is too short")),
        options);
    assertThat(signals.await("failed")).isEqualTo("failed " + id + " the transcript is too short");
    assertThat(database.item(id).getInteger("processing_attempts")).isEqualTo(1);
  }

  @Test
  void whatIsNotReadyIsLookedAtAgainInTime() {
    long id = database.add();
    AtomicInteger runs = new AtomicInteger();
    start(
        FETCH,
        (lease, running) ->
            runs.incrementAndGet() < 6
                ? Future.succeededFuture(
                    Outcome.notReady(Duration.ofMillis(15), "no recording yet"))
                : completed(),
        options);
    signals.await("settled completed " + id);
    assertThat(signals.all()).filteredOn(("settled not_ready " + id)::equals).hasSize(5);
    assertThat(database.item(id).getInteger("processing_attempts")).isEqualTo(1);
  }

  @Test
  void aRunThatTakesTooLongIsStoppedAndTriedAgain() {
    long id = database.add();
    AtomicInteger runs = new AtomicInteger();
    start(
        FETCH,
        (lease, running) ->
            runs.incrementAndGet() == 1
                ? running.whenLost().map(told -> Outcome.completed(Writes.none()))
                : completed(),
        options.withJobTimeLimit(Duration.ofMillis(60)));
    assertThat(signals.await("retried")).contains("took longer than");
    signals.await("settled completed " + id);
  }

  @Test
  void aRunThatDoesNotStopLosesItsPlace() {
    database.add();
    AtomicInteger runs = new AtomicInteger();
    start(
        FETCH,
        (lease, running) ->
            runs.incrementAndGet() == 1 ? Promise.<Outcome>promise().future() : completed(),
        options
            .withConcurrency(1)
            .withJobTimeLimit(Duration.ofMillis(60))
            .withStopGrace(Duration.ofMillis(60)));
    assertThat(signals.await("retried")).contains("took longer than");
    signals.await("settled completed");
  }

  @Test
  void cancellingReachesTheRunWithTheNextHeartbeat() {
    long id = database.add();
    Promise<Running> started = Promise.promise();
    Promise<Outcome> end = Promise.promise();
    start(
        FETCH,
        (lease, running) -> {
          started.complete(running);
          return end.future();
        },
        options.withLease(Duration.ofMillis(900)));
    Running running = get(started.future());
    assertThat(running.lost()).isFalse();
    assertThat(get(queue.cancel(id))).isTrue();
    get(running.whenLost());
    assertThat(running.lost()).isTrue();
    signals.await("lost " + id);
    end.complete(Outcome.completed(Writes.none()));
    get(workers.get(0).drain(SOON));
    assertThat(database.item(id).getString("status")).isEqualTo("cancelled");
  }

  @Test
  void heartbeatsKeepALongRunsLease() {
    long id = database.add();
    Promise<Outcome> end = Promise.promise();
    Promise<Void> started = Promise.promise();
    start(
        FETCH,
        (lease, running) -> {
          started.complete();
          return end.future();
        },
        options.withLease(Duration.ofMillis(1_500)));
    get(started.future());
    Signals others = new Signals();
    start(
        FETCH,
        (lease, running) -> completed(),
        options.withPollInterval(Duration.ofMillis(20)).withObserver(others));
    vertx.setTimer(3_500, enough -> end.complete(Outcome.completed(Writes.none())));
    signals.await("settled completed " + id);
    assertThat(others.claimed.get()).isZero();
  }

  @Test
  void aLateOutcomeIsRefusedTogetherWithItsWrites() {
    long id = database.add();
    Promise<Outcome> end = Promise.promise();
    Promise<Lease> started = Promise.promise();
    start(
        FETCH,
        (lease, running) -> {
          started.complete(lease);
          return end.future();
        },
        options.withLease(Duration.ofMinutes(10)));
    Lease lease = get(started.future());
    database.query(
        "UPDATE work_items SET lease_token = lease_token + 1, due_at = now() WHERE id = $1", id);
    end.complete(Outcome.completed(DoneLog.entry(lease)));
    signals.await("lost " + id);
    assertThat(database.query("SELECT * FROM done_log")).isEmpty();
    assertThat(database.item(id).getString("status")).isEqualTo("processing");
  }

  /** As after an outage or a frozen node: a look for work comes before the heartbeat. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aWorkerDoesNotClaimWhatItHolds(int attempt) {
    long id = database.add();
    Promise<Outcome> end = Promise.promise();
    Promise<Void> started = Promise.promise();
    Promise<Void> next = Promise.promise();
    Worker worker =
        start(
            FETCH,
            (lease, running) -> {
              if (lease.id() != id) {
                next.complete();
                return completed();
              }
              // run a second time it would fail the test here
              started.complete();
              return end.future();
            },
            options.withLease(Duration.ofMinutes(10)));
    get(started.future());
    database.query(
        "UPDATE work_items SET due_at = now() - interval '1 minute', processing_attempts = $2"
            + " WHERE id = $1",
        id,
        attempt);
    database.add();
    worker.wake();
    get(next.future());
    end.complete(Outcome.completed(Writes.none()));
    signals.await("settled completed " + id);
    assertThat(signals.all())
        .noneMatch(event -> event.startsWith("lost") || event.startsWith("failed"));
  }

  @Test
  void writesThatTheDatabaseRefusesAreAFailedRun() {
    long id = database.add();
    start(
        FETCH,
        (lease, running) ->
            Future.succeededFuture(
                Outcome.completed(
                    connection -> connection.query("INSERT INTO done_log VALUES (1)").execute())),
        options);
    assertThat(signals.await("retried " + id))
        .contains("the result could not be stored")
        .contains("23502");
  }

  @Test
  void whatOthersWriteMeanwhileHarmsNothing() {
    List<Long> ids = database.add(3);
    Promise<Void> touched = Promise.promise();
    AtomicInteger running = new AtomicInteger();
    Promise<Void> all = Promise.promise();
    start(
        FETCH,
        (lease, run) -> {
          if (running.incrementAndGet() == 3) {
            all.complete();
          }
          return touched.future().map(v -> Outcome.completed(Writes.none()));
        },
        options);
    get(all.future());
    database.query("DELETE FROM work_items WHERE id = $1", ids.get(0));
    database.query(
        "UPDATE work_items SET status = 'pending', last_error = 'reset by hand' WHERE id = $1",
        ids.get(1));
    touched.complete();
    signals.await("lost " + ids.get(0));
    get(workers.get(0).drain(SOON));
    assertThat(database.count("status = 'completed'")).isEqualTo(2);
  }

  @Test
  void onlyTheNewestOfManyReportsIsWritten() {
    long id = database.add();
    Promise<Outcome> end = Promise.promise();
    start(
        FETCH,
        (lease, running) -> {
          for (int i = 1; i <= 500; i++) {
            running.progress(new JsonObject().put("done", i));
          }
          return end.future();
        },
        options);
    WorkDatabase.until(
        () ->
            new JsonObject().put("done", 500).equals(database.item(id).getJsonObject("progress")));
    end.complete(Outcome.completed(Writes.none()));
    signals.await("settled completed " + id);
  }

  @Test
  void drainingWaitsForWhatIsRunning() {
    database.add(3);
    Promise<Void> end = Promise.promise();
    AtomicInteger runs = new AtomicInteger();
    Promise<Void> two = Promise.promise();
    Worker worker =
        start(
            FETCH,
            (lease, running) -> {
              if (runs.incrementAndGet() == 2) {
                two.complete();
              }
              return end.future().map(v -> Outcome.completed(Writes.none()));
            },
            options.withConcurrency(2));
    get(two.future());
    Future<Void> drained = worker.drain(Duration.ofSeconds(30));
    assertThat(drained.isComplete()).isFalse();
    end.complete();
    get(drained);
    get(worker.drain(SOON));
    assertThat(database.count("status = 'completed'")).isEqualTo(2);
    assertThat(database.count("status = 'pending'")).isEqualTo(1);
  }

  @Test
  void drainingGivesTheRestBackUncounted() {
    long id = database.add();
    Promise<Running> started = Promise.promise();
    Promise<Outcome> end = Promise.promise();
    Worker worker =
        start(
            FETCH,
            (lease, running) -> {
              started.complete(running);
              return end.future();
            },
            options);
    Running running = get(started.future());
    get(worker.drain(Duration.ofMillis(30)));
    assertThat(running.lost()).isTrue();
    assertThat(signals.all()).containsExactly("released " + id);
    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("pending");
    assertThat(row.getInteger("processing_attempts")).isZero();
    // the run that was left alone can no longer do harm
    end.complete(Outcome.completed(Writes.none()));
    worker.wake();
    Signals other = new Signals();
    start(FETCH, (lease, run) -> completed(), options.withObserver(other));
    other.await("settled completed " + id);
    assertThat(signals.all()).containsExactly("released " + id);
  }

  @Test
  void anObserverThatFailsHarmsNothing() {
    long id = database.add();
    start(
        FETCH,
        (lease, running) -> completed(),
        options.withObserver(
            new WorkObserver() {
              @Override
              public void claimed(Stage stage, int count) {
                throw new IllegalStateException("a faulty observer");
              }

              @Override
              public void settled(Lease lease, String kind, Duration took) {
                signals.settled(lease, kind, took);
                throw new IllegalStateException("a faulty observer");
              }
            }));
    signals.await("settled completed " + id);
  }

  private Worker start(Stage stage, Job job, WorkerOptions with) {
    Worker worker = new Worker(vertx, queue, stage, job, with);
    workers.add(worker);
    get(worker.start());
    return worker;
  }

  private static Future<Outcome> completed() {
    return Future.succeededFuture(Outcome.completed(Writes.none()));
  }
}
