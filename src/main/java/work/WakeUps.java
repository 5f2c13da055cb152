package work;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the database's notifications into event bus messages on this node: the payload is the
 * address, the message an empty object that means "look now". Behind a blank the payload may say
 * what it is about, which the message then has as {@link #ABOUT}. One per node; it keeps one
 * connection of its own.
 *
 * <p>Notifications sent while the connection is down are gone, so after every connect each address
 * is woken once. A connection that has gone silently dead is noticed by a probe. Nothing depends on
 * any of this but speed.
 */
public final class WakeUps {
  /** The channel that {@code announce_work()} notifies. */
  public static final String CHANNEL = "lessonweave_work";

  /** The member of a message that says what it is about, where the notification did. */
  public static final String ABOUT = "about";

  private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);
  private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);
  private static final Duration PROBE_PERIOD = Duration.ofSeconds(15);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final PgConnectOptions database;
  private final Set<String> addresses;

  private Context context;
  private PgConnection connection;
  private long timer = -1;
  private boolean outage;
  private boolean stopped;
  private int failures;

  private WakeUps(Vertx vertx, PgConnectOptions database, Collection<String> addresses) {
    this.vertx = vertx;
    this.database = database;
    this.addresses = Set.copyOf(addresses);
  }

  /**
   * Listens on {@code database}, which must not be behind a transaction pooler.
   *
   * @param addresses the only addresses that are ever woken, whatever a notification says
   */
  public static WakeUps listening(
      Vertx vertx, PgConnectOptions database, Collection<String> addresses) {
    return new WakeUps(vertx, new PgConnectOptions(database), addresses);
  }

  /** For databases that can't be listened to: does nothing, workers find their work by polling. */
  public static WakeUps none() {
    return new WakeUps(null, null, Set.of());
  }

  /**
   * Begins to connect, and tries on for ever. Completes at once, whether or not the database can be
   * reached.
   */
  public Future<Void> start() {
    if (database == null) {
      return Future.succeededFuture();
    }
    context = vertx.getOrCreateContext();
    context.runOnContext(turn -> connect());
    return Future.succeededFuture();
  }

  /** Stops listening for good; never fails. */
  public Future<Void> stop() {
    if (context == null) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        turn -> {
          stopped = true;
          vertx.cancelTimer(timer);
          PgConnection open = connection;
          connection = null;
          (open == null ? Future.<Void>succeededFuture() : bounded(open.close()))
              .otherwiseEmpty()
              .onComplete(done);
        });
    return done.future();
  }

  private void connect() {
    if (stopped) {
      return;
    }
    Future<PgConnection> opening = PgConnection.connect(vertx, database);
    bounded(opening)
        .onComplete(
            this::listen,
            failure -> {
              opening.onSuccess(PgConnection::close);
              again(Reason.of(failure));
            });
  }

  private void listen(PgConnection opened) {
    if (stopped) {
      opened.close();
      return;
    }
    connection = opened;
    opened.closeHandler(closed -> dropped(opened, "the connection was closed"));
    opened.notificationHandler(notification -> wake(notification.getPayload()));
    bounded(opened.query("LISTEN " + CHANNEL).execute())
        .onComplete(
            listening -> {
              if (connection != opened) {
                return;
              }
              failures = 0;
              if (outage) {
                outage = false;
                LOG.info("listening for work again");
              }
              addresses.forEach(this::wake);
              probeLater(opened);
            },
            failure -> dropped(opened, Reason.of(failure)));
  }

  private void probeLater(PgConnection probed) {
    timer =
        vertx.setTimer(
            PROBE_PERIOD.toMillis(),
            fired ->
                bounded(probed.query("SELECT 1").execute())
                    .onComplete(
                        alive -> {
                          if (connection == probed) {
                            probeLater(probed);
                          }
                        },
                        failure -> dropped(probed, Reason.of(failure))));
  }

  private void dropped(PgConnection lost, String why) {
    if (connection != lost) {
      return;
    }
    connection = null;
    vertx.cancelTimer(timer);
    lost.close();
    again(why);
  }

  private void again(String why) {
    if (stopped) {
      return;
    }
    if (!outage) {
      outage = true;
      LOG.warn(
          "not listening for work, workers poll until the database can be reached again: {}", why);
    }
    timer = vertx.setTimer(Outage.delayMillis(failures++), fired -> connect());
  }

  private void wake(String payload) {
    int end = payload.indexOf(' ');
    String address = end < 0 ? payload : payload.substring(0, end);
    if (addresses.contains(address)) {
      JsonObject message = new JsonObject();
      if (end >= 0) {
        message.put(ABOUT, payload.substring(end + 1));
      }
      vertx.eventBus().publish(address, message, HERE);
    }
  }

  private static <T> Future<T> bounded(Future<T> answer) {
    return answer.timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
