package work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static work.WorkDatabase.FETCH;
import static work.WorkDatabase.GENERATE;
import static work.WorkDatabase.get;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration NO_TIME = Duration.ZERO;

  private static Vertx vertx;
  private static WorkDatabase database;
  private static WorkQueue queue;

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
    database.script("TRUNCATE work_items, done_log, work_pauses");
  }

  @Test
  void claimsTheLongestDueFirstAndNoMoreThanAsked() {
    List<Long> ids = database.add(4);
    database.query(
        "UPDATE work_items SET due_at = now() - interval '1 hour' WHERE id = $1", ids.get(3));
    database.query(
        "UPDATE work_items SET due_at = now() + interval '1 hour' WHERE id = $1", ids.get(0));

    assertThat(claim(2)).extracting(Lease::id).containsExactly(ids.get(3), ids.get(1));
    assertThat(claim(10)).extracting(Lease::id).containsExactly(ids.get(2));
    assertThat(claim(10)).isEmpty();
  }

  @Test
  void leasesOfOthersAreLeftAloneForTheGraceAfterTheyRanOut() {
    List<Long> ids = database.add(3);
    assertThat(claim(2)).hasSize(2);
    database.query(
        "UPDATE work_items SET due_at = now() - interval '20 seconds' WHERE id = $1", ids.get(0));
    database.query(
        "UPDATE work_items SET due_at = now() - interval '40 seconds' WHERE id = $1", ids.get(1));

    Claim claim = get(queue.look(FETCH, 10, "node-2", LEASE, List.of(), Duration.ofSeconds(30)));
    assertThat(claim.leases()).extracting(Lease::id).containsExactly(ids.get(1), ids.get(2));
    assertThat(claim(10)).extracting(Lease::id).containsExactly(ids.get(0));
  }

  @Test
  void whatTheCallerHoldsIsNotClaimedAsLongAsItsTokenStands() {
    long id = database.add();
    Lease lease = claim(1, NO_TIME).get(0);
    assertThat(get(queue.look(FETCH, 1, "node-1", LEASE, List.of(lease), Duration.ZERO)).leases())
        .isEmpty();
    assertThat(get(queue.cancel(id))).isTrue();
    assertThat(get(queue.redrive(id))).isTrue();
    assertThat(get(queue.look(FETCH, 1, "node-1", LEASE, List.of(lease), Duration.ZERO)).leases())
        .extracting(Lease::id)
        .containsExactly(id);
  }

  @Test
  void aClaimMarksTheRowForOthersToSee() {
    long id = database.add();
    Lease lease = claim(1).get(0);

    Row row = database.item(id);
    assertThat(lease).isEqualTo(new Lease("work_items", FETCH, id, 1, 1, "node-1"));
    assertThat(row.getString("status")).isEqualTo("processing");
    assertThat(row.getString("lease_owner")).isEqualTo("node-1");
    assertThat(row.getInteger("processing_attempts")).isEqualTo(1);
    assertThat(row.getOffsetDateTime("claimed_at"))
        .isNotNull()
        .isEqualTo(row.getOffsetDateTime("processing_started_at"));
    assertThat(waitMillis(row)).isBetween(25_000L, 30_000L);
  }

  @Test
  void claimsSkipRowsThatOthersAreClaiming() {
    List<Long> ids = database.add(2);
    SqlConnection other = get(database.pool().getConnection());
    try {
      get(other.query("BEGIN").execute());
      get(
          other
              .preparedQuery("SELECT 1 FROM work_items WHERE id = $1 FOR UPDATE")
              .execute(Tuple.of(ids.get(0))));
      assertThat(claim(10)).extracting(Lease::id).containsExactly(ids.get(1));
    } finally {
      get(other.query("ROLLBACK").execute());
      other.close();
    }
  }

  @Test
  void simultaneousClaimsNeverShareAnItem() {
    List<Long> ids = database.add(200);
    List<Long> got = new ArrayList<>();
    List<Future<List<Lease>>> claims =
        IntStream.range(0, 40).mapToObj(i -> queue.claim(FETCH, 5, "node-" + i, LEASE)).toList();
    claims.forEach(claim -> get(claim).forEach(lease -> got.add(lease.id())));
    while (got.size() < 200) {
      List<Lease> rest = claim(5);
      assertThat(rest).isNotEmpty();
      rest.forEach(lease -> got.add(lease.id()));
    }
    assertThat(got).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void anExpiredLeaseIsClaimedAgainAndItsHolderShutOut() {
    long id = database.add();
    Lease dead = claim(1, NO_TIME).get(0);
    Lease live = claim(1).get(0);

    assertThat(live).isEqualTo(new Lease("work_items", FETCH, id, 2, 2, "node-1"));
    assertThatThrownBy(() -> get(queue.settle(dead, Outcome.completed(DoneLog.entry(dead)))))
        .isInstanceOf(StaleLeaseException.class)
        .hasMessageContaining("nothing was written");
    assertThatThrownBy(() -> get(queue.settle(dead, Outcome.completed(Writes.none()))))
        .isInstanceOf(StaleLeaseException.class);
    assertThatThrownBy(() -> get(queue.retry(dead, "too late")))
        .isInstanceOf(StaleLeaseException.class);
    assertThatThrownBy(() -> get(queue.release(dead))).isInstanceOf(StaleLeaseException.class);
    assertThatThrownBy(() -> get(queue.progress(dead, new JsonObject())))
        .isInstanceOf(StaleLeaseException.class);
    assertThat(get(queue.renew(List.of(dead, live), LEASE))).containsExactly(id);
    assertThat(get(queue.renew(List.of(dead), LEASE))).isEmpty();

    assertThat(database.item(id).getString("status")).isEqualTo("processing");
    assertThat(database.query("SELECT * FROM done_log")).isEmpty();
    get(queue.settle(live, Outcome.completed(DoneLog.entry(live))));
    assertThat(database.query("SELECT * FROM done_log")).hasSize(1);
  }

  @Test
  void anExpiredLeaseThatNobodyTookStillCounts() {
    long renewed = database.add();
    Lease first = claim(1, NO_TIME).get(0);
    assertThat(get(queue.renew(List.of(first), LEASE))).containsExactly(renewed);
    assertThat(claim(1)).isEmpty();

    long settled = database.add();
    Lease second = claim(1, NO_TIME).get(0);
    get(queue.settle(second, Outcome.completed(Writes.none())));
    assertThat(database.item(settled).getString("status")).isEqualTo("completed");
  }

  @Test
  void completionIsFinal() {
    long id = database.add();
    Lease lease = claim(1).get(0);
    get(queue.settle(lease, Outcome.completed(DoneLog.entry(lease))));

    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("completed");
    assertThat(row.getOffsetDateTime("due_at")).isNull();
    assertThat(row.getOffsetDateTime("processed_at")).isNotNull();
    assertThat(row.getString("lease_owner")).isNull();
    assertThat(row.getLong("lease_token")).isEqualTo(2);
    assertThat(get(queue.redrive(id))).isFalse();
    assertThat(get(queue.cancel(id))).isFalse();
    assertThat(get(queue.pause(id))).isFalse();
  }

  @Test
  void writesThatFailTakeTheTransitionBackWithThem() {
    long id = database.add();
    Lease lease = claim(1).get(0);
    Writes bad =
        connection ->
            DoneLog.entry(lease)
                .apply(connection)
                .compose(v -> connection.query("INSERT INTO done_log VALUES (1)").execute());

    assertThatThrownBy(() -> get(queue.settle(lease, Outcome.completed(bad))))
        .hasMessageContaining("23502");
    assertThat(database.item(id).getString("status")).isEqualTo("processing");
    assertThat(database.query("SELECT * FROM done_log")).isEmpty();
    get(queue.settle(lease, Outcome.completed(DoneLog.entry(lease))));
    assertThat(database.query("SELECT * FROM done_log")).hasSize(1);
  }

  @Test
  void aHolderThatFreezesInItsTransactionIsShutOutInTheEnd() {
    long id = database.add();
    Lease frozen = claim(1, NO_TIME).get(0);
    Promise<Void> writing = Promise.promise();
    Future<Void> settling =
        queue.settle(
            frozen,
            Outcome.completed(
                connection ->
                    DoneLog.entry(frozen)
                        .apply(connection)
                        .onSuccess(done -> writing.complete())
                        .compose(done -> Promise.promise().future())));
    get(writing.future());
    assertThat(claim(1)).as("its row is locked").isEmpty();
    List<Lease> taken = new ArrayList<>();
    WorkDatabase.until(() -> taken.addAll(claim(1)));
    assertThat(taken).extracting(Lease::id).containsExactly(id);
    assertThat(settling.succeeded()).isFalse();
    assertThat(database.query("SELECT * FROM done_log")).isEmpty();
  }

  @Test
  void theNextStageStartsFresh() {
    long id = database.add();
    get(queue.retry(claim(1).get(0), "first try"));
    assertThat(get(queue.hasten(id))).isTrue();
    get(queue.settle(claim(1).get(0), Outcome.next(GENERATE, Writes.none())));

    Row row = database.item(id);
    assertThat(row.getString("stage")).isEqualTo("generate");
    assertThat(row.getString("status")).isEqualTo("awaiting_exercises");
    assertThat(row.getInteger("processing_attempts")).isZero();
    assertThat(row.getString("last_error")).isNull();
    assertThat(claim(1)).isEmpty();
    Lease lease = get(queue.claim(GENERATE, 1, "node-1", LEASE)).get(0);
    assertThat(lease.attempt()).isEqualTo(1);
  }

  @Test
  void aStageOutsideTheTableIsRefused() {
    database.add();
    Lease lease = claim(1).get(0);
    Stage unknown = new Stage("publish", "items.publish", "ready");
    assertThatThrownBy(() -> queue.settle(lease, Outcome.next(unknown, Writes.none())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("publish");
  }

  @Test
  void notReadyIsNoAttempt() {
    long id = database.add();
    for (int i = 0; i < 5; i++) {
      Lease lease = claim(1).get(0);
      assertThat(lease.attempt()).isEqualTo(1);
      get(
          queue.settle(
              lease, Outcome.notReady(Duration.ofMinutes(1), "the recording is not there yet")));
      assertThat(claim(1)).isEmpty();
      assertThat(get(queue.hasten(id))).isTrue();
      assertThat(get(queue.hasten(id))).isFalse();
    }
    get(
        queue.settle(
            claim(1).get(0),
            Outcome.notReady(Duration.ofMinutes(1), "the recording is not there yet")));
    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("pending");
    assertThat(row.getInteger("processing_attempts")).isZero();
    assertThat(row.getString("last_error")).isEqualTo("the recording is not there yet");
    assertThat(waitMillis(row)).isBetween(50_000L, 60_000L);
    assertThat(row.getLong("next_retry_at"))
        .isBetween(Instant.now().getEpochSecond() + 50, Instant.now().getEpochSecond() + 61);
  }

  @Test
  void failuresComeBackOnScheduleUntilTheLast() {
    WorkQueue patient =
        database.queue(new RetryPolicy(Duration.ofSeconds(60), Duration.ofSeconds(100), 3, 0.1));
    long id = database.add();
    List<Long> waits = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      Lease lease = claim(1).get(0);
      assertThat(lease.attempt()).isEqualTo(attempt);
      get(patient.retry(lease, "no answer from the server"));
      Row row = database.item(id);
      assertThat(row.getString("status")).isEqualTo("pending");
      assertThat(row.getLong("next_retry_at")).isNotNull();
      waits.add(waitMillis(row));
      get(patient.hasten(id));
    }
    assertThat(waits.get(0)).isBetween(55_000L, 60_000L);
    assertThat(waits.get(1)).isBetween(95_000L, 100_000L);

    get(patient.retry(claim(1).get(0), "no answer from the server"));
    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("failed");
    assertThat(row.getOffsetDateTime("due_at")).isNull();
    assertThat(row.getLong("next_retry_at")).isNull();
    assertThat(row.getString("last_error")).isEqualTo("no answer from the server");
    assertThat(row.getOffsetDateTime("processed_at")).isNotNull();
    assertThat(row.getInteger("processing_attempts")).isEqualTo(3);
  }

  @Test
  void anItemThatKillsItsWorkersIsGivenUp() {
    long id = database.add();
    for (int i = 0; i < 3; i++) {
      assertThat(claim(1, NO_TIME)).hasSize(1);
    }
    Claim claim = get(queue.look(FETCH, 5, "node-1", LEASE, List.of(), Duration.ZERO));
    assertThat(claim.leases()).isEmpty();
    assertThat(claim.spent()).extracting(spent -> spent.lease().id()).containsExactly(id);
    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("failed");
    assertThat(row.getString("last_error"))
        .contains("3 runs ended without an answer")
        .contains("node-1");
    assertThat(claim(1)).isEmpty();
  }

  @Test
  void redriveGivesAllAttemptsBack() {
    long id = database.add();
    get(queue.settle(claim(1).get(0), Outcome.failed("unknown teacher")));
    assertThat(database.item(id).getString("status")).isEqualTo("failed");

    assertThat(get(queue.redrive(id))).isTrue();
    assertThat(get(queue.redrive(id))).isFalse();
    Row row = database.item(id);
    assertThat(row.getString("status")).isEqualTo("pending");
    assertThat(row.getString("last_error")).isNull();
    assertThat(row.getOffsetDateTime("processed_at")).isNull();
    assertThat(claim(1).get(0).attempt()).isEqualTo(1);
  }

  @Test
  void redriveAllTakesOnlyFailedItemsOfItsStageAndNoMoreThanAsked() {
    List<Long> ids = database.add(5);
    claim(5).forEach(lease -> get(queue.settle(lease, Outcome.failed("model was down"))));
    database.query("UPDATE work_items SET stage = 'generate' WHERE id = $1", ids.get(0));

    assertThat(get(queue.redriveAll(FETCH, 3))).isEqualTo(3);
    assertThat(get(queue.redriveAll(FETCH, 3))).isEqualTo(1);
    assertThat(get(queue.redriveAll(GENERATE, 3))).isEqualTo(1);
    assertThat(database.item(ids.get(0)).getString("status")).isEqualTo("awaiting_exercises");
    assertThat(claim(10)).hasSize(4);
  }

  @Test
  void aPausedItemWaitsUntilItIsResumed() {
    List<Long> ids = database.add(2);
    assertThat(get(queue.pause(ids.get(0)))).isTrue();
    assertThat(get(queue.pause(ids.get(0)))).isFalse();
    assertThat(claim(10)).extracting(Lease::id).containsExactly(ids.get(1));
    assertThat(get(queue.resume(ids.get(0)))).isTrue();
    assertThat(get(queue.resume(ids.get(0)))).isFalse();
    assertThat(claim(10)).extracting(Lease::id).containsExactly(ids.get(0));
  }

  @Test
  void anItemPausedWhileRunningStopsAfterItsStage() {
    long id = database.add();
    Lease lease = claim(1).get(0);
    assertThat(get(queue.pause(id))).isTrue();
    get(queue.settle(lease, Outcome.next(GENERATE, Writes.none())));
    assertThat(get(queue.claim(GENERATE, 1, "node-1", LEASE))).isEmpty();
    assertThat(get(queue.resume(id))).isTrue();
    assertThat(get(queue.claim(GENERATE, 1, "node-1", LEASE))).hasSize(1);
  }

  @Test
  void aPausedStageIsNotClaimed() {
    database.add(2);
    get(queue.pauseStage(FETCH, "the recordings service is being moved"));
    get(queue.pauseStage(FETCH, "still moving"));
    assertThat(claim(10)).isEmpty();
    assertThat(get(queue.depths())).extracting(StageDepth::stopped).containsExactly(true, false);
    get(queue.resumeStage(FETCH));
    get(queue.resumeStage(FETCH));
    assertThat(claim(10)).hasSize(2);
  }

  @Test
  void cancellingTakesTheItemFromItsHolder() {
    long id = database.add();
    Lease lease = claim(1).get(0);
    assertThat(get(queue.cancel(id))).isTrue();
    assertThat(get(queue.cancel(id))).isFalse();

    assertThat(get(queue.renew(List.of(lease), LEASE))).isEmpty();
    assertThatThrownBy(() -> get(queue.settle(lease, Outcome.completed(DoneLog.entry(lease)))))
        .isInstanceOf(StaleLeaseException.class);
    assertThat(database.item(id).getString("status")).isEqualTo("cancelled");
    assertThat(database.query("SELECT * FROM done_log")).isEmpty();
    assertThat(get(queue.redrive(id))).isTrue();
    assertThat(claim(1)).hasSize(1);
  }

  @Test
  void progressIsStoredForTheHolderOnlyAndBounded() {
    long id = database.add();
    Lease lease = claim(1).get(0);
    get(queue.progress(lease, new JsonObject().put("done", 3).put("of", 10)));
    assertThat(database.item(id).getJsonObject("progress"))
        .isEqualTo(new JsonObject().put("done", 3).put("of", 10));
    assertThatThrownBy(
            () -> get(queue.progress(lease, new JsonObject().put("text", "x".repeat(20_000)))))
        .isInstanceOf(IllegalArgumentException.class);
    get(queue.release(lease));
    assertThatThrownBy(() -> get(queue.progress(lease, new JsonObject())))
        .isInstanceOf(StaleLeaseException.class);
  }

  @Test
  void aReleasedItemIsDueAtOnceAndTheRunNotCounted() {
    database.add();
    get(queue.retry(claim(1).get(0), "a real failure"));
    get(queue.hastenAll(FETCH));
    database.query("UPDATE work_items SET due_at = now()");
    Lease second = claim(1).get(0);
    assertThat(second.attempt()).isEqualTo(2);
    get(queue.release(second));
    assertThat(database.item(second.id()).getString("last_error")).isEqualTo("a real failure");
    assertThat(claim(1).get(0).attempt()).isEqualTo(2);
  }

  @Test
  void hasteningLeavesLeasesAndFailuresAlone() {
    List<Long> ids = database.add(3);
    List<Lease> leases = claim(3);
    get(queue.settle(leases.get(0), Outcome.notReady(Duration.ofHours(1), "not there")));
    get(queue.retry(leases.get(1), "broken"));
    database.query(
        "UPDATE work_items SET due_at = now() + interval '1 hour' WHERE id = $1", ids.get(1));

    assertThat(get(queue.hasten(ids.get(2)))).isFalse();
    assertThat(get(queue.hastenAll(FETCH))).isEqualTo(1);
    assertThat(claim(5)).extracting(Lease::id).containsExactly(ids.get(0));
    assertThat(get(queue.hasten(Set.copyOf(ids)))).isEqualTo(1);
    assertThat(claim(5)).extracting(Lease::id).containsExactly(ids.get(1));
  }

  @Test
  void deadLeasesAreFreedAtTheStartOfTheOnlyNode() {
    List<Long> ids = database.add(3);
    List<Lease> dead = claim(2);
    assertThat(get(queue.releaseAllLeases())).isEqualTo(2);
    assertThat(claim(5)).extracting(Lease::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(database.item(ids.get(0)).getInteger("processing_attempts")).isEqualTo(2);
    assertThat(get(queue.renew(dead, LEASE))).isEmpty();
  }

  @Test
  void depthsCountEveryItemOnce() {
    List<Long> ids = database.add(7);
    List<Lease> leases = claim(4);
    get(queue.retry(leases.get(0), "broken"));
    database.query(
        "UPDATE work_items SET due_at = now() + interval '1 hour' WHERE id = $1", ids.get(0));
    get(queue.settle(leases.get(1), Outcome.failed("hopeless")));
    get(queue.settle(leases.get(2), Outcome.completed(Writes.none())));
    get(queue.pause(ids.get(4)));
    database.query(
        "UPDATE work_items SET due_at = now() - interval '90 seconds' WHERE id = $1", ids.get(5));

    List<StageDepth> depths = get(queue.depths());
    StageDepth fetch = depths.get(0);
    assertThat(fetch.oldest()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(95));
    assertThat(fetch).isEqualTo(new StageDepth(FETCH, 2, 1, 1, 1, 1, fetch.oldest(), false));
    assertThat(depths.get(1))
        .isEqualTo(new StageDepth(GENERATE, 0, 0, 0, 0, 0, Duration.ZERO, false));
  }

  @Test
  void aFinalWordWrittenByOthersIsRespected() {
    List<Long> ids = database.add(2);
    database.query("UPDATE work_items SET status = 'cancelled' WHERE id = $1", ids.get(0));
    assertThat(claim(10)).extracting(Lease::id).containsExactly(ids.get(1));
  }

  @Test
  void aClaimTellsWhenTheNextItemIsDue() {
    database.add();
    database.query("UPDATE work_items SET due_at = now() + interval '20 seconds'");
    assertThat(
            get(queue.look(FETCH, 1, "node-1", LEASE, List.of(), Duration.ZERO))
                .next()
                .orElseThrow())
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
    database.script("TRUNCATE work_items");
    assertThat(get(queue.look(FETCH, 1, "node-1", LEASE, List.of(), Duration.ZERO)).next())
        .isEmpty();
  }

  private static List<Lease> claim(int max) {
    return claim(max, LEASE);
  }

  private static List<Lease> claim(int max, Duration lease) {
    return get(queue.claim(FETCH, max, "node-1", lease));
  }

  private static long waitMillis(Row row) {
    return database
        .query(
            "SELECT (extract(epoch FROM due_at - now()) * 1000)::bigint FROM work_items WHERE id ="
                + " $1",
            row.getLong("id"))
        .get(0)
        .getLong(0);
  }
}
