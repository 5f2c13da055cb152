package outbound;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One call of a service. Immutable; {@code with*} give changed copies.
 *
 * @param target a path with query that begins with a slash and is appended to the service's
 *     address, or an absolute address; already encoded, sent exactly as given
 * @param headers by name; the body's type and length are added
 * @param idempotent whether doing it twice does no harm: only then is it repeated when the answer
 *     got lost
 * @param deadline instead of the service's, for the whole call
 * @param attemptTimeout instead of the service's
 */
public record Request(
    HttpMethod method,
    String target,
    Map<String, String> headers,
    Body body,
    boolean idempotent,
    Optional<Duration> deadline,
    Optional<Duration> attemptTimeout,
    Classifier classifier) {

  public Request {
    headers = Map.copyOf(headers);
    Objects.requireNonNull(classifier, "classifier");
    if (!target.startsWith("/")
        && !target.startsWith("http://")
        && !target.startsWith("https://")) {
      throw new IllegalArgumentException("neither a path nor an http address");
    }
  }

  /**
   * With no body and the default classifier; everything but POST and PATCH counts as idempotent.
   */
  public static Request of(HttpMethod method, String target) {
    return new Request(
        method,
        target,
        Map.of(),
        new Body.None(),
        method != HttpMethod.POST && method != HttpMethod.PATCH,
        Optional.empty(),
        Optional.empty(),
        Classifier.BY_STATUS);
  }

  public static Request get(String target) {
    return of(HttpMethod.GET, target);
  }

  public static Request post(String target) {
    return of(HttpMethod.POST, target);
  }

  /** With a header instead of what it had before. */
  public Request withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new Request(
        method, target, more, body, idempotent, deadline, attemptTimeout, classifier);
  }

  /** With {@code Authorization: Bearer token}. */
  public Request withBearer(String token) {
    return withHeader("Authorization", "Bearer " + token);
  }

  public Request withBody(Body content) {
    return new Request(
        method, target, headers, content, idempotent, deadline, attemptTimeout, classifier);
  }

  public Request withBytes(Buffer content, String contentType) {
    return withBody(new Body.Bytes(content, contentType));
  }

  public Request withJson(JsonObject json) {
    return withBytes(json.toBuffer(), "application/json");
  }

  /** With these members as {@code application/x-www-form-urlencoded}. */
  public Request withForm(Map<String, String> members) {
    String form =
        members.entrySet().stream()
            .map(member -> encoded(member.getKey()) + "=" + encoded(member.getValue()))
            .collect(Collectors.joining("&"));
    return withBytes(Buffer.buffer(form), "application/x-www-form-urlencoded");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public Request withFile(Path file, String contentType) {
    return withBody(new Body.File(file, contentType));
  }

  /** Says that doing it twice does no harm, or does. */
  public Request withIdempotent(boolean harmless) {
    return new Request(
        method, target, headers, body, harmless, deadline, attemptTimeout, classifier);
  }

  /** With a time for the whole call that is not the service's usual one. */
  public Request within(Duration whole) {
    return new Request(
        method, target, headers, body, idempotent, Optional.of(whole), attemptTimeout, classifier);
  }

  /** With a time for one attempt that is not the service's usual one. */
  public Request withAttemptTimeout(Duration one) {
    return new Request(
        method, target, headers, body, idempotent, deadline, Optional.of(one), classifier);
  }

  public Request withClassifier(Classifier judge) {
    return new Request(method, target, headers, body, idempotent, deadline, attemptTimeout, judge);
  }
}
