package databases;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;

/**
 * The connection pools. They connect when first used and again after a server was away, so opening
 * them succeeds while a database is down; a statement then fails at once or within {@link
 * #ACQUIRE_LIMIT}. No statement stays open longer than {@link #SILENCE_LIMIT}, even when the
 * server's process is frozen: callers need no timeout of their own unless they want a shorter one
 * ({@link Future#timeout}).
 */
public final class Databases {
  /** How long a statement waits for a free connection. */
  public static final Duration ACQUIRE_LIMIT = Duration.ofSeconds(5);

  /**
   * After this the server ends a statement (through a transaction pooler: after what the role's own
   * setting says).
   */
  public static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

  /** A connection on which nothing moves for so long is closed, and what runs on it fails. */
  public static final Duration SILENCE_LIMIT = Duration.ofSeconds(45);

  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int WAIT_QUEUE = 1_000;
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
  // Shorter than the silence limit, so a connection that only waits in the pool is retired by the
  // pool and never under a statement.
  private static final int POOL_IDLE_SECONDS = 30;

  /** One connection in so many is kept for short looks; of fewer none. */
  private static final int LOOKS_SHARE = 5;

  private static final int LIFETIME_MINUTES = 30;

  // The comments are executed by one dialect each. The mode is what both dialects know of MySQL 8's
  // default; ONLY_FULL_GROUP_BY is left
  // out because MariaDB refuses with it what MySQL allows.
  private static final String MYSQL_SESSION =
      "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 10, sql_mode ="
          + " 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
          + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
          + " /*!80000 , max_execution_time = "
          + STATEMENT_LIMIT.toMillis()
          + " */ /*M! , max_statement_time = "
          + STATEMENT_LIMIT.toSeconds()
          + " */";
  private static final String POSTGRES_SESSION =
      "SET statement_timeout = "
          + STATEMENT_LIMIT.toMillis()
          + "; SET lock_timeout = 10000; SET idle_in_transaction_session_timeout = 60000";

  private final Settings settings;
  private final LoopPools mysql;
  private final Pool postgres;
  private final Pool looks;

  private final Vertx vertx;
  private final Duration silenceLimit;

  private Databases(Vertx vertx, Settings settings, Duration silenceLimit) {
    this.vertx = vertx;
    this.silenceLimit = silenceLimit;
    this.settings = settings;
    Settings.MySql school = settings.mysql();
    this.mysql = new LoopPools(mysqlPool(vertx, school, school.poolSize(), "", true, silenceLimit));
    Settings.Postgres lessons = settings.postgres();
    int forLooks = lessons.poolSize() / LOOKS_SHARE;
    this.postgres = postgresPool(vertx, lessons, lessons.poolSize() - forLooks, "", silenceLimit);
    this.looks =
        forLooks == 0
            ? postgres
            : postgresPool(vertx, lessons, forLooks, "&for=looks", silenceLimit);
  }

  /**
   * Makes the pools, without connecting. Pools of equal settings are shared within one Vert.x
   * instance and end with the last {@link #close}.
   *
   * @param settings with a host for both databases, as {@link EmbeddedServers#settings()} gives
   *     them
   * @return fails with {@link IllegalArgumentException} when a host is missing or a CA file can't
   *     be read
   */
  public static Future<Databases> open(Vertx vertx, Settings settings) {
    return open(vertx, settings, SILENCE_LIMIT);
  }

  static Future<Databases> open(Vertx vertx, Settings settings, Duration silenceLimit) {
    if (settings.mysql().embedded() || settings.postgres().embedded()) {
      return Future.failedFuture(
          new IllegalArgumentException(
              "The settings name no host for a database: start EmbeddedServers first and pass its"
                  + " settings()."));
    }
    return vertx
        .executeBlocking(
            () -> {
              requireReadable("MySQL", settings.mysql().tlsCa());
              requireReadable("Postgres", settings.postgres().tlsCa());
              return settings;
            })
        .map(checked -> new Databases(vertx, checked, silenceLimit));
  }

  /** The pool of the school's MySQL: session time zone UTC, utf8mb4, strict mode. */
  public Pool mysql() {
    return mysql;
  }

  /**
   * Gives the calling event loop a share of {@code mysql.pool-size} for itself alone; what it asks
   * of {@link #mysql()} then goes by these connections, until the calling verticle stops.
   *
   * @param loops how many share the connections, at least 1; each has one at least
   * @return gives them back; to be run when the verticle stops
   */
  public Runnable ownMysql(int loops) {
    Settings.MySql school = settings.mysql();
    int share = (school.poolSize() + loops - 1) / loops;
    String loop = "&loop=" + Thread.currentThread().getName();
    return mysql.join(() -> mysqlPool(vertx, school, share, loop, false, silenceLimit));
  }

  /** The pool of the lessons' Postgres. */
  public Pool postgres() {
    return postgres;
  }

  /**
   * A fifth of the same server's connections for single statements that take no time and that
   * somebody waits for: they need not queue behind transactions. {@link #postgres()} itself where
   * there are fewer than {@value #LOOKS_SHARE}.
   */
  public Pool looks() {
    return looks;
  }

  /**
   * Options for a connection of its own that listens for notifications; needs {@link #canListen}.
   */
  public PgConnectOptions listenOptions() {
    PgConnectOptions options =
        ConnectOptions.postgres(settings.postgres()).setCachePreparedStatements(false);
    options.setMetricsName("postgres-notifications");
    return options;
  }

  /**
   * Whether LISTEN works; behind a transaction pooler it is accepted, but no notification ever
   * comes.
   */
  public boolean canListen() {
    return settings.postgres().pooler() == Settings.Pooler.NONE;
  }

  /** Asks MySQL for a sign of life; fails after 3 s at the latest. */
  public Future<Void> probeMysql() {
    return probe(mysql);
  }

  /** Asks Postgres for a sign of life; fails after 3 s at the latest. */
  public Future<Void> probePostgres() {
    return probe(postgres);
  }

  /** Closes the pools; statements still running on them fail. */
  public Future<Void> close() {
    Future<Void> both = Future.join(mysql.close(), postgres.close()).mapEmpty();
    return looks == postgres ? both : Future.join(both, looks.close()).mapEmpty();
  }

  private static Future<Void> probe(Pool pool) {
    return pool.query("SELECT 1")
        .execute()
        .timeout(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .mapEmpty();
  }

  private static Pool mysqlPool(
      Vertx vertx,
      Settings.MySql settings,
      int size,
      String purpose,
      boolean shared,
      Duration silenceLimit) {
    // All that makes pools differ: a pool of the same name is shared whatever else is asked for.
    String name =
        "mysql://"
            + settings.user()
            + '@'
            + settings.host().orElseThrow()
            + ':'
            + settings.port()
            + '/'
            + settings.database()
            + "?tls="
            + settings.tls()
            + "&size="
            + size
            + purpose;
    return MySQLBuilder.pool()
        .with(poolOptions(name, size).setShared(shared))
        .with(
            transport()
                .setIdleTimeout((int) silenceLimit.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
        .connectingTo(ConnectOptions.mysql(settings))
        .withConnectHandler(connection -> prepare(connection, MYSQL_SESSION))
        .using(vertx)
        .build();
  }

  private static Pool postgresPool(
      Vertx vertx, Settings.Postgres settings, int size, String purpose, Duration silenceLimit) {
    String name =
        "postgres://"
            + settings.user()
            + '@'
            + settings.host().orElseThrow()
            + ':'
            + settings.port()
            + '/'
            + settings.database()
            + "?tls="
            + settings.tls()
            + "&pooler="
            + settings.pooler()
            + "&size="
            + size
            + purpose;
    return PgBuilder.pool()
        .with(poolOptions(name, size))
        .with(transport())
        .connectingTo(ConnectOptions.postgres(settings))
        .withConnectHandler(
            connection -> {
              SilenceGuard.on(connection, silenceLimit);
              if (settings.pooler() == Settings.Pooler.NONE) {
                prepare(connection, POSTGRES_SESSION);
              } else {
                // A SET would land on whichever server connection is free, and stay there for
                // others.
                connection.close();
              }
            })
        .using(vertx)
        .build();
  }

  private static PoolOptions poolOptions(String name, int size) {
    return new PoolOptions()
        .setMaxSize(size)
        .setMaxWaitQueueSize(WAIT_QUEUE)
        .setConnectionTimeout((int) ACQUIRE_LIMIT.toSeconds())
        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(POOL_IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxLifetime(LIFETIME_MINUTES)
        .setMaxLifetimeUnit(TimeUnit.MINUTES)
        .setShared(true)
        .setName(name);
  }

  private static NetClientOptions transport() {
    return new NetClientOptions()
        .setConnectTimeout(CONNECT_MILLIS)
        .setTcpKeepAlive(true)
        .setTcpNoDelay(true);
  }

  private static void prepare(SqlConnection connection, String session) {
    // One that ends meanwhile has left the pool already: giving it back would be a failure of its
    // own, and what it keeps of its settings is nobody's concern.
    AtomicBoolean ended = new AtomicBoolean();
    connection
        .closeHandler(closed -> ended.set(true))
        .exceptionHandler(
            e -> LOG.debug("A database connection ended while it opened: {}", e.getMessage()));
    connection
        .query(session)
        .execute()
        .onComplete(
            result -> {
              if (ended.get()) {
                return;
              }
              if (result.failed()) {
                LOG.warn(
                    "A new database connection keeps the server's own session settings: {}",
                    result.cause().getMessage());
              }
              connection.close();
            });
  }

  private static void requireReadable(String database, Optional<Path> file) {
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new IllegalArgumentException(
          "The certificate file "
              + file.get()
              + " for "
              + database
              + " can't be read. Check its path and the rights on it.");
    }
  }
}
