package http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What every request gets before anything else: the id that ties its answer to the log, and the
 * headers that keep browsers careful.
 */
final class TraceIds {
  private static final String HEADER = "X-Request-ID";
  private static final String KEY = "http.traceId";

  /** Answers are compressed for who takes that, so a cache must not mix them up. */
  static final String VARY = "Accept-Encoding";

  // It goes into headers and logs as it is.
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private TraceIds() {}

  static void begin(RoutingContext context) {
    String given = context.request().getHeader(HEADER);
    String id = given != null && ACCEPTED.matcher(given).matches() ? given : fresh();
    context.put(KEY, id);
    headers(context.response(), id);
    context.next();
  }

  static void headers(HttpServerResponse response, String id) {
    response.putHeader(HEADER, id);
    response.putHeader("Vary", VARY);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("X-Frame-Options", "DENY");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  static String of(RoutingContext context) {
    String id = context.get(KEY);
    return id == null ? "-" : id;
  }

  static String fresh() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
