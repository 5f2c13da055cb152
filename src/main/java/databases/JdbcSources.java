package databases;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import settings.Secret;
import settings.Settings;

/** JDBC connections for migrations and start-up; every wait is bounded. */
final class JdbcSources {
  private static final int CONNECT_SECONDS = 5;
  // One statement of a migration may build an index on a large table.
  private static final int STATEMENT_SECONDS = 900;

  private JdbcSources() {}

  /** One driver for MySQL and MariaDB. */
  static DataSource mysql(Settings.MySql settings) throws SQLException {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("connectTimeout", Integer.toString(CONNECT_SECONDS * 1000));
    options.put("socketTimeout", Integer.toString(STATEMENT_SECONDS * 1000));
    options.put("tcpKeepAlive", "true");
    // MySQL 8 without TLS: the password is encrypted with the server's key, which has to be
    // fetched.
    options.put("allowPublicKeyRetrieval", "true");
    options.put("connectionCollation", "utf8mb4_unicode_ci");
    options.put(
        "sslMode",
        switch (settings.tls()) {
          case OFF -> "disable";
          case REQUIRE -> "trust";
          case VERIFY -> "verify-full";
        });
    if (settings.tls() == Settings.Tls.VERIFY) {
      settings.tlsCa().ifPresent(ca -> options.put("serverSslCert", ca.toString()));
    }
    String host = settings.host().orElseThrow();
    String url =
        options.entrySet().stream()
            .map(option -> option.getKey() + '=' + option.getValue())
            .collect(
                Collectors.joining(
                    "&",
                    "jdbc:mariadb://"
                        + (host.contains(":") ? '[' + host + ']' : host)
                        + ':'
                        + settings.port()
                        + '/'
                        + settings.database()
                        + '?',
                    ""));
    MariaDbDataSource source = new MariaDbDataSource(url);
    source.setUser(settings.user());
    source.setPassword(settings.password().map(Secret::reveal).orElse(""));
    return source;
  }

  static DataSource postgres(Settings.Postgres settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {settings.host().orElseThrow()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(settings.user());
    settings.password().map(Secret::reveal).ifPresent(source::setPassword);
    source.setApplicationName("lessonweave");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS * 2);
    source.setSocketTimeout(STATEMENT_SECONDS);
    source.setTcpKeepAlive(true);
    if (settings.pooler() == Settings.Pooler.TRANSACTION) {
      // The next statement may run on another server connection, which doesn't know the prepared
      // one.
      source.setPrepareThreshold(0);
    }
    switch (settings.tls()) {
      case OFF -> source.setSslMode("disable");
      case REQUIRE -> {
        source.setSslMode("require");
        source.setSslfactory("org.postgresql.ssl.NonValidatingFactory");
      }
      case VERIFY -> {
        source.setSslMode("verify-full");
        if (settings.tlsCa().isPresent()) {
          source.setSslRootCert(settings.tlsCa().get().toString());
        } else {
          source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
        }
      }
    }
    return source;
  }
}
