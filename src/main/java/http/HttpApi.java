package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP interface as one router. Every operation of the document goes the same way: credentials
 * from the headers, body up to its limit, the document's rules, scopes, endpoint; whatever fails on
 * the way ends in {@link Problems}.
 */
public final class HttpApi {
  // Above this a body is parsed and checked on a worker thread, so that one large transcript does
  // not hold up everybody else.
  private static final int LARGE_BODY = 64 * 1024;

  private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
  private static final CharSequence ETAG = HttpHeaders.createOptimized("ETag");
  private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence REVALIDATED = HttpHeaders.createOptimized("private, no-cache");

  private static final String CALLER = "http.caller";
  private static final String INPUT = "http.input";
  private static final String MOUNTED = "http.mounted";

  private final ApiDocument document;
  private final Map<String, Endpoint> endpoints;
  private final Admission admission;
  private final Idempotency idempotency;
  private final KeptAnswers kept;
  private final ApiParts parts;
  private final Path files;
  private final Router router;
  private final Routes<Mounted> routes = new Routes<>();

  /**
   * An operation at one of its paths.
   *
   * @param forms for operations that take forms with files
   */
  private record Mounted(
      Operation operation,
      Operation.Mount mount,
      Endpoint endpoint,
      TimeoutHandler timeout,
      BodyHandler body,
      Optional<BodyHandler> forms) {}

  private HttpApi(Vertx vertx, ApiParts parts, ApiDocument document) {
    this.document = document;
    this.parts = parts;
    this.files = RequestFiles.folder(parts.settings().dataDir());
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
    this.router = Router.router(vertx);
  }

  /**
   * Builds a router; each event loop needs its own. Fails when the document and the endpoints don't
   * match, which only a wrong build can cause.
   */
  public static Future<Router> create(Vertx vertx, ApiParts parts) {
    return vertx
        .executeBlocking(
            () -> {
              RequestFiles.prepare(vertx, parts.settings().dataDir());
              return ApiDocument.shared();
            },
            false)
        .map(document -> new HttpApi(vertx, parts, document).assemble(vertx));
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

  private Router assemble(Vertx vertx) {
    RequestMeter meter = new RequestMeter(parts.metrics(), Traffic.of(vertx, parts.metrics()));
    CrossOrigin crossOrigin = new CrossOrigin(parts.settings().http().corsOrigins());
    for (Operation operation : document.operations()) {
      Endpoint endpoint = endpoints.get(operation.id());
      if (endpoint == null) {
        throw new IllegalStateException(
            "operation " + operation.id() + " of the document has no endpoint");
      }
      operation
          .mounts()
          .forEach(
              mount ->
                  routes.add(
                      mount.route(), operation.method(), mounted(operation, mount, endpoint)));
    }
    if (endpoints.size() != document.operations().size()) {
      throw new IllegalStateException(
          "there are endpoints for operations that the document does not have");
    }
    router.errorHandler(400, Problems::unreadable);
    router.errorHandler(500, Problems::handle);
    // Plain handlers throughout: vertx-web would refuse its own kinds in this order, but who calls
    // is to be known before a body is read.
    router
        .route()
        .failureHandler(Problems::handle)
        .handler(TraceIds::begin)
        .handler(meter::begin)
        .handler(BrokenBody::watchUnread)
        .handler(crossOrigin::handle)
        .handler(this::find)
        .handler(this::authenticate)
        .handler(this::receive)
        .handler(this::check)
        .handler(this::answer);
    return router;
  }

  private Mounted mounted(Operation operation, Operation.Mount mount, Endpoint endpoint) {
    return new Mounted(
        operation,
        mount,
        endpoint,
        TimeoutHandler.create(operation.timeout().toMillis(), 503),
        BodyHandler.create(false).setBodyLimit(operation.bodyLimit()),
        operation.multipart()
            ? Optional.of(MultipartForm.handler(files, operation.formLimit()))
            : Optional.empty());
  }

  private void find(RoutingContext context) {
    Optional<Routes.Found<Mounted>> found;
    try {
      found = routes.find(context.normalizedPath(), context.request().method());
    } catch (IllegalArgumentException unreadable) {
      context.fail(400, unreadable);
      return;
    }
    if (found.isEmpty()) {
      context.fail(404);
      return;
    }
    if (found.get().mounted().isEmpty()) {
      String allowed = String.join(", ", found.get().allowed());
      context.fail(
          new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "this path takes " + allowed + " only")
              .header("Allow", allowed));
      return;
    }
    Mounted mounted = found.get().mounted().get();
    context.put(MOUNTED, mounted);
    context.pathParams().putAll(found.get().parameters());
    RequestMeter.matched(context, mounted.operation());
    if (mounted.operation().takesBody()) {
      BrokenBody.watch(context);
    }
    if (mounted.operation().service() || parts.health().tablesReady()) {
      mounted.timeout().handle(context);
    } else {
      context.fail(Problems.STARTING);
    }
  }

  private static Mounted mounted(RoutingContext context) {
    return context.get(MOUNTED);
  }

  private void authenticate(RoutingContext context) {
    Operation operation = mounted(context).operation();
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

  private void receive(RoutingContext context) {
    Mounted mounted = mounted(context);
    Operation operation = mounted.operation();
    if (!operation.takesBody()) {
      context.next();
      return;
    }
    // at the headers: nobody is to send a body for nothing
    Optional<ApiException> refused = compressed(context.request());
    if (refused.isPresent()) {
      context.fail(refused.get());
      return;
    }
    LateBody.await(context);
    if (operation.spools() && SpooledBody.wanted(context.request())) {
      SpooledBody.take(context, files, operation.bodyLimit(context.request()));
      return;
    }
    (mounted.forms().isPresent() && MultipartForm.wanted(context.request())
            ? mounted.forms().get()
            : mounted.body())
        .handle(context);
    BrokenBody.watch(context);
  }

  private static Optional<ApiException> compressed(HttpServerRequest request) {
    String coding = request.getHeader("Content-Encoding");
    if (coding == null || coding.strip().equalsIgnoreCase("identity")) {
      return Optional.empty();
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
    return Optional.of(refused);
  }

  private void check(RoutingContext context) {
    Operation operation = mounted(context).operation();
    boolean legacy = mounted(context).mount().legacy();
    var request = context.request();
    var query = context.queryParams();
    if (SpooledBody.of(context).isPresent()) {
      proceed(
          operation.rules().checkQuery(query, SpooledBody.of(context).get().standIn(), legacy),
          context);
      return;
    }
    if (operation.multipart() && MultipartForm.wanted(request)) {
      proceed(operation.rules().checkQuery(query, MultipartForm.standIn(context), legacy), context);
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
                  proceed(result.result(), context);
                }
              });
    } else {
      proceed(operation.rules().check(query, contentType, body, legacy), context);
    }
  }

  private static void proceed(Input input, RoutingContext context) {
    context.put(INPUT, input);
    context.next();
  }

  private void answer(RoutingContext context) {
    Mounted mounted = mounted(context);
    Operation operation = mounted.operation();
    Operation.Mount mount = mounted.mount();
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
                            mounted.endpoint(),
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
      response.putHeader(ETAG, tag).putHeader(CACHE_CONTROL, REVALIDATED);
      String known = context.request().getHeader("If-None-Match");
      if (known != null && EntityTags.named(known, tag)) {
        response.setStatusCode(304).end();
        return;
      }
    }
    if (reply.json() != null) {
      response.putHeader(CONTENT_TYPE, JSON);
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
}
