package launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Start-up of the packed jar to its first "ready" with external databases, and resident memory then
 * and after a lesson; against a bare JVM that prints its version with the same jar.
 *
 * <p>Arguments: data folder, rounds (5).
 */
final class StartBench {
  private StartBench() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    try (SchoolFixture school = new SchoolFixture(folder)) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.put("LOG_LEVEL", "info");
      double[] bare = new double[rounds];
      double[] ready = new double[rounds];
      double[] idle = new double[rounds];
      double[] worked = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        long begun = System.nanoTime();
        NodeProcess.start(Map.of(), "version").awaitExit(java.time.Duration.ofSeconds(30));
        bare[round] = (System.nanoTime() - begun) / 1e6;
        begun = System.nanoTime();
        try (NodeProcess node = NodeProcess.start(environment, "serve")) {
          var url = node.awaitReady();
          ready[round] = (System.nanoTime() - begun) / 1e6;
          idle[round] = residentMegabytes(node.pid());
          long id = 100 + round;
          school.endClass(id, true);
          NodeProcess.await(
              url.resolve("/v1/exercises?class_id=" + id),
              r -> r.body().contains("\"count\":1"),
              java.time.Duration.ofSeconds(60));
          worked[round] = residentMegabytes(node.pid());
        }
      }
      System.out.printf(
          "start to ready, external databases, Java %s: median %.0f ms (bare jar \"version\": %.0f"
              + " ms, ratio %.1f)%n",
          Runtime.version(),
          PipelineBench.median(ready),
          PipelineBench.median(bare),
          PipelineBench.median(ready) / PipelineBench.median(bare));
      System.out.printf(
          "resident memory (-Xmx512m): %.0f MB when ready, %.0f MB after a lesson%n",
          PipelineBench.median(idle), PipelineBench.median(worked));
    }
    System.exit(0);
  }

  private static double residentMegabytes(long pid) throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IllegalStateException("no VmRSS for " + pid);
  }
}
