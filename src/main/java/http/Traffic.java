package http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is open on this node right now, of all its event loops together. Vert.x would measure its
 * servers by itself, but looks its meters up by name for each request, which took 2.4 % of a loaded
 * node's processor time.
 */
public final class Traffic implements Shareable {
  private final LongAdder connections = new LongAdder();
  private final LongAdder requests = new LongAdder();

  private Traffic(MeterRegistry registry) {
    Gauge.builder("lessonweave.http.connections", connections, LongAdder::sum)
        .description("Connections of clients that are open")
        .register(registry);
    Gauge.builder("lessonweave.http.active", requests, LongAdder::sum)
        .description("Requests that are not answered yet")
        .register(registry);
  }

  /** The one of this Vert.x instance. */
  public static Traffic of(Vertx vertx, MeterRegistry registry) {
    return vertx
        .sharedData()
        .<String, Traffic>getLocalMap("http.traffic")
        .computeIfAbsent("", first -> new Traffic(registry));
  }

  /** Counts a connection until it is closed. */
  public void opened(HttpConnection connection) {
    connections.increment();
    connection.closeHandler(closed -> connections.decrement());
  }

  void began() {
    requests.increment();
  }

  void ended() {
    requests.decrement();
  }
}
