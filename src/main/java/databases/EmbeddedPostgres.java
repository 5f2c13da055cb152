package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import settings.Secret;
import settings.Settings;

/** A real PostgreSQL on loopback, its data kept in a folder across restarts. */
public final class EmbeddedPostgres extends EmbeddedServer {
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

  private final Path base;
  private final Settings.Postgres wanted;
  private final List<String> extraOptions;
  private final Secret password;
  private final OperatingSystemUser user;

  private EmbeddedPostgres(
      Path binaries, Path home, Settings.Postgres wanted, List<String> extraOptions)
      throws IOException {
    super("PostgreSQL", ServerSignal.INT, home);
    this.base = ServerBinaries.postgres(binaries);
    this.wanted = wanted;
    this.extraOptions = extraOptions;
    this.password = LocalPassword.in(home());
    this.user = OperatingSystemUser.notRoot(base.resolve("bin/postgres"));
    user.own(home());
  }

  /**
   * Starts the server and makes the database when it is missing; blocks until it answers (about a
   * second, plus one for the first start).
   *
   * @param binaries where the server's programs are unpacked to; may be shared by data folders
   * @param home of data, password and log
   * @param wanted names the database and the pool's size; everything else is the server's own
   * @throws EmbeddedServerException when that fails; the message says what to do
   */
  public static EmbeddedPostgres start(Path binaries, Path home, Settings.Postgres wanted) {
    return start(binaries, home, wanted, OptionalInt.empty(), List.of());
  }

  /** As above, with a fixed port and with options such as {@code fsync=off}. */
  static EmbeddedPostgres start(
      Path binaries,
      Path home,
      Settings.Postgres wanted,
      OptionalInt port,
      List<String> extraOptions) {
    try {
      EmbeddedPostgres server = new EmbeddedPostgres(binaries, home, wanted, extraOptions);
      server.launch(port);
      try {
        server.createDatabase();
      } catch (SQLException e) {
        server.close();
        throw new EmbeddedServerException(
            "The embedded PostgreSQL runs, but the database "
                + wanted.database()
                + " can't be made: "
                + e.getMessage(),
            e);
      }
      return server;
    } catch (IOException e) {
      throw failed("PostgreSQL", "the folder " + home + " makes trouble", e);
    }
  }

  /** How to connect to it. */
  public Settings.Postgres settings() {
    return at(port(), wanted.database());
  }

  private Settings.Postgres at(int port, String database) {
    return new Settings.Postgres(
        Optional.of(HOST),
        port,
        USER,
        Optional.of(password),
        database,
        wanted.poolSize(),
        Settings.Tls.OFF,
        Optional.empty(),
        Settings.Pooler.NONE);
  }

  @Override
  void initialise(Path emptyData) throws IOException {
    user.own(emptyData);
    List<String> words = new ArrayList<>(user.words());
    words.addAll(
        List.of(
            base.resolve("bin/initdb").toString(),
            "-D",
            emptyData.toString(),
            "--username=" + USER,
            "--pwfile=" + home().resolve("password"),
            "--auth=scram-sha-256",
            // Many rounds make guessing dear; nobody guesses 24 random bytes, and each connection
            // would pay for them.
            "--set=scram_iterations=1",
            "--encoding=UTF8",
            // The server's own rules for text: the same on every machine, also after the system's
            // libraries change.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    if (extraOptions.contains("fsync=off")) {
      words.add("--no-sync");
    }
    ServerProcess.run("PostgreSQL's initdb", words, Optional.empty(), log(), INITDB_LIMIT);
  }

  @Override
  boolean sessions() {
    return true;
  }

  @Override
  boolean initialised(Path data) {
    return Files.isRegularFile(data.resolve("PG_VERSION"));
  }

  @Override
  void prepare(Path data) throws IOException {
    // Nobody works on the folder now, but the number in it may belong to a stranger by now, and
    // PostgreSQL would respect that.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  @Override
  List<String> command(Path data, int port) {
    List<String> words = new ArrayList<>(user.words());
    words.addAll(
        List.of(
            base.resolve("bin/postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port)));
    List<String> options =
        new ArrayList<>(
            List.of(
                "listen_addresses=" + HOST,
                // No socket file: its path may have 107 bytes only, and a data folder's may be
                // longer.
                "unix_socket_directories=",
                "timezone=UTC",
                "log_timezone=UTC",
                // fsync and synchronous_commit stay on: a commit is on disk when it is
                // acknowledged. These save work without touching that:
                // nobody replicates from this server, and compiling the small queries of this
                // service costs more than it gains.
                "wal_level=minimal",
                "max_wal_senders=0",
                "jit=off",
                // In the data folder and not in /dev/shm: there a killed server's memory would stay
                // when its folder is deleted, containers have little of it, and systemd clears it
                // when its user logs out.
                "dynamic_shared_memory_type=mmap",
                // Ten connections for each of several nodes and tools; each costs some memory.
                "max_connections=100",
                // Failing statements are reported to their client; here they would only fill the
                // disk.
                "log_min_messages=log",
                "log_checkpoints=off"));
    options.addAll(extraOptions);
    options.forEach(option -> words.addAll(List.of("-c", option)));
    return words;
  }

  @Override
  boolean portTaken(String log) {
    return log.contains("Address already in use");
  }

  @Override
  void probe(int port) throws SQLException {
    try (Connection connection = JdbcSources.postgres(at(port, "postgres")).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  private void createDatabase() throws SQLException {
    try (Connection connection = JdbcSources.postgres(at(port(), "postgres")).getConnection();
        PreparedStatement look =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
        Statement statement = connection.createStatement()) {
      look.setString(1, wanted.database());
      if (!look.executeQuery().next()) {
        statement.execute("CREATE DATABASE \"" + wanted.database().replace("\"", "\"\"") + '"');
      }
    }
  }
}
