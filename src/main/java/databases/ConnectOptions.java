package databases;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import settings.Secret;
import settings.Settings;

/** The Vert.x clients' connect options, from settings that name a host. */
final class ConnectOptions {
  // A server keeps each connection's statements in memory; MySQL has a limit over all connections
  // (16,382).
  private static final int CACHED_STATEMENTS = 128;
  // What is longer is a list of very many ids, which hardly comes twice. The client's own limit of
  // 2,048 would leave out some of the statements that every page of an app sends.
  private static final int LONGEST_CACHED = 8_192;

  private ConnectOptions() {}

  static PgConnectOptions postgres(Settings.Postgres settings) {
    boolean session = settings.pooler() == Settings.Pooler.NONE;
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(settings.host().orElseThrow())
            .setPort(settings.port())
            .setDatabase(settings.database())
            .setUser(settings.user())
            .setPassword(settings.password().map(Secret::reveal).orElse(""))
            .setCachePreparedStatements(session)
            .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS)
            .setPreparedStatementCacheSqlFilter(sql -> sql.length() <= LONGEST_CACHED)
            // A transaction pooler may send Bind to another server connection than Parse, unless
            // both travel together.
            .setUseLayer7Proxy(!session);
    if (!session) {
      options.setPipeliningLimit(1);
    }
    options.addProperty("application_name", "lessonweave");
    options.setMetricsName("postgres");
    // Without ssl options REQUIRE ends in a NullPointerException, without an algorithm VERIFY_FULL
    // is refused.
    return switch (settings.tls()) {
      case OFF -> options.setSslMode(SslMode.DISABLE);
      case REQUIRE -> options.setSslMode(SslMode.REQUIRE).setSslOptions(trustAll());
      case VERIFY ->
          options.setSslMode(SslMode.VERIFY_FULL).setSslOptions(verify(settings.tlsCa()));
    };
  }

  static MySQLConnectOptions mysql(Settings.MySql settings) {
    MySQLConnectOptions options =
        new MySQLConnectOptions()
            .setHost(settings.host().orElseThrow())
            .setPort(settings.port())
            .setDatabase(settings.database())
            .setUser(settings.user())
            .setPassword(settings.password().map(Secret::reveal).orElse(""))
            .setCollation("utf8mb4_unicode_ci")
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS)
            .setPreparedStatementCacheSqlFilter(sql -> sql.length() <= LONGEST_CACHED)
            // An UPDATE counts the rows it found, changed or not.
            .setUseAffectedRows(false);
    options.setMetricsName("mysql");
    return switch (settings.tls()) {
      case OFF -> options.setSslMode(io.vertx.mysqlclient.SslMode.DISABLED);
      case REQUIRE ->
          options.setSslMode(io.vertx.mysqlclient.SslMode.REQUIRED).setSslOptions(trustAll());
      case VERIFY ->
          options
              .setSslMode(io.vertx.mysqlclient.SslMode.VERIFY_IDENTITY)
              .setSslOptions(verify(settings.tlsCa()));
    };
  }

  private static ClientSSLOptions trustAll() {
    return new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("");
  }

  private static ClientSSLOptions verify(Optional<Path> ca) {
    TrustOptions trust =
        ca.<TrustOptions>map(file -> new PemTrustOptions().addCertPath(file.toString()))
            .orElseGet(ConnectOptions::jvmTrust);
    return new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setTrustOptions(trust);
  }

  /** The JVM's trust store, which both clients demand to be named. */
  private static TrustOptions jvmTrust() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The JVM's trust store can't be read: "
              + e.getMessage()
              + ". Name a CA file in the settings.",
          e);
    }
  }
}
