package load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One connection that speaks just enough HTTP/1.1 to send a request and find the end of its answer,
 * so that the load takes little of the processors that it shares with what it measures. One request
 * at a time, on the event loop that opened it.
 */
final class Wire {
  private static final String LENGTH = "\r\ncontent-length: ";
  private static final String LENGTH_BEGINS = "\r\n";

  private final NetSocket socket;
  private Buffer received = Buffer.buffer();
  private Consumer<Answer> waiting;

  private Wire(NetSocket socket) {
    this.socket = socket;
    socket.handler(this::receive);
    socket.closeHandler(closed -> done(new Answer(0, "the server closed the connection", "")));
    socket.exceptionHandler(failure -> done(new Answer(0, failure.toString(), "")));
  }

  /**
   * @param status 0 when there was no answer
   */
  record Answer(int status, String head, String body) {
    String header(String name) {
      String wanted = "\r\n" + name + ": ";
      int at = head.toLowerCase(Locale.ROOT).indexOf(wanted);
      return at < 0
          ? null
          : head.substring(at + wanted.length(), head.indexOf("\r\n", at + wanted.length()));
    }

    /** The id of what was made, which its location ends in; null for nothing. */
    String made() {
      String location = header("location");
      return location == null ? null : location.substring(location.lastIndexOf('/') + 1);
    }
  }

  static NetClient client(Vertx vertx) {
    return vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
  }

  static Future<Wire> open(NetClient client, int port) {
    return client.connect(port, "127.0.0.1").map(Wire::new);
  }

  void send(String request, Consumer<Answer> handler) {
    waiting = handler;
    socket.write(Buffer.buffer(request));
  }

  Future<Answer> send(String request) {
    Promise<Answer> answer = Promise.promise();
    send(request, answer::complete);
    return answer.future();
  }

  private void receive(Buffer part) {
    received = received.length() == 0 ? part : received.appendBuffer(part);
    byte[] bytes = received.getBytes();
    int body = bodyStart(bytes);
    if (body < 0) {
      return;
    }
    String head = new String(bytes, 0, body, StandardCharsets.ISO_8859_1);
    int length = length(head);
    if (bytes.length < body + length) {
      return;
    }
    received = Buffer.buffer();
    done(
        new Answer(
            Integer.parseInt(head.substring(9, 12)),
            head,
            new String(bytes, body, length, StandardCharsets.UTF_8)));
  }

  /** Line by line: a copy of the whole head in small letters costs more than all the rest. */
  private static int length(String head) {
    for (int at = head.indexOf(LENGTH_BEGINS); at >= 0; at = head.indexOf(LENGTH_BEGINS, at + 2)) {
      if (head.regionMatches(true, at, LENGTH, 0, LENGTH.length())) {
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)));
      }
    }
    return 0;
  }

  private static int bodyStart(byte[] bytes) {
    for (int i = 3; i < bytes.length; i++) {
      if (bytes[i] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private void done(Answer answer) {
    Consumer<Answer> handler = waiting;
    waiting = null;
    if (handler != null) {
      handler.accept(answer);
    }
  }

  void close() {
    waiting = null;
    socket.close();
  }
}
