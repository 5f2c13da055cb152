package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Settings;

class DatabasesTest {
  private static final Path NO_FOLDER = Path.of("target");

  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  @Test
  void preparesMysqlSessions() throws Exception {
    Databases databases = open(TestServers.freshSettings());
    Row session =
        await(
                databases
                    .mysql()
                    .query(
                        "SELECT @@time_zone zone, @@character_set_connection letters, @@sql_mode"
                            + " mode, @@innodb_lock_wait_timeout waits, CAST(@@max_statement_time"
                            + " AS CHAR) longest")
                    .execute())
            .iterator()
            .next();
    assertThat(session.getString("zone")).isEqualTo("+00:00");
    assertThat(session.getString("letters")).isEqualTo("utf8mb4");
    assertThat(session.getString("mode")).contains("STRICT_TRANS_TABLES");
    assertThat(session.getLong("waits")).isEqualTo(10);
    assertThat(session.getString("longest")).startsWith("30");
    await(databases.mysql().query("CREATE TABLE words (id INT, word VARCHAR(10))").execute());
    await(databases.mysql().query("INSERT INTO words VALUES (1, '\uD83D\uDE00 \u05E9')").execute());
    // Found, not changed: the count of an UPDATE is that of the rows it found.
    assertThat(await(databases.mysql().query("UPDATE words SET id = 1").execute()).rowCount())
        .isEqualTo(1);
    assertThat(
            await(databases.mysql().query("SELECT word FROM words").execute())
                .iterator()
                .next()
                .getString(0))
        .isEqualTo("\uD83D\uDE00 \u05E9");
    await(databases.close());
  }

  @Test
  void preparesPostgresSessionsOnEveryConnection() throws Exception {
    Databases databases = open(TestServers.freshSettings());
    SqlConnection first = await(databases.postgres().getConnection());
    SqlConnection second = await(databases.postgres().getConnection());
    for (SqlConnection connection : List.of(first, second)) {
      assertThat(
              await(connection.query("SHOW statement_timeout").execute())
                  .iterator()
                  .next()
                  .getString(0))
          .isEqualTo("30s");
      assertThat(
              await(connection.query("SHOW application_name").execute())
                  .iterator()
                  .next()
                  .getString(0))
          .isEqualTo("lessonweave");
      await(connection.close());
    }
    await(databases.close());
  }

  @Test
  void hearsNotifications() throws Exception {
    Databases databases = open(TestServers.freshSettings());
    assertThat(databases.canListen()).isTrue();
    PgSubscriber subscriber = PgSubscriber.subscriber(vertx, databases.listenOptions());
    CompletableFuture<String> heard = new CompletableFuture<>();
    await(subscriber.connect());
    CompletableFuture<Void> listening = new CompletableFuture<>();
    subscriber
        .channel("work")
        .subscribeHandler(done -> listening.complete(null))
        .handler(heard::complete);
    listening.get(10, TimeUnit.SECONDS);
    await(databases.postgres().query("SELECT pg_notify('work', 'due')").execute());
    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("due");
    await(subscriber.close());
    await(databases.close());
  }

  @Test
  void usesNoSessionStateBehindATransactionPooler() throws Exception {
    Settings settings = TestServers.freshSettings();
    Settings.Postgres direct = settings.postgres();
    Settings.Postgres pooled =
        new Settings.Postgres(
            direct.host(),
            direct.port(),
            direct.user(),
            direct.password(),
            direct.database(),
            direct.poolSize(),
            direct.tls(),
            direct.tlsCa(),
            Settings.Pooler.TRANSACTION);
    PgConnectOptions options = ConnectOptions.postgres(pooled);
    assertThat(options.getUseLayer7Proxy()).isTrue();
    assertThat(options.getCachePreparedStatements()).isFalse();
    assertThat(options.getPipeliningLimit()).isEqualTo(1);
    // Open beside it: pools of other settings must not be taken for the same.
    Databases session = open(settings);
    assertThat(
            await(session.postgres().query("SHOW statement_timeout").execute())
                .iterator()
                .next()
                .getString(0))
        .isEqualTo("30s");
    Databases databases = open(TestServers.settings(NO_FOLDER, settings.mysql(), pooled));
    assertThat(databases.canListen()).isFalse();
    assertThat(
            await(databases.postgres().query("SHOW statement_timeout").execute())
                .iterator()
                .next()
                .getString(0))
        .isEqualTo("0");
    await(databases.close());
    await(session.close());
  }

  @Test
  void opensWhileBothDatabasesAreAwayAndFailsStatementsAtOnce() throws Exception {
    int port = closedPort();
    Settings.MySql mysql = TestServers.freshMySqlSettings();
    Settings.Postgres postgres = TestServers.freshPostgresSettings();
    Databases databases =
        open(TestServers.settings(NO_FOLDER, at(mysql, port), at(postgres, port)));
    for (Pool pool : List.of(databases.mysql(), databases.postgres())) {
      assertThatThrownBy(() -> pool.query("SELECT 1").execute().await(3, TimeUnit.SECONDS))
          .hasMessageContaining("Connection refused");
    }
    assertThatThrownBy(() -> databases.probeMysql().await(5, TimeUnit.SECONDS))
        .hasMessageContaining("Connection refused");
    await(databases.close());
  }

  @Test
  void refusesSettingsWithoutAHostOrWithAnUnreadableCertificate() {
    Settings embedded =
        TestServers.settings(NO_FOLDER, TestServers.mysql("a"), TestServers.postgres("b"));
    assertThatThrownBy(() -> open(embedded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EmbeddedServers");
    Settings.MySql mysql =
        new Settings.MySql(
            Optional.of("127.0.0.1"),
            1,
            "u",
            Optional.empty(),
            "d",
            1,
            Settings.Tls.VERIFY,
            Optional.of(Path.of("target/no-such.pem")));
    Settings unreadable = TestServers.settings(NO_FOLDER, mysql, at(TestServers.postgres("b"), 1));
    assertThatThrownBy(() -> open(unreadable))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such.pem");
  }

  @Test
  void worksAgainAfterTheServersWereAway() throws Exception {
    Path folder = TestServers.dataFolder("away");
    EmbeddedMariaDb mariaDb = mariaDb(folder, OptionalInt.empty());
    EmbeddedPostgres postgres = postgres(folder, OptionalInt.empty());
    try {
      Databases databases =
          open(TestServers.settings(folder, mariaDb.settings(), postgres.settings()));
      await(databases.mysql().preparedQuery("SELECT 1").execute());
      await(databases.postgres().preparedQuery("SELECT 1").execute());
      mariaDb.close();
      postgres.close();
      assertThatThrownBy(
              () ->
                  databases.mysql().preparedQuery("SELECT 1").execute().await(10, TimeUnit.SECONDS))
          .isNotNull();
      assertThatThrownBy(
              () ->
                  databases
                      .postgres()
                      .preparedQuery("SELECT 1")
                      .execute()
                      .await(10, TimeUnit.SECONDS))
          .isNotNull();
      mariaDb = mariaDb(folder, OptionalInt.of(mariaDb.settings().port()));
      postgres = postgres(folder, OptionalInt.of(postgres.settings().port()));
      await(databases.mysql().preparedQuery("SELECT 1").execute());
      await(databases.postgres().preparedQuery("SELECT 1").execute());
      await(databases.close());
    } finally {
      mariaDb.close();
      postgres.close();
    }
  }

  @Test
  void endsStatementsOfFrozenServersAndWorksAfterwards() throws Exception {
    Path folder = TestServers.dataFolder("frozen");
    try (EmbeddedMariaDb mariaDb = mariaDb(folder, OptionalInt.empty());
        EmbeddedPostgres postgres = postgres(folder, OptionalInt.empty())) {
      Settings settings = TestServers.settings(folder, mariaDb.settings(), postgres.settings());
      Databases databases = await(Databases.open(vertx, settings, Duration.ofSeconds(1)));
      List<Pool> pools = List.of(databases.mysql(), databases.postgres());
      for (Pool pool : pools) {
        await(pool.preparedQuery("SELECT 1").execute());
      }
      signal("STOP", mariaDb.home(), postgres.home());
      try {
        // The first runs on the open connection, the second has to connect, the third waits for a
        // connection: all end.
        List<Future<?>> frozen =
            pools.stream()
                .<Future<?>>flatMap(
                    pool ->
                        Stream.generate(() -> pool.preparedQuery("SELECT 1").execute()).limit(8))
                .toList();
        for (Future<?> statement : frozen) {
          assertThatThrownBy(() -> statement.await(12, TimeUnit.SECONDS))
              .isNotInstanceOf(TimeoutException.class);
        }
      } finally {
        signal("CONT", mariaDb.home(), postgres.home());
      }
      for (Pool pool : pools) {
        await(pool.preparedQuery("SELECT 1").execute());
      }
      await(databases.close());
    }
  }

  @Test
  void doesNotWaitLongForAFreeConnection() throws Exception {
    Databases databases = open(TestServers.freshSettings());
    for (int i = 0; i < 4; i++) {
      await(databases.postgres().getConnection());
    }
    assertThatThrownBy(
            () -> databases.postgres().query("SELECT 1").execute().await(8, TimeUnit.SECONDS))
        .hasMessageContaining("Timeout");
    // the fifth is kept for this
    assertThat(await(databases.looks().query("SHOW statement_timeout").execute()).size())
        .isEqualTo(1);
    await(databases.close());
  }

  /** A port on which nobody listens. */
  static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Databases open(Settings settings) throws Exception {
    return await(Databases.open(vertx, settings));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static EmbeddedMariaDb mariaDb(Path folder, OptionalInt port) {
    return EmbeddedMariaDb.start(
        TestServers.binaries(),
        folder.resolve("mariadb"),
        TestServers.mysql("away"),
        port,
        List.of());
  }

  private static EmbeddedPostgres postgres(Path folder, OptionalInt port) {
    return EmbeddedPostgres.start(
        TestServers.binaries(),
        folder.resolve("postgres"),
        TestServers.postgres("away"),
        port,
        List.of("fsync=off"));
  }

  private static void signal(String signal, Path... homes) throws Exception {
    for (Path home : homes) {
      for (long pid : FolderProcesses.all(home.resolve("data"))) {
        assertThat(
                new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS))
            .isTrue();
      }
    }
  }

  private static Settings.MySql at(Settings.MySql mysql, int port) {
    return new Settings.MySql(
        Optional.of("127.0.0.1"),
        port,
        mysql.user(),
        mysql.password(),
        mysql.database(),
        mysql.poolSize(),
        mysql.tls(),
        mysql.tlsCa());
  }

  private static Settings.Postgres at(Settings.Postgres postgres, int port) {
    return new Settings.Postgres(
        Optional.of("127.0.0.1"),
        port,
        postgres.user(),
        postgres.password(),
        postgres.database(),
        postgres.poolSize(),
        postgres.tls(),
        postgres.tlsCa(),
        postgres.pooler());
  }
}
