package load;

import io.vertx.core.Vertx;
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
  private static final double WARM_SECONDS = 6;

  private final Vertx vertx;
  private final URI service;
  private final URI bare;
  private final Pool postgres;

  CourseReads(Vertx vertx, URI service, URI bare, Pool postgres) {
    this.vertx = vertx;
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
   * As fast as the connections ask, and at the goal's rate.
   *
   * @param titles of the jobs, a pattern of LIKE
   */
  void measure(String titles, double seconds, Verdicts verdicts) throws Exception {
    Requests all = requests(titles);
    List<String> ours = all.ours();
    List<String> theirs = all.theirs();
    ProcessTimes before = ProcessTimes.now();
    long begun = System.nanoTime();
    Load asked = new Load(vertx, service.getPort(), CONNECTIONS);
    Load plain = new Load(vertx, bare.getPort(), CONNECTIONS);
    Load.Outcome highest = asked.closed(jobs(ours), seconds);
    Load.Outcome least = plain.closed(jobs(theirs), seconds);
    Load.Outcome steady = asked.open(jobs(ours), GOAL_RATE, seconds);
    System.out.printf(
        "status reads while they run: %,.0f a second, bare handler %,.0f, ratio %.2f; at %,.0f a"
            + " second p50 %.1f ms, p99 %.1f ms; failed %d%n",
        highest.rate(),
        least.rate(),
        highest.rate() / least.rate(),
        GOAL_RATE,
        steady.millis(0.5),
        steady.millis(0.99),
        highest.failed() + steady.failed());
    System.out.printf(
        "processors busy during the reads: %s%n",
        ProcessTimes.now().share(before, (System.nanoTime() - begun) / 1e9));
    verdicts.add("status reads a second while jobs run", highest.rate(), GOAL_RATE, true);
    verdicts.add(
        "p99 in ms of 5,000 status reads a second while jobs run",
        steady.millis(0.99),
        GOAL_P99_MILLIS,
        false);
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
