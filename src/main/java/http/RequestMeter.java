package http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times every request by operation and class of status: as many series as the document has
 * operations, whatever clients send.
 */
final class RequestMeter {
  static final String UNMATCHED = "unmatched";

  private static final Logger LOG = LoggerFactory.getLogger("http.access");
  private static final String OPERATION = "http.operation";
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;

  RequestMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  void begin(RoutingContext context) {
    long start = System.nanoTime();
    context.addEndHandler(ended -> end(context, System.nanoTime() - start));
    context.next();
  }

  private void end(RoutingContext context, long nanos) {
    Operation operation = operation(context);
    String name = operation == null ? UNMATCHED : operation.id();
    int status = context.response().getStatusCode();
    Timer.builder("lessonweave.http.requests")
        .description("Requests answered, by operation and class of status")
        .tag("operation", name)
        .tag("status", status / 100 + "xx")
        .serviceLevelObjectives(BOUNDS)
        .register(registry)
        .record(Duration.ofNanos(nanos));
    LOG.atDebug()
        .addKeyValue("traceId", TraceIds.of(context))
        .addKeyValue("operation", name)
        .addKeyValue("status", status)
        .addKeyValue("us", nanos / 1_000)
        .log("answered");
  }

  static void matched(RoutingContext context, Operation operation) {
    context.put(OPERATION, operation);
  }

  /** The operation a request was matched to, or null. */
  static Operation operation(RoutingContext context) {
    return context.get(OPERATION);
  }
}
