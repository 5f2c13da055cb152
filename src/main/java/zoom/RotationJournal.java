package zoom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Secret;

/**
 * Where a rotation lies, sealed, between Zoom's answer and the database's commit. The old refresh
 * token is dead by then, so a process that ends in between, or a database that is away just then,
 * would cost the school's authorisation. Its methods block.
 */
final class RotationJournal {
  private static final Logger LOG = LoggerFactory.getLogger(RotationJournal.class);
  private static final String NAME = "zoom-rotation";
  private static final String BELONGS_TO = "zoom-rotation/";

  private final Path folder;
  private final TokenCipher cipher;
  private final String account;

  // Also here: a full disk must not lose what memory still has.
  private volatile Rotation pending;
  private volatile boolean rehearsed;

  RotationJournal(Path folder, TokenCipher cipher, String account) {
    this.folder = folder;
    this.cipher = cipher;
    this.account = account;
  }

  private Path file() {
    return folder.resolve(NAME);
  }

  /**
   * Does once what {@link #keep} will do, with nothing in it: a folder that can't be written to is
   * known before Zoom is asked, and a process that just started does not load its ciphers while an
   * authorisation hangs on its life.
   */
  void rehearse() {
    if (rehearsed) {
      return;
    }
    rehearsed = true;
    try {
      Files.delete(written(cipher.seal("{}", BELONGS_TO + account)));
    } catch (IOException e) {
      LOG.warn(
          "new Zoom tokens can't be kept in {} while the database is away ({}): make the folder"
              + " writable",
          folder,
          e.toString());
    }
  }

  /** Keeps a rotation until {@link #settled}. */
  void keep(Rotation rotation) {
    pending = rotation;
    byte[] sealed = cipher.seal(rotation.encode(), BELONGS_TO + account);
    try {
      Path part = written(sealed);
      Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn(
          "the new Zoom tokens could not be kept in {} ({}); they are safe once the database has"
              + " them",
          folder,
          e.toString());
    }
  }

  /** On the disk for good, under a name of its own. */
  private Path written(byte[] sealed) throws IOException {
    Files.createDirectories(folder);
    Path part =
        Files.createTempFile(
            folder,
            NAME,
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel =
        FileChannel.open(
            part, Set.of(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))) {
      ByteBuffer bytes = ByteBuffer.wrap(sealed);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return part;
  }

  /** What was kept and not settled, by this process or by one before it that was killed. */
  Optional<Rotation> pending() {
    if (pending != null) {
      return Optional.of(pending);
    }
    try {
      Secret opened = cipher.open(Files.readAllBytes(file()), BELONGS_TO + account);
      return Optional.of(Rotation.decode(opened.reveal()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} can't be read and is left alone: {}", file(), e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** The rotation is in the database, or of no use any more. */
  void settled() {
    pending = null;
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      LOG.warn("{} could not be deleted: {}", file(), e.toString());
    }
  }
}
