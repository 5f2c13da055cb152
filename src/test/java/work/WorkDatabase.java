package work;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A fresh database with a work table of two stages, on a server shared by all tests of this JVM
 * unless one is given.
 */
final class WorkDatabase implements AutoCloseable {
  static final Stage FETCH = new Stage("fetch", "items.fetch", "pending");
  static final Stage GENERATE = new Stage("generate", "items.generate", "awaiting_exercises");
  static final WorkTable TABLE = new WorkTable("work_items", "item_id", List.of(FETCH, GENERATE));

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String ITEMS =
      """
      CREATE TABLE work_items (
        id BIGSERIAL PRIMARY KEY,
        payload TEXT,
        stage TEXT NOT NULL,
        status TEXT NOT NULL,
        due_at TIMESTAMPTZ NULL DEFAULT now(),
        lease_token BIGINT NOT NULL DEFAULT 0,
        lease_owner TEXT NULL,
        processing_attempts INTEGER NOT NULL DEFAULT 0,
        last_error TEXT NULL,
        next_retry_at BIGINT NULL,
        paused_at TIMESTAMPTZ NULL,
        progress JSONB NULL,
        claimed_at TIMESTAMPTZ NULL,
        processing_started_at TIMESTAMPTZ NULL,
        processed_at TIMESTAMPTZ NULL,
        created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
        updated_at TIMESTAMPTZ NOT NULL DEFAULT now());
      CREATE INDEX work_items_due ON work_items (stage, due_at, id) WHERE due_at IS NOT NULL;
      CREATE INDEX work_items_failed ON work_items (stage, id) WHERE status = 'failed';
      CREATE TRIGGER work_items_announce AFTER INSERT OR UPDATE OF stage, status, due_at, paused_at ON work_items
        FOR EACH ROW
        WHEN (NEW.due_at <= now() AND NEW.status <> 'processing' AND NEW.paused_at IS NULL)
        EXECUTE FUNCTION announce_work('items.');
      -- no unique key: it must be able to show that something happened twice
      CREATE TABLE done_log (item_id BIGINT NOT NULL, token BIGINT NOT NULL, owner TEXT NOT NULL);
      """;

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final Pool pool;

  private WorkDatabase(Vertx vertx, PgConnectOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.pool = newPool(8);
  }

  static WorkDatabase fresh(Vertx vertx) {
    return fresh(vertx, Shared.SERVER);
  }

  static WorkDatabase fresh(Vertx vertx, WorkServer server) {
    PgConnectOptions options = server.connectOptions();
    String name = "work_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    PgConnection connection = get(PgConnection.connect(vertx, options));
    get(connection.query("CREATE DATABASE " + name).execute());
    get(connection.close());
    WorkDatabase database = new WorkDatabase(vertx, options.setDatabase(name));
    database.script(migration());
    database.script(ITEMS);
    return database;
  }

  /** The future's result; fails the test when it takes longer than any call here may. */
  static <T> T get(Future<T> future) {
    try {
      return future.await(30, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no result within 30 s", e);
    }
  }

  /** Asks again and again until it holds; for what only the database can tell. */
  static void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + SECONDS.toNanos(20);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not come true within 20 s");
      }
    }
  }

  private static String migration() {
    try (InputStream file =
        WorkDatabase.class.getResourceAsStream("/migrations/postgres/V1__work.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Pool pool() {
    return pool;
  }

  Pool newPool(int size) {
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(size).setMaxWaitQueueSize(10_000))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  PgConnectOptions connectOptions() {
    return new PgConnectOptions(options);
  }

  WorkQueue queue() {
    return queue(
        new RetryPolicy(java.time.Duration.ofMillis(20), java.time.Duration.ofMillis(200), 3, 0));
  }

  WorkQueue queue(RetryPolicy retry) {
    return new WorkQueue(pool, TABLE, retry, () -> 0.5);
  }

  void script(String statements) {
    get(pool.query(statements).execute());
  }

  List<Row> query(String statement, Object... parameters) {
    List<Row> rows = new ArrayList<>();
    get(pool.preparedQuery(statement).execute(Tuple.wrap(parameters))).forEach(rows::add);
    return rows;
  }

  /**
   * Adds {@code count} items waiting for stage fetch, all due now; gives their ids in the order
   * they are due.
   */
  List<Long> add(int count) {
    return query(
            "INSERT INTO work_items (stage, status, payload) SELECT 'fetch', 'pending', n::text"
                + " FROM generate_series(1, $1::int) n RETURNING id",
            count)
        .stream()
        .map(row -> row.getLong("id"))
        .sorted()
        .toList();
  }

  long add() {
    return add(1).get(0);
  }

  Row item(long id) {
    return query("SELECT *, due_at - now() AS wait FROM work_items WHERE id = $1", id).get(0);
  }

  long count(String condition) {
    return query("SELECT count(*) FROM work_items WHERE " + condition).get(0).getLong(0);
  }

  @Override
  public void close() {
    get(pool.close());
  }

  /** Another server for all tests is a change of this one line. */
  private static final class Shared {
    static final WorkServer SERVER = WorkServer.started();

    static {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      SERVER.close();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
    }
  }
}
