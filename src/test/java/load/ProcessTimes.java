package load;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The CPU time that this process and those it started have used so far, by name. */
final class ProcessTimes {
  private final Map<String, Duration> used;

  private ProcessTimes(Map<String, Duration> used) {
    this.used = used;
  }

  static ProcessTimes now() {
    Map<String, Duration> used = new TreeMap<>();
    ProcessHandle self = ProcessHandle.current();
    used.put("load", self.info().totalCpuDuration().orElse(Duration.ZERO));
    self.descendants()
        .forEach(
            process ->
                used.merge(
                    name(process),
                    process.info().totalCpuDuration().orElse(Duration.ZERO),
                    Duration::plus));
    return new ProcessTimes(used);
  }

  private static String name(ProcessHandle process) {
    String command = process.info().command().orElse("other");
    String program = command.substring(command.lastIndexOf('/') + 1);
    if (!program.equals("java")) {
      return program;
    }
    return process.info().commandLine().orElse("").contains("load.Bare") ? "bare" : "service";
  }

  /** How many processors each process kept busy on average, over so many seconds. */
  String share(ProcessTimes earlier, double seconds) {
    return used.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%s %.2f",
                    entry.getKey(),
                    entry
                            .getValue()
                            .minus(earlier.used.getOrDefault(entry.getKey(), Duration.ZERO))
                            .toNanos()
                        / 1e9
                        / seconds))
        .collect(Collectors.joining(", "));
  }

  /** Microseconds of each process for one of so many requests; those below one are left out. */
  String since(ProcessTimes earlier, int requests) {
    return each(micros().minus(earlier.micros()), requests);
  }

  /** Microseconds of each process. */
  Counts micros() {
    Map<String, Double> micros = new TreeMap<>();
    used.forEach((name, time) -> micros.put(name, time.toNanos() / 1e3));
    return new Counts(micros);
  }

  /** As {@link #since}, of {@link #micros}. */
  static String each(Counts micros, int requests) {
    return micros.each(requests, "%s %.0f us", 1);
  }
}
