package launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP door before a server: shut, it cuts every connection and refuses new ones, as a server that
 * is gone does.
 */
final class Doorway implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket server;

  private Doorway(int target, int port) {
    this.target = target;
    this.port = port;
  }

  static Doorway to(int target) throws IOException {
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    Doorway door = new Doorway(target, port);
    door.open();
    return door;
  }

  int port() {
    return port;
  }

  synchronized void open() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server = opened;
    daemon(
        () -> {
          try {
            while (true) {
              Socket in = opened.accept();
              Socket out = new Socket(InetAddress.getLoopbackAddress(), target);
              sockets.add(in);
              sockets.add(out);
              daemon(() -> pump(in, out));
              daemon(() -> pump(out, in));
            }
          } catch (IOException e) {
            // shut
          }
        });
  }

  synchronized void shut() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // one side has gone, and with it the other
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "doorway");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    shut();
  }
}
