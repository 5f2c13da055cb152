package llm;

import fakes.FakeModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import settings.LanguageModel;

/** Key pools over a fake model on a real socket, for the tests of those who ask models. */
public final class FakePools {
  private FakePools() {}

  public static Model over(Vertx vertx, FakeModel fake) {
    LanguageModel settings =
        Pools.settings(
            List.of(Pools.provider("local", fake.address(), 0, 0, 8, 0)),
            List.of(Pools.key("a", "local", "g"), Pools.key("b", "local", "h")));
    HttpCalls http =
        new HttpCalls(
            vertx, settings.providers(), Duration.ofSeconds(10), new SimpleMeterRegistry());
    Timers timers = Timers.of(vertx);
    return new StructuredCall(
        new KeyPools(
            settings,
            new LocalQuotas(timers::millis, 250),
            new LocalSpends(),
            http,
            timers,
            Meter.NONE));
  }
}
