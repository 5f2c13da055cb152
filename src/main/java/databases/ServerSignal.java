package databases;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What a server process is told; Java itself can send only TERM and KILL. */
enum ServerSignal {
  /** PostgreSQL: stop now, without waiting for clients. */
  INT,
  /** MariaDB: stop. */
  TERM,
  /** The kernel ends it at once; the next start recovers from the log. */
  KILL;

  private static final long LIMIT_SECONDS = 5;

  /** Sends it; a process that is gone already is no error. */
  void send(long pid) {
    try {
      // The shell's own kill: a program of that name is missing on slim systems.
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      ProcessHandle.of(pid)
          .ifPresent(this == KILL ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
