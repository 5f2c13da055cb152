package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The HTTP interface as one router. Every operation of the document goes the same way: credentials
 * from the headers, body up to its limit, the document's rules, scopes, endpoint; whatever fails on
 * the way ends in {@link Problems}.
 */
public final class HttpApi {
  // Above this a body is parsed and checked on a worker thread, so that one large transcript does
  // not hold up everybody else.
  private static final int LARGE_BODY = 64 * 1024;

  private static final String CALLER = "http.caller";
  private static final String INPUT = "http.input";

  private final ApiDocument document;
  private final Map<String, Endpoint> endpoints;
  private final Admission admission;
  private final Idempotency idempotency;
  private final KeptAnswers kept;
  private final ApiParts parts;
  private final Vertx vertx;
  private final Router router;
  private final Map<String, Router> resources = new HashMap<>();

  private HttpApi(Vertx vertx, ApiParts parts, ApiDocument document) {
    this.document = document;
    this.parts = parts;
    RateLimiter limiter = RateLimiter.of(vertx, parts.settings().http().rateLimits());
    this.admission =
        new Admission(
            new Authentication(vertx, parts.settings()),
            limiter,
            new ClientAddress(parts.settings().http().trustedProxies()));
    this.idempotency = new Idempotency(parts.mysql());
    idempotency.cleanHourly(vertx);
    this.kept =
        KeptAnswers.of(vertx, parts.mysql(), parts.settings().catalogue().age(), parts.metrics());
    for (Operation operation : document.operations()) {
      if (operation.rateGroup().isPresent() && !limiter.knows(operation.rateGroup().get())) {
        throw new IllegalStateException(
            "operation "
                + operation.id()
                + " names the rate group "
                + operation.rateGroup().get()
                + ", which no setting has");
      }
    }
    this.endpoints = AllEndpoints.of(vertx, parts, document).byOperation();
    this.vertx = vertx;
    this.router = Router.router(vertx);
  }

  /**
   * Builds a router; each event loop needs its own. Fails when the document and the endpoints don't
   * match, which only a wrong build can cause.
   */
  public static Future<Router> create(Vertx vertx, ApiParts parts) {
    return vertx
        .executeBlocking(ApiDocument::shared, false)
        .map(document -> new HttpApi(vertx, parts, document).assemble());
  }

  /**
   * Reads the document ahead, beside other work of the start; {@link #create} then finds it ready.
   */
  public static Future<Void> prepare(Vertx vertx) {
    return vertx.executeBlocking(ApiDocument::shared, false).mapEmpty();
  }

  /**
   * For the server's {@code invalidRequestHandler}: what can't be parsed is answered in the form of
   * all other errors.
   */
  public static void refuse(HttpServerRequest request) {
    Problems.malformed(request);
  }

  private Router assemble() {
    RequestMeter meter = new RequestMeter(parts.metrics());
    CrossOrigin crossOrigin = new CrossOrigin(parts.settings().http().corsOrigins());
    router.route().failureHandler(Problems::handle);
    router.errorHandler(400, Problems::unreadable);
    router.errorHandler(500, Problems::handle);
    router.route().handler(TraceIds::begin);
    router.route().handler(meter::begin);
    router.route().handler(BrokenBody::watchUnread);
    router.route().handler(crossOrigin::handle);
    router.route().handler(this::toResource);

    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    for (Operation operation : document.operations()) {
      Endpoint endpoint = endpoints.get(operation.id());
      if (endpoint == null) {
        throw new IllegalStateException(
            "operation " + operation.id() + " of the document has no endpoint");
      }
      for (Operation.Mount mount : operation.mounts()) {
        mount(operation, mount, endpoint, within(mount.route()));
        TreeSet<String> allowed = methods.computeIfAbsent(mount.route(), m -> new TreeSet<>());
        allowed.add(operation.method().name());
        if (operation.method() == HttpMethod.GET) {
          allowed.add("HEAD");
        }
      }
    }
    if (endpoints.size() != document.operations().size()) {
      throw new IllegalStateException(
          "there are endpoints for operations that the document does not have");
    }
    methods.forEach(
        (mount, allowed) ->
            within(mount)
                .route(mount)
                .handler(context -> wrongMethod(context, String.join(", ", allowed))));
    router.route().handler(context -> context.fail(404));
    return router;
  }

  // A router tries its routes one after the other, most of them regular expressions, and there are
  // some hundreds: each resource has a router of its own.
  private Router within(String path) {
    String resource = resource(path);
    return resource == null
        ? router
        : resources.computeIfAbsent(resource, r -> Router.router(vertx));
  }

  private void toResource(RoutingContext context) {
    Router own;
    try {
      own = resources.get(resource(context.normalizedPath()));
    } catch (IllegalArgumentException unreadable) {
      own = null; // the routes that follow stumble over it too, and say so
    }
    if (own == null) {
      context.next();
    } else {
      own.handleContext(context);
    }
  }

  /**
   * The first segment behind the version, such as {@code word-lists}, or behind {@code /api/} where
   * no version follows; null where there is none.
   */
  private static String resource(String path) {
    int at = path.startsWith("/v1/") ? 4 : path.startsWith("/api/v1/") ? 8 : -1;
    boolean versioned = at >= 0;
    if (!versioned && path.startsWith("/api/")) {
      at = 5;
    }
    int end = at < 0 ? -1 : path.indexOf('/', at);
    String name = at < 0 ? null : end < 0 ? path.substring(at) : path.substring(at, end);
    return name == null || name.isEmpty() || name.startsWith(":")
        ? null
        : versioned ? name : "api/" + name;
  }

  private void mount(Operation operation, Operation.Mount mount, Endpoint endpoint, Router router) {
    TimeoutHandler timeout = TimeoutHandler.create(operation.timeout().toMillis(), 503);
    BodyHandler forms =
        operation.multipart()
            ? MultipartForm.handler(
                MultipartForm.folder(parts.settings().dataDir()), operation.formLimit())
            : null;
    BodyHandler body = BodyHandler.create(false).setBodyLimit(operation.bodyLimit());
    Route route = router.route(mount.route()).method(operation.method());
    if (operation.method() == HttpMethod.GET) {
      route.method(HttpMethod.HEAD);
    }
    // Plain handlers throughout: vertx-web would refuse its own kinds in this order, but who calls
    // is to be known before a body is read.
    route.handler(
        context -> {
          RequestMeter.matched(context, operation);
          if (operation.takesBody()) {
            BrokenBody.watch(context);
          }
          if (operation.service() || parts.health().tablesReady()) {
            timeout.handle(context);
          } else {
            context.fail(Problems.STARTING);
          }
        });
    route.handler(context -> authenticate(operation, context));
    if (operation.takesBody()) {
      route.handler(HttpApi::refuseCompressed);
      route.handler(
          context -> {
            LateBody.await(context);
            if (operation.spools() && SpooledBody.wanted(context.request())) {
              SpooledBody.take(context, operation.bodyLimit(context.request()));
            } else if (operation.multipart() && MultipartForm.wanted(context.request())) {
              forms.handle(context);
              BrokenBody.watch(context);
            } else {
              body.handle(context);
              BrokenBody.watch(context);
            }
          });
    }
    route.handler(context -> check(operation, mount.legacy(), context));
    route.handler(context -> answer(operation, mount, endpoint, context));
  }

  private void authenticate(Operation operation, RoutingContext context) {
    if (operation.open()
        || (operation.loopbackSuffices() && Authorization.isLocal(context.request()))) {
      context.put(CALLER, Caller.ANONYMOUS);
      context.next();
      return;
    }
    context.request().pause();
    admission
        .caller(operation, context)
        .onComplete(
            result -> {
              context.request().resume();
              if (result.failed()) {
                context.fail(result.cause());
              } else {
                context.put(CALLER, result.result());
                context.next();
              }
            });
  }

  /** At the headers: nobody is to send a body for nothing. */
  private static void refuseCompressed(RoutingContext context) {
    HttpServerRequest request = context.request();
    String coding = request.getHeader("Content-Encoding");
    if (coding == null || coding.strip().equalsIgnoreCase("identity")) {
      context.next();
      return;
    }
    ApiException refused =
        new ApiException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "the body must not be compressed: send it as it is, without Content-Encoding")
            .header("Accept-Encoding", "identity");
    // Who waits to be asked may send the body or not; of all others it is read and dropped.
    if (request.version() != HttpVersion.HTTP_2 && request.getHeader("Expect") != null) {
      refused.header("Connection", "close");
    }
    context.fail(refused);
  }

  private void check(Operation operation, boolean legacy, RoutingContext context) {
    var request = context.request();
    var query = context.queryParams();
    if (SpooledBody.of(context).isPresent()) {
      proceed(
          operation,
          operation.rules().checkQuery(query, SpooledBody.of(context).get().standIn(), legacy),
          context);
      return;
    }
    if (operation.multipart() && MultipartForm.wanted(request)) {
      proceed(
          operation,
          operation.rules().checkQuery(query, MultipartForm.standIn(context), legacy),
          context);
      return;
    }
    var body = operation.takesBody() ? context.body().buffer() : null;
    String contentType = operation.anyType() ? null : request.getHeader("Content-Type");
    if (body != null && body.length() > LARGE_BODY) {
      context
          .vertx()
          .executeBlocking(() -> operation.rules().check(query, contentType, body, legacy), false)
          .onComplete(
              result -> {
                if (result.failed()) {
                  context.fail(result.cause());
                } else {
                  proceed(operation, result.result(), context);
                }
              });
    } else {
      proceed(operation, operation.rules().check(query, contentType, body, legacy), context);
    }
  }

  private void proceed(Operation operation, Input input, RoutingContext context) {
    context.put(INPUT, input);
    context.next();
  }

  private void answer(
      Operation operation, Operation.Mount mount, Endpoint endpoint, RoutingContext context) {
    Caller caller = context.get(CALLER);
    Input input = context.get(INPUT);
    if (!operation.open() && !operation.learner()) {
      Authorization.requireOneUser(operation, caller, context.request(), input);
    }
    String learner = operation.learner() ? Learners.required(context, caller, input) : null;
    String user =
        learner == null
            ? caller
                .userId()
                .or(() -> Learners.named(context, input).stream().findFirst())
                .orElse("")
            : learner;
    (operation.open()
            ? Future.<Void>succeededFuture()
            : admission.count(operation, context, caller, input))
        .compose(
            counted ->
                idempotency.once(
                    operation,
                    mount.legacy(),
                    context.request(),
                    user,
                    input,
                    reservation ->
                        answer(
                            operation,
                            endpoint,
                            new Call(context, mount, caller, learner, input, reservation))))
        .map(
            reply -> {
              send(operation, mount.legacy(), reply, context);
              return reply;
            })
        .onFailure(context::fail);
  }

  private Future<Reply> answer(Operation operation, Endpoint endpoint, Call call) {
    if (operation.kept().isPresent()) {
      Optional<String> learner = call.knownLearner();
      // what a teacher sees of a class changes with all of its learners
      return learner.isEmpty() || CatalogueEndpoints.classOf(call).isPresent()
          ? endpoint.answer(call)
          : kept.answer(
              learner.get(),
              operation.kept().get(),
              call.caller().scopes(),
              call.uri(),
              () ->
                  endpoint
                      .answer(call)
                      .map(
                          reply ->
                              KeptAnswers.ready(
                                  Rendering.finished(operation, call.legacy(), reply),
                                  operation.tagged())));
    }
    if (operation.learner() && operation.method() != HttpMethod.GET) {
      kept.changing(call.learner());
    }
    return endpoint.answer(call);
  }

  private static void send(
      Operation operation, boolean legacy, Reply answer, RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return; // the client has been told that it took too long, or has gone
    }
    Reply reply = Rendering.finished(operation, legacy, answer);
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (reply.stream() != null) {
      stream(reply, context);
      return;
    }
    Buffer body = reply.json() == null ? reply.bytes() : JsonBody.of(reply.json());
    if (operation.tagged()) {
      String tag = reply.headers().get("ETag");
      if (tag == null) {
        tag = EntityTags.of(body);
      }
      response.putHeader("ETag", tag).putHeader("Cache-Control", "private, no-cache");
      String known = context.request().getHeader("If-None-Match");
      if (known != null && EntityTags.named(known, tag)) {
        response.setStatusCode(304).end();
        return;
      }
    }
    if (reply.json() != null) {
      response.putHeader("Content-Type", "application/json");
    }
    Problems.end(context.request(), body);
  }

  private static void stream(Reply reply, RoutingContext context) {
    HttpServerResponse response = context.response();
    response.setChunked(!reply.headers().containsKey("Content-Length"));
    if (context.request().method() == HttpMethod.HEAD) {
      response.end();
      return;
    }
    reply.stream()
        .write(response)
        .onComplete(
            written -> {
              if (written.succeeded()) {
                response.end();
              } else {
                context.fail(
                    written
                        .cause()); // which breaks the connection, so that nobody takes the half for
                // the whole
              }
            });
  }

  private static void wrongMethod(RoutingContext context, String allowed) {
    context.fail(
        new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "this path takes " + allowed + " only")
            .header("Allow", allowed));
  }
}
