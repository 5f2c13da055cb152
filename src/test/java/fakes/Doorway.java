package fakes;

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
public final class Doorway implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket server;

  private Doorway(int target, int port) {
    this.target = target;
    this.port = port;
  }

  public static Doorway to(int target) throws IOException {
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    Doorway door = new Doorway(target, port);
    door.open();
    return door;
  }

  public int port() {
    return port;
  }

  public synchronized void open() throws IOException {
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
              enter(opened, in, out);
            }
          } catch (IOException e) {
            // shut
          }
        });
  }

  /** Whoever was let in while the door was being shut is sent away like all others. */
  private synchronized void enter(ServerSocket by, Socket in, Socket out) throws IOException {
    if (by.isClosed()) {
      in.close();
      out.close();
      return;
    }
    sockets.add(in);
    sockets.add(out);
    daemon(() -> pump(in, out));
    daemon(() -> pump(out, in));
  }

  public synchronized void shut() throws IOException {
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
