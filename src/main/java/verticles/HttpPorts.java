package verticles;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import settings.Settings;

/** The ports a node wants to listen on. */
public final class HttpPorts {
  static final String MAIN = "HTTP_PORT";
  static final String BESIDE = "COURSES_EXTRA_PORTS";

  private HttpPorts() {}

  /**
   * Looks whether all ports are free, so that somebody who starts a node twice is told before
   * databases are started and opened. Another process may still be quicker afterwards; then
   * listening fails with the same words.
   *
   * @throws IllegalStateException names a port that is not, and the setting to change
   */
  public static void requireFree(Settings settings) {
    String host = settings.http().host();
    require(host, settings.http().port(), MAIN);
    settings.courses().extraPorts().forEach(port -> require(host, port, BESIDE));
  }

  private static void require(String host, int port, String setting) {
    if (port == 0) {
      return; // any free one
    }
    try (ServerSocket socket = new ServerSocket()) {
      // connections that ended a moment ago hold nobody up, as when listening in earnest
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw taken(host, port, setting, e);
    }
  }

  /** What is said to whoever started the node. */
  static IllegalStateException taken(String host, int port, String setting, IOException error) {
    return new IllegalStateException(
        "can't listen on "
            + host
            + ":"
            + port
            + " ("
            + error.getMessage()
            + "): stop what uses it, or set "
            + setting,
        error);
  }
}
