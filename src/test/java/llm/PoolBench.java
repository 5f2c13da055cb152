package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lessons.LessonDatabases;
import settings.LanguageModel;

/**
 * What the pools add to a call, on this machine: to a provider that answers at once, in
 * microseconds of wall time and as a share of a second, which a short reply of a real model takes.
 * Limits are on and never reached, so every call is counted.
 */
public final class PoolBench {
  private static final int ROUNDS = 5;
  private static final int PACE_MILLIS = 50;
  private static final int PACED = 80;
  private static final double REPLY_MICROS = 1_000_000;

  private PoolBench() {}

  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    try (LessonDatabases databases = new LessonDatabases()) {
      Vertx vertx = databases.vertx;
      System.out.printf("%-48s %12s %16s%n", "", "us a call", "of a 1 s reply");
      double plain =
          median(vertx, calls, settings(0, 64), t -> new LocalQuotas(t::millis, 250), 256);
      print("no limits", plain);
      double local =
          median(vertx, calls, settings(50_000_000, 64), t -> new LocalQuotas(t::millis, 250), 256);
      print("limits counted in the process", local);
      for (int together : List.of(1, 64, 256)) {
        double shared =
            median(
                vertx,
                Math.min(calls, together * 2_000),
                settings(50_000_000, together),
                t -> new PostgresQuotas(databases.postgres, t::millis, 250),
                together);
        print("limits in Postgres, " + together + " calls at a time", shared);
      }
      double idle = paced(vertx, settings(0, 64), t -> new LocalQuotas(t::millis, 250));
      double paced =
          paced(
              vertx,
              settings(50_000_000, 64),
              t -> new PostgresQuotas(databases.postgres, t::millis, 250));
      System.out.printf(
          "CPU a call at %d calls a second: %.0f us without limits, %.0f us more with limits in"
              + " Postgres%n",
          1_000 / PACE_MILLIS, idle, paced - idle);
      System.out.printf(
          "counting in the process takes %.2f times the time of no limits%n", local / plain);
    }
    System.exit(0);
  }

  /** CPU microseconds of this process for each call, when calls come one by one and evenly. */
  private static double paced(
      Vertx vertx, LanguageModel settings, Function<Timers, QuotaStore> store) throws Exception {
    double[] rounds = new double[ROUNDS];
    var system =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    for (int round = 0; round < ROUNDS; round++) {
      Promise<Void> done = Promise.promise();
      long before = system.getProcessCpuTime();
      vertx
          .getOrCreateContext()
          .runOnContext(
              turn -> {
                KeyPools pools = pools(vertx, settings, store);
                int[] answered = {0};
                vertx.setPeriodic(
                    PACE_MILLIS,
                    timer ->
                        pools
                            .ask(Pools.question("s", "a", 20, Duration.ofMinutes(1)))
                            .onSuccess(
                                reply -> {
                                  if (++answered[0] == PACED) {
                                    vertx.cancelTimer(timer);
                                    pools.close().onComplete(done);
                                  }
                                }));
              });
      done.future().await(1, TimeUnit.MINUTES);
      rounds[round] = (system.getProcessCpuTime() - before) / 1_000.0 / PACED;
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static KeyPools pools(
      Vertx vertx, LanguageModel settings, Function<Timers, QuotaStore> store) {
    Timers timers = Timers.of(vertx);
    ModelCalls atOnce =
        (provider, model, format, key, question, limit, unwanted, permit) ->
            Future.succeededFuture(
                new CallResult(
                    new ChatReply("{}", ChatReply.Ending.STOP, "", "p", model, 10, 10),
                    null,
                    RateHeaders.NONE,
                    20));
    return new KeyPools(
        settings, store.apply(timers), new LocalSpends(), atOnce, timers, Meter.NONE);
  }

  private static void print(String what, double micros) {
    System.out.printf("%-48s %12.1f %15.4f %%%n", what, micros, 100 * micros / REPLY_MICROS);
  }

  private static LanguageModel settings(int requests, int concurrency) {
    return Pools.settings(
        List.of(Pools.provider("gemini", requests, 0, concurrency)),
        List.of(Pools.key("a", "gemini", "g"), Pools.key("b", "gemini", "g")));
  }

  private static double median(
      Vertx vertx,
      int calls,
      LanguageModel settings,
      Function<Timers, QuotaStore> store,
      int together)
      throws Exception {
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Promise<Long> took = Promise.promise();
      vertx
          .getOrCreateContext()
          .runOnContext(
              turn -> {
                KeyPools pools = pools(vertx, settings, store);
                new Load(pools, vertx, calls, took).start(together);
              });
      rounds[round] = took.future().await(2, TimeUnit.MINUTES) / 1_000.0 / calls;
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  /** Keeps so many calls in flight until all are done. */
  private static final class Load {
    private final KeyPools pools;
    private final Vertx vertx;
    private final int calls;
    private final Promise<Long> took;
    private final long begun = System.nanoTime();
    private int started;
    private int done;

    private Load(KeyPools pools, Vertx vertx, int calls, Promise<Long> took) {
      this.pools = pools;
      this.vertx = vertx;
      this.calls = calls;
      this.took = took;
    }

    private void start(int together) {
      for (int i = 0; i < together; i++) {
        next();
      }
    }

    private void next() {
      if (started == calls) {
        return;
      }
      int number = started++;
      pools
          .ask(Pools.question("s" + number % 5, "a" + number % 50, 20, Duration.ofMinutes(5)))
          .onComplete(
              reply -> {
                if (reply.failed()) {
                  took.tryFail(reply.cause());
                } else if (++done == calls) {
                  took.tryComplete(System.nanoTime() - begun);
                } else {
                  // a turn of its own: replies at once would pile up the stack
                  vertx.getOrCreateContext().runOnContext(turn -> next());
                }
              });
    }
  }
}
