package demo;

import demo.ZoomExchange.Asked;
import demo.ZoomExchange.Said;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;

/** Serves an {@link ImitationZoom} on two free ports of this machine, and sends its webhooks. */
public final class ZoomServer {
  private final Vertx vertx;
  private final ImitationZoom zoom;
  private final HttpClient client;
  private HttpServer api;
  private HttpServer storage;

  public ZoomServer(Vertx vertx, ImitationZoom zoom) {
    this.vertx = vertx;
    this.zoom = zoom;
    this.client = vertx.createHttpClient();
  }

  public Future<Void> start() {
    return serve(zoom::answer)
        .compose(
            first -> {
              api = first;
              return serve(zoom::stored);
            })
        .map(
            second -> {
              storage = second;
              zoom.servedAt(origin(api), origin(storage));
              return null;
            });
  }

  private Future<HttpServer> serve(Function<Asked, Said> work) {
    return vertx
        .createHttpServer()
        .requestHandler(
            request ->
                request
                    .body()
                    .onSuccess(
                        body -> {
                          Said said =
                              work.apply(
                                  new Asked(
                                      request.method().name(),
                                      request.uri(),
                                      request.headers(),
                                      body));
                          var response = request.response().setStatusCode(said.status());
                          said.headers().forEach(response::putHeader);
                          response.end(said.body());
                        }))
        .listen(0, "127.0.0.1");
  }

  private static String origin(HttpServer server) {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Where API, token service and downloads are. */
  public String origin() {
    return origin(api);
  }

  /**
   * Sends a webhook.
   *
   * @return the status that came back
   */
  public Future<Integer> send(Asked webhook, String node) {
    return client
        .request(
            new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(node + webhook.uri()))
        .compose(
            request -> {
              request.headers().addAll(webhook.headers());
              return request.send(webhook.body());
            })
        .compose(response -> response.body().map(body -> response.statusCode()));
  }

  public Future<Void> close() {
    return Future.join(client.close(), api.close(), storage.close()).mapEmpty();
  }
}
