package zoom;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when something new can be read in a recordings folder or a folder in it. A nudge, not the
 * truth: who hears it looks through {@link RecordingsFolder}, and looks from time to time without
 * it too.
 *
 * <p>A file is reported once it has been quiet for {@code quiet}, so that it is settled when the
 * listener looks. Where the system cannot watch (network mounts tell nothing of what other machines
 * write), the listener is told "anything may have changed" every {@code rescan} instead. The
 * listener runs on this watch's own daemon thread and must not block.
 */
public final class FolderWatch implements AutoCloseable {
  /** How often "anything may have changed" is said where watching is impossible. */
  public static final Duration DEFAULT_RESCAN = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final int MAX_WATCHED = 500;
  private static final Set<String> NETWORK =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb",
          "smbfs",
          "smb2",
          "smb3",
          "9p",
          "afpfs",
          "vboxsf",
          "prl_fs",
          "drvfs",
          "fuse.sshfs",
          "virtiofs");

  private final Path folder;
  private final Duration rescan;
  private final Consumer<Change> listener;
  private final WatchService service;
  private final Thread thread;
  private final Map<WatchKey, Path> watched = new HashMap<>();
  private final PendingChanges pending;
  private volatile boolean closed;

  /**
   * What may be read now.
   *
   * @param files paths relative to the folder, with {@code /}
   * @param everything events were lost or cannot be had: anything may have changed
   */
  public record Change(Set<String> files, boolean everything) {
    public Change {
      files = Set.copyOf(files);
    }

    /** Whether a lesson of this class should look; a file in a Zoom folder may be anybody's. */
    public boolean mayConcern(String classId) {
      String idName = FileNames.ofClassId(classId);
      return everything
          || files.stream()
              .anyMatch(file -> file.indexOf('/') >= 0 || isOf(FileNames.normal(file), idName));
    }

    private static boolean isOf(String file, String idName) {
      return file.length() > idName.length()
          && file.startsWith(idName)
          && FileNames.SEPARATORS.indexOf(file.charAt(idName.length())) >= 0;
    }
  }

  private FolderWatch(
      Path folder, Duration quiet, Duration rescan, Consumer<Change> listener, boolean tryWatching)
      throws IOException {
    this.folder = folder;
    this.pending = new PendingChanges(quiet);
    this.rescan = rescan;
    this.listener = listener;
    Files.createDirectories(folder);
    this.service = tryWatching && canWatch(folder) ? openService(folder) : null;
    this.thread =
        new Thread(service == null ? this::rescanLoop : this::watchLoop, "recordings-watch");
    this.thread.setDaemon(true);
  }

  /**
   * Begins to watch; the folder is made when it is missing. What is there already is not reported.
   *
   * @param quiet how long a file must rest before it is reported, normally {@code
   *     recordings.settle}
   * @param rescan see {@link #DEFAULT_RESCAN}
   * @throws IOException when the folder can neither be found nor made
   */
  public static FolderWatch start(
      Path folder, Duration quiet, Duration rescan, Consumer<Change> listener) throws IOException {
    return start(folder, quiet, rescan, listener, true);
  }

  static FolderWatch start(
      Path folder, Duration quiet, Duration rescan, Consumer<Change> listener, boolean tryWatching)
      throws IOException {
    FolderWatch watch = new FolderWatch(folder, quiet, rescan, listener, tryWatching);
    if (watch.service != null) {
      watch.watchAll();
    }
    watch.thread.start();
    return watch;
  }

  /** Whether changes are reported as they happen, rather than every {@code rescan}. */
  public boolean isWatching() {
    return service != null;
  }

  private static boolean canWatch(Path folder) {
    try {
      return !NETWORK.contains(Files.getFileStore(folder).type().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return true; // the attempt itself will tell
    }
  }

  private static WatchService openService(Path folder) {
    try {
      return folder.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn(
          "Recordings folder cannot be watched ({}); it is looked through at intervals",
          e.getMessage());
      return null;
    }
  }

  /**
   * Watches the folder and the newest folders in it; Zoom's names begin with the date, so newest is
   * last by name.
   */
  private void watchAll() throws IOException {
    watch(folder);
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        // Names that end like transcripts are files; asking each of 100,000 for its kind would take
        // long.
        if (FileNames.stem(entry.getFileName().toString()) == null
            && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          folders.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    folders.sort(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed());
    for (Path entry : folders.subList(0, Math.min(folders.size(), MAX_WATCHED))) {
      watch(entry);
    }
  }

  private void watch(Path directory) {
    try {
      WatchKey key =
          directory.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      watched.put(key, directory);
    } catch (IOException e) {
      LOG.warn(
          "A folder of recordings cannot be watched ({}); its files are found at the next look",
          e.getMessage());
      pending.lose();
    }
  }

  private void watchLoop() {
    long lastRescan = System.nanoTime();
    try {
      while (!closed) {
        WatchKey key = service.poll(pending.waitNanos(rescan.toNanos()), TimeUnit.NANOSECONDS);
        if (key != null) {
          take(key);
        }
        // A root that vanished or could not be registered is tried again with every rescan.
        if (!watched.containsValue(folder) && System.nanoTime() - lastRescan >= rescan.toNanos()) {
          lastRescan = System.nanoTime();
          rewatch();
        }
        pending.due().ifPresent(this::tell);
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.debug("Watch of the recordings folder ended");
    }
  }

  private void rewatch() {
    try {
      Files.createDirectories(folder);
      watchAll();
    } catch (IOException e) {
      LOG.warn(
          "The recordings folder is out of reach ({}); trying again in {}", e.getMessage(), rescan);
    }
    pending.lose();
  }

  private void take(WatchKey key) {
    Path directory = watched.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW || directory == null) {
        pending.lose();
      } else if (event.context() instanceof Path name) {
        changed(directory.resolve(name), event.kind() == StandardWatchEventKinds.ENTRY_CREATE);
      }
    }
    if (!key.reset()) {
      watched.remove(key); // the folder is gone
    }
  }

  private void changed(Path path, boolean created) {
    boolean inRoot = folder.equals(path.getParent());
    if (inRoot && created && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (watched.size() <= 4 * MAX_WATCHED) {
        watch(path);
      } else {
        pending.lose();
      }
      addContents(path); // written before the watch stood
      return;
    }
    add(path);
  }

  private void addContents(Path directory) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        add(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      pending.lose();
    }
  }

  private void add(Path path) {
    if (FileNames.stem(path.getFileName().toString()) == null) {
      return;
    }
    pending.add(folder.relativize(path).toString().replace('\\', '/'));
  }

  private void rescanLoop() {
    try {
      while (!closed) {
        TimeUnit.NANOSECONDS.sleep(rescan.toNanos());
        if (!closed) {
          tell(new Change(Set.of(), true));
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Rescans of the recordings folder ended");
    }
  }

  private void tell(Change change) {
    try {
      listener.accept(change);
    } catch (RuntimeException e) {
      LOG.error(
          "The listener of the recordings folder failed; the next change is reported as usual", e);
    }
  }

  /** Stops within moments; no report comes after it returned, except one already under way. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("Watch service did not close cleanly", e);
      }
    }
    if (Thread.currentThread() != thread) {
      try {
        thread.join(2_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
