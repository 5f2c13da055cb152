package speech;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A speech service on a real socket that answers as the test says, in order; once nothing is left
 * to say, with audio.
 */
final class FakeSpeechServer implements AutoCloseable {
  static final Buffer AUDIO = Mp3.encode(Sounds.tone(22_050, 700));

  /** One request as it arrived. */
  record Received(String method, String uri, MultiMap headers, JsonObject body) {}

  /** How to answer one request. */
  interface Answer {
    void to(HttpServerRequest request);
  }

  final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  private final String scheme;

  FakeSpeechServer(Vertx vertx) {
    this(vertx, new HttpServerOptions());
  }

  FakeSpeechServer(Vertx vertx, HttpServerOptions options) {
    scheme = options.isSsl() ? "https" : "http";
    server =
        OfflineVoicesTest.await(
            vertx.createHttpServer(options).requestHandler(this::handle).listen(0, "127.0.0.1"));
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.actualPort();
  }

  FakeSpeechServer then(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** Answers with audio from now on. */
  void forget() {
    answers.clear();
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              received.add(
                  new Received(
                      request.method().name(),
                      request.uri(),
                      request.headers(),
                      body.toJsonObject()));
              Answer answer = answers.poll();
              (answer == null ? audio(AUDIO) : answer).to(request);
            });
  }

  static Answer audio(Buffer content) {
    return request ->
        request
            .response()
            .putHeader("Content-Type", "audio/mpeg")
            .putHeader("request-id", "r1")
            .end(content);
  }

  static Answer refusal(int status, String json, String... headers) {
    return request -> {
      for (int i = 0; i < headers.length; i += 2) {
        request.response().putHeader(headers[i], headers[i + 1]);
      }
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(json);
    };
  }

  /** Says nothing at all until the caller gives up. */
  static Answer silence() {
    return request -> {};
  }

  /** Half of the announced body, then a closed connection. */
  static Answer truncated() {
    return request ->
        request
            .response()
            .putHeader("Content-Type", "audio/mpeg")
            .putHeader("Content-Length", String.valueOf(AUDIO.length()))
            .write(AUDIO.slice(0, AUDIO.length() / 2))
            .onComplete(written -> request.connection().close());
  }

  /**
   * Half of a body of unknown length, then a closed connection, as servers of HTTP/1.0 end every
   * body.
   */
  static Answer truncatedUnnoticed() {
    return request -> {
      Buffer head =
          Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nConnection: close\r\n\r\n");
      request
          .toNetSocket()
          .compose(
              socket ->
                  socket
                      .write(head.appendBuffer(AUDIO.slice(0, AUDIO.length() / 2)))
                      .compose(done -> socket.close()));
    };
  }

  /** Audio without an end. */
  static Answer endless() {
    return request -> {
      request.response().setChunked(true).putHeader("Content-Type", "audio/mpeg");
      pour(request, Buffer.buffer(new byte[64 * 1024]));
    };
  }

  private static void pour(HttpServerRequest request, Buffer part) {
    Future<Void> written = request.response().write(part);
    written.onSuccess(done -> pour(request, part));
  }

  @Override
  public void close() {
    OfflineVoicesTest.await(server.close());
  }
}
