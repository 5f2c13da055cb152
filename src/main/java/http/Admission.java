package http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Lets a request in, or not: who calls, whether they may, and whether they call too often. */
final class Admission {
  private static final String COUNTED = "http.counted";

  private final Authentication authentication;
  private final RateLimiter limiter;
  private final ClientAddress addresses;

  Admission(Authentication authentication, RateLimiter limiter, ClientAddress addresses) {
    this.addresses = addresses;
    this.authentication = authentication;
    this.limiter = limiter;
  }

  /** Who calls, from the headers and the query string alone; before a body is read. */
  Future<Caller> caller(Operation operation, RoutingContext context) {
    return authentication
        .caller(context.request())
        .recover(failure -> countStranger(context).compose(counted -> Future.failedFuture(failure)))
        .map(
            caller -> {
              Authorization.requireScopes(operation, caller, context.request());
              return caller;
            })
        .compose(caller -> count(operation, context, caller, null).map(caller));
  }

  /** Once the body is known, which may be what names the learner. */
  Future<Void> count(Operation operation, RoutingContext context, Caller caller, Input input) {
    if (operation.rateGroup().isEmpty() || context.get(COUNTED) != null) {
      return Future.succeededFuture();
    }
    Optional<String> who =
        operation.subjectUserId()
            ? caller.userId().or(() -> Learners.named(context, input).stream().findFirst())
            : Learners.of(context, caller, input);
    if (who.isEmpty() && input == null && operation.takesBody()) {
      return Future.succeededFuture();
    }
    context.put(COUNTED, true);
    return who.isPresent()
        ? take(context, operation.rateGroup().get(), "user " + who.get())
        : countStranger(context);
  }

  private Future<Void> countStranger(RoutingContext context) {
    return take(context, RateLimiter.ANONYMOUS, "address " + addresses.of(context.request()));
  }

  private Future<Void> take(RoutingContext context, String group, String who) {
    return limiter
        .take(context.vertx(), group, who)
        .map(
            found -> {
              found.ifPresent(verdict -> tell(context.response(), group, verdict));
              return null;
            });
  }

  private static void tell(HttpServerResponse response, String group, RateLimiter.Verdict verdict) {
    response
        .putHeader("RateLimit-Limit", String.valueOf(verdict.limit()))
        .putHeader("RateLimit-Remaining", String.valueOf(verdict.remaining()))
        .putHeader("RateLimit-Reset", String.valueOf(verdict.resetSeconds()));
    if (!verdict.allowed()) {
      throw new ApiException(
              ErrorCode.RATE_LIMITED,
              "at most "
                  + verdict.limit()
                  + " requests of this kind a minute: try again in "
                  + verdict.waitSeconds()
                  + " s",
              new JsonObject()
                  .put("retryAfter", verdict.waitSeconds())
                  .put("limit", verdict.limit())
                  .put("group", group))
          .header("Retry-After", String.valueOf(verdict.waitSeconds()));
    }
  }
}
