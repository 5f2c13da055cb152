package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Idempotency-Key}: a request that is repeated is done once. Section 1.7 of the wire
 * contract.
 */
final class Idempotency {
  static final String HEADER = "Idempotency-Key";

  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_ENDPOINT = 255;

  private final IdempotencyKeys keys;

  Idempotency(Pool mysql) {
    this.keys = new IdempotencyKeys(mysql);
  }

  /** Deletes expired keys every hour, as long as the context that calls this lives. */
  void cleanHourly(Vertx vertx) {
    vertx.setPeriodic(
        TimeUnit.HOURS.toMillis(1),
        timer ->
            keys.deleteExpired()
                .onFailure(
                    failure ->
                        LOG.warn(
                            "expired idempotency keys stay for another hour: {}",
                            failure.getMessage())));
  }

  /** One reserved key while its request is worked on. Belongs to one request. */
  final class Reservation {
    private final long id;
    private final Operation operation;
    private final boolean legacy;
    private boolean settled;

    private Reservation(long id, Operation operation, boolean legacy) {
      this.id = id;
      this.operation = operation;
      this.legacy = legacy;
    }

    /**
     * Stores the answer in the transaction that does the work; fails, and so undoes it, when
     * somebody else has taken over.
     */
    Future<Void> settle(SqlConnection transaction, Reply reply) {
      return keys.settle(transaction, id, Rendering.finished(operation, legacy, reply))
          .map(
              stored -> {
                if (!stored) {
                  throw new ApiException(
                          ErrorCode.DUPLICATE_REQUEST,
                          "another copy of this request has taken over; ask again for its answer")
                      .header("Retry-After", "1");
                }
                settled = true;
                return null;
              });
    }
  }

  /**
   * Does the work of a request, unless it was done before.
   *
   * @param work given the reservation, or null when the request carries no key or the operation
   *     takes none
   */
  Future<Reply> once(
      Operation operation,
      boolean legacy,
      HttpServerRequest request,
      String userId,
      Input input,
      Function<Reservation, Future<Reply>> work) {
    String key = request.getHeader(HEADER);
    if (key == null || !operation.idempotent()) {
      return work.apply(null);
    }
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      return Future.failedFuture(
          ApiException.invalid(HEADER, "must be text of 1 to " + LONGEST_KEY + " characters"));
    }
    var scope = new IdempotencyKeys.Scope(owner(userId), endpoint(request), key);
    return keys.reserve(
            scope,
            EntityTags.sha256(canonical(input.body()).encode().getBytes(StandardCharsets.UTF_8)))
        .compose(
            reserved ->
                reserved.replay() != null
                    ? Future.succeededFuture(reserved.replay())
                    : carryOut(new Reservation(reserved.id(), operation, legacy), work));
  }

  private Future<Reply> carryOut(
      Reservation reservation, Function<Reservation, Future<Reply>> work) {
    Future<Reply> done;
    try {
      done = work.apply(reservation);
    } catch (RuntimeException refused) {
      done = Future.failedFuture(refused);
    }
    return done.compose(
        reply ->
            reservation.settled
                ? Future.succeededFuture(reply)
                : (reply.status() < 300 && reply.storable()
                        ? keep(reservation, reply)
                        : keys.release(reservation.id))
                    .otherwise(Idempotency::unsettled)
                    .map(reply),
        failure ->
            keys.release(reservation.id)
                .otherwise(Idempotency::unsettled)
                .compose(released -> Future.failedFuture(failure)));
  }

  private Future<Void> keep(Reservation reservation, Reply reply) {
    return keys.settle(
            reservation.id, Rendering.finished(reservation.operation, reservation.legacy, reply))
        .mapEmpty();
  }

  /**
   * The work is done or undone already; only a repetition within the next minute is answered less
   * well.
   */
  private static Void unsettled(Throwable failure) {
    LOG.warn(
        "an idempotency key could not be settled; it counts as abandoned after {} s: {}",
        IdempotencyKeys.ABANDONED_SECONDS,
        failure.getMessage());
    return null;
  }

  private static String endpoint(HttpServerRequest request) {
    String called = request.method().name() + " " + request.path();
    return called.length() <= LONGEST_ENDPOINT
        ? called
        : request.method().name() + " " + hashed(called);
  }

  /**
   * Whose key it is, as the column takes it. Where a request is for nobody's games, users are named
   * as other systems know them: longer than learners, or with a blank at the end, for which the
   * database would take them for others.
   */
  private static String owner(String userId) {
    return userId.isEmpty() || Authentication.USER_ID.matcher(userId).matches()
        ? userId
        : hashed(userId);
  }

  private static String hashed(String text) {
    return "sha256:"
        + HexFormat.of().formatHex(EntityTags.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The same content in one order: clients may send members in any. */
  static JsonObject canonical(JsonObject body) {
    Map<String, Object> sorted = new TreeMap<>();
    body.forEach(member -> sorted.put(member.getKey(), canonicalValue(member.getValue())));
    return new JsonObject(sorted);
  }

  private static Object canonicalValue(Object value) {
    if (value instanceof JsonObject object) {
      return canonical(object);
    }
    if (value instanceof JsonArray list) {
      JsonArray values = new JsonArray();
      list.forEach(entry -> values.add(canonicalValue(entry)));
      return values;
    }
    return value;
  }
}
