package anki;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A deck as Anki exports it (.apkg, .colpkg), of its older form and of that of version 2.1.50 on.
 * What lies inside is written by whoever sent it, so every step has a bound, nothing of the archive
 * but the collection is unpacked, and no name in it becomes a path. All methods block.
 */
public final class DeckReader implements Closeable {
  /** What a collection may have unpacked, in bytes. */
  static final long MOST_BYTES = 128L << 20;

  /** What the archive's own list of files may take, in bytes; some 40,000 files with media. */
  private static final long MOST_DIRECTORY_BYTES = 4L << 20;

  private static final int DIRECTORY_END = 22;
  private static final int DIRECTORY_END_MARK = 0x06054b50;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  // The newest first: a package for newer versions has an empty collection.anki2 for older ones.
  private static final String COMPRESSED = "collection.anki21b";
  private static final String[] COLLECTIONS = {COMPRESSED, "collection.anki21", "collection.anki2"};

  private final WorkFolder folder;
  private final Connection collection;
  private final NoteTypes types;

  private DeckReader(WorkFolder folder, Connection collection, NoteTypes types) {
    this.folder = folder;
    this.collection = collection;
    this.types = types;
  }

  /**
   * Opens a deck; what is taken out of it lies beside it until it is closed.
   *
   * @throws UnreadableDeckException when it is none, or a broken or an unreasonable one
   */
  public static DeckReader open(Path file) throws IOException {
    checkDirectory(file);
    WorkFolder folder = WorkFolder.create(file.toAbsolutePath().getParent());
    Connection collection = null;
    try {
      Path database = folder.file("collection");
      unpack(file, database);
      collection = ForeignSqlite.open(database);
      return new DeckReader(folder, collection, NoteTypes.read(collection));
    } catch (IOException | RuntimeException | Error failure) {
      if (collection != null) {
        ForeignSqlite.closeQuietly(collection);
      }
      folder.close();
      throw failure;
    }
  }

  /** The notes from the first; may be read again and again, but only by one reader at a time. */
  public DeckNotes notes() {
    return DeckNotes.open(collection, types);
  }

  /** The archive is opened only when its list of files, which is held in memory, is no monster. */
  private static void checkDirectory(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      int length = (int) Math.min(size, DIRECTORY_END + LONGEST_COMMENT);
      ByteBuffer end = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      channel.position(size - length);
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // until it is full
      }
      for (int at = length - DIRECTORY_END; at >= 0; at--) {
        if (end.getInt(at) == DIRECTORY_END_MARK) {
          long directory = Integer.toUnsignedLong(end.getInt(at + 12));
          if (directory > MOST_DIRECTORY_BYTES) {
            throw new UnreadableDeckException(
                "holds too many files: export the deck without media, or in parts");
          }
          return;
        }
      }
    }
    throw notZip();
  }

  private static UnreadableDeckException notZip() {
    return new UnreadableDeckException(
        "is no Anki deck or is cut off: an .apkg file is a zip archive; export it again");
  }

  private static void unpack(Path file, Path database) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry =
          Arrays.stream(COLLECTIONS)
              .map(zip::getEntry)
              .filter(found -> found != null && !found.isDirectory())
              .findFirst()
              .orElseThrow(
                  () ->
                      new UnreadableDeckException(
                          "is a zip archive but no Anki deck: it has no collection in it"));
      try (InputStream packed = zip.getInputStream(entry);
          InputStream bytes =
              entry.getName().equals(COMPRESSED) ? new ZstdInputStream(packed) : packed;
          OutputStream out = Files.newOutputStream(database)) {
        copy(bytes, out);
      }
    } catch (ZipException | EOFException broken) {
      throw notZip();
    }
  }

  private static void copy(InputStream bytes, OutputStream out) throws IOException {
    byte[] piece = new byte[1 << 16];
    long total = 0;
    while (true) {
      int read = read(bytes, piece);
      if (read < 0) {
        break;
      }
      if (total == 0 && !startsWithMark(piece, read)) {
        throw new UnreadableDeckException(
            "is an archive whose collection is no SQLite database; export the deck again, with"
                + " \"Support older Anki versions\" if that fails too");
      }
      total += read;
      if (total > MOST_BYTES) {
        throw new UnreadableDeckException(
            "unpacks to more than "
                + (MOST_BYTES >> 20)
                + " MiB: export the deck in parts or without scheduling");
      }
      out.write(piece, 0, read);
    }
    if (total == 0) {
      throw new UnreadableDeckException("has an empty collection in it; export the deck again");
    }
  }

  /** A full piece, but for the last; -1 at the end. */
  private static int read(InputStream bytes, byte[] piece) throws IOException {
    try {
      int read = bytes.readNBytes(piece, 0, piece.length);
      return read == 0 ? -1 : read;
    } catch (ZipException | EOFException broken) {
      throw notZip();
    } catch (io.airlift.compress.MalformedInputException | IndexOutOfBoundsException broken) {
      throw new UnreadableDeckException(
          "has a collection that can't be decompressed; export it with \"Support older Anki"
              + " versions\"");
    }
  }

  private static boolean startsWithMark(byte[] piece, int length) {
    return length >= SQLITE.length
        && Arrays.equals(piece, 0, SQLITE.length, SQLITE, 0, SQLITE.length);
  }

  @Override
  public void close() throws IOException {
    try {
      collection.close();
    } catch (SQLException failure) {
      throw new IOException("a deck's collection can't be closed", failure);
    } finally {
      folder.close();
    }
  }
}
