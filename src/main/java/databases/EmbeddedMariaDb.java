package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import settings.Secret;
import settings.Settings;

/** A real MariaDB on loopback, its data kept in a folder across restarts. */
public final class EmbeddedMariaDb extends EmbeddedServer {
  private static final Duration BOOTSTRAP_LIMIT = Duration.ofMinutes(2);

  private final Path base;
  private final Settings.MySql wanted;
  private final List<String> extraOptions;
  private final Secret password;

  private EmbeddedMariaDb(
      Path binaries, Path home, Settings.MySql wanted, List<String> extraOptions)
      throws IOException {
    super("MariaDB", ServerSignal.TERM, home);
    this.base = ServerBinaries.mariaDb(binaries);
    this.wanted = wanted;
    this.extraOptions = extraOptions;
    this.password = LocalPassword.in(home());
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
  public static EmbeddedMariaDb start(Path binaries, Path home, Settings.MySql wanted) {
    return start(binaries, home, wanted, OptionalInt.empty(), List.of());
  }

  /**
   * As above, with a fixed port and with options such as {@code
   * --innodb-flush-log-at-trx-commit=0}.
   */
  static EmbeddedMariaDb start(
      Path binaries,
      Path home,
      Settings.MySql wanted,
      OptionalInt port,
      List<String> extraOptions) {
    try {
      EmbeddedMariaDb server = new EmbeddedMariaDb(binaries, home, wanted, extraOptions);
      server.launch(port);
      // It holds the password and has done its work.
      Files.deleteIfExists(server.initFile());
      return server;
    } catch (IOException e) {
      throw failed("MariaDB", "the folder " + home + " makes trouble", e);
    }
  }

  /** How to connect to it. */
  public Settings.MySql settings() {
    return at(port());
  }

  private Settings.MySql at(int port) {
    return new Settings.MySql(
        Optional.of(HOST),
        port,
        USER,
        Optional.of(password),
        wanted.database(),
        wanted.poolSize(),
        Settings.Tls.OFF,
        Optional.empty());
  }

  @Override
  void initialise(Path emptyData) throws IOException {
    Path script = home().resolve("bootstrap.sql");
    StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
    // The administrator may come in by a socket only, and there is none: no account without a
    // password.
    sql.append("SET @auth_root_socket = 'root';\n");
    // What the package's own install script runs, without the help texts and the reporting views,
    // which take longer than all the rest.
    for (String part :
        List.of(
            "mariadb_system_tables", "mariadb_performance_tables", "mariadb_system_tables_data")) {
      sql.append(Files.readString(base.resolve("share/" + part + ".sql"))).append('\n');
    }
    Files.writeString(script, sql);
    List<String> words = program(emptyData);
    // Not the system's folder, which others fill and clean.
    Folders.createPrivate(temporary());
    words.addAll(
        List.of(
            "--bootstrap",
            "--innodb-log-file-size=16M",
            "--log-warnings=0",
            "--max-allowed-packet=8M",
            "--tmpdir=" + temporary()));
    ServerProcess.run("MariaDB's bootstrap", words, Optional.of(script), log(), BOOTSTRAP_LIMIT);
    Files.delete(script);
  }

  @Override
  boolean initialised(Path data) {
    return Files.isRegularFile(data.resolve("mysql/global_priv.frm"));
  }

  @Override
  void prepare(Path data) throws IOException {
    Folders.delete(temporary());
    Folders.createPrivate(temporary());
    String database = '`' + wanted.database().replace("`", "``") + '`';
    String account = "'" + USER + "'@'" + HOST + "'";
    // One statement a line. Every start sets the password anew: a lost password file heals.
    LocalPassword.writePrivate(
        initFile(),
        "CREATE DATABASE IF NOT EXISTS "
            + database
            + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n"
            + "CREATE USER IF NOT EXISTS "
            + account
            + " IDENTIFIED BY '"
            + password.reveal()
            + "';\n"
            + "ALTER USER "
            + account
            + " IDENTIFIED BY '"
            + password.reveal()
            + "';\n"
            + "GRANT ALL PRIVILEGES ON *.* TO "
            + account
            + " WITH GRANT OPTION;\n");
  }

  @Override
  List<String> command(Path data, int port) {
    List<String> words = program(data);
    words.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=" + HOST,
            // No socket file: its path may have 107 bytes only, and a data folder's may be longer.
            "--socket=",
            "--init-file=" + initFile(),
            "--pid-file=" + home().resolve("server.pid"),
            "--tmpdir=" + temporary(),
            "--skip-name-resolve",
            // Loopback only; making a key at each start takes seconds.
            "--skip-ssl",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_ci",
            "--default-time-zone=+00:00",
            // innodb_flush_log_at_trx_commit and the double write buffer keep their defaults: a
            // commit is on disk when it is
            // acknowledged, and a torn page is repaired. Nobody replicates from this server, so it
            // writes no binary log, which would
            // double the waits for the disk.
            "--skip-log-bin",
            // Taken as the tables grow, so a small school's server stays small. With 128 MB a busy
            // one (and a log of 128 MB) wrote a page for every fourth request, with both of 256 for
            // every 24th.
            "--innodb-buffer-pool-size=256M",
            // A class of 30 writes 1.5 MB a second: a small log is full every few seconds, and who
            // commits then waits for pages to be written.
            "--innodb-log-file-size=256M",
            // A commit writes and forces with one call (O_DSYNC): who commits gives its turn away
            // once instead of twice. Loose, because not every version knows it.
            "--loose-innodb-log-file-write-through=ON",
            // Rows that were replaced are removed by one thread: four could have both processors of
            // a small machine.
            "--innodb-purge-threads=1",
            // Writing a page's neighbours with it is for disks that turn.
            "--innodb-flush-neighbors=0",
            "--max-connections=151",
            "--log-warnings=1"));
    words.addAll(extraOptions);
    return words;
  }

  @Override
  boolean portTaken(String log) {
    return log.contains("Address already in use")
        || log.contains("Do you already have another server running on port");
  }

  @Override
  void probe(int port) throws SQLException {
    try (Connection connection = JdbcSources.mysql(at(port)).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  private List<String> program(Path data) {
    List<String> words =
        new ArrayList<>(
            List.of(
                base.resolve("bin/mariadbd").toString(),
                // The machine's own my.cnf is meant for another server.
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                "--lc-messages-dir=" + base.resolve("share"),
                "--character-sets-dir=" + base.resolve("share/charsets"),
                "--plugin-dir=" + base.resolve("share")));
    if (OperatingSystemUser.isRoot()) {
      words.add("--user=root");
    }
    return words;
  }

  private Path initFile() {
    return home().resolve("init.sql");
  }

  private Path temporary() {
    return home().resolve("tmp");
  }
}
