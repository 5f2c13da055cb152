package fakes;

import demo.ImitationZoom;
import demo.ZoomExchange.Asked;
import demo.ZoomExchange.Said;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The demo's Zoom on two real sockets, with a {@link FaultScript} for each: what goes wrong between
 * it and its callers is the test's choice.
 */
public final class FakeZoom implements AutoCloseable {
  public final ImitationZoom zoom;

  /** Token service, API and downloads. */
  public final FakeService api;

  /** Where downloads are redirected to. */
  public final FakeService storage;

  private final Vertx vertx;
  private final AtomicInteger refreshing = new AtomicInteger();

  /** The most refreshes that went on at one moment. */
  public final AtomicInteger mostRefreshing = new AtomicInteger();

  /** How long the token service takes, in milliseconds. */
  public volatile long tokenMillis;

  private FakeZoom(Vertx vertx, ImitationZoom zoom) {
    this.vertx = vertx;
    this.zoom = zoom;
    this.api = FakeService.start(vertx, request -> work(request));
    this.storage =
        FakeService.start(vertx, request -> Future.succeededFuture(reply(zoom::stored, request)));
    zoom.servedAt(api.address().toString(), storage.address().toString());
  }

  public static FakeZoom start(Vertx vertx, ImitationZoom zoom) {
    return new FakeZoom(vertx, zoom);
  }

  private Future<FakeReply> work(FakeRequest request) {
    if (!request.path().equals("/oauth/token")) {
      return Future.succeededFuture(reply(zoom::answer, request));
    }
    mostRefreshing.accumulateAndGet(refreshing.incrementAndGet(), Math::max);
    Promise<FakeReply> later = Promise.promise();
    Runnable answer =
        () -> {
          refreshing.decrementAndGet();
          later.complete(reply(zoom::answer, request));
        };
    if (tokenMillis == 0) {
      answer.run();
    } else {
      vertx.setTimer(tokenMillis, fired -> answer.run());
    }
    return later.future();
  }

  private static FakeReply reply(Function<Asked, Said> work, FakeRequest request) {
    Said said =
        work.apply(new Asked(request.method(), request.uri(), request.headers(), request.body()));
    return new FakeReply(said.status(), said.headers(), said.body());
  }

  @Override
  public void close() {
    api.close();
    storage.close();
  }
}
