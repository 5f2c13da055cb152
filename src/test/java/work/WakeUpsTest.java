package work;

import static org.assertj.core.api.Assertions.assertThat;
import static work.WorkDatabase.FETCH;
import static work.WorkDatabase.GENERATE;
import static work.WorkDatabase.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WakeUpsTest {
  private static final String MARK = "items.mark";

  private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private WorkDatabase database;
  private WorkQueue queue;
  private WakeUps wakeUps;

  @BeforeEach
  void listen() throws Exception {
    database = WorkDatabase.fresh(vertx);
    queue = database.queue();
    for (String address : List.of(FETCH.address(), GENERATE.address(), MARK)) {
      vertx.eventBus().localConsumer(address, message -> woken.add(address));
    }
    wakeUps =
        WakeUps.listening(
            vertx, database.connectOptions(), List.of(FETCH.address(), GENERATE.address(), MARK));
    get(wakeUps.start());
    // every address once, as nobody knows what was missed
    for (int i = 0; i < 3; i++) {
      assertThat(woken.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @AfterEach
  void close() {
    try {
      get(wakeUps.stop());
      database.close();
    } finally {
      get(vertx.close());
    }
  }

  @Test
  void newWorkWakesItsStageAndNothingElseDoes() throws Exception {
    long id = database.add();
    assertThat(woken.poll(20, TimeUnit.SECONDS)).isEqualTo(FETCH.address());

    Lease lease = claim(FETCH);
    get(queue.renew(List.of(lease), Duration.ofSeconds(30)));
    get(queue.settle(lease, Outcome.notReady(Duration.ofHours(1), "not there")));
    assertThat(wokenUpToMark()).as("claim, heartbeat, wait").isEmpty();

    get(queue.hasten(id));
    assertThat(wokenUpToMark()).as("hastened").containsExactly(FETCH.address());

    get(queue.settle(claim(FETCH), Outcome.next(GENERATE, Writes.none())));
    assertThat(wokenUpToMark()).as("handed over").containsExactly(GENERATE.address());

    get(queue.pause(id));
    assertThat(wokenUpToMark()).as("paused").isEmpty();
    get(queue.resume(id));
    assertThat(wokenUpToMark()).as("resumed").containsExactly(GENERATE.address());

    get(queue.settle(claim(GENERATE), Outcome.failed("hopeless")));
    assertThat(wokenUpToMark()).as("failed").isEmpty();
    get(queue.redrive(id));
    assertThat(wokenUpToMark()).as("redriven").containsExactly(GENERATE.address());

    get(queue.settle(claim(GENERATE), Outcome.completed(Writes.none())));
    assertThat(wokenUpToMark()).as("completed").isEmpty();

    get(queue.pauseStage(FETCH, "moving"));
    get(queue.resumeStage(FETCH));
    get(queue.resumeStage(FETCH));
    assertThat(wokenUpToMark()).as("stage resumed").containsExactly(FETCH.address());
  }

  @Test
  void manyNewItemsOfOneTransactionWakeOnce() throws Exception {
    database.add(500);
    assertThat(wokenUpToMark()).containsExactly(FETCH.address());
  }

  @Test
  void onlyKnownAddressesAreWoken() throws Exception {
    database.query("SELECT pg_notify('lessonweave_work', 'anything.else')::text");
    assertThat(wokenUpToMark()).isEmpty();
  }

  @Test
  void aRowWrittenByAnybodyIsPickedUpAtOnce() {
    Signals signals = new Signals();
    Worker worker =
        new Worker(
            vertx,
            queue,
            FETCH,
            (lease, running) -> Future.succeededFuture(Outcome.completed(Writes.none())),
            WorkerOptions.of("node-1").withPollInterval(Duration.ofHours(1)).withObserver(signals));
    vertx.eventBus().localConsumer(FETCH.address(), message -> worker.wake());
    get(worker.start());
    for (int i = 0; i < 20; i++) {
      long id = database.add();
      signals.await("settled completed " + id);
    }
    get(worker.drain(Duration.ofSeconds(5)));
  }

  @Test
  void aCutConnectionIsMadeAgainAndWakesEverybody() throws Exception {
    for (int i = 0; i < 3; i++) {
      database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
              + " current_database() AND query LIKE 'LISTEN%'");
      assertThat(List.of(next(), next(), next()))
          .containsExactlyInAnyOrder(FETCH.address(), GENERATE.address(), MARK);
    }
    database.add();
    assertThat(next()).isEqualTo(FETCH.address());
  }

  @Test
  void nothingHappensWhereListeningIsImpossible() {
    WakeUps none = WakeUps.none();
    get(none.start());
    get(none.stop());
  }

  private String next() throws InterruptedException {
    return woken.poll(20, TimeUnit.SECONDS);
  }

  /** What was woken by everything that was committed before this call. */
  private List<String> wokenUpToMark() throws InterruptedException {
    database.query("SELECT pg_notify('lessonweave_work', $1)::text", MARK);
    List<String> before = new java.util.ArrayList<>();
    for (String address = next(); !MARK.equals(address); address = next()) {
      assertThat(address).isNotNull();
      before.add(address);
    }
    return before;
  }

  private Lease claim(Stage stage) {
    return get(queue.claim(stage, 1, "node-1", Duration.ofSeconds(30))).get(0);
  }
}
