package outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fakes.FakeReply;
import fakes.FakeService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import outbound.Failure.Kind;

/** Requests that may go only as long as somebody says so. */
class ClearanceTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger received = new AtomicInteger();
  private final FakeService fake =
      FakeService.start(
          vertx,
          request -> {
            received.incrementAndGet();
            return Future.succeededFuture(FakeReply.json(200, "{\"fine\":true}"));
          });
  private final Client client =
      Client.of(
          vertx,
          Service.of("fake", fake.address())
              .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(8)),
          new SimpleMeterRegistry());
  private final Request request = Request.post("/do").withJson(new JsonObject().put("a", 1));

  @AfterEach
  void close() throws Exception {
    client.close().await(10, SECONDS);
    fake.close();
    vertx.close().await(10, SECONDS);
  }

  @Test
  void withoutItNothingIsSentAndTheConnectionServesTheNextOne() throws Exception {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> client.send(request, Promise.promise().future(), () -> false).await(10, SECONDS));

    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure.perhapsDone()).isFalse();
    assertThat(client.send(request).await(10, SECONDS).status()).isEqualTo(200);
    assertThat(received).hasValue(1);
  }

  @Test
  void itIsAskedOnceTheConnectionIsThereAndToldWhenTheRequestHasGone() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    Clearance clearance =
        new Clearance() {
          @Override
          public boolean given() {
            order.add("given with " + received.get());
            return true;
          }

          @Override
          public void used() {
            order.add("used");
          }
        };
    client.send(request, Promise.promise().future(), clearance).await(10, SECONDS);

    assertThat(order).containsExactly("given with 0", "used");
    assertThat(received).hasValue(1);
  }
}
