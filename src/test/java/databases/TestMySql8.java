package databases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import settings.Secret;
import settings.Settings;

/**
 * A real MySQL 8.0.12 instead of MariaDB, for the same tests on the other dialect: profile {@code
 * mysql8}. The server needs the system library libaio1.
 */
final class TestMySql8 {
  private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
  private static final String FIRST_DATA = "first-data";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private TestMySql8() {}

  static boolean wanted() {
    return Boolean.getBoolean("lessonweave.test.mysql8");
  }

  /** Starts it on data of its own; it ends with the JVM. */
  static Settings.MySql start(Path binaries, Path home) {
    try {
      Path base = prepared(binaries);
      Files.createDirectories(home);
      Path log = home.resolve("server.log");
      Path data = home.resolve("data");
      ServerProcess.run(
          "copying MySQL 8's first data",
          List.of("cp", "-r", base.resolve(FIRST_DATA).toString(), data.toString()),
          Optional.empty(),
          log,
          START_LIMIT);
      List<String> common = words(base, data);
      Path init =
          Files.writeString(
              home.resolve("init.sql"),
              "CREATE USER 'tests'@'%' IDENTIFIED BY 'tests';\n"
                  + "GRANT ALL ON *.* TO 'tests'@'%' WITH GRANT OPTION;\n"
                  + "CREATE DATABASE tests;\n");
      int port = freePort();
      ServerProcess server =
          ServerProcess.start(
              "MySQL 8",
              join(
                  common,
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=" + Files.createTempDirectory("mysql8").resolve("s"),
                  "--mysqlx=OFF",
                  "--init-file=" + init,
                  "--skip-log-bin",
                  // nothing here outlives the JVM: no waiting for the disk
                  "--innodb-flush-method=nosync",
                  "--innodb-doublewrite=OFF",
                  "--performance-schema=OFF",
                  "--default-time-zone=+00:00",
                  "--innodb-flush-log-at-trx-commit=0"),
              Optional.empty(),
              log);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> server.stop(ServerSignal.KILL, Duration.ofSeconds(5))));
      Settings.MySql settings =
          new Settings.MySql(
              Optional.of("127.0.0.1"),
              port,
              "tests",
              Optional.of(new Secret("tests")),
              "tests",
              5,
              Settings.Tls.OFF,
              Optional.empty());
      server.awaitReady(
          () -> {
            try (Connection connection = JdbcSources.mysql(settings).getConnection()) {
              connection.isValid(1);
            }
          },
          START_LIMIT);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServerProcess.EndedEarly e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> words(Path base, Path data) {
    return List.of(
        base.resolve("bin/mysqld").toString(),
        "--no-defaults",
        "--user=root",
        "--basedir=" + base,
        "--datadir=" + data);
  }

  /**
   * The server's programs with the data it begins with, which cost more than all that comes after:
   * made by one of the JVMs of a run while the others wait.
   */
  private static Path prepared(Path binaries) throws IOException {
    Path base = binaries.resolve("mysql-8.0.12");
    Files.createDirectories(binaries);
    try (FileChannel channel =
            FileChannel.open(
                binaries.resolve("mysql-8.0.12.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!Files.isDirectory(base.resolve(FIRST_DATA))) {
        Folders.delete(base);
        Files.createDirectories(base);
        unpack(base);
        Path data = base.resolve(FIRST_DATA + ".part");
        ServerProcess.run(
            "MySQL 8's initialisation",
            join(words(base, data), "--initialize-insecure"),
            Optional.empty(),
            base.resolve("log"),
            START_LIMIT);
        Files.move(data, base.resolve(FIRST_DATA));
      }
    }
    return base;
  }

  private static void unpack(Path base) throws IOException {
    Path archive = base.resolve("server.tar.gz");
    try (InputStream in = TestMySql8.class.getResourceAsStream(ARCHIVE)) {
      if (in == null) {
        throw new IllegalStateException(
            "MySQL 8's archive is not on the class path: run with -Pmysql8");
      }
      Files.copy(in, archive);
    }
    ServerProcess.run(
        "unpacking MySQL 8",
        List.of("tar", "-xzf", archive.toString(), "-C", base.toString()),
        Optional.empty(),
        base.resolve("log"),
        START_LIMIT);
    Files.delete(archive);
  }

  private static List<String> join(List<String> first, String... rest) {
    return java.util.stream.Stream.concat(first.stream(), java.util.Arrays.stream(rest)).toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
