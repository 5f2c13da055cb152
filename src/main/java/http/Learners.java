package http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For which learner a request is: section 1.3 of the wire contract. */
final class Learners {
  private Learners() {}

  /**
   * The learner, empty when the request names nobody.
   *
   * @param input null as long as the body has not been read: what only the body says is then not
   *     known
   * @throws ApiException when an id is malformed, or when the sources name different learners
   */
  static Optional<String> of(RoutingContext context, Caller caller, Input input) {
    List<String> named = named(context, input);
    String known = caller.userId().orElse(null); // which was checked when it came
    for (String id : named) {
      if (!id.equals(known) && !Authentication.USER_ID.matcher(id).matches()) {
        throw ApiException.invalid("user_id", Authentication.USER_ID_RULE);
      }
    }
    if (named.isEmpty()) {
      return caller.userId();
    }
    String first = named.get(0);
    if (!caller.has(Caller.SERVICE)) {
      boolean same = known == null || known.equals(first);
      for (String id : named) {
        same &= id.equals(first);
      }
      if (!same) {
        throw new ApiException(
            ErrorCode.FORBIDDEN,
            "the request names different users: X-User-Id, user_id and the token must agree");
      }
    }
    return Optional.of(first);
  }

  /** As {@link #of}, for what can't be done for nobody. */
  static String required(RoutingContext context, Caller caller, Input input) {
    return of(context, caller, input)
        .orElseThrow(
            () ->
                Authentication.unauthorized(
                    "nobody is named: send Authorization: Bearer <token>, X-User-Id or user_id"));
  }

  /** Every id that the request itself names, in order of precedence; without a token. */
  static List<String> named(RoutingContext context, Input input) {
    HttpServerRequest request = context.request();
    List<String> named = new ArrayList<>(request.headers().getAll("X-User-Id"));
    named.addAll(context.queryParams().getAll("user_id"));
    named.addAll(context.queryParams().getAll("userId"));
    if (input != null) {
      for (String member : new String[] {"user_id", "userId"}) {
        Object id = input.body().getValue(member);
        // the PDF courses' clients know their users by number
        if (id instanceof String || id instanceof Integer || id instanceof Long) {
          named.add(id.toString());
        }
      }
    }
    if (context.pathParam("userId") != null) {
      named.add(context.pathParam("userId"));
    }
    named.removeIf(String::isEmpty);
    return named;
  }
}
