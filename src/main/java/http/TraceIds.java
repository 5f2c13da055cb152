package http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What every request gets before anything else: the id that ties its answer to the log, and the
 * headers that keep browsers careful.
 */
final class TraceIds {
  private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-ID");
  private static final String KEY = "http.traceId";

  /** Answers are compressed for who takes that, so a cache must not mix them up. */
  static final String VARY = "Accept-Encoding";

  private static final CharSequence VARY_NAME = HttpHeaders.createOptimized("Vary");
  private static final CharSequence VARY_ON_ENCODING = HttpHeaders.createOptimized(VARY);
  // as bytes, since they are in every answer
  private static final List<CharSequence[]> ALWAYS =
      List.of(
          header("X-Content-Type-Options", "nosniff"),
          header("X-Frame-Options", "DENY"),
          header("Referrer-Policy", "no-referrer"),
          header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

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
    response.putHeader(VARY_NAME, VARY_ON_ENCODING);
    for (CharSequence[] header : ALWAYS) {
      response.putHeader(header[0], header[1]);
    }
  }

  private static CharSequence[] header(String name, String value) {
    return new CharSequence[] {
      HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)
    };
  }

  static String of(RoutingContext context) {
    String id = context.get(KEY);
    return id == null ? "-" : id;
  }

  static String fresh() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
