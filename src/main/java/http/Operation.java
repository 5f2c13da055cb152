package http;

import games.LearnerChanges;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One operation of the document.
 *
 * @param path with {@code {segments}} in braces
 * @param open needs no credentials at all
 * @param service tells of the service itself and needs no tables: answered also while the node
 *     starts
 * @param scopes what a token must have
 * @param loopbackSuffices callers on this machine need no credentials
 * @param subjectUserId {@code user_id} names whose lesson it is rather than who calls
 * @param bodyLimit bytes
 * @param timeout until the client is told to come back later
 * @param learner needs to know for whom it works: 401 without
 * @param idempotent takes an {@code Idempotency-Key}
 * @param tagged answers with an {@code ETag} and understands {@code If-None-Match}
 * @param kept on which of the learner's changes its answer depends, and on nothing else, so that it
 *     may be given out of {@link KeptAnswers}; empty when there is more to it
 * @param rateGroup whose limit it counts against; empty when it has none
 * @param spools takes bodies that are not JSON too, into a file
 * @param spoolLimits bytes of such bodies by media type, where {@code bodyLimit} is not theirs
 * @param legacy always answered in the first generation's rendering
 * @param detailErrors errors are {@code {"detail": …}} and broken rules 422, as clients of the
 *     course systems before know them
 * @param anyType JSON is read whatever {@code Content-Type} says
 * @param transcriptErrors errors are {@code {"error", "errorCode", "requestId"}}, as clients of the
 *     transcript service know them
 * @param multipart takes forms with files too, which go to files of their own
 * @param formLimit bytes of such a form
 * @param aliases further paths it is called by, always in the first generation's rendering
 */
record Operation(
    String id,
    HttpMethod method,
    String path,
    boolean open,
    boolean service,
    Set<String> scopes,
    boolean loopbackSuffices,
    boolean subjectUserId,
    long bodyLimit,
    Duration timeout,
    boolean learner,
    boolean idempotent,
    boolean tagged,
    Optional<LearnerChanges.Part> kept,
    Optional<String> rateGroup,
    boolean spools,
    Map<String, Long> spoolLimits,
    boolean legacy,
    boolean detailErrors,
    boolean anyType,
    boolean transcriptErrors,
    boolean multipart,
    long formLimit,
    List<String> aliases,
    RequestRules rules) {

  /**
   * Where an operation is found.
   *
   * @param route as the router writes it
   * @param legacy whether the first generation's rendering is due there
   * @param alias whether it is one of the operation's alias paths
   */
  record Mount(String route, boolean legacy, boolean alias) {}

  private static final long DEFAULT_BODY_LIMIT = 256 * 1024;
  private static final int DEFAULT_TIMEOUT_SECONDS = 15;

  static Operation of(
      JsonObject document, String path, HttpMethod method, JsonObject item, JsonObject operation) {
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
        operation.getJsonArray("tags", new JsonArray()).contains("service"),
        scopes,
        operation.getBoolean("x-loopback", false),
        "subject".equals(operation.getString("x-user-id")),
        operation.getLong("x-body-limit", DEFAULT_BODY_LIMIT),
        Duration.ofSeconds(operation.getInteger("x-timeout", DEFAULT_TIMEOUT_SECONDS)),
        operation.getBoolean("x-learner", false),
        operation.getBoolean("x-idempotent", false),
        operation.getBoolean("x-etag", false),
        Optional.ofNullable(operation.getString("x-kept"))
            .map(part -> LearnerChanges.Part.valueOf(part.toUpperCase(Locale.ROOT))),
        Optional.ofNullable(operation.getString("x-rate-group")),
        operation.getBoolean("x-spool", false),
        limits(operation.getJsonObject("x-spool-limits", new JsonObject())),
        operation.getBoolean("x-legacy", item.getBoolean("x-legacy", false)),
        "detail".equals(operation.getString("x-errors", item.getString("x-errors"))),
        operation.getBoolean("x-any-type", false),
        "transcript".equals(operation.getString("x-errors")),
        operation.getBoolean("x-multipart", false),
        operation.getLong("x-form-limit", operation.getLong("x-body-limit", DEFAULT_BODY_LIMIT)),
        item.getJsonArray("x-alias-paths", new JsonArray()).stream()
            .map(String.class::cast)
            .toList(),
        RequestRules.of(document, path, method, operation));
  }

  private static Map<String, Long> limits(JsonObject byType) {
    Map<String, Long> limits = new TreeMap<>();
    byType.fieldNames().forEach(type -> limits.put(type, byType.getLong(type)));
    return limits;
  }

  /** How many bytes a body of this request may have. */
  long bodyLimit(HttpServerRequest request) {
    if (multipart && MultipartForm.wanted(request)) {
      return formLimit;
    }
    return spools && SpooledBody.wanted(request)
        ? spoolLimits.getOrDefault(SpooledBody.type(request), bodyLimit)
        : bodyLimit;
  }

  /** Only {@code /v1} paths exist a second time under {@code /api}. */
  List<Mount> mounts() {
    List<Mount> mounts = new ArrayList<>();
    add(mounts, path, false);
    aliases.forEach(alias -> add(mounts, alias, true));
    return mounts;
  }

  private void add(List<Mount> mounts, String at, boolean alias) {
    String route = at.replaceAll("\\{([A-Za-z_]+)}", ":$1");
    mounts.add(new Mount(route, legacy || alias, alias));
    if (at.startsWith("/v1/")) {
      mounts.add(new Mount("/api" + route, true, alias));
    }
  }

  boolean takesBody() {
    return method != HttpMethod.GET;
  }
}
