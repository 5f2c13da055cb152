package load;

import databases.DataFolder;
import databases.Databases;
import databases.EmbeddedServers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import launch.Node;
import launch.NodeProcess;
import settings.Settings;

/**
 * The games under load: a mix of all endpoints and each of them alone, next to a bare Vert.x
 * handler that sends the same statements and writes the same bytes. Service, bare handler, load and
 * databases are processes of their own on this machine.
 *
 * <p>Arguments: mix, data folder, seconds a measurement (5), {@code mix} to leave out single
 * endpoints.
 */
final class GamesBench {
  private static final int STUDENTS = 30;
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 5;
  private static final int ANSWERS_TAPED = 40;
  private static final int WARM_UP_SECONDS = 5;
  private static final int LEAST_WARM_UPS = 12;
  private static final int MOST_WARM_UPS = 48;
  private static final double SETTLING_SECONDS = 5;
  private static final double COMPILED_SHARE = 0.02;
  private static final int COMPILED_ROUNDS = 3;
  private static final int MOST_REST_SECONDS = 20;
  private static final int STEADY_WINDOWS = 5;
  private static final double STEADY_SHARE = 0.7;
  private static final double HALF = 0.5;
  private static final double GOAL_RATIO = 0.80;
  private static final double GOAL_P99_MILLIS = 10;
  private static final double GOAL_READS = 5_000;

  private static final int DISK_WRITES = 2_000;
  private static final int DISK_BYTES = 512;

  private final List<Step> steps;
  private final Path folder;
  private final double seconds;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Random random = new Random(30);
  private final Map<Integer, List<Integer>> tapes = new HashMap<>();
  private final Map<Integer, Integer> statements = new HashMap<>();
  private List<Student> students;
  private List<Student> bareStudents;
  private SchoolClass ourClass;
  private SchoolClass bareClass;
  private Pool mysql;
  private Load ours;
  private Load bare;

  private GamesBench(List<Step> steps, Path folder, double seconds) {
    this.steps = steps;
    this.folder = folder;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    // also when it is interrupted: nothing it started stays behind
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    Path folder = Path.of(args[1]);
    double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 5;
    boolean alone = args.length < 4 || !args[3].equals("mix");
    try {
      new GamesBench(Step.read(Path.of(args[0])), folder, seconds).run(alone);
    } catch (Exception | AssertionError failure) {
      failure.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(boolean alone) throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "DATA_DIR", folder.resolve("databases").toString(),
                "HTTP_PORT", "0",
                "LOG_LEVEL", "info",
                "AUTH_MODE", "compat",
                "VERTICLES", "GameHttp",
                "HTTP_RATE_LIMITS_ENABLED", "false"));
    Settings settings = Node.loadSettings(Optional.empty(), environment, Map.of());
    telemetry.Logging.configure(new Settings.Log("warn", false));
    try (DataFolder data = DataFolder.open(settings.dataDir());
        EmbeddedServers servers = EmbeddedServers.start(data, settings)) {
      environment.putAll(addresses(servers.settings()));
      environment.put("DATA_DIR", folder.resolve("service").toString());
      try (NodeProcess service =
          NodeProcess.withOptions(environment, NodeProcess.LAUNCHER_OPTIONS, "serve")) {
        URI url = service.awaitReady();
        Databases databases = Databases.open(vertx, servers.settings()).await(1, TimeUnit.MINUTES);
        mysql = databases.mysql();
        students = new School(url).students(STUDENTS, mysql);
        bareStudents = students.stream().map(student -> new Student(student.id)).toList();
        ourClass = new SchoolClass(steps, students, random, this::request);
        bareClass = new SchoolClass(steps, bareStudents, random, this::repetition);
        Path file = folder.resolve("tapes.json");
        record(servers.settings(), databases, file);
        environment.put("DATA_DIR", folder.resolve("bare").toString());
        int loops = Runtime.getRuntime().availableProcessors();
        try (NodeProcess bareService =
            NodeProcess.withOptions(
                environment,
                NodeProcess.LAUNCHER_OPTIONS,
                BareServer.class,
                file.toString(),
                Integer.toString(loops))) {
          ours = new Load(vertx, url.getPort(), CONNECTIONS);
          bare = new Load(vertx, bareService.awaitReady().getPort(), CONNECTIONS);
          measure(alone);
        }
      }
    }
  }

  static Map<String, String> addresses(Settings settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MYSQL_HOST", settings.mysql().host().orElseThrow());
    environment.put("MYSQL_PORT", Integer.toString(settings.mysql().port()));
    environment.put("MYSQL_USER", settings.mysql().user());
    settings.mysql().password().ifPresent(p -> environment.put("MYSQL_PASSWORD", p.reveal()));
    environment.put("MYSQL_DATABASE", settings.mysql().database());
    environment.put(
        "DATABASE_URL",
        "postgresql://"
            + settings.postgres().user()
            + "@"
            + settings.postgres().host().orElseThrow()
            + ":"
            + settings.postgres().port()
            + "/"
            + settings.postgres().database());
    settings.postgres().password().ifPresent(p -> environment.put("POSTGRES_PASSWORD", p.reveal()));
    return environment;
  }

  /** Each step by each student. */
  private void record(Settings settings, Databases databases, Path file) throws Exception {
    Recorder recorder = new Recorder(vertx, settings, databases);
    JsonArray all = new JsonArray();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).takes() == null) {
        order.add(i);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).takes() != null) {
        order.add(i);
      }
    }
    for (int index : order) {
      Step step = steps.get(index);
      List<Integer> tracks = new ArrayList<>();
      int most = 0;
      for (Student student : students) {
        for (int take = 0; take < takes(step); take++) {
          JsonObject tape = recorder.record(student.request(step, random));
          most = Math.max(most, tape.getJsonArray("statements").size());
          if (step.makes() != null) {
            student.made(step.makes(), made(tape));
          }
          tracks.add(all.size());
          all.add(tape);
        }
      }
      tapes.put(index, tracks);
      statements.put(index, most);
    }
    recorder.close();
    Files.writeString(file, all.encode());
  }

  /**
   * How often a step is taped for each student: answers as often as it takes to touch the rows that
   * a class touches, since an item's first mistake makes a row and its last one removes it.
   */
  private static int takes(Step step) {
    if (step.operation().startsWith("record")) {
      return ANSWERS_TAPED;
    }
    return step.read() || step.takes() != null ? 1 : 3;
  }

  private static String made(JsonObject tape) {
    return tape.getJsonArray("headers").stream()
        .map(JsonArray.class::cast)
        .filter(header -> header.getString(0).equalsIgnoreCase("location"))
        .map(header -> header.getString(1).substring(header.getString(1).lastIndexOf('/') + 1))
        .findFirst()
        .orElseThrow();
  }

  private void measure(boolean alone) throws IOException, InterruptedException {
    System.out.printf(
        "games: %d students, %d connections, %.0f s a measurement, %d processors, Java %s%n",
        STUDENTS,
        CONNECTIONS,
        seconds,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    Predicate<Step> mixed = step -> step.weight() > 0;
    disk();
    warmUp("service", ours, service(mixed));
    warmUp("bare handler", bare, bareRequests(mixed));

    double[] mix = rounds("mix of all endpoints", mixed);
    double[] reads = rounds("mix of the reads", mixed.and(Step::read));
    double steady = steadily(mixed, STEADY_SHARE);
    steadily(mixed, HALF);
    // what the mix has changed is read again, and kept, before it is measured
    ours.closed(service(mixed.and(Step::read)), SETTLING_SECONDS);
    double readLoad = STEADY_SHARE * ours.closed(service(mixed.and(Step::read)), seconds).rate();
    Load.Outcome reading = ours.open(service(mixed.and(Step::read)), readLoad, 3 * seconds);
    System.out.printf(
        "reads alone at 70 %% of theirs, %,.0f requests/s: p50 %.1f ms, p99 %.1f ms%s%n",
        readLoad, reading.millis(0.5), reading.millis(0.99), failures(reading));

    if (alone) {
      System.out.printf(
          "%n%-26s %5s %9s %9s %6s %8s %8s  %s%n",
          "operation", "trips", "ours/s", "bare/s", "ratio", "p50 ms", "p99 ms", "CPU a request");
      steps.forEach(this::alone);
    }
    System.out.println();
    verdict("share of a bare handler's throughput, mix", mix[2], GOAL_RATIO, true);
    verdict("p99 in ms at 70 % load, mix", steady, GOAL_P99_MILLIS, false);
    verdict("reads a second", reads[0], GOAL_READS, true);
  }

  /** What a commit waits for, whoever commits: a few bytes written and forced to the disk. */
  private void disk() throws IOException {
    Path file = folder.resolve("disk");
    double[] millis = new double[DISK_WRITES];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(DISK_WRITES * DISK_BYTES));
      channel.force(true);
      for (int i = 0; i < DISK_WRITES; i++) {
        channel.write(ByteBuffer.allocate(DISK_BYTES), (long) i * DISK_BYTES);
        long begun = System.nanoTime();
        channel.force(false);
        millis[i] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Files.delete(file);
    Arrays.sort(millis);
    System.out.printf(
        "forcing %d bytes to the disk, nothing else running: p50 %.1f ms, p99 %.1f ms, longest %.1f"
            + " ms%n",
        DISK_BYTES,
        millis[DISK_WRITES / 2],
        millis[DISK_WRITES * 99 / 100],
        millis[DISK_WRITES - 1]);
  }

  /**
   * Plays until it gets no faster and the compiler has nothing more to do, with rests in which it
   * catches up: some sixty operations take it a while, what it does meanwhile is no part of a
   * request, and at 70 % of the highest load a tenth of a second of it is what p99 consists of.
   */
  private static void warmUp(String what, Load load, Supplier<Load.Job> jobs)
      throws InterruptedException {
    List<Long> rates = new ArrayList<>();
    double best = 0;
    int noFaster = 0;
    int compiled = 0;
    int rest = 0;
    while (rates.size() < LEAST_WARM_UPS
        || (noFaster < 3 || compiled < COMPILED_ROUNDS) && rates.size() < MOST_WARM_UPS) {
      double compiling = Compilers.seconds();
      double rate = load.closed(jobs, WARM_UP_SECONDS).rate();
      boolean idle = Compilers.seconds() - compiling < COMPILED_SHARE * WARM_UP_SECONDS;
      compiled = idle ? compiled + 1 : 0;
      noFaster = rate > 1.05 * best ? 0 : noFaster + 1;
      best = Math.max(best, rate);
      rates.add(Math.round(rate));
      rest += Compilers.awaitIdle(MOST_REST_SECONDS);
    }
    System.out.printf(
        "warming up the %s, %d s each: %s/s; rests of %d s in all%n",
        what, WARM_UP_SECONDS, rates, rest);
  }

  /**
   * Service and bare handler by turns, since shared machines drift.
   *
   * @return medians of the service's rate, the bare handler's, and their ratio
   */
  private double[] rounds(String what, Predicate<Step> wanted) {
    double[][] values = new double[3][ROUNDS];
    Effort mine = new Effort();
    Effort theirs = new Effort();
    // One that does not count: connections that were idle while the other one had its turn are
    // opened anew, and each prepares its statements again.
    ours.closed(service(wanted), SETTLING_SECONDS);
    bare.closed(bareRequests(wanted), SETTLING_SECONDS);
    for (int round = 0; round < ROUNDS; round++) {
      // the same steps in the same order for both, or chance gives one of them the dear ones
      random.setSeed(round);
      values[0][round] = mine.of(() -> ours.closed(service(wanted), seconds)).rate();
      random.setSeed(round);
      values[1][round] = theirs.of(() -> bare.closed(bareRequests(wanted), seconds)).rate();
      values[2][round] = values[0][round] / values[1][round];
    }
    double[] medians = Arrays.stream(values).mapToDouble(GamesBench::median).toArray();
    System.out.printf(
        "%s: %,.0f/s, bare handler %,.0f/s, ratio %.2f (of %s)%s%n",
        what,
        medians[0],
        medians[1],
        medians[2],
        rounded(values[2], 100),
        mine.failures + theirs.failures);
    System.out.printf(
        "  CPU a request: %s (of which compiling %.0f us)%n    with the bare handler: %s%n",
        ProcessTimes.each(mine.times, mine.requests),
        mine.compiling(),
        ProcessTimes.each(theirs.times, theirs.requests));
    System.out.printf(
        "  MariaDB's work for a request: %s%n    with the bare handler: %s%n",
        mine.work.each(mine.requests, "%s %.2f", 0),
        theirs.work.each(theirs.requests, "%s %.2f", 0));
    return medians;
  }

  /** What the rounds of one of the two took in all. */
  private final class Effort {
    private Counts times = Counts.NONE;
    private Counts work = Counts.NONE;
    private double compiled;
    private int requests;
    private String failures = "";

    Load.Outcome of(Supplier<Load.Outcome> round) {
      Counts worked = DatabaseWork.now(mysql);
      Counts begun = ProcessTimes.now().micros();
      double compiling = Compilers.seconds();
      Load.Outcome outcome = round.get();
      compiled += Compilers.seconds() - compiling;
      times = times.plus(ProcessTimes.now().micros().minus(begun));
      work = work.plus(DatabaseWork.now(mysql).minus(worked));
      requests += outcome.micros().length;
      failures += GamesBench.failures(outcome);
      return outcome;
    }

    double compiling() {
      return 1e6 * compiled / Math.max(1, requests);
    }
  }

  /**
   * At loads that leave room: what a request takes then, and what the bare handler takes at the
   * same load and at as large a share of its own. Several windows by turns, all of them printed: a
   * tenth of a second in which the machine does something else is the p99 of a window. The highest
   * load is measured anew for each, since a shared machine does half as much again in one minute as
   * in another, and 70 % of what it did then may be more than it can do now.
   *
   * @param share of the highest load, below 1
   * @return the service's p99 in ms, the median of its windows
   */
  private double steadily(Predicate<Step> wanted, double share) {
    Windows mine = new Windows();
    Windows theirs = new Windows();
    Windows full = new Windows();
    Windows even = new Windows();
    Windows theirsEven = new Windows();
    for (int window = 0; window < STEADY_WINDOWS; window++) {
      double load = share * ours.closed(service(wanted), seconds).rate();
      mine.add(load, () -> ours.open(service(wanted), load, 2 * seconds));
      even.add(load, () -> ours.openEvenly(service(wanted), load, 2 * seconds));
      double theirLoad = share * bare.closed(bareRequests(wanted), seconds).rate();
      theirs.add(load, () -> bare.open(bareRequests(wanted), load, 2 * seconds));
      theirsEven.add(load, () -> bare.openEvenly(bareRequests(wanted), load, 2 * seconds));
      full.add(theirLoad, () -> bare.open(bareRequests(wanted), theirLoad, 2 * seconds));
    }
    System.out.printf("at %.0f %% of the highest load, %s%n", 100 * share, mine);
    System.out.printf("  evenly spaced, %s%n", even);
    System.out.printf("  bare handler at the same load, %s%n", theirs);
    System.out.printf("  bare handler evenly spaced, %s%n", theirsEven);
    System.out.printf("  bare handler at as large a share of its own, %s%n", full);
    return mine.p99();
  }

  private void alone(Step step) {
    if (step.needs() != null) {
      // what it needs is made first, and the measurement ends when it is used up
      ours.closed(service(ourClass.maker(step.needs())::equals), seconds);
      bare.closed(bareRequests(ourClass.maker(step.needs())::equals), seconds);
    }
    ProcessTimes begun = ProcessTimes.now();
    Load.Outcome mine = ours.closed(service(step::equals), seconds);
    String cpu = ProcessTimes.now().since(begun, mine.micros().length);
    Load.Outcome theirs = bare.closed(bareRequests(step::equals), seconds);
    System.out.printf(
        "%-26s %5d %,9.0f %,9.0f %6.2f %8.1f %8.1f  %s%s%n",
        step.operation(),
        statements.get(steps.indexOf(step)),
        mine.rate(),
        theirs.rate(),
        mine.rate() / theirs.rate(),
        mine.millis(0.5),
        mine.millis(0.99),
        cpu,
        failures(mine) + failures(theirs));
  }

  static String failures(Load.Outcome outcome) {
    return outcome.failed() == 0 ? "" : "  NOT ALL ANSWERED WELL: " + outcome.statuses();
  }

  private static void verdict(String what, double measured, double goal, boolean atLeast) {
    boolean reached = atLeast ? measured >= goal : measured <= goal;
    System.out.printf(
        "%s: %,.2f, goal %s %,.2f: %s%n",
        what, measured, atLeast ? "at least" : "at most", goal, reached ? "passed" : "MISSED");
  }

  static String rounded(double[] values, double unit) {
    return Arrays.toString(
        Arrays.stream(values).map(value -> Math.round(value * unit) / unit).toArray());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private Supplier<Load.Job> service(Predicate<Step> wanted) {
    return ourClass.jobs(wanted);
  }

  private Supplier<Load.Job> bareRequests(Predicate<Step> wanted) {
    return bareClass.jobs(wanted);
  }

  private String request(Step step, int student) {
    Student.Request request = students.get(student).request(step, random);
    return request.head(request.path());
  }

  /** A tape of this student's, for what the bare handler's student plays on or uses up. */
  private String repetition(Step step, int student) {
    List<Integer> tracks = tapes.get(steps.indexOf(step));
    int each = tracks.size() / bareStudents.size();
    int track = tracks.get(student * each + random.nextInt(each));
    String used = bareStudents.get(student).next(step);
    // the same number of bytes in, roughly: the template is as long as what it becomes
    return new Student.Request(step, step.path(), step.body(), used, "student-00")
        .head("/" + track + (used == null ? "" : "/" + used));
  }
}
