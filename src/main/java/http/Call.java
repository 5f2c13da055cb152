package http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One checked request on its way to its endpoint. */
final class Call {
  private final RoutingContext context;
  private final Operation.Mount mount;
  private final Caller caller;
  private final String learner;
  private final Input input;
  private final Idempotency.Reservation reservation;

  /**
   * @param learner null for operations that don't work for a learner
   * @param reservation of the request's idempotency key; null when it has none
   */
  Call(
      RoutingContext context,
      Operation.Mount mount,
      Caller caller,
      String learner,
      Input input,
      Idempotency.Reservation reservation) {
    this.context = context;
    this.mount = mount;
    this.caller = caller;
    this.learner = learner;
    this.input = input;
    this.reservation = reservation;
  }

  /**
   * Whether it came in under {@code /api/v1} or an alias path and gets the first generation's
   * additions.
   */
  boolean legacy() {
    return mount.legacy();
  }

  /** Whether it came in by one of the operation's {@code x-alias-paths}. */
  boolean alias() {
    return mount.alias();
  }

  /** For whom it is; only operations with {@code x-learner} may ask. */
  String learner() {
    if (learner == null) {
      throw new IllegalStateException("this operation lacks x-learner: true in the document");
    }
    return learner;
  }

  /**
   * For whom it is where it works for anybody, but shows more to those it knows; empty when nobody
   * is named.
   */
  Optional<String> knownLearner() {
    return Learners.of(context, caller, input);
  }

  Caller caller() {
    return caller;
  }

  Input input() {
    return input;
  }

  /**
   * Stores what will be answered under the request's idempotency key, in the transaction that does
   * the work: then work and answer are there both or neither. Without it the answer is stored after
   * the work, and a crash in between lets a repetition work again.
   */
  Future<Void> settle(SqlConnection transaction, Reply reply) {
    return reservation == null ? Future.succeededFuture() : reservation.settle(transaction, reply);
  }

  /**
   * As {@link #settle}, for work that is one statement and needs a transaction only if an answer is
   * stored with it: empty when none is.
   *
   * @param reply what will be answered, from what the work made
   */
  <T> Optional<BiFunction<SqlConnection, T, Future<Void>>> settling(Function<T, Reply> reply) {
    return reservation == null
        ? Optional.empty()
        : Optional.of((transaction, made) -> reservation.settle(transaction, reply.apply(made)));
  }

  /**
   * A segment of the path; null when the path has none of this name.
   *
   * @throws ApiException 404 when it ends with a blank: no id does, and the databases' comparison,
   *     which pads with blanks, would find the one without
   */
  String pathSegment(String name) {
    String segment = context.pathParam(name);
    if (segment != null && segment.endsWith(" ")) {
      throw new ApiException(
              missing(name),
              "there is nothing with this id: it ends with a blank",
              new JsonObject().put("id", segment))
          .asMissing();
    }
    return segment;
  }

  /** What is said of an id of this segment that names nothing. */
  private ErrorCode missing(String segment) {
    return switch (segment) {
      case "listId" -> ErrorCode.WORD_LIST_NOT_FOUND;
      case "wordId" -> ErrorCode.UNKNOWN_WORD;
      case "sessionId" -> ErrorCode.SESSION_NOT_FOUND;
      case "itemId" ->
          context.normalizedPath().contains("/questions/")
              ? ErrorCode.UNKNOWN_QUESTION
              : ErrorCode.UNKNOWN_ITEM;
      default -> ErrorCode.NOT_FOUND;
    };
  }

  /** A path segment that must be a 64-bit id; anything else names nothing. */
  Optional<Long> pathId(String name) {
    String text = context.pathParam(name);
    if (text == null || !text.matches("[0-9]{1,19}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  /**
   * Host and port as the caller named them; empty when it did not. Whoever calls decides what
   * stands here.
   */
  Optional<String> authority() {
    return Optional.ofNullable(context.request().authority()).map(Object::toString);
  }

  /** The body of an operation with {@code x-spool}, when it is not JSON. */
  Optional<SpooledBody> spooled() {
    return SpooledBody.of(context);
  }

  /** The body's bytes as they came; empty when there is none. */
  byte[] rawBody() {
    var body = context.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  /** The files of a form, of operations with {@code x-multipart}. */
  List<FileUpload> files() {
    return context.fileUploads();
  }

  /** Path and query as they came. */
  String uri() {
    return context.request().uri();
  }

  /** Whether the path as called ends with a slash, which relative links depend on. */
  boolean calledWithSlash() {
    return context.request().path().endsWith("/");
  }

  /** What ties this request to its lines in the log. */
  String traceId() {
    return TraceIds.of(context);
  }

  /** The port of this server that it came in by; 0 when that is not known. */
  int port() {
    var address = context.request().localAddress();
    return address == null ? 0 : address.port();
  }

  /** Completes when the answer is out, or the client has gone without waiting for it. */
  Future<Void> gone() {
    Promise<Void> gone = Promise.promise();
    context.addEndHandler(ended -> gone.tryComplete());
    return gone.future();
  }

  Vertx vertx() {
    return context.vertx();
  }
}
