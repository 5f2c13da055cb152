package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas that nodes share through one Postgres row. */
class PostgresQuotasTest {
  private static final long MARGIN = 250;

  private LessonDatabases databases;
  private Vertx vertx;

  @BeforeEach
  void open() {
    databases = new LessonDatabases();
    vertx = databases.vertx;
  }

  @AfterEach
  void close() {
    databases.close();
  }

  private PostgresQuotas node() {
    // Every process has a clock of its own.
    long offset = new Random().nextInt(1_000_000);
    return new PostgresQuotas(
        databases.postgres, () -> System.nanoTime() / 1_000_000 + offset, MARGIN);
  }

  private <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    vertx.getOrCreateContext().runOnContext(turn -> work.get().onComplete(promise));
    return promise.future();
  }

  @Test
  void fourNodesAtOnceGetTheLimitBetweenThemAndNoMore() throws Exception {
    QuotaLimits limits = new QuotaLimits(300, 0, 0, 0);
    List<Future<Integer>> nodes = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      PostgresQuotas node = node();
      nodes.add(onLoop(() -> takeAll(node, limits, 0)));
    }
    Future.all(nodes).await(60, TimeUnit.SECONDS);

    assertThat(nodes.stream().mapToInt(Future::result).sum()).isEqualTo(300);
  }

  /** Asks for small batches until the store says that there is nothing left. */
  private Future<Integer> takeAll(PostgresQuotas node, QuotaLimits limits, int had) {
    return node.exchange("q", limits, List.of(), List.of(10, 10, 10))
        .compose(
            verdict ->
                verdict.waitMillis() > 1_000
                    ? Future.succeededFuture(had + verdict.granted())
                    : takeAll(node, limits, had + verdict.granted()));
  }

  @Test
  void aRestartedNodeKnowsWhatWasUsedAndAClosedQuotaIsClosedForAll() {
    QuotaLimits limits = new QuotaLimits(10, 1_000, 0, 0);
    PostgresQuotas first = node();
    PostgresQuotas second = node();
    List<Integer> six = List.of(50, 50, 50, 50, 50, 50);

    QuotaState.Verdict taken =
        LessonDatabases.await(onLoop(() -> first.exchange("q", limits, List.of(), six)));
    assertThat(taken.granted()).isEqualTo(6);
    QuotaState.Verdict rest =
        LessonDatabases.await(onLoop(() -> second.exchange("q", limits, List.of(), six)));
    assertThat(rest.granted()).isEqualTo(4);
    assertThat(rest.waitMillis()).isBetween(50_000L, 60_000L + MARGIN);

    LessonDatabases.await(
        onLoop(
            () ->
                second.exchange("r", limits, List.of(QuotaState.News.closed(30_000)), List.of())));
    QuotaState.Verdict closed =
        LessonDatabases.await(onLoop(() -> first.exchange("r", limits, List.of(), six)));
    assertThat(closed.granted()).isZero();
    assertThat(closed.waitMillis()).isBetween(25_000L, 30_000L);
  }

  @Test
  void whatWasReservedTooHighIsGivenBack() {
    QuotaLimits limits = new QuotaLimits(0, 1_000, 0, 0);
    PostgresQuotas node = node();
    QuotaState.Verdict taken =
        LessonDatabases.await(onLoop(() -> node.exchange("q", limits, List.of(), List.of(900))));
    QuotaState.Verdict after =
        LessonDatabases.await(
            onLoop(
                () ->
                    node.exchange(
                        "q",
                        limits,
                        List.of(QuotaState.News.settled(taken.at(), -600)),
                        List.of(700))));

    assertThat(after.granted()).isEqualTo(1);
  }

  @Test
  void whatTheProviderSaysIsLeftHoldsWhenItIsLess() {
    QuotaLimits limits = new QuotaLimits(100, 10_000, 0, 0);
    PostgresQuotas node = node();
    LessonDatabases.await(onLoop(() -> node.exchange("q", limits, List.of(), List.of(10))));
    QuotaState.Verdict verdict =
        LessonDatabases.await(
            onLoop(
                () ->
                    node.exchange(
                        "q",
                        limits,
                        List.of(new QuotaState.News(0, 0, 2, -1, -1, 0)),
                        List.of(10, 10, 10))));

    assertThat(verdict.granted()).isEqualTo(2);
  }
}
