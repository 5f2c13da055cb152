package fakes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A service on a real socket of this machine. What it does is the function it is given; what goes
 * wrong is its {@link FaultScript}; what it was asked it remembers.
 */
public final class FakeService implements AutoCloseable {
  /** Every request, in order, the struck ones too. */
  public final List<FakeRequest> received = new CopyOnWriteArrayList<>();

  public final FaultScript faults = new FaultScript();

  /** Requests whose caller went away before it had an answer. */
  public final AtomicInteger hungUp = new AtomicInteger();

  private volatile boolean forgetful;
  private final Vertx vertx;
  private final Function<FakeRequest, Future<FakeReply>> work;
  private final HttpServer server;
  private final String scheme;

  private FakeService(
      Vertx vertx, HttpServerOptions options, Function<FakeRequest, Future<FakeReply>> work) {
    this.vertx = vertx;
    this.work = work;
    this.scheme = options.isSsl() ? "https" : "http";
    this.server = vertx.createHttpServer(options).requestHandler(this::handle);
  }

  /** Starts it on a free port; blocks until it listens. */
  public static FakeService start(Vertx vertx, Function<FakeRequest, Future<FakeReply>> work) {
    return start(vertx, new HttpServerOptions(), work);
  }

  /** As {@link #start(Vertx, Function)}, with options such as TLS. */
  public static FakeService start(
      Vertx vertx, HttpServerOptions options, Function<FakeRequest, Future<FakeReply>> work) {
    FakeService service = new FakeService(vertx, options, work);
    try {
      service.server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the fake service could not listen within 10 s", e);
    }
    return service;
  }

  /** Remembers nothing from now on: for more requests than fit into memory. */
  public void forget() {
    forgetful = true;
  }

  /** Without a slash at the end. */
  public URI address() {
    return URI.create(scheme + "://127.0.0.1:" + server.actualPort());
  }

  private void handle(HttpServerRequest request) {
    request
        .connection()
        .closeHandler(
            gone -> {
              if (!request.response().ended()) {
                hungUp.incrementAndGet();
              }
            });
    request
        .body()
        .onSuccess(
            body -> {
              FakeRequest asked = FakeRequest.of(request, body);
              if (!forgetful) {
                received.add(asked);
              }
              Optional<Fault> fault = faults.next(asked);
              if (fault.isPresent() && !fault.get().worked()) {
                fault.get().answering().answer(vertx, request, Optional.empty());
                return;
              }
              Future.succeededFuture()
                  .compose(turn -> work.apply(asked))
                  .otherwise(
                      error ->
                          FakeReply.json(
                              500, "{\"error\":\"the fake itself failed: " + error + "\"}"))
                  .onSuccess(
                      reply -> {
                        if (fault.isPresent()) {
                          fault.get().answering().answer(vertx, request, Optional.of(reply));
                        } else {
                          Fault.send(request, reply);
                        }
                      });
            });
  }

  /** Requests of this path, query excluded. */
  public List<FakeRequest> received(String path) {
    return received.stream().filter(request -> request.path().equals(path)).toList();
  }

  @Override
  public void close() {
    try {
      server.close().await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the fake service did not close within 10 s", e);
    }
  }
}
