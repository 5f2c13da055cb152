package http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

  private static final int STATUS_CLASSES = 6;

  private final MeterRegistry registry;
  private final Traffic traffic;
  // A router belongs to one event loop, but a response may end on another thread.
  private final Map<String, AtomicReferenceArray<Timer>> timers = new ConcurrentHashMap<>();

  RequestMeter(MeterRegistry registry, Traffic traffic) {
    this.registry = registry;
    this.traffic = traffic;
  }

  void begin(RoutingContext context) {
    long start = System.nanoTime();
    traffic.began();
    context.addEndHandler(ended -> end(context, System.nanoTime() - start));
    context.next();
  }

  private void end(RoutingContext context, long nanos) {
    traffic.ended();
    Operation operation = operation(context);
    String name = operation == null ? UNMATCHED : operation.id();
    int status = context.response().getStatusCode();
    timer(name, status / 100).record(nanos, TimeUnit.NANOSECONDS);
    if (LOG.isDebugEnabled()) {
      LOG.atDebug()
          .addKeyValue("traceId", TraceIds.of(context))
          .addKeyValue("operation", name)
          .addKeyValue("status", status)
          .addKeyValue("us", nanos / 1_000)
          .log("answered");
    }
  }

  // Looking a timer up in the registry costs more than all else here: it makes the name anew each
  // time.
  private Timer timer(String name, int statusClass) {
    AtomicReferenceArray<Timer> ofOperation =
        timers.computeIfAbsent(name, n -> new AtomicReferenceArray<>(STATUS_CLASSES));
    int index = Math.min(statusClass, STATUS_CLASSES - 1);
    Timer timer = ofOperation.get(index);
    if (timer == null) {
      // the registry gives the same one to whoever asks at the same time
      timer =
          Timer.builder("lessonweave.http.requests")
              .description("Requests answered, by operation and class of status")
              .tag("operation", name)
              .tag("status", statusClass + "xx")
              .serviceLevelObjectives(BOUNDS)
              .register(registry);
      ofOperation.set(index, timer);
    }
    return timer;
  }

  static void matched(RoutingContext context, Operation operation) {
    context.put(OPERATION, operation);
  }

  /** The operation a request was matched to, or null. */
  static Operation operation(RoutingContext context) {
    return context.get(OPERATION);
  }
}
