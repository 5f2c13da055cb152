package zoom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zoom.FolderWatch.Change;

class FolderWatchTest {
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path temp;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

  private FolderWatch watch(Path folder, Duration quiet, Duration rescan) throws Exception {
    return FolderWatch.start(folder, quiet, rescan, changes::add);
  }

  /** The first change that reports the file; events of creation and writing may come apart. */
  private Change next(String file) throws Exception {
    Change change = changes.poll(20, TimeUnit.SECONDS);
    while (change != null && !change.files().contains(file)) {
      change = changes.poll(20, TimeUnit.SECONDS);
    }
    assertThat(change).as("a change of %s", file).isNotNull();
    return change;
  }

  @Test
  void makesTheFolderAndReportsAFileOnceQuiet() throws Exception {
    Path folder = temp.resolve("a/b");
    try (FolderWatch watch = watch(folder, QUIET, LONG)) {
      assertThat(watch.isWatching()).isTrue();
      long before = System.nanoTime();
      Files.writeString(folder.resolve("12.vtt"), "WEBVTT");
      Change change = next("12.vtt");
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(QUIET.toNanos());
      assertThat(change.everything()).isFalse();
      assertThat(change.mayConcern("12")).isTrue();
      assertThat(change.mayConcern("1")).isFalse();
      assertThat(change.mayConcern("123")).isFalse();
    }
  }

  @Test
  void reportsRenamesIntoPlaceAndIgnoresOtherFiles() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("folder"));
    Path part = Files.writeString(temp.resolve("12.part"), "WEBVTT");
    try (FolderWatch watch = watch(folder, QUIET, LONG)) {
      Files.writeString(folder.resolve("video.zoom"), "x");
      Files.move(part, folder.resolve("12.vtt"));
      assertThat(next("12.vtt").files()).containsExactly("12.vtt");
    }
  }

  @Test
  void reportsFilesInFoldersOldAndNew() throws Exception {
    Path old = Files.createDirectories(temp.resolve("2026-02-03 16.00.00 Old 12345678901"));
    try (FolderWatch watch = watch(temp, QUIET, LONG)) {
      Files.writeString(old.resolve("closed_caption.txt"), "x");
      Change change = next("2026-02-03 16.00.00 Old 12345678901/closed_caption.txt");
      assertThat(change.mayConcern("anything")).isTrue();
      Path fresh = Files.createDirectory(temp.resolve("2026-02-03 17.00.00 New 12345678901"));
      Files.writeString(fresh.resolve("closed_caption.txt"), "x");
      next("2026-02-03 17.00.00 New 12345678901/closed_caption.txt");
    }
  }

  @Test
  void aFileThatKeepsGrowingIsReportedWhenItStops() throws Exception {
    Duration quiet = Duration.ofMillis(1_500);
    try (FolderWatch watch = watch(temp, quiet, LONG)) {
      Path file = temp.resolve("12.vtt");
      long lastWrite = 0;
      for (int i = 0; i < 5; i++) {
        Files.writeString(file, "x".repeat(i + 1));
        lastWrite = System.nanoTime();
        // waits on the queue: nothing may come while it grows
        assertThat(changes.poll(60, TimeUnit.MILLISECONDS)).isNull();
      }
      next("12.vtt");
      assertThat(System.nanoTime() - lastWrite)
          .isGreaterThanOrEqualTo(quiet.toNanos() - TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  @Test
  void moreFilesThanTheQueueHoldsEndInEverything() throws Exception {
    try (FolderWatch watch = watch(temp, QUIET, LONG)) {
      for (int i = 0; i < 12_000; i++) {
        Files.createFile(temp.resolve(i + ".vtt"));
      }
      Change change = changes.poll(20, TimeUnit.SECONDS);
      while (change != null && !change.everything() && !change.files().contains("11999.vtt")) {
        change = changes.poll(20, TimeUnit.SECONDS);
      }
      assertThat(change).isNotNull();
      assertThat(change.mayConcern("11999")).isTrue();
    }
  }

  @Test
  void aFolderThatVanishesIsMadeAndWatchedAgain() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("folder"));
    try (FolderWatch watch = watch(folder, QUIET, Duration.ofMillis(100))) {
      Files.delete(folder);
      Change change = changes.poll(20, TimeUnit.SECONDS);
      while (change != null && !change.everything()) {
        change = changes.poll(20, TimeUnit.SECONDS);
      }
      assertThat(change).isNotNull();
      assertThat(folder).isDirectory();
      Files.writeString(folder.resolve("12.vtt"), "x");
      next("12.vtt");
    }
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheWatch() throws Exception {
    CountDownLatch thrown = new CountDownLatch(1);
    try (FolderWatch watch =
        FolderWatch.start(
            temp,
            QUIET,
            LONG,
            change -> {
              if (thrown.getCount() > 0) {
                thrown.countDown();
                throw new IllegalStateException("test");
              }
              changes.add(change);
            })) {
      Files.writeString(temp.resolve("1.vtt"), "x");
      assertThat(thrown.await(20, TimeUnit.SECONDS)).isTrue();
      Files.writeString(temp.resolve("2.vtt"), "x");
      next("2.vtt");
    }
  }

  @Test
  void closingEndsTheThreadAndTheReports() throws Exception {
    FolderWatch watch = watch(temp, QUIET, LONG);
    watch.close();
    watch.close();
    assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
        .doesNotContain("recordings-watch");
    Files.writeString(temp.resolve("12.vtt"), "x");
    assertThat(changes.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void whereWatchingIsImpossibleItSaysEverythingAtIntervals() throws Exception {
    try (FolderWatch watch =
        FolderWatch.start(temp, QUIET, Duration.ofMillis(30), changes::add, false)) {
      assertThat(watch.isWatching()).isFalse();
      assertThat(changes.poll(20, TimeUnit.SECONDS)).isEqualTo(new Change(Set.of(), true));
      assertThat(changes.poll(20, TimeUnit.SECONDS)).isEqualTo(new Change(Set.of(), true));
    }
  }
}
