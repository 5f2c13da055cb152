package databases;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a Postgres connection on which nothing has moved for a while. The client's own idle timeout doesn't: its close says goodbye and waits
 * for the server to hang up, so on a frozen server or a vanished machine the statement stays open and its place in the pool taken.
 */
final class SilenceGuard extends IdleStateHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SilenceGuard.class);

  private SilenceGuard(Duration limit) {
    super(0, 0, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Guards a connection. It reaches into the client's inner classes, there being no other way to its channel; a test watches that. */
  static void on(SqlConnection connection, Duration limit) {
    Connection inner = connection instanceof SqlConnectionInternal known ? known.unwrap().unwrap() : null;
    if (inner instanceof SocketConnectionBase socketConnection) {
      ChannelPipeline pipeline = socketConnection.socket().channelHandlerContext().pipeline();
      pipeline.addFirst(new SilenceGuard(limit));
    } else {
      LOG.warn("A Postgres connection can't be guarded against a frozen server: {}", connection.getClass().getName());
    }
  }

  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
    // From the first handler this goes straight to the socket, past the one that would wait.
    context.close();
  }
}
