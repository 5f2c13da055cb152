package llm;

import fakes.FakeModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import settings.LanguageModel;

/** Key pools over a fake model on a real socket, for the tests of those who ask models. */
public final class FakePools {
  private FakePools() {}

  /** A model that may be asked from any thread, as commands do; closed with {@code vertx}. */
  public static Model over(Vertx vertx, FakeModel fake) throws TimeoutException {
    return new StructuredCall(open(vertx, fake).chat());
  }

  /** The same for many calls of which many fail: the pools' pauses pass in {@link FastTime}. */
  public static Model hurried(Vertx vertx, FakeModel fake) throws TimeoutException {
    LocalPools pools =
        LocalPools.open(vertx, settings(fake), FastTime::new).await(10, TimeUnit.SECONDS);
    return new StructuredCall(FastTime.of(pools.chat()));
  }

  static LocalPools open(Vertx vertx, FakeModel fake) throws TimeoutException {
    return LocalPools.open(vertx, settings(fake)).await(10, TimeUnit.SECONDS);
  }

  private static LanguageModel settings(FakeModel fake) {
    return Pools.settings(
        List.of(Pools.provider("local", fake.address(), 0, 0, 8, 0)),
        List.of(Pools.key("a", "local", "g"), Pools.key("b", "local", "h")),
        Duration.ofSeconds(10));
  }
}
