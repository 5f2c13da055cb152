package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import settings.Secret;

/**
 * An embedded server's password: random, kept beside its data in a file only its owner may read.
 * Loopback alone would let every user of the machine in, and both servers' administrators can read
 * files and run programs.
 */
final class LocalPassword {
  private static final int BYTES = 24;

  private LocalPassword() {}

  /** Reads the password, or makes one when there is none yet. */
  static Secret in(Path home) throws IOException {
    Path file = home.resolve("password");
    if (Files.exists(file)) {
      String kept = Files.readString(file).strip();
      // Empty after a power cut between making and filling the file.
      if (!kept.isEmpty()) {
        return new Secret(kept);
      }
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    writePrivate(file, password + "\n");
    return new Secret(password);
  }

  /** Writes a file that only its owner could ever read. */
  static Path writePrivate(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }
}
