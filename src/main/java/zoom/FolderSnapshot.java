package zoom;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import zoom.FileNames.ZoomFolder;

/**
 * The names in a recordings folder at one moment. Only names are read, nothing is opened or asked
 * for its size, so a folder of 100,000 files costs one listing; a class's files are then found by
 * search, not by going through all names.
 */
final class FolderSnapshot {
  private final TreeMap<String, List<String>> transcripts = new TreeMap<>();
  private final Map<LocalDate, List<ZoomFolder>> zoomFolders = new HashMap<>();
  private final FileTime folderChanged;
  private final long scannedAtMillis;
  private int size;

  private FolderSnapshot(FileTime folderChanged, long scannedAtMillis) {
    this.folderChanged = folderChanged;
    this.scannedAtMillis = scannedAtMillis;
  }

  static FolderSnapshot scan(Path folder) throws IOException {
    Files.createDirectories(folder);
    long now = System.currentTimeMillis();
    // Taken before the listing: what changes during it makes the next comparison differ.
    FolderSnapshot snapshot = new FolderSnapshot(Files.getLastModifiedTime(folder), now);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        snapshot.add(entry.getFileName().toString());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return snapshot;
  }

  private void add(String name) {
    size++;
    if (FileNames.stem(name) != null) {
      transcripts.computeIfAbsent(FileNames.normal(name), key -> new ArrayList<>(1)).add(name);
      return;
    }
    ZoomFolder folder = FileNames.zoomFolder(name);
    if (folder != null) {
      zoomFolders
          .computeIfAbsent(folder.start().toLocalDate(), date -> new ArrayList<>(2))
          .add(folder);
    }
  }

  /**
   * Whether a folder changed since, as far as its own time stamp tells. Stamps are coarse on some
   * file systems: a change in the same tick as the listing may show no difference, so a listing
   * made that soon is not trusted.
   */
  boolean isCurrent(FileTime changedNow) {
    boolean fine = folderChanged.toInstant().getNano() % 1_000_000 != 0;
    long tick = fine ? 50 : 2_000;
    return folderChanged.equals(changedNow) && scannedAtMillis - folderChanged.toMillis() > tick;
  }

  /**
   * Names that begin with the id and then a separator or the ending; never those of a longer id
   * such as 123 for 12.
   */
  List<String> filesOf(String idName) {
    List<String> names = new ArrayList<>();
    for (char separator : FileNames.SEPARATORS.toCharArray()) {
      String from = idName + separator;
      String to = idName + (char) (separator + 1);
      transcripts
          .subMap(from, to)
          .forEach(
              (normal, raw) -> {
                if (FileNames.stem(normal).length() >= idName.length()) {
                  names.addAll(raw);
                }
              });
    }
    return names;
  }

  /** Zoom's folders of the day itself and the days beside it, for lessons around midnight. */
  List<ZoomFolder> zoomFoldersAround(LocalDate date) {
    List<ZoomFolder> folders = new ArrayList<>();
    for (int day = -1; day <= 1; day++) {
      folders.addAll(zoomFolders.getOrDefault(date.plusDays(day), List.of()));
    }
    return folders;
  }

  /** Entries of any kind. */
  int size() {
    return size;
  }
}
