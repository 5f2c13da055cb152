package http;

import databases.Outages;
import games.GameProblem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where failures become responses: problem details (RFC 9457) with the members both
 * generations of clients read.
 */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final int LONGEST_INSTANCE = 500;

  private static final ApiException UNREADABLE =
      new ApiException(
          ErrorCode.VALIDATION_ERROR,
          "the request can't be read: check its path, query string and headers");

  /** Nothing is begun before the tables are there: it would end half-way. */
  static final ApiException STARTING =
      unavailable("the service is starting: its databases are not ready yet; try again shortly");

  private Problems() {}

  /** Answers a failed request. */
  static void handle(RoutingContext context) {
    answer(context, problem(context));
  }

  /**
   * Answers a request that can't even be matched to a path, which the router reports without saying
   * why.
   */
  static void unreadable(RoutingContext context) {
    answer(context, UNREADABLE);
  }

  /** Answers what the server could not even parse, and so never reaches a router. */
  static void malformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    ApiException problem =
        cause instanceof TooLongHttpLineException
            ? new ApiException(
                ErrorCode.URI_TOO_LONG, "the path and query string are too long; send less")
            : cause instanceof TooLongHttpHeaderException
                ? new ApiException(
                    ErrorCode.HEADERS_TOO_LARGE, "the headers are too large; send less")
                : UNREADABLE;
    String traceId = TraceIds.fresh();
    Buffer body = body(problem, String.valueOf(request.path()), traceId).toBuffer();
    HttpServerResponse response = request.response();
    TraceIds.headers(response, traceId);
    response.setStatusCode(problem.status()).putHeader("Content-Type", "application/problem+json");
    end(request, body).onComplete(sent -> request.connection().close());
  }

  private static void answer(RoutingContext context, ApiException problem) {
    // the log says anyway that the node starts, and would say it for every request
    if (problem.status() >= 500 && problem != STARTING) {
      log(context, problem);
    }
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      // half an answer is out: only the broken connection can still tell the client
      context.request().connection().close();
      return;
    }
    if ("close".equals(problem.headers().get("Connection"))) {
      // Vert.x would wait for the rest of the request first
      context.addEndHandler(ended -> context.request().connection().close());
    }
    Operation operation = RequestMeter.operation(context);
    if (operation != null && operation.detailErrors()) {
      problem.headers().forEach(response::putHeader);
      DetailErrors.answer(context.request(), problem);
      return;
    }
    if (operation != null && operation.transcriptErrors()) {
      problem.headers().forEach(response::putHeader);
      TranscriptErrors.answer(context.request(), problem);
      return;
    }
    Buffer body =
        body(problem, String.valueOf(context.request().path()), TraceIds.of(context)).toBuffer();
    problem.headers().forEach(response::putHeader);
    response.setStatusCode(problem.status()).putHeader("Content-Type", "application/problem+json");
    end(context.request(), body);
  }

  /** Ends a response as its request's method asks: over HTTP/2 HEAD would get a body otherwise. */
  static Future<Void> end(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    return request.method() == HttpMethod.HEAD
        ? response.putHeader("Content-Length", String.valueOf(body.length())).end()
        : response.end(body);
  }

  private static JsonObject body(ApiException problem, String path, String traceId) {
    ErrorCode code = problem.code();
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", problem.title())
        .put("status", problem.status())
        .put("detail", problem.getMessage())
        .put(
            "instance",
            path.length() > LONGEST_INSTANCE ? path.substring(0, LONGEST_INSTANCE) : path)
        .put("code", code.name())
        .put("success", false)
        .put(
            "error",
            new JsonObject()
                .put("code", code.name())
                .put("message", problem.getMessage())
                .put("details", problem.details()))
        .put("traceId", traceId);
  }

  private static ApiException problem(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure instanceof ApiException known) {
      return known;
    }
    if (failure instanceof GameProblem refused) {
      return new ApiException(
          ErrorCode.valueOf(refused.code()), refused.getMessage(), refused.details());
    }
    // a request without Host is refused with an exception like those of connections that are lost
    if (failure != null && context.statusCode() != 400 && isUnavailable(failure)) {
      return unavailable(
          failure instanceof ReplyException
              ? "no node of this installation generates exercises at present; try again shortly"
              : "a needed database does not answer; try again shortly");
    }
    return switch (context.statusCode()) {
      case 400, 417 -> UNREADABLE;
      case 404 ->
          new ApiException(
              ErrorCode.NOT_FOUND,
              "there is nothing at this path; GET /openapi.json lists what there is");
      case 413 -> tooLarge(context);
      case 503 ->
          LateBody.awaited(context)
              ? LateBody.problem(context)
              : unavailable("the answer took too long; try again shortly");
      default ->
          new ApiException(
              ErrorCode.INTERNAL_ERROR,
              "something went wrong here; the traceId finds it in the server's log");
    };
  }

  private static ApiException tooLarge(RoutingContext context) {
    Operation operation = RequestMeter.operation(context);
    long limit = operation == null ? 0 : operation.bodyLimit(context.request());
    return new ApiException(
        ErrorCode.PAYLOAD_TOO_LARGE,
        "the body is larger than the " + limit + " bytes taken here; send less",
        new JsonObject().put("limit", limit));
  }

  static ApiException unavailable(String detail) {
    return new ApiException(ErrorCode.SERVICE_UNAVAILABLE, detail).header("Retry-After", "5");
  }

  /**
   * Whether a failure says that something needed is away for a while, rather than that something is
   * wrong.
   */
  static boolean isUnavailable(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      return reply.failureType() == ReplyFailure.NO_HANDLERS
          || reply.failureType() == ReplyFailure.TIMEOUT
          || reply.failureCode() == 503;
    }
    if (failure instanceof DatabaseException database) {
      return Outages.isOutage(database);
    }
    // HttpException is a RuntimeException of its own; what the clients throw for lost or scarce
    // connections are these
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof VertxException;
  }

  private static void log(RoutingContext context, ApiException problem) {
    Operation operation = RequestMeter.operation(context);
    boolean unexpected = problem.code() == ErrorCode.INTERNAL_ERROR;
    (unexpected ? LOG.atError() : LOG.atWarn())
        .addKeyValue("traceId", TraceIds.of(context))
        .addKeyValue("operation", operation == null ? RequestMeter.UNMATCHED : operation.id())
        .addKeyValue("status", problem.status())
        .setCause(unexpected ? context.failure() : null)
        .log(
            "{}", unexpected ? "request failed" : problem.getMessage() + reason(context.failure()));
  }

  private static String reason(Throwable failure) {
    return failure == null || failure instanceof ApiException
        ? ""
        : " (" + failure.getClass().getSimpleName() + ": " + failure.getMessage() + ")";
  }
}
