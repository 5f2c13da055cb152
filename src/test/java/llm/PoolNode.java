package llm;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import settings.LanguageModel;
import settings.Secret;
import settings.Settings;

/**
 * A process of its own with key pools on a shared Postgres and a provider on a socket: asks as much
 * as it is told and ends only when it is killed.
 */
public final class PoolNode {
  private PoolNode() {}

  /** Starts one; its output goes to this process's. */
  static Process start(
      Settings.Postgres postgres, URI provider, String name, int requests, int tokens, int calls)
      throws IOException {
    // The provider is another machine: it does not wait for a processor that a node is using.
    List<String> command =
        new ArrayList<>(
            List.of(
                "nice",
                "-n",
                "15",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PoolNode.class.getName()));
    command.addAll(
        List.of(
            postgres.host().orElseThrow(),
            String.valueOf(postgres.port()),
            postgres.database(),
            postgres.user(),
            provider.toString(),
            name,
            String.valueOf(requests),
            String.valueOf(tokens),
            String.valueOf(calls)));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PGPASSWORD", postgres.password().map(Secret::reveal).orElse(""));
    return builder.start();
  }

  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    var pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(4))
            .connectingTo(
                new PgConnectOptions()
                    .setHost(arguments[0])
                    .setPort(Integer.parseInt(arguments[1]))
                    .setDatabase(arguments[2])
                    .setUser(arguments[3])
                    .setPassword(System.getenv("PGPASSWORD"))
                    .setCachePreparedStatements(true))
            .using(vertx)
            .build();
    LanguageModel settings =
        Pools.settings(
            List.of(
                Pools.provider(
                    "openai",
                    URI.create(arguments[4]),
                    Integer.parseInt(arguments[6]),
                    Integer.parseInt(arguments[7]),
                    64,
                    0)),
            List.of(Pools.key("a", "openai", "g")));
    vertx
        .getOrCreateContext()
        .runOnContext(
            go -> {
              Timers timers = Timers.of(vertx);
              KeyPools pools =
                  new KeyPools(
                      settings,
                      new PostgresQuotas(pool, timers::millis, Pools.MARGIN.toMillis()),
                      new LocalSpends(),
                      telling(
                          arguments[5],
                          timers,
                          new HttpCalls(
                              vertx,
                              settings.providers(),
                              Duration.ofSeconds(10),
                              new SimpleMeterRegistry())),
                      timers,
                      Meter.NONE);
              int calls = Integer.parseInt(arguments[8]);
              for (int i = 0; i < calls; i++) {
                pools
                    .ask(Pools.question("s" + i % 3, arguments[5], 20, Duration.ofHours(1)))
                    .onFailure(error -> System.out.println(arguments[5] + ": " + error));
              }
            });
  }

  /** Says how long after it had left a call was answered, when that is longer than ever before. */
  private static ModelCalls telling(String node, Timers timers, ModelCalls calls) {
    long[] longest = {Pools.MARGIN.toMillis()};
    return (provider, model, format, key, question, limit, unwanted, permit) ->
        calls
            .call(provider, model, format, key, question, limit, unwanted, permit)
            .onSuccess(
                result -> {
                  long took = permit.counted() ? timers.millis() - permit.leftAt() : 0;
                  if (took > 2 * longest[0]) {
                    longest[0] = took;
                    System.out.println(node + ": an answer came " + took + " ms after the call");
                  }
                });
  }
}
