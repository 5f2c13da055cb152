package llm;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import settings.LanguageModel;

/**
 * Key pools of a process without a database, such as a command: quotas and spending are counted in
 * its memory, so nodes that use the same keys at the same time do not know of it.
 */
public final class LocalPools implements AutoCloseable {
  private final HttpCalls http;
  private final Chat chat;

  private LocalPools(HttpCalls http, Chat chat) {
    this.http = http;
    this.chat = chat;
  }

  /** Opens them on an event loop of their own, to which every question is handed. */
  public static Future<LocalPools> open(Vertx vertx, LanguageModel settings) {
    return open(vertx, settings, Timers::of);
  }

  /** As above, with another time, which is asked for on that event loop. */
  static Future<LocalPools> open(
      Vertx vertx, LanguageModel settings, Function<Vertx, Timers> time) {
    Promise<LocalPools> opened = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        go -> {
          Timers timers = time.apply(vertx);
          HttpCalls http =
              new HttpCalls(
                  vertx, settings.providers(), settings.callTimeout(), new SimpleMeterRegistry());
          KeyPools pools =
              new KeyPools(
                  settings,
                  new LocalQuotas(timers::millis, settings.margin().toMillis()),
                  new LocalSpends(),
                  http,
                  timers,
                  Meter.NONE);
          opened.complete(new LocalPools(http, handedTo(context, pools)));
        });
    return opened.future();
  }

  private static Chat handedTo(Context context, KeyPools pools) {
    return new Chat() {
      @Override
      public boolean available(String service) {
        return pools.available(service);
      }

      @Override
      public int contextTokens(String service) {
        return pools.contextTokens(service);
      }

      @Override
      public Future<ChatReply> ask(Question question) {
        Promise<ChatReply> answer = Promise.promise();
        context.runOnContext(go -> pools.ask(question).onComplete(answer));
        return answer.future();
      }
    };
  }

  public Chat chat() {
    return chat;
  }

  @Override
  public void close() {
    http.close();
  }
}
