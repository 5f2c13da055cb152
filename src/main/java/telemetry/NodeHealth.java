package telemetry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks both databases once a second whether they are there, and keeps the answer for everybody who
 * wants to know.
 */
public final class NodeHealth implements Health {
  private static final Logger log = LoggerFactory.getLogger(NodeHealth.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Vertx vertx;
  private volatile DatabaseState mysql = DatabaseState.DISCONNECTED;
  private volatile DatabaseState postgres = DatabaseState.DISCONNECTED;
  private volatile String phase = "starting";
  private volatile boolean tablesReady;
  private volatile boolean stopped;

  public NodeHealth(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Begins to probe. The returned future completes after the first answers, whatever they are.
   *
   * @param mysqlProbe asks the database a question of no cost, and answers in bounded time
   */
  public Future<Void> watch(
      Supplier<Future<Void>> mysqlProbe, Supplier<Future<Void>> postgresProbe) {
    return Future.join(
            probe("MySQL", mysqlProbe, state -> mysql = state, () -> mysql),
            probe("Postgres", postgresProbe, state -> postgres = state, () -> postgres))
        .mapEmpty();
  }

  private Future<Void> probe(
      String name,
      Supplier<Future<Void>> question,
      Consumer<DatabaseState> set,
      Supplier<DatabaseState> last) {
    return question
        .get()
        .transform(
            answer -> {
              DatabaseState now =
                  answer.succeeded()
                      ? DatabaseState.CONNECTED
                      : answer.cause() instanceof DatabaseException
                          ? DatabaseState.ERROR
                          : DatabaseState.DISCONNECTED;
              DatabaseState before = last.get();
              if (now != before && !stopped) {
                if (now == DatabaseState.CONNECTED) {
                  log.info("{} answers", name);
                } else if (before == DatabaseState.CONNECTED) {
                  log.warn(
                      "{} is lost; work waits and goes on by itself when it is back ({})",
                      name,
                      answer.cause().getClass().getSimpleName());
                }
              }
              set.accept(now);
              if (!stopped) {
                vertx.setTimer(PERIOD.toMillis(), id -> probe(name, question, set, last));
              }
              return Future.succeededFuture();
            });
  }

  /** Both databases have been migrated. */
  public void migrated() {
    tablesReady = true;
  }

  /** Start-up is finished: from now on the databases decide. */
  public void started() {
    phase = "";
  }

  /**
   * @param what is going on while the node is not ready, e.g. {@code migrating}
   */
  public void notReady(String what) {
    phase = what;
  }

  /** The node is going down: unready for good. */
  public void stopping() {
    phase = "stopping";
    stopped = true;
  }

  @Override
  public boolean ready() {
    return reasons().isEmpty();
  }

  @Override
  public boolean tablesReady() {
    return tablesReady;
  }

  @Override
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>(3);
    String now = phase;
    if (!now.isEmpty()) {
      reasons.add("the node is " + now);
    }
    if (mysql != DatabaseState.CONNECTED) {
      reasons.add("MySQL is " + mysql.word());
    }
    if (postgres != DatabaseState.CONNECTED) {
      reasons.add("Postgres is " + postgres.word());
    }
    return reasons;
  }

  @Override
  public DatabaseState mysql() {
    return mysql;
  }

  @Override
  public DatabaseState postgres() {
    return postgres;
  }
}
