package load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads of where jobs stand, beside a bare handler of the same statement. */
final class CourseReads {
  private static final double GOAL_RATE = 5_000;
  private static final double GOAL_P99_MILLIS = 20;
  private static final int CONNECTIONS = 32;
  private static final double WARM_SECONDS = 3;

  // those who look at their course are many, and none waits for another's answer
  private static final int CLIENTS = 256;

  // of its own: the scripted model's event loops are no part of what a client waits for
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final URI service;
  private final URI bare;
  private final Pool postgres;

  CourseReads(URI service, URI bare, Pool postgres) {
    // as if it ran elsewhere: it should not wait for those it measures (where the system allows it)
    vertx.runOnContext(turn -> Thread.currentThread().setPriority(Thread.MAX_PRIORITY));
    this.service = service;
    this.bare = bare;
    this.postgres = postgres;
  }

  private record Requests(List<String> ours, List<String> theirs) {}

  /** Status reads of the jobs of these titles, for the service and for the bare handler. */
  private Requests requests(String titles) throws Exception {
    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (Row row :
        postgres
            .preparedQuery(
                "SELECT j.task_id, j.owner_id FROM course_job j JOIN course c ON c.id = j.course_id"
                    + " WHERE c.title LIKE $1")
            .execute(Tuple.of(titles))
            .await(10, TimeUnit.SECONDS)) {
      String head =
          " HTTP/1.1\r\nHost: localhost\r\nX-User-Id: " + row.getString("owner_id") + "\r\n\r\n";
      ours.add("GET /api/jobs/" + row.getUUID("task_id") + head);
      theirs.add("GET /" + row.getUUID("task_id") + "/" + row.getString("owner_id") + head);
    }
    return new Requests(ours, theirs);
  }

  /** Both answer faster than they ever will under load, for long enough to be compiled. */
  void warmUp(String titles) throws Exception {
    Requests all = requests(titles);
    new Load(vertx, service.getPort(), CONNECTIONS).closed(jobs(all.ours()), WARM_SECONDS);
    new Load(vertx, bare.getPort(), CONNECTIONS).closed(jobs(all.theirs()), WARM_SECONDS);
  }

  /**
   * Begins to read at the goal's rate.
   *
   * @param titles of the jobs, a pattern of LIKE
   */
  Load.Steady begin(String titles) throws Exception {
    return new Load(vertx, service.getPort(), CLIENTS)
        .open(jobs(requests(titles).ours()), GOAL_RATE);
  }

  /** Ends it, and says how long the answers took. */
  void end(Load.Steady reading, Verdicts verdicts) {
    Load.Outcome steady = reading.stop();
    System.out.printf(
        "status reads all the while they run, %,.0f a second: p50 %.1f ms, p90 %.1f ms, p99 %.1f"
            + " ms, p99.9 %.1f ms; of it before the load saw that they were due: p50 %.1f ms, p99"
            + " %.1f ms; failed %d; p99 of each 5 s: %s ms%n",
        steady.rate(),
        steady.millis(0.5),
        steady.millis(0.9),
        steady.millis(0.99),
        steady.millis(0.999),
        steady.ownMillis(0.5),
        steady.ownMillis(0.99),
        steady.failed(),
        Verdicts.rounded(steady.slots().stream().mapToDouble(millis -> millis).toArray(), 0));
    verdicts.add("status reads that failed while jobs run", steady.failed(), 0, false);
    verdicts.add(
        "p99 in ms of 5,000 status reads a second while jobs run",
        steady.millis(0.99),
        GOAL_P99_MILLIS,
        false);
  }

  /** As fast as the connections ask, for so many seconds each. */
  void flood(String titles, double seconds, Verdicts verdicts) throws Exception {
    Requests all = requests(titles);
    ProcessTimes before = ProcessTimes.now();
    long begun = System.nanoTime();
    Load.Outcome highest =
        new Load(vertx, service.getPort(), CONNECTIONS).closed(jobs(all.ours()), seconds);
    Load.Outcome least =
        new Load(vertx, bare.getPort(), CONNECTIONS).closed(jobs(all.theirs()), seconds);
    System.out.printf(
        "as many status reads as %d connections ask for while jobs run: %,.0f a second, bare"
            + " handler %,.0f, ratio %.2f; failed %d%n",
        CONNECTIONS, highest.rate(), least.rate(), highest.rate() / least.rate(), highest.failed());
    System.out.printf(
        "processors busy during them: %s%n",
        ProcessTimes.now().share(before, (System.nanoTime() - begun) / 1e9));
    verdicts.add("status reads a second while jobs run", highest.rate(), GOAL_RATE, true);
  }

  private static java.util.function.Supplier<Load.Job> jobs(List<String> requests) {
    int[] next = {0};
    return () -> {
      String text = requests.get(next[0]++ % requests.size());
      return new Load.Job() {
        @Override
        public String text() {
          return text;
        }

        @Override
        public void answered(Wire.Answer answer) {}
      };
    };
  }
}
