package http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a known caller may use an operation, and that a request does not name two
 * different users.
 */
final class Authorization {
  private Authorization() {}

  /**
   * Throws {@link ApiException} unless the caller has the scopes of the operation. Where nothing is
   * proved every scope is taken as given but {@code service}: stopping the pipeline is left to
   * callers on this machine.
   */
  static void requireScopes(Operation operation, Caller caller, HttpServerRequest request) {
    for (String scope : operation.scopes()) {
      boolean allowed =
          caller.proof() == Caller.Proof.NONE
              ? !scope.equals(Caller.SERVICE) || isLocal(request)
              : caller.has(scope);
      if (!allowed) {
        throw new ApiException(ErrorCode.FORBIDDEN, "this needs a token with the scope " + scope);
      }
    }
  }

  /** Throws {@link ApiException} when the sources of identity disagree. */
  static void requireOneUser(
      Operation operation, Caller caller, HttpServerRequest request, Input input) {
    if (caller.has(Caller.SERVICE)) {
      return;
    }
    List<String> named = new ArrayList<>();
    caller.userId().ifPresent(named::add);
    named.addAll(request.headers().getAll("X-User-Id"));
    if (!(operation.subjectUserId() && caller.handlesLessons())) {
      input.query("user_id").ifPresent(named::add);
      Object user = input.body().getValue("user_id");
      if (user instanceof String || user instanceof Integer || user instanceof Long) {
        named.add(user.toString());
      }
    }
    named.removeIf(String::isEmpty);
    if (named.stream().anyMatch(id -> !id.equals(named.get(0)))) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "the request names different users: X-User-Id, user_id and the token must agree");
    }
  }

  /**
   * Whether the request comes from this machine itself, and not through a proxy that runs on it.
   */
  static boolean isLocal(HttpServerRequest request) {
    for (String header : new String[] {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"}) {
      if (request.headers().contains(header)) {
        return false;
      }
    }
    SocketAddress peer = request.remoteAddress();
    InetAddress address =
        peer == null || peer.hostAddress() == null
            ? null
            : new InetSocketAddress(peer.hostAddress(), 0).getAddress();
    return address != null && address.isLoopbackAddress();
  }
}
