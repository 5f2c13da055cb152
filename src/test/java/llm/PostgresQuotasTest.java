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
import llm.QuotaState.News;
import llm.QuotaStore.Amount;
import llm.QuotaStore.Grant;
import llm.QuotaStore.Report;
import llm.QuotaStore.Use;
import llm.QuotaStore.Wish;
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

  private PostgresQuotas store() {
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

  /** What a node knows of its block. */
  private static final class Node {
    private final QuotaStore store;
    private final String name;
    private final QuotaLimits limits;
    private long lease;
    private Amount left = Amount.NONE;

    Node(QuotaStore store, String name, QuotaLimits limits) {
      this.store = store;
      this.name = name;
      this.limits = limits;
    }

    /** Wants calls of so many tokens, and tells what it spent of what it had. */
    Future<Grant> want(String quota, Amount least, Amount most, Amount spent, News... news) {
      left = new Amount(left.requests() - spent.requests(), left.tokens() - spent.tokens());
      List<Use> uses = spent.equals(Amount.NONE) ? List.of() : List.of(new Use(0, spent));
      return store
          .exchange(
              new Report(
                  quota, limits, name, lease, uses, List.of(news), left, new Wish(least, most)))
          .onSuccess(
              grant -> {
                lease = grant.lease();
                left = left.plus(grant.granted());
              });
    }
  }

  private static Amount calls(long requests, long tokens) {
    return new Amount(requests, tokens);
  }

  @Test
  void fourNodesAtOnceGetTheLimitBetweenThemAndNoMore() throws Exception {
    QuotaLimits limits = new QuotaLimits(300, 0, 0, 0);
    List<Future<Long>> nodes = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      Node node = new Node(store(), "node-" + n, limits);
      nodes.add(onLoop(() -> takeAll(node, 0, Amount.NONE)));
    }
    Future.all(nodes).await(60, TimeUnit.SECONDS);

    assertThat(nodes.stream().mapToLong(Future::result).sum()).isEqualTo(300);
  }

  /** Asks for small blocks and spends them until the store says that there is nothing left. */
  private Future<Long> takeAll(Node node, long had, Amount spent) {
    return node.want("q", calls(1, 0), calls(3, 0), spent)
        .compose(
            grant ->
                grant.waitMillis() > 10_000
                    ? Future.succeededFuture(had)
                    : databases
                        .vertx
                        .timer(Math.max(1, grant.waitMillis()), TimeUnit.MILLISECONDS)
                        .compose(
                            waited ->
                                takeAll(node, had + grant.granted().requests(), grant.granted())));
  }

  @Test
  void aRestartedNodeKnowsWhatWasUsedAndAClosedQuotaIsClosedForAll() {
    QuotaLimits limits = new QuotaLimits(10, 1_000, 0, 0);
    Node first = new Node(store(), "first", limits);
    Node second = new Node(store(), "second", limits);
    for (int i = 0; i < 6; i++) {
      Amount spent = i == 0 ? Amount.NONE : calls(1, 50);
      Grant grant =
          LessonDatabases.await(onLoop(() -> first.want("q", calls(1, 50), calls(1, 50), spent)));
      assertThat(grant.granted()).isEqualTo(calls(1, 50));
    }
    for (int i = 0; i < 4; i++) {
      Amount spent = i == 0 ? Amount.NONE : calls(1, 50);
      Grant grant =
          LessonDatabases.await(onLoop(() -> second.want("q", calls(1, 50), calls(1, 50), spent)));
      assertThat(grant.granted()).isEqualTo(calls(1, 50));
    }
    Grant none =
        LessonDatabases.await(
            onLoop(() -> second.want("q", calls(1, 50), calls(1, 50), calls(1, 50))));
    assertThat(none.granted()).isEqualTo(Amount.NONE);
    // The first one's last call is still leased, and may come back.
    assertThat(none.waitMillis()).isBetween(400L, 60_000L + MARGIN);

    LessonDatabases.await(
        onLoop(() -> second.want("r", Amount.NONE, Amount.NONE, Amount.NONE, News.closed(30_000))));
    Node third = new Node(store(), "third", limits);
    Grant closed =
        LessonDatabases.await(
            onLoop(() -> third.want("r", calls(1, 50), calls(1, 50), Amount.NONE)));
    assertThat(closed.granted()).isEqualTo(Amount.NONE);
    assertThat(closed.closedMillis()).isBetween(25_000L, 30_000L);
  }

  @Test
  void whatWasSpentTooHighIsGivenBack() {
    Node node = new Node(store(), "n", new QuotaLimits(0, 1_000, 0, 0));
    LessonDatabases.await(onLoop(() -> node.want("q", calls(0, 900), calls(0, 900), Amount.NONE)));
    Grant after =
        LessonDatabases.await(
            onLoop(
                () ->
                    node.want(
                        "q",
                        calls(0, 700),
                        calls(0, 700),
                        calls(0, 900),
                        News.settled(0, 0, -600))));

    assertThat(after.granted()).isEqualTo(calls(0, 700));
  }

  @Test
  void whatTheProviderSaysIsLeftHoldsWhenItIsLess() {
    Node node = new Node(store(), "n", new QuotaLimits(100, 10_000, 0, 0));
    LessonDatabases.await(onLoop(() -> node.want("q", calls(1, 10), calls(1, 10), Amount.NONE)));
    Grant grant =
        LessonDatabases.await(
            onLoop(
                () ->
                    node.want(
                        "q", calls(1, 10), calls(3, 30), calls(1, 10), News.left(0, 2, -1, -1))));

    assertThat(grant.granted().requests()).isEqualTo(2);
  }

  @Test
  void aDeadNodesBlockCountsAsSpentWhenItsLeaseEnds() throws Exception {
    QuotaLimits limits = new QuotaLimits(100, 0, 0, 0);
    Node dead = new Node(store(), "dead", limits);
    Grant block =
        LessonDatabases.await(onLoop(() -> dead.want("q", calls(1, 0), calls(5, 0), Amount.NONE)));
    assertThat(block.granted().requests()).isEqualTo(5);
    Node other = new Node(store(), "other", limits);
    assertThat(onLoop(() -> takeAll(other, 0, Amount.NONE)).await(60, TimeUnit.SECONDS))
        .isEqualTo(95);
  }
}
