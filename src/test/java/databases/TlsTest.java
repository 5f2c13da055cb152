package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;

class TlsTest {
  private static final char[] STORE_PASSWORD = "only-for-this-test".toCharArray();

  // The MySQL client doesn't say why.
  private static final String REFUSED = "(?s).*(SSL handshake failed|PKIX path|No name matching localhost).*";

  private static Vertx vertx;
  private static EmbeddedMariaDb mariaDb;
  private static EmbeddedPostgres postgres;
  private static Path certificate;
  private static Path strangersCertificate;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    Path folder = Files.createDirectories(TestServers.dataFolder("tls"));
    certificate = folder.resolve("server.pem");
    strangersCertificate = folder.resolve("stranger.pem");
    Path key = folder.resolve("server.key");
    makeCertificate(certificate, key);
    makeCertificate(strangersCertificate, folder.resolve("stranger.key"));
    postgres =
        EmbeddedPostgres.start(
            TestServers.binaries(),
            folder.resolve("postgres"),
            TestServers.postgres("tls"),
            OptionalInt.empty(),
            List.of("fsync=off", "ssl=on", "ssl_cert_file=" + certificate, "ssl_key_file=" + key));
    mariaDb =
        EmbeddedMariaDb.start(
            TestServers.binaries(),
            folder.resolve("mariadb"),
            TestServers.mysql("tls"),
            OptionalInt.empty(),
            List.of("--ssl", "--ssl-cert=" + certificate, "--ssl-key=" + key));
  }

  @AfterAll
  static void stop() throws Exception {
    if (mariaDb != null) {
      mariaDb.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void encryptsWhenRequiredAndOnlyThen() throws Exception {
    assertThat(encrypted(Settings.Tls.OFF, Optional.empty())).containsExactly(false, false, false, false);
    assertThat(encrypted(Settings.Tls.REQUIRE, Optional.empty())).containsExactly(true, true, true, true);
    assertThat(encrypted(Settings.Tls.VERIFY, Optional.of(certificate))).containsExactly(true, true, true, true);
  }

  @Test
  void refusesACertificateThatTheAuthorityDidNotSign() {
    for (Optional<Path> ca : List.of(Optional.of(strangersCertificate), Optional.<Path>empty())) {
      Settings.MySql mysql = mysql(Settings.Tls.VERIFY, ca);
      Settings.Postgres lessons = postgres(Settings.Tls.VERIFY, ca);
      // Without an authority MariaDB 11.4 and its driver prove the certificate to each other by the password, which is as good.
      if (ca.isPresent()) {
        assertThatThrownBy(() -> JdbcSources.mysql(mysql).getConnection()).isInstanceOf(SQLException.class).hasStackTraceContaining("PKIX path");
      }
      assertThatThrownBy(() -> JdbcSources.postgres(lessons).getConnection()).isInstanceOf(SQLException.class).hasStackTraceContaining("PKIX path");
      Databases databases = open(mysql, lessons);
      for (Pool pool : List.of(databases.mysql(), databases.postgres())) {
        assertThatThrownBy(() -> pool.query("SELECT 1").execute().await(10, TimeUnit.SECONDS))
            .hasMessageMatching(REFUSED);
      }
    }
  }

  @Test
  void refusesAServerUnderAnotherName() {
    Settings.MySql mysql = mysql(Settings.Tls.VERIFY, Optional.of(certificate));
    Settings.Postgres lessons = postgres(Settings.Tls.VERIFY, Optional.of(certificate));
    // The same server, by an address that its certificate doesn't hold.
    Settings.MySql renamed =
        new Settings.MySql(
            Optional.of("localhost"), mysql.port(), mysql.user(), mysql.password(), mysql.database(), 1, mysql.tls(), mysql.tlsCa());
    Settings.Postgres renamedToo =
        new Settings.Postgres(
            Optional.of("localhost"),
            lessons.port(),
            lessons.user(),
            lessons.password(),
            lessons.database(),
            1,
            lessons.tls(),
            lessons.tlsCa(),
            lessons.pooler());
    assertThatThrownBy(() -> JdbcSources.mysql(renamed).getConnection()).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> JdbcSources.postgres(renamedToo).getConnection()).isInstanceOf(SQLException.class);
    Databases databases = open(renamed, renamedToo);
    for (Pool pool : List.of(databases.mysql(), databases.postgres())) {
      assertThatThrownBy(() -> pool.query("SELECT 1").execute().await(10, TimeUnit.SECONDS)).hasMessageMatching(REFUSED);
    }
  }

  /** MySQL and Postgres by JDBC, then by the pools. */
  private static List<Boolean> encrypted(Settings.Tls tls, Optional<Path> ca) throws Exception {
    Settings.MySql mysql = mysql(tls, ca);
    Settings.Postgres lessons = postgres(tls, ca);
    String mysqlQuestion = "SELECT variable_value <> '' FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'";
    String postgresQuestion = "SELECT CASE WHEN ssl THEN 1 ELSE 0 END FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    Databases databases = open(mysql, lessons);
    try {
      return List.of(
          ask(JdbcSources.mysql(mysql), mysqlQuestion),
          ask(JdbcSources.postgres(lessons), postgresQuestion),
          ask(databases.mysql(), mysqlQuestion),
          ask(databases.postgres(), postgresQuestion));
    } finally {
      databases.close().await(10, TimeUnit.SECONDS);
    }
  }

  private static boolean ask(DataSource source, String question) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getInt(1) == 1;
    }
  }

  private static boolean ask(Pool pool, String question) throws Exception {
    return pool.query(question).execute().await(10, TimeUnit.SECONDS).iterator().next().getInteger(0) == 1;
  }

  private static Databases open(Settings.MySql mysql, Settings.Postgres lessons) {
    try {
      return Databases.open(vertx, TestServers.settings(Path.of("target"), mysql, lessons)).await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static Settings.MySql mysql(Settings.Tls tls, Optional<Path> ca) {
    Settings.MySql plain = mariaDb.settings();
    return new Settings.MySql(plain.host(), plain.port(), plain.user(), plain.password(), plain.database(), 1, tls, ca);
  }

  private static Settings.Postgres postgres(Settings.Tls tls, Optional<Path> ca) {
    Settings.Postgres plain = postgres.settings();
    return new Settings.Postgres(
        plain.host(), plain.port(), plain.user(), plain.password(), plain.database(), 1, tls, ca, plain.pooler());
  }

  /** A certificate for 127.0.0.1 that signs itself, by the JDK's own tool. */
  private static void makeCertificate(Path certificate, Path key) throws Exception {
    Path store = certificate.resolveSibling(certificate.getFileName() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "RSA", "-keysize", "2048", "-validity", "2",
                "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-ext", "bc:c=ca:true", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", new String(STORE_PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
    Key secret = keys.getKey("server", STORE_PASSWORD);
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem("PRIVATE " + "KEY", secret.getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind + "-----\n";
  }
}
