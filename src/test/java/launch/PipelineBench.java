package launch;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole pipeline by rules on embedded databases: lessons an hour, and the time from a class
 * row's change to exercises readable over HTTP. The same lesson through the generator alone, in the
 * same run, is the baseline: what the ratio is above 1 is the pipeline's own.
 *
 * <p>Arguments: data folder, lessons for throughput (200), lessons for latency (80).
 */
final class PipelineBench {
  private static final int ROUNDS = 3;

  private PipelineBench() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int many = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    int few = args.length > 2 ? Integer.parseInt(args[2]) : 80;
    Map<String, String> environment =
        new HashMap<>(Map.of("DATA_DIR", folder.toString(), "HTTP_PORT", "0", "LOG_LEVEL", "warn"));
    var settings = Node.loadSettings(Optional.empty(), environment, Map.of());
    telemetry.Logging.configure(settings.log());
    Node node = Node.create(settings);
    node.start().await(5, TimeUnit.MINUTES);
    try {
      Bench bench = new Bench(node);
      bench.prepare();
      bench.throughput(20);
      System.out.printf(
          "%nlesson: %d words; %d processors; Java %s%n",
          bench.words(), Runtime.getRuntime().availableProcessors(), Runtime.version());
      double[] rates = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        rates[round] = bench.throughput(many);
      }
      double alone = bench.generatorAlone(50);
      double ceiling = 3600 / alone * Runtime.getRuntime().availableProcessors();
      System.out.printf(
          "lessons an hour, whole pipeline: median %,.0f of %s%n",
          median(rates), Arrays.toString(Arrays.stream(rates).mapToLong(Math::round).toArray()));
      System.out.printf(
          "baseline: reading and generating alone %.1f ms CPU a lesson, so %,.0f an hour on all"
              + " processors; ratio %.2f%n",
          alone * 1000, ceiling, median(rates) / ceiling);
      bench.latency(few);
    } finally {
      node.stop().await(1, TimeUnit.MINUTES);
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static final class Bench {
    private static final String TIME = "lessonweave_stage_seconds_sum";
    private static final String CPU = "lessonweave_stage_cpu_seconds";

    private final Node node;
    private final String lesson;
    private long teacher;
    private int minute;

    Bench(Node node) throws Exception {
      this.node = node;
      try (var in = PipelineBench.class.getResourceAsStream("/demo/lesson.vtt")) {
        lesson = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      }
    }

    int words() {
      return lesson.split("\\s+").length;
    }

    void prepare() throws Exception {
      teacher =
          node.databases()
              .mysql()
              .query("INSERT INTO users (email) VALUES ('bench@school.example')")
              .execute()
              .await(10, TimeUnit.SECONDS)
              .property(io.vertx.mysqlclient.MySQLClient.LAST_INSERTED_ID);
    }

    private long liveClass() throws Exception {
      LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(minute++);
      long id =
          node.databases()
              .mysql()
              .preparedQuery(
                  "INSERT INTO classes (student_id, teacher_id, meeting_start, meeting_end, status)"
                      + " VALUES (7, ?, ?, ?, 'live')")
              .execute(Tuple.of(teacher, start, start.plusMinutes(30)))
              .await(10, TimeUnit.SECONDS)
              .property(io.vertx.mysqlclient.MySQLClient.LAST_INSERTED_ID);
      Path file = node.settings().recordings().folder().resolve(id + ".vtt");
      Files.writeString(file, lesson);
      Files.setLastModifiedTime(
          file, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(3600)));
      return id;
    }

    /**
     * @return lessons an hour
     */
    double throughput(int count) throws Exception {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ids.add(liveClass());
      }
      long before = completed();
      long begun = System.nanoTime();
      node.databases()
          .mysql()
          .query("UPDATE classes SET status = 'ended' WHERE status = 'live'")
          .execute()
          .await(10, TimeUnit.SECONDS);
      long deadline = begun + TimeUnit.MINUTES.toNanos(10);
      while (completed() - before < count) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "not done within 10 minutes: " + (completed() - before) + " of " + count);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      return count / ((System.nanoTime() - begun) / 1e9) * 3600;
    }

    private long completed() throws Exception {
      return node.databases()
          .postgres()
          .query("SELECT count(*) FROM zoom_summaries WHERE status = 'completed'")
          .execute()
          .await(10, TimeUnit.SECONDS)
          .iterator()
          .next()
          .getLong(0);
    }

    /**
     * @return CPU seconds a lesson, on one warm thread
     */
    double generatorAlone(int count) {
      var models = exercises.language.NlpModels.load();
      var generator = new exercises.rulebased.RuleBasedGenerator(models);
      var threads = ManagementFactory.getThreadMXBean();
      double[] seconds = new double[count];
      for (int i = -10; i < count; i++) {
        long begun = threads.getCurrentThreadCpuTime();
        var transcript =
            transcripts.TranscriptReader.read(
                lesson,
                transcripts.SpeakerHints.NONE,
                transcripts.Limits.of(node.settings().transcripts()));
        generator
            .generate(
                new exercises.understanding.LessonMaterial(
                    "bench-" + i, 1, "he", transcript.utterances(), transcript.text().length()))
            .toJson();
        if (i >= 0) {
          seconds[i] = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
        }
      }
      return median(seconds);
    }

    /**
     * @return milliseconds from the class row's change to exercises over HTTP
     */
    private double lesson() throws Exception {
      long id = liveClass();
      URI exercises = URI.create(node.url() + "/v1/exercises?class_id=" + id);
      long begun = System.nanoTime();
      node.databases()
          .mysql()
          .preparedQuery("UPDATE classes SET status = 'ended' WHERE id = ?")
          .execute(Tuple.of(id))
          .await(10, TimeUnit.SECONDS);
      while (new JsonObject(NodeProcess.get(exercises).body()).getInteger("count", 0) == 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4));
      }
      return (System.nanoTime() - begun) / 1e6;
    }

    void latency(int count) throws Exception {
      // The monitor has gone quiet by now, and looks once in monitor.poll-max until classes end
      // again.
      System.out.printf(
          "first lesson after a quiet while: %.0f ms, of it up to %d ms until the next look%n",
          lesson(), node.settings().monitor().pollMax().toMillis());
      double[] millis = new double[count];
      String before = NodeProcess.get(URI.create(node.url() + "/metrics")).body();
      for (int i = 0; i < count; i++) {
        millis[i] = lesson();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      String after = NodeProcess.get(URI.create(node.url() + "/metrics")).body();
      for (String stage : List.of("fetch", "transcribe", "generate")) {
        System.out.printf(
            "  mean of stage %s, claim to stored: %.1f ms, of it CPU of the NLP: %.1f ms%n",
            stage,
            (sum(after, TIME, stage) - sum(before, TIME, stage)) * 1000 / count,
            (sum(after, CPU, stage) - sum(before, CPU, stage)) * 1000 / count);
      }
      double nlp = 0;
      for (String stage : List.of("transcribe", "generate")) {
        nlp += (sum(after, CPU, stage) - sum(before, CPU, stage)) / count;
      }
      Arrays.sort(millis);
      double p50 = millis[count / 2];
      double p99 = millis[Math.min(count - 1, (int) Math.ceil(count * 0.99) - 1)];
      System.out.printf(
          "class row changed to exercises over HTTP, %d lessons one by one: p50 %.0f ms, p99 %.0f"
              + " ms; without the NLP's own %.0f ms of CPU: p50 %.0f ms, p99 %.0f ms%n",
          count, p50, p99, nlp * 1000, p50 - nlp * 1000, p99 - nlp * 1000);
    }

    private static double sum(String metrics, String name, String stage) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(name) && line.contains("stage=\"" + stage + "\""))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }
}
