package work;

import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database does its work for one worker: says it once when it stops and once when it
 * goes on. Confined to its context.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long MAX_DELAY_MILLIS = 2_000;

  // Of the connection (08), the log-in (28), a missing database (3D), a rollback to be repeated
  // (40), exhausted resources (53),
  // locks (55), an operator or a restart (57), the system (58).
  private static final Set<String> PASSING_CLASSES =
      Set.of("08", "28", "3D", "40", "53", "55", "57", "58");
  // The server has become a read-only replica, and the pool will find the new primary; or it ended
  // a transaction that slept.
  private static final Set<String> PASSING_STATES = Set.of("25006", "25P03");

  private final Stage stage;
  private final Observers observer;
  // what does not work at present; claims may fail while heartbeats succeed
  private final Set<String> failing = new HashSet<>();
  private final LongSupplier nanos;
  private boolean failedEver;
  private long lastFailedNanos;

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  Outage(Stage stage, Observers observer, LongSupplier nanos) {
    this.stage = stage;
    this.observer = observer;
    this.nanos = nanos;
  }

  /**
   * @param doing what failed, as a participle: "renewing leases"
   */
  void failed(String doing, Throwable cause) {
    failedEver = true;
    lastFailedNanos = nanos.getAsLong();
    boolean first = failing.isEmpty();
    failing.add(doing);
    if (!first) {
      LOG.debug("still no answer while {}", doing, cause);
      return;
    }
    LOG.atWarn()
        .addKeyValue("stage", stage.name())
        .log(
            "the database failed while {}, trying on until it answers: {}",
            doing,
            Reason.of(cause));
    observer.tell(o -> o.outage(stage, doing, cause));
  }

  void over(String doing) {
    if (failing.remove(doing) && failing.isEmpty()) {
      LOG.atInfo().addKeyValue("stage", stage.name()).log("the database answers again");
      observer.tell(o -> o.recovered(stage));
    }
  }

  /** Whether something has failed within the last {@code time}, or does so still. */
  boolean within(Duration time) {
    return !failing.isEmpty() || failedEver && nanos.getAsLong() - lastFailedNanos < time.toNanos();
  }

  /**
   * How long to wait before the {@code tries}-th repetition, in milliseconds: from 0.1 s doubling
   * to 2 s, minus up to half.
   */
  static long delayMillis(int tries) {
    long full = Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(tries, 10));
    return Math.max(1, Math.round(full * (1 - ThreadLocalRandom.current().nextDouble() / 2)));
  }

  /**
   * Whether a call failed for lack of a working database, so that the same call may succeed later,
   * rather than for what it said. Such a call may have been carried out all the same.
   */
  static boolean passing(Throwable failure) {
    if (failure instanceof DatabaseException database) {
      String state = database.getSqlState();
      return state != null
          && state.length() >= 2
          && (PASSING_CLASSES.contains(state.substring(0, 2)) || PASSING_STATES.contains(state));
    }
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof VertxException;
  }
}
