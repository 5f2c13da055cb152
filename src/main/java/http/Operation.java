package http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One operation of the document.
 *
 * @param path with {@code {segments}} in braces
 * @param open needs no credentials at all
 * @param scopes what a token must have
 * @param loopbackSuffices callers on this machine need no credentials
 * @param subjectUserId {@code user_id} names whose lesson it is rather than who calls
 * @param bodyLimit bytes
 * @param timeout until the client is told to come back later
 */
record Operation(
    String id,
    HttpMethod method,
    String path,
    boolean open,
    Set<String> scopes,
    boolean loopbackSuffices,
    boolean subjectUserId,
    long bodyLimit,
    Duration timeout,
    RequestRules rules) {

  private static final long DEFAULT_BODY_LIMIT = 256 * 1024;
  private static final int DEFAULT_TIMEOUT_SECONDS = 15;

  static Operation of(JsonObject document, String path, HttpMethod method, JsonObject operation) {
    JsonArray security = operation.getJsonArray("security", document.getJsonArray("security"));
    Set<String> scopes = new TreeSet<>();
    for (int i = 0; i < security.size(); i++) {
      security.getJsonObject(i).getJsonArray("bearer").forEach(scope -> scopes.add((String) scope));
    }
    return new Operation(
        operation.getString("operationId"),
        method,
        path,
        security.isEmpty(),
        scopes,
        operation.getBoolean("x-loopback", false),
        "subject".equals(operation.getString("x-user-id")),
        operation.getLong("x-body-limit", DEFAULT_BODY_LIMIT),
        Duration.ofSeconds(operation.getInteger("x-timeout", DEFAULT_TIMEOUT_SECONDS)),
        RequestRules.of(document, path, method, operation));
  }

  /** Only {@code /v1} paths exist a second time under {@code /api}. */
  List<String> mounts() {
    String route = path.replaceAll("\\{([a-z_]+)}", ":$1");
    return path.startsWith("/v1/") ? List.of(route, "/api" + route) : List.of(route);
  }

  boolean takesBody() {
    return method != HttpMethod.GET;
  }
}
