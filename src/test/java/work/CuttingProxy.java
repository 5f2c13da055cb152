package work;

import static work.WorkDatabase.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between client and server, and on demand lets a statement through but swallows its answer
 * and cuts the connection.
 */
final class CuttingProxy {
  private final int serverPort;
  private final NetServer server;
  private final NetClient client;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile String marker;

  CuttingProxy(Vertx vertx, int serverPort) {
    this.serverPort = serverPort;
    this.client = vertx.createNetClient();
    this.server = vertx.createNetServer().connectHandler(this::accept);
    get(server.listen(0, "127.0.0.1"));
  }

  int port() {
    return server.actualPort();
  }

  /** The next message of a client that contains {@code text} is the last of its connection. */
  void cutAfter(String text) {
    marker = text;
  }

  int cuts() {
    return cuts.get();
  }

  private void accept(NetSocket down) {
    down.pause();
    Future<NetSocket> connecting = client.connect(serverPort, "127.0.0.1");
    connecting.onFailure(failure -> down.close());
    connecting.onSuccess(
        up -> {
          boolean[] swallow = {false};
          up.handler(
              answer -> {
                if (swallow[0]) {
                  cuts.incrementAndGet();
                  up.close();
                  down.close();
                } else {
                  down.write(answer);
                }
              });
          down.handler(
              request -> {
                if (marker != null && text(request).contains(marker)) {
                  marker = null;
                  swallow[0] = true;
                }
                up.write(request);
              });
          up.closeHandler(closed -> down.close());
          down.closeHandler(closed -> up.close());
          down.resume();
        });
  }

  private static String text(Buffer bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
