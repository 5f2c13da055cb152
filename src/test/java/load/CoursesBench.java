package load;

import databases.DataFolder;
import databases.Databases;
import databases.EmbeddedServers;
import fakes.FakeService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import launch.Node;
import launch.NodeProcess;
import load.CourseOrders.Order;
import settings.Settings;

/**
 * Courses under load: many orders of every kind of source at once, with a scripted model over real
 * sockets. Service, model and load share this machine with the databases.
 *
 * <p>Arguments: data folder, {@code short} for 60 jobs instead of 300, {@code batch} for nothing
 * but the jobs at once, {@code short-batch} for both; another number of jobs. The system property
 * {@code recording} names a file for a Flight Recorder of the service, {@code options} further
 * options of its virtual machine, {@code warm} how many courses are made before; {@code
 * statements=true} prints what Postgres spent its time on during the batch.
 */
final class CoursesBench {
  private static final int OWNERS = 100;
  private static final int UPLOADS = 50;
  private static final int WARM_JOBS = Integer.getInteger("warm", 500);

  // a third of a task's time is not the model's: reading, judging, storing
  private static final int TASKS = CourseModel.KEYS * CourseModel.PER_KEY * 3 / 2;

  private static final double GOAL_RATIO = 1.1;
  private static final double GOAL_FIRST_SECONDS = 5;
  private static final double GOAL_UPLOAD_SECONDS = 2;
  private static final long PATIENCE_SECONDS = 600;
  private static final boolean STATEMENTS = Boolean.getBoolean("statements");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder()
          // one connection of HTTP/2 has no room for 300 requests
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newFixedThreadPool(4))
          .build();
  private final Verdicts verdicts = new Verdicts();
  private final boolean quick;
  private final boolean onlyBatch;
  private final int jobs;
  private final Path folder;
  private URI service;
  private URI bare;
  private Pool postgres;
  private CourseModel model;
  private CourseOrders orders;
  private CourseReads reads;

  private CoursesBench(Path folder, String how, String size) {
    this.folder = folder;
    this.quick = how.startsWith("short");
    this.onlyBatch = how.endsWith("batch");
    this.jobs = size.isEmpty() ? quick ? 60 : 300 : Integer.parseInt(size);
  }

  public static void main(String[] args) throws Exception {
    // also when it is interrupted: nothing it started stays behind
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    try {
      new CoursesBench(
              Path.of(args[0]), args.length > 1 ? args[1] : "", args.length > 2 ? args[2] : "")
          .run();
    } catch (Throwable failure) {
      failure.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private void run() throws Exception {
    Files.createDirectories(folder);
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "DATA_DIR", folder.resolve("databases").toString(),
                "HTTP_PORT", "0",
                "LOG_LEVEL", "info",
                "AUTH_MODE", "compat",
                "VERTICLES", "GameHttp,CourseGenerator,LanguageModel",
                "HTTP_RATE_LIMITS_ENABLED", "false",
                "COURSES_CONCURRENCY", Integer.toString(TASKS)));
    FakeService videos = CourseOrders.videos(vertx);
    model = new CourseModel(vertx);
    environment.putAll(model.environment());
    environment.putAll(CourseOrders.environment(videos));
    Settings settings = Node.loadSettings(Optional.empty(), environment, Map.of());
    telemetry.Logging.configure(new Settings.Log("warn", false));
    Path collections = folder.resolve("collections.log").toAbsolutePath();
    List<String> options = new ArrayList<>(NodeProcess.LAUNCHER_OPTIONS);
    options.add("-Xmx1g");
    options.add("-Xlog:gc:file=" + collections + ":uptime");
    Optional.ofNullable(System.getProperty("options"))
        .ifPresent(more -> options.addAll(List.of(more.split(" "))));
    if (System.getProperty("recording") != null) {
      options.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
              + System.getProperty("recording"));
    }
    try (DataFolder data = DataFolder.open(settings.dataDir());
        EmbeddedServers servers = servers(data, settings)) {
      environment.putAll(GamesBench.addresses(servers.settings()));
      environment.put("DATA_DIR", folder.resolve("service").toString());
      try (NodeProcess node = NodeProcess.withOptions(environment, options, "serve")) {
        service = node.awaitReady();
        environment.put("DATA_DIR", folder.resolve("bare").toString());
        try (NodeProcess bareNode =
            NodeProcess.start(
                environment,
                BareStatus.class,
                Integer.toString(Runtime.getRuntime().availableProcessors()))) {
          bare = bareNode.awaitReady();
          postgres =
              Databases.open(vertx, servers.settings()).await(1, TimeUnit.MINUTES).postgres();
          orders = new CourseOrders(service, postgres, folder);
          System.out.printf(
              "courses: %d keys of %d calls at a time, %d requests a minute each, 1 s a call, %.0f"
                  + " %% of the replies spoilt; %d processors, Java %s%n",
              CourseModel.KEYS,
              CourseModel.PER_KEY,
              CourseModel.REQUESTS_A_MINUTE,
              CourseModel.SPOILT * 100,
              Runtime.getRuntime().availableProcessors(),
              Runtime.version());
          reads = new CourseReads(service, bare, postgres);
          warmUp();
          if (!onlyBatch) {
            alone();
            uploads();
          }
          collect(node);
          batch();
          flood();
          collect(node);
          verdicts.ofHeap(collections);
        }
      }
    } finally {
      videos.close();
      model.close();
    }
    System.out.println();
    verdicts.print();
  }

  /** What is reachable is all that is left: how much that is stands in the log of collections. */
  private static void collect(NodeProcess node) throws Exception {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(node.pid()),
            "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(1, TimeUnit.MINUTES);
  }

  private static EmbeddedServers servers(DataFolder data, Settings settings) throws Exception {
    if (STATEMENTS) {
      TopStatements.watch(data, settings);
    }
    return EmbeddedServers.start(data, settings);
  }

  /**
   * Until the code is compiled that makes courses while it is asked where they stand: before,
   * compiling has half the processors.
   */
  private void warmUp() throws Exception {
    warmUp("w-", CourseOrders.KINDS);
    reads.warmUp("Course w-%");
    Load.Steady reading = reads.begin("Course w-%");
    warmUp("y-", WARM_JOBS);
    reading.stop();
  }

  private void warmUp(String name, int jobs) throws Exception {
    orders(name, jobs).forEach(order -> send(order.request()).join());
    awaitEnd("Course " + name + "%", jobs);
  }

  /** One course after the other on a service that does nothing else. */
  private void alone() throws Exception {
    double[] ratios = new double[quick ? 5 : 10];
    double[] firsts = new double[quick ? 2 : 6];
    int asked = 0;
    for (int i = 0; i < ratios.length; i++) {
      Order order = orders.order(i % CourseOrders.KINDS, "a-" + i, "alone");
      send(order.request()).join();
      awaitEnd(order.title(), 1);
      ratios[i] = seconds(order.title(), "j.finished_at") / model.chain(order.title());
    }
    for (; asked < firsts.length; asked++) {
      Order order = orders.order(0, "f-" + asked, "first");
      firsts[asked] = firstChapter(order);
      awaitEnd(order.title(), 1);
    }
    System.out.printf(
        "one course at a time: of its model's own chain %s times%n", Verdicts.rounded(ratios, 2));
    System.out.printf(
        "one topic at a time: first chapter readable after %s s%n", Verdicts.rounded(firsts, 1));
    verdicts.add(
        "course time over the model's own chain, one at a time (median)",
        Verdicts.median(ratios),
        GOAL_RATIO,
        false);
    verdicts.add(
        "first chapter of a topic, seconds, one at a time (worst)",
        Verdicts.max(firsts),
        GOAL_FIRST_SECONDS,
        false);
  }

  /** Seconds from the request to the first chapter read over HTTP. */
  private double firstChapter(Order order) {
    long begun = System.nanoTime();
    JsonObject accepted = new JsonObject(send(order.request()).join().body());
    HttpRequest content =
        HttpRequest.newBuilder(
                service.resolve("/api/v1/courses/" + accepted.getString("courseId") + "/content"))
            .header("X-User-Id", order.owner())
            .build();
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      HttpResponse<String> now = send(content).join();
      if (now.statusCode() == 200 && now.body().contains("\"contentMarkdown\":\"")) {
        return (System.nanoTime() - begun) / 1e9;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new IllegalStateException("no chapter of " + order.title());
  }

  private void uploads() throws Exception {
    double[] seconds = together(uploadOrders("u"));
    System.out.printf(
        "%d PDFs of %,d bytes uploaded at once, nothing else running: p50 %.2f s, slowest %.2f s%n",
        UPLOADS, orders.pdfBytes(), Verdicts.median(seconds), Verdicts.max(seconds));
    verdicts.add(
        "upload answered, seconds, 50 at once (slowest)",
        Verdicts.max(seconds),
        GOAL_UPLOAD_SECONDS,
        false);
    callOff("Course u-%");
  }

  /** What was only uploaded to see how long that takes is not to be made. */
  private void callOff(String titles) throws Exception {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (Row row :
        postgres
            .preparedQuery(
                "SELECT j.id, j.owner_id FROM course_job j JOIN course c ON c.id = j.course_id"
                    + " WHERE c.title LIKE $1 AND j.finished_at IS NULL")
            .execute(Tuple.of(titles))
            .await(10, TimeUnit.SECONDS)) {
      answers.add(
          http.sendAsync(
              HttpRequest.newBuilder(
                      service.resolve(
                          "/api/v1/course-jobs/" + row.getUUID("id") + "/cancel?discard=true"))
                  .header("X-User-Id", row.getString("owner_id"))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    answers.forEach(CompletableFuture::join);
  }

  private List<Order> uploadOrders(String name) {
    List<Order> files = new ArrayList<>();
    for (int i = 0; i < UPLOADS; i++) {
      files.add(orders.order(2, name + "-" + i, "teacher-" + i));
    }
    return files;
  }

  /** Sends all at the same moment; gives each one's seconds, sorted. */
  private double[] together(List<Order> all) {
    List<CompletableFuture<Double>> answers = new ArrayList<>();
    for (Order order : all) {
      long begun = System.nanoTime();
      answers.add(send(order.request()).thenApply(answer -> (System.nanoTime() - begun) / 1e9));
    }
    return answers.stream().mapToDouble(CompletableFuture::join).sorted().toArray();
  }

  private List<Order> orders(String name, int number) {
    List<Order> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(orders.order(i % CourseOrders.KINDS, name + i, "owner-" + i % OWNERS));
    }
    return all;
  }

  /**
   * Many jobs at once. Status reads come at the goal's rate from the first second to the last, so
   * that both goals are measured together.
   */
  private void batch() throws Exception {
    List<Order> all = orders("b-", jobs);
    if (STATEMENTS) {
      TopStatements.begin(postgres);
    }
    long from = System.nanoTime();
    Timeline timeline = STATEMENTS ? new Timeline(vertx, postgres) : null;
    double[] accepted = together(all);
    System.out.printf(
        "%d jobs at once: all accepted after %.1f s, p50 %.2f s%n",
        jobs, (System.nanoTime() - from) / 1e9, Verdicts.median(accepted));
    ProcessTimes times = ProcessTimes.now();
    Load.Steady reading = reads.begin("Course b-%");
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3)); // into the midst of it
    double[] uploads = together(uploadOrders("v"));
    System.out.printf(
        "%d PDFs uploaded at once while they run: p50 %.2f s, slowest %.2f s%n",
        UPLOADS, Verdicts.median(uploads), Verdicts.max(uploads));
    verdicts.add(
        "upload answered, seconds, 50 at once while jobs run (slowest)",
        Verdicts.max(uploads),
        GOAL_UPLOAD_SECONDS,
        false);
    callOff("Course v-%");
    int probes = quick ? 2 : 5;
    double[] firsts = new double[probes];
    double[] chains = new double[probes];
    for (int i = 0; i < probes; i++) {
      Order order = orders.order(0, "p-" + i, "probe-" + i);
      firsts[i] = firstChapter(order);
      chains[i] = model.chainToFirstLesson(order.title());
    }
    System.out.printf(
        "topics asked for while they run: first chapter readable after %s s; the model's own part"
            + " of it %s s%n",
        Verdicts.rounded(firsts, 1), Verdicts.rounded(chains, 1));
    verdicts.add(
        "first chapter of a topic, seconds, while jobs run (median)",
        Verdicts.median(firsts),
        GOAL_FIRST_SECONDS,
        false);
    awaitEnd("Course b-%", jobs);
    awaitEnd("Course p-%", probes);
    reads.end(reading, verdicts);
    double seconds = (System.nanoTime() - from) / 1e9;
    ProcessTimes now = ProcessTimes.now();
    System.out.printf(
        "processors busy all the while: %s; for a part: %s%n",
        now.share(times, seconds), now.since(times, parts()));
    outcome(jobs + probes, from);
    if (STATEMENTS) {
      timeline.close();
      TopStatements.print(postgres);
    }
  }

  /** More jobs, for the reads as fast as they can: no time of theirs is measured. */
  private void flood() throws Exception {
    together(orders("x-", 60));
    reads.flood("Course x-%", quick ? 3 : 5, verdicts);
    awaitEnd("Course x-%", 60);
  }

  private int parts() throws Exception {
    return postgres
        .query(
            "SELECT count(*)::int AS n FROM course_task t JOIN course c ON c.id = t.course_id WHERE"
                + " c.title ~ '^Course [bp]-' AND t.step = 'content'")
        .execute()
        .await(10, TimeUnit.SECONDS)
        .iterator()
        .next()
        .getInteger("n");
  }

  private void outcome(int sent, long from) throws Exception {
    Map<String, Long> states = new HashMap<>();
    double last = 0;
    for (Row row :
        postgres
            .query(
                "SELECT j.status, count(*) AS n, extract(epoch FROM max(j.finished_at) - (SELECT"
                    + " min(k.created_at) FROM course_job k JOIN course d ON d.id = k.course_id"
                    + " WHERE d.title LIKE 'Course b-%'))::float8 AS s FROM course_job j JOIN"
                    + " course c ON c.id = j.course_id WHERE c.title ~ '^Course [bp]-' GROUP BY"
                    + " j.status")
            .execute()
            .await(10, TimeUnit.SECONDS)) {
      states.put(row.getString("status"), row.getLong("n"));
      last = Math.max(last, row.getDouble("s"));
    }
    long byRules =
        postgres
            .query(
                "SELECT count(*) AS n FROM course_task t JOIN course c ON c.id = t.course_id WHERE"
                    + " c.title ~ '^Course [bp]-' AND t.output ->> 'author' = 'rules' AND t.step ="
                    + " 'content'")
            .execute()
            .await(10, TimeUnit.SECONDS)
            .iterator()
            .next()
            .getLong("n");
    int parts = parts();
    double busy = model.busySeconds(from);
    System.out.printf(
        "%d jobs ended after %.1f s: %s; %d of %d parts by rules; the model alone would have worked"
            + " %.1f s on them; refused by its limits: %d%n",
        sent, last, states, byRules, parts, busy, model.fake.refusedByLimit());
    System.out.println("calls of the model at a time, each 5 s: " + model.atATime(from));
    long finished = states.getOrDefault("completed", 0L) + states.getOrDefault("partial", 0L);
    verdicts.add("jobs that were not finished", sent - finished, 0, false);
    verdicts.add(
        "share of jobs completed with every part",
        states.getOrDefault("completed", 0L) / (double) sent,
        0.99,
        true);
    verdicts.add("time for all over the model's own time for all", last / busy, GOAL_RATIO, false);
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(
            answer -> {
              if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                    request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
              }
              return answer;
            });
  }

  private double seconds(String title, String until) throws Exception {
    return postgres
        .preparedQuery(
            "SELECT extract(epoch FROM "
                + until
                + " - j.created_at)::float8 AS s FROM course_job j JOIN course c ON c.id ="
                + " j.course_id WHERE c.title = $1")
        .execute(Tuple.of(title))
        .await(10, TimeUnit.SECONDS)
        .iterator()
        .next()
        .getDouble("s");
  }

  private void awaitEnd(String titles, int jobs) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    long ended = 0;
    while (System.nanoTime() < deadline) {
      ended =
          postgres
              .preparedQuery(
                  "SELECT count(*) AS n FROM course_job j JOIN course c ON c.id = j.course_id WHERE"
                      + " c.title LIKE $1 AND j.finished_at IS NOT NULL")
              .execute(Tuple.of(titles))
              .await(30, TimeUnit.SECONDS)
              .iterator()
              .next()
              .getLong("n");
      if (ended >= jobs) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    throw new IllegalStateException(
        "only " + ended + " of " + jobs + " jobs named " + titles + " ended in time");
  }
}
