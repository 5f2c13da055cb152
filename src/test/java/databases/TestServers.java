package databases;

import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import settings.CourseSettings;
import settings.CourseSourceSettings;
import settings.LanguageModel;
import settings.Settings;
import settings.SpeechToTextSettings;
import settings.ZoomSettings;

/**
 * One MariaDB and one PostgreSQL for all tests of a JVM, each started when first asked for and gone
 * with the JVM. Every test takes a new, empty database, so tests neither wait for nor see each
 * other.
 */
public final class TestServers {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String RUN = Long.toString(ProcessHandle.current().pid());
  private static final Path DATA = TARGET.resolve("test-data").resolve(RUN);

  /**
   * Where the servers' files are, if possible in memory: making a hundred databases of forty tables
   * each is otherwise mostly waiting for the disk.
   */
  private static final Path SERVERS = memory().map(run -> run.resolve(RUN)).orElse(DATA);

  private static final long LEAST_SHARED_MEMORY = 4L << 30;
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final int POOL_SIZE = 5;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private TestServers() {}

  /** Loaded when a test first needs MySQL. */
  private static final class SchoolServer {
    // Nothing here outlives the JVM: no waiting for the disk.
    private static final Settings.MySql SERVER =
        TestMySql8.wanted()
            ? TestMySql8.start(binaries(), serverFolder("mysql8"))
            : EmbeddedMariaDb.start(
                    binaries(),
                    serverFolder("mariadb"),
                    mysql("tests"),
                    OptionalInt.empty(),
                    List.of(
                        "--innodb-flush-log-at-trx-commit=0",
                        "--innodb-flush-method=nosync",
                        "--innodb-log-file-size=16M",
                        "--skip-innodb-doublewrite"))
                .settings();
  }

  /** Loaded when a test first needs Postgres. */
  private static final class Postgres {
    private static final EmbeddedPostgres SERVER =
        EmbeddedPostgres.start(
            binaries(),
            serverFolder("postgres"),
            postgres("tests"),
            OptionalInt.empty(),
            List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
  }

  /** A new, empty Postgres database, as settings. */
  public static Settings.Postgres freshPostgresSettings() {
    Settings.Postgres server = Postgres.SERVER.settings();
    String name = freshName();
    try (Connection connection = JdbcSources.postgres(server).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return named(server, name);
  }

  private static String freshName() {
    return "test_" + DATABASES.incrementAndGet();
  }

  /** Another database of the same server. */
  static Settings.Postgres named(Settings.Postgres server, String name) {
    return new Settings.Postgres(
        server.host(),
        server.port(),
        server.user(),
        server.password(),
        name,
        server.poolSize(),
        server.tls(),
        server.tlsCa(),
        server.pooler());
  }

  /** A new, empty Postgres database, as the Vert.x client's options. */
  public static PgConnectOptions freshPostgres() {
    return ConnectOptions.postgres(freshPostgresSettings());
  }

  /** A new, empty MariaDB database, as settings. */
  public static Settings.MySql freshMySqlSettings() {
    Settings.MySql server = SchoolServer.SERVER;
    String name = freshName();
    try (Connection connection = JdbcSources.mysql(server).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Settings.MySql(
        server.host(),
        server.port(),
        server.user(),
        server.password(),
        name,
        server.poolSize(),
        server.tls(),
        server.tlsCa());
  }

  /**
   * A new, empty MariaDB database, as the Vert.x client's options; the session is not yet set to
   * UTC and strict mode as the pool's is.
   */
  public static MySQLConnectOptions freshMySql() {
    return ConnectOptions.mysql(freshMySqlSettings());
  }

  /** A new, empty MariaDB database that has the host's tables {@code classes} and {@code users}. */
  public static Settings.MySql freshHostSettings() {
    Settings.MySql settings = freshMySqlSettings();
    EmbeddedServers.makeHostTables(settings);
    return settings;
  }

  /** Loaded when a test first needs tables. */
  private static final class Migrated {
    private static final MigratedDatabases ORIGINAL =
        new MigratedDatabases(withDatabases(freshHostSettings(), freshPostgresSettings()));
  }

  /** Whole settings with two databases of the test's own that have the host's tables and ours. */
  public static Settings migratedSettings() {
    Settings.MySql mysql = freshMySqlSettings();
    Migrated.ORIGINAL.fillMySql(mysql);
    String name = freshName();
    Migrated.ORIGINAL.copyPostgres(name);
    return withDatabases(mysql, named(Postgres.SERVER.settings(), name));
  }

  /** Where the servers' programs are unpacked, for all test runs. */
  static Path binaries() {
    return TARGET.resolve("test-servers");
  }

  /** A folder below the build's output that is deleted when the JVM ends. */
  static Path dataFolder(String name) {
    Cleanup.register();
    return DATA.resolve(name);
  }

  /** A folder for a server that serves all tests; deleted when the JVM ends. */
  private static Path serverFolder(String name) {
    Cleanup.register();
    return SERVERS.resolve(name);
  }

  /** A folder in memory that has room for the servers of several JVMs. */
  private static Optional<Path> memory() {
    Path shared = Path.of("/dev/shm");
    try {
      return Files.isWritable(shared)
              && Files.getFileStore(shared).getUsableSpace() >= LEAST_SHARED_MEMORY
          ? Optional.of(shared.resolve("lessonweave-tests-" + System.getProperty("user.name")))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Settings that leave MySQL to the embedded server. */
  static Settings.MySql mysql(String database) {
    return new Settings.MySql(
        Optional.empty(),
        3306,
        "ignored",
        Optional.empty(),
        database,
        POOL_SIZE,
        Settings.Tls.OFF,
        Optional.empty());
  }

  /** Settings that leave Postgres to the embedded server. */
  static Settings.Postgres postgres(String database) {
    return new Settings.Postgres(
        Optional.empty(),
        5432,
        "ignored",
        Optional.empty(),
        database,
        POOL_SIZE,
        Settings.Tls.OFF,
        Optional.empty(),
        Settings.Pooler.NONE);
  }

  /** Whole settings around the two that matter to a test of databases. */
  public static Settings settings(Path dataDir, Settings.MySql mysql, Settings.Postgres postgres) {
    return new Settings(
        Settings.Environment.TEST,
        dataDir,
        Map.of("GameHttp", 1),
        new Settings.Http(
            "127.0.0.1", 0, List.of(), new Settings.RateLimits(false, rates(1_000)), List.of()),
        new Settings.Auth(Settings.AuthMode.COMPAT, Optional.empty(), Optional.empty()),
        mysql,
        postgres,
        new Settings.Monitor(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            50,
            Optional.empty(),
            ZoneOffset.UTC,
            3,
            Settings.Source.POLL,
            Duration.ofSeconds(15)),
        new Settings.Recordings(
            dataDir.resolve("recordings"), Duration.ofMillis(100), Duration.ofSeconds(5), 1 << 20),
        new Settings.Transcripts(1 << 20, Duration.ofHours(3)),
        new Settings.Exercises("he", true, Duration.ofMinutes(1), Duration.ofSeconds(20)),
        new Settings.Work(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            3,
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Map.of("fetch", 2, "transcribe", 2, "generate", 2)),
        new Settings.Cluster(false, "127.0.0.1", 0, List.of()),
        new Settings.Log("info", false),
        Duration.ofSeconds(5),
        List.of(),
        Settings.Tokens.NONE,
        new Settings.Approval(false),
        speech(),
        new Settings.Catalogue(false, Duration.ZERO),
        workflow(Settings.Trigger.INTERNAL, Optional.empty()),
        LanguageModel.NONE,
        speechToText(),
        ZoomSettings.none(dataDir),
        new CourseSettings(
            16,
            2,
            Duration.ofSeconds(20),
            2,
            Duration.ofMillis(20),
            10_000,
            2,
            Duration.ofHours(1),
            List.of()),
        courseSources());
  }

  /** A workflow that is told at {@code webhook}, if any, without credentials. */
  public static Settings.Workflow workflow(
      Settings.Trigger trigger, Optional<java.net.URI> webhook) {
    return new Settings.Workflow(
        trigger,
        webhook,
        Optional.of("X-Api-Key"),
        Optional.of(new settings.Secret("test-header-value")),
        Optional.of(new settings.Secret("test-signing-secret")),
        Duration.ofSeconds(10),
        20,
        Duration.ofHours(24),
        ZoneOffset.UTC);
  }

  /** The same limit for every group. */
  public static Map<String, Integer> rates(int perMinute) {
    return Settings.RATE_GROUPS.stream()
        .collect(java.util.stream.Collectors.toMap(group -> group, group -> perMinute));
  }

  /** Videos by nothing but a folder that is not there; small bounds for files. */
  private static CourseSourceSettings courseSources() {
    return new CourseSourceSettings(
        List.of(CourseSourceSettings.CaptionWay.FOLDER),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "no-such-program",
        java.net.URI.create("https://oembed.invalid"),
        Duration.ofSeconds(10),
        new CourseSourceSettings.Files(
            50 << 20, 10, 200 << 20, 300 << 20, 1 << 30, Duration.ofDays(7)),
        new CourseSourceSettings.Reading(
            2_000, Duration.ofSeconds(8), Duration.ofMillis(20), 2, 192),
        new CourseSourceSettings.Search(
            Optional.empty(), java.net.URI.create("https://search.invalid")));
  }

  /** No account. */
  private static SpeechToTextSettings speechToText() {
    SpeechToTextSettings.Whisper none =
        new SpeechToTextSettings.Whisper(
            Optional.empty(), Optional.empty(), "whisper-1", 25_000_000, true);
    return new SpeechToTextSettings(
        List.of(SpeechToTextSettings.Recogniser.values()),
        0,
        Duration.ofHours(1),
        1 << 30,
        Optional.empty(),
        "no-such-program",
        new SpeechToTextSettings.AssemblyAi(
            Optional.empty(),
            java.net.URI.create("https://aai.invalid"),
            List.of("universal-2"),
            Optional.empty()),
        none,
        none,
        none);
  }

  /** Offline, and with no program that may or may not be installed. */
  private static Settings.Speech speech() {
    return new Settings.Speech(
        Optional.empty(),
        List.of(Settings.SpeechEngine.FREETTS),
        300,
        140,
        2,
        20,
        Duration.ofSeconds(2),
        Duration.ofSeconds(4),
        64 << 20,
        16 << 20,
        new Settings.Espeak("espeak-ng", "en-us"),
        new Settings.ElevenLabs(
            Optional.empty(), URI.create("http://127.0.0.1:9"), "voice", "eleven_flash_v2_5"),
        new Settings.OpenAiSpeech(Optional.empty(), Optional.empty(), "model", "voice", "mp3"));
  }

  /** Whole settings with two new, empty databases. */
  public static Settings freshSettings() {
    return withDatabases(freshMySqlSettings(), freshPostgresSettings());
  }

  private static Settings withDatabases(Settings.MySql mysql, Settings.Postgres postgres) {
    return settings(dataFolder("node_" + DATABASES.incrementAndGet()), mysql, postgres);
  }

  /**
   * Ends servers and deletes folders: this JVM's when it ends, and those of test runs that were
   * killed.
   */
  private static final class Cleanup {
    private static final Set<Path> RUNS = new HashSet<>(List.of(DATA, SERVERS));

    static {
      RUNS.forEach(run -> killedRuns(run.getParent()).forEach(Cleanup::remove));
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> RUNS.forEach(Cleanup::remove), "test-servers-cleanup"));
    }

    /** Loading the class does it, once. */
    static void register() {}

    private static List<Path> killedRuns(Path folder) {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      try (Stream<Path> runs = Files.list(folder)) {
        return runs.filter(
                run -> ProcessHandle.of(Long.parseLong(run.getFileName().toString())).isEmpty())
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(Path run) {
      try (Stream<Path> below =
          Files.exists(run) ? Files.find(run, 4, Cleanup::isData) : Stream.empty()) {
        below.toList().forEach(data -> FolderProcesses.end(data, ServerSignal.KILL, STOP_LIMIT));
        Folders.delete(run);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isData(Path path, BasicFileAttributes attributes) {
      return attributes.isDirectory() && path.getFileName().toString().startsWith("data");
    }
  }
}
