package zoom;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Holds changes back until the files are quiet, so that who hears of them finds them settled.
 * Bounded: of more files than it holds it only remembers that anything may have changed. For one
 * thread.
 */
final class PendingChanges {
  private static final int MAX_PENDING = 5_000;
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * In a storm of events there is no quiet: after so many quiet times it is said early, and again
   * after the storm.
   */
  private static final int STORM = 10;

  private final long quietNanos;
  private final Map<String, Long> files = new HashMap<>();
  private boolean lost;
  private long lostSince;
  private long lostAt;

  PendingChanges(Duration quiet) {
    this.quietNanos = quiet.toNanos() + MARGIN_NANOS;
  }

  /**
   * @param file relative to the watched folder
   */
  void add(String file) {
    if (files.size() >= MAX_PENDING && !files.containsKey(file)) {
      files.clear();
      lose();
    }
    files.put(file, System.nanoTime());
  }

  /** Events were lost: anything may have changed just now. */
  void lose() {
    lostAt = System.nanoTime();
    lostSince = lost ? lostSince : lostAt;
    lost = true;
  }

  /** How long until {@link #due} may have something, at most {@code longest}; 0 when it has. */
  long waitNanos(long longest) {
    long now = System.nanoTime();
    long wait = lost ? Math.min(longest, lostAt + quietNanos - now) : longest;
    for (long changed : files.values()) {
      wait = Math.min(wait, changed + quietNanos - now);
    }
    return Math.max(0, wait);
  }

  /** What is quiet by now; forgotten here with the answer. */
  Optional<FolderWatch.Change> due() {
    long now = System.nanoTime();
    Set<String> ready = new HashSet<>();
    Iterator<Map.Entry<String, Long>> entries = files.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Long> entry = entries.next();
      if (now - entry.getValue() >= quietNanos) {
        ready.add(entry.getKey());
        entries.remove();
      }
    }
    boolean quiet = lost && now - lostAt >= quietNanos;
    boolean storm = lost && now - lostSince >= STORM * quietNanos;
    if (!quiet && !storm && ready.isEmpty()) {
      return Optional.empty();
    }
    lost &= !quiet;
    lostSince = storm ? now : lostSince;
    return Optional.of(new FolderWatch.Change(ready, quiet || storm));
  }
}
