package work;

import static work.WorkDatabase.FETCH;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One node of {@link ChaosTest}: two workers in a JVM of their own. Tells its parent in lines on
 * standard output: STARTED, DONE for every 50 items, and REFUSED for every outcome it tried to
 * store under a lease it had lost. Ends when its parent does.
 */
final class ChaosNode {
  static final Duration LEASE = Duration.ofMillis(1500);

  private ChaosNode() {}

  public static void main(String[] args) throws Exception {
    String name = args[0];
    PgConnectOptions database =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(Integer.parseInt(args[1]))
            .setUser("postgres")
            .setDatabase(args[2])
            .setCachePreparedStatements(true);
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(8))
            .connectingTo(database)
            .using(vertx)
            .build();
    // the killing must not use up an item's attempts
    RetryPolicy retry = new RetryPolicy(Duration.ofMillis(50), Duration.ofSeconds(1), 1000, 0.1);
    WorkQueue queue = new WorkQueue(pool, WorkDatabase.TABLE, retry);
    AtomicInteger done = new AtomicInteger();
    vertx
        .deployVerticle(() -> new Node(queue, name, done), new DeploymentOptions().setInstances(2))
        .await();
    WakeUps.listening(vertx, database, List.of(FETCH.address())).start().await();
    System.out.println("STARTED");
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(0);
  }

  private static final class Node extends AbstractVerticle {
    private final WorkQueue queue;
    private final String name;
    private final AtomicInteger done;

    Node(WorkQueue queue, String name, AtomicInteger done) {
      this.queue = queue;
      this.name = name;
      this.done = done;
    }

    @Override
    public void start(Promise<Void> started) {
      WorkerOptions options =
          WorkerOptions.of(name)
              .withConcurrency(16)
              .withPollInterval(Duration.ofMillis(500))
              .withLease(LEASE)
              .withObserver(new Reporter());
      Worker worker =
          new Worker(
              vertx,
              queue,
              FETCH,
              (lease, running) ->
                  vertx
                      .timer(20 + ThreadLocalRandom.current().nextInt(100))
                      .map(v -> Outcome.completed(DoneLog.entry(lease))),
              options);
      vertx.eventBus().localConsumer(FETCH.address(), message -> worker.wake());
      worker.start().onComplete(started);
    }

    private final class Reporter implements WorkObserver {
      @Override
      public void settled(Lease lease, String kind, Duration took) {
        if (done.incrementAndGet() % 50 == 0) {
          System.out.println("DONE");
        }
      }

      @Override
      public void lost(Lease lease) {
        // what a worker that knows better would not do: insist
        queue
            .settle(lease, Outcome.completed(DoneLog.entry(lease)))
            .onComplete(
                stored -> System.out.println("STORED UNDER A LOST LEASE"),
                failure -> {
                  if (failure instanceof StaleLeaseException) {
                    System.out.println("REFUSED");
                  }
                });
      }
    }
  }
}
