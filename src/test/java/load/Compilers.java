package load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The compiler's threads of the JVMs that this process has started, as Linux shows them. They run
 * at low priority, so what they still have to do they do for minutes under full load, and much of
 * it in a moment's rest.
 */
final class Compilers {
  /** Of one processor; below it what is left makes no difference to a measurement. */
  private static final double IDLE = 0.03;

  private static final long LOOK_MILLIS = 1_000;
  // USER_HZ of Linux on every platform that Java runs on
  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 11;

  private Compilers() {}

  /**
   * Waits until they have nothing to do, a second at least.
   *
   * @param mostSeconds so long at most
   * @return how many seconds that took; 0 where threads can't be looked at
   */
  static int awaitIdle(int mostSeconds) throws InterruptedException {
    double before = seconds();
    for (int second = 1; before >= 0 && second <= mostSeconds; second++) {
      Thread.sleep(LOOK_MILLIS);
      double now = seconds();
      if (now - before < IDLE * LOOK_MILLIS / 1e3) {
        return second;
      }
      before = now;
    }
    return before < 0 ? 0 : mostSeconds;
  }

  /** Processor seconds used so far; negative where threads can't be looked at. */
  static double seconds() {
    if (!Files.isDirectory(Path.of("/proc/self/task"))) {
      return -1;
    }
    return ProcessHandle.current()
        .descendants()
        .mapToDouble(process -> seconds(Path.of("/proc/" + process.pid() + "/task")))
        .sum();
  }

  private static double seconds(Path threads) {
    try (Stream<Path> all = Files.list(threads)) {
      return all.mapToDouble(Compilers::ofThread).sum();
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  private static double ofThread(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      if (!name.startsWith("C1 CompilerThre") && !name.startsWith("C2 CompilerThre")) {
        return 0;
      }
      String stat = Files.readString(thread.resolve("stat"));
      // the name before it is in brackets and may hold blanks
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
          / TICKS_A_SECOND;
    } catch (IOException ended) {
      return 0;
    }
  }
}
