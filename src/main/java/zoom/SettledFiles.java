package zoom;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows when a file has stopped growing: its last change is {@code settle} ago, or, where the
 * file's clock cannot be trusted (a network mount ahead of us), it has looked the same for so long.
 */
final class SettledFiles {
  private static final int MAX_REMEMBERED = 10_000;

  private final Duration settle;
  private final Clock clock;
  private final Map<Path, Seen> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Seen> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private record Seen(long size, long changedMillis, long sinceMillis) {}

  SettledFiles(Duration settle, Clock clock) {
    this.settle = settle;
    this.clock = clock;
  }

  synchronized boolean isSettled(Path file, BasicFileAttributes attributes) {
    long now = clock.millis();
    long changed = attributes.lastModifiedTime().toMillis();
    if (now - changed >= settle.toMillis()) {
      seen.remove(file);
      return true;
    }
    Seen before = seen.get(file);
    if (before == null || before.size() != attributes.size() || before.changedMillis() != changed) {
      seen.remove(file);
      seen.put(file, new Seen(attributes.size(), changed, now));
      return settle.isZero();
    }
    return now - before.sinceMillis() >= settle.toMillis();
  }
}
