package databases;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Secret;
import settings.Settings;

/**
 * Says within milliseconds of the commit that a table of a MySQL or MariaDB has changed, from its
 * binary log.
 *
 * <p>It says only that: what changed is for the listener to ask by SQL. So nothing hangs on how
 * rows are written (row, mixed or statement format, minimal images, ENUM numbers, columns added
 * meanwhile), and no position is kept: after every connect it says so once, which is the catch-up
 * for whatever happened while nobody listened.
 *
 * <p>Of all nodes that use the same database one reads the log, whoever holds the server's user
 * lock; the others stand by. Threads: everything but the reading itself happens on the context
 * {@link #start} is called on.
 */
public final class TableChanges {
  private static final Logger log = LoggerFactory.getLogger(TableChanges.class);

  /** Kept, because the JVM forgets the level of a logger that nobody holds. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("com.github.shyiko.mysql.binlog");

  static {
    // It writes past our log, in a format of its own; what it tells its listeners is logged here.
    LIBRARY.setLevel(java.util.logging.Level.OFF);
  }

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long STANDBY_MILLIS = 5_000;
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  // Ids below are given by people; two clients with the same id throw each other out.
  private static final long FIRST_ID = 1L << 30;

  /** Rows are not decoded: a column type the library does not know must not stop us. */
  private static final EnumSet<EventType> UNREAD =
      EnumSet.of(
          EventType.PRE_GA_WRITE_ROWS,
          EventType.PRE_GA_UPDATE_ROWS,
          EventType.PRE_GA_DELETE_ROWS,
          EventType.WRITE_ROWS,
          EventType.UPDATE_ROWS,
          EventType.DELETE_ROWS,
          EventType.EXT_WRITE_ROWS,
          EventType.EXT_UPDATE_ROWS,
          EventType.EXT_DELETE_ROWS,
          EventType.PARTIAL_UPDATE_ROWS_EVENT,
          EventType.TRANSACTION_PAYLOAD);

  private final Vertx vertx;
  private final Settings.MySql settings;
  private final TransactionWatch transactions;
  private final Runnable changed;
  private final io.vertx.core.Context context;

  private MySQLConnection lock;
  private volatile BinaryLogClient client;
  private volatile boolean streaming;
  private volatile boolean elsewhere;
  private volatile boolean stopped;
  private volatile long lastEvent = System.nanoTime();
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private long timer = -1;
  private long watchdog = -1;
  private boolean failing;

  private TableChanges(
      Vertx vertx,
      Settings.MySql settings,
      String table,
      MeterRegistry registry,
      Runnable changed) {
    this.vertx = vertx;
    this.settings = settings;
    this.transactions = new TransactionWatch(settings.database(), table);
    this.changed = changed;
    this.context = vertx.getOrCreateContext();
    Gauge.builder("lessonweave.binlog.streaming", this, t -> t.streaming ? 1 : 0)
        .description("1 while this node reads the school's binary log")
        .register(registry);
    Gauge.builder("lessonweave.binlog.silence.seconds", this, TableChanges::silenceSeconds)
        .description("Time since the last event or heartbeat of the school's binary log")
        .register(registry);
  }

  /** Why the server's binary log can't be read, in words for an operator; empty when it can. */
  public static Future<Optional<String>> obstacle(SqlClient mysql) {
    return BinlogProbe.obstacle(mysql);
  }

  /**
   * Begins, and goes on whatever happens to the server until {@link #stop}.
   *
   * @param table of the settings' database
   * @param changed called on the caller's context after a change was committed, after each connect,
   *     and when the log can no longer be read
   */
  public static TableChanges start(
      Vertx vertx,
      Settings.MySql settings,
      String table,
      MeterRegistry registry,
      Runnable changed) {
    TableChanges changes = new TableChanges(vertx, settings, table, registry, changed);
    // Not by a timer: called on another thread it could fire before its number is kept here, and
    // the number of a timer that is gone would stand in the way of every later one.
    changes.context.runOnContext(turn -> changes.lead());
    changes.watchdog = vertx.setPeriodic(HEARTBEAT.toMillis(), fired -> changes.dropWhenSilent());
    return changes;
  }

  /**
   * Whether changes are noticed now: this node reads the log, or another one holds the lock and
   * does.
   */
  public boolean covered() {
    return streaming || elsewhere;
  }

  private double silenceSeconds() {
    return streaming ? (System.nanoTime() - lastEvent) / 1e9 : 0;
  }

  /** Tries to become the one that reads. */
  private void lead() {
    timer = -1;
    if (stopped) {
      return;
    }
    MySQLConnection.connect(vertx, ConnectOptions.mysql(settings))
        .compose(
            connection ->
                connection
                    .preparedQuery("SELECT GET_LOCK(?, 0)")
                    .execute(Tuple.of(lockName()))
                    .compose(
                        rows -> {
                          Object got = rows.iterator().next().getValue(0);
                          if (got != null && got.toString().equals("1")) {
                            return Future.succeededFuture(connection);
                          }
                          return connection.close().map((MySQLConnection) null);
                        },
                        error ->
                            connection.close().transform(closed -> Future.failedFuture(error))))
        .timeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(
            connection -> {
              elsewhere = connection == null;
              if (connection == null) {
                again(STANDBY_MILLIS);
              } else if (stopped) {
                connection.close();
              } else {
                lock = connection;
                connection.closeHandler(closed -> lostLock());
                read();
              }
            })
        .onFailure(
            error -> {
              elsewhere = false;
              failed("no connection for its lock (" + error.getClass().getSimpleName() + ")");
            });
  }

  /** At most 64 characters, for the whole server. */
  private String lockName() {
    String name = "lessonweave.changes." + settings.database();
    return name.length() <= 64
        ? name
        : name.substring(0, 55) + Integer.toHexString(name.hashCode());
  }

  private void read() {
    BinaryLogClient fresh =
        new BinaryLogClient(
            settings.host().orElseThrow(),
            settings.port(),
            settings.user(),
            settings.password().map(Secret::reveal).orElse(""));
    fresh.setServerId(ThreadLocalRandom.current().nextLong(FIRST_ID, 1L << 32));
    fresh.setKeepAlive(false);
    fresh.setConnectTimeout(CONNECT.toMillis());
    fresh.setHeartbeatInterval(HEARTBEAT.toMillis());
    fresh.setUseNonGracefulDisconnect(true);
    fresh.setSSLMode(settings.tls() == Settings.Tls.OFF ? SSLMode.DISABLED : SSLMode.REQUIRED);
    if (settings.tls() == Settings.Tls.VERIFY) {
      fresh.setSslSocketFactory(
          new VerifyingSockets(settings.host().orElseThrow(), settings.tlsCa()));
    }
    EventDeserializer deserializer = new EventDeserializer();
    UNREAD.forEach(
        type -> deserializer.setEventDataDeserializer(type, new NullEventDataDeserializer()));
    fresh.setEventDeserializer(deserializer);
    fresh.registerEventListener(this::event);
    fresh.registerLifecycleListener(new Connected());
    client = fresh;
    Thread reader =
        new Thread(
            () -> {
              String end = "the server ended the connection";
              try {
                fresh.connect();
              } catch (IOException | RuntimeException e) {
                end = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
              }
              String reason = end;
              context.runOnContext(turn -> ended(fresh, reason));
            },
            "binlog-reader");
    reader.setDaemon(true);
    reader.start();
  }

  /** On the reader's thread. */
  private void event(Event event) {
    lastEvent = System.nanoTime();
    if (transactions.committedChange(event)) {
      tell();
    }
  }

  private void tell() {
    context.runOnContext(
        turn -> {
          if (!stopped) {
            changed.run();
          }
        });
  }

  private void ended(BinaryLogClient which, String reason) {
    if (which != client) {
      return;
    }
    client = null;
    streaming = false;
    if (!stopped) {
      failed(reason);
    }
  }

  private void lostLock() {
    lock = null;
    if (!stopped) {
      disconnect();
      if (client == null) {
        again(FIRST_PAUSE_MILLIS);
      }
    }
  }

  private void failed(String reason) {
    if (!failing) {
      failing = true;
      log.warn("the school's binary log can't be read now, classes are polled instead: {}", reason);
      changed.run(); // whoever relied on us looks, and goes on looking
    }
    again(pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis));
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
  }

  private void again(long millis) {
    if (!stopped && timer < 0) {
      timer =
          vertx.setTimer(
              millis,
              fired -> {
                timer = -1;
                if (lock == null) {
                  lead();
                } else if (client == null) {
                  read();
                }
              });
    }
  }

  /** Three heartbeats missed: a connection that nobody closed is dead all the same. */
  private void dropWhenSilent() {
    if (streaming && System.nanoTime() - lastEvent > HEARTBEAT.multipliedBy(3).toNanos()) {
      log.warn("the school's binary log is silent; connecting again");
      disconnect();
    }
  }

  private void disconnect() {
    BinaryLogClient present = client;
    if (present != null) {
      vertx.executeBlocking(
          () -> {
            present.disconnect();
            return null;
          },
          false);
    }
  }

  /** Lets go of lock and connections. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(watchdog);
    streaming = false;
    elsewhere = false;
    BinaryLogClient present = client;
    MySQLConnection held = lock;
    return vertx
        .executeBlocking(
            () -> {
              if (present != null) {
                present.disconnect();
              }
              return null;
            },
            false)
        .transform(done -> held == null ? Future.succeededFuture() : held.close())
        .otherwiseEmpty();
  }

  private final class Connected extends BinaryLogClient.AbstractLifecycleListener {
    @Override
    public void onConnect(BinaryLogClient which) {
      lastEvent = System.nanoTime();
      streaming = true;
      context.runOnContext(
          turn -> {
            failing = false;
            pauseMillis = FIRST_PAUSE_MILLIS;
            log.info("reading the school's binary log");
          });
      tell();
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient which, Exception reason) {
      // It may have been our table's.
      log.debug("an event of the school's binary log can't be read: {}", reason.toString());
      tell();
    }
  }
}
