package databases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import settings.Settings;

/** The database servers that the settings leave to us. */
public final class EmbeddedServers implements AutoCloseable {
  private static final String HOST_TABLES = "embedded/host.sql";

  private final Settings settings;
  private final Optional<EmbeddedMariaDb> mariaDb;
  private final Optional<EmbeddedPostgres> postgres;

  private EmbeddedServers(
      Settings settings, Optional<EmbeddedMariaDb> mariaDb, Optional<EmbeddedPostgres> postgres) {
    this.settings = settings;
    this.mariaDb = mariaDb;
    this.postgres = postgres;
  }

  /**
   * Starts, side by side, the servers that {@code settings} names no host for, and makes the host
   * platform's tables in the embedded MariaDB. Blocks for seconds: call it on a worker thread.
   * Programs are unpacked into {@code servers} in the data folder, data lies in {@code mariadb} and
   * {@code postgres}.
   *
   * @param dataFolder held by the caller until these servers are closed
   * @throws EmbeddedServerException when one can't be started; the other is stopped then
   */
  public static EmbeddedServers start(DataFolder dataFolder, Settings settings) {
    return start(dataFolder, settings, dataFolder.path().resolve("servers"));
  }

  /** As above, with the servers' programs in a folder that several data folders may share. */
  public static EmbeddedServers start(DataFolder dataFolder, Settings settings, Path binaries) {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CompletableFuture<Optional<EmbeddedMariaDb>> mariaDb =
          when(settings.mysql().embedded(), () -> mariaDb(dataFolder, settings, binaries), threads);
      CompletableFuture<Optional<EmbeddedPostgres>> postgres =
          when(
              settings.postgres().embedded(),
              () ->
                  EmbeddedPostgres.start(
                      binaries, dataFolder.path().resolve("postgres"), settings.postgres()),
              threads);
      // Both have ended after this, one way or the other; only then it is known what has to be
      // stopped.
      CompletableFuture.allOf(mariaDb, postgres).exceptionally(failed -> null).join();
      if (mariaDb.isCompletedExceptionally() || postgres.isCompletedExceptionally()) {
        throw failure(mariaDb, postgres);
      }
      return new EmbeddedServers(settings, mariaDb.join(), postgres.join());
    } finally {
      threads.shutdown();
    }
  }

  /** The given settings, with the embedded servers' addresses where a host was missing. */
  public Settings settings() {
    return settings.withDatabases(
        mariaDb.map(EmbeddedMariaDb::settings).orElse(settings.mysql()),
        postgres.map(EmbeddedPostgres::settings).orElse(settings.postgres()));
  }

  /** The embedded MariaDB, unless the settings name a server. */
  public Optional<EmbeddedMariaDb> mariaDb() {
    return mariaDb;
  }

  /** The embedded PostgreSQL, unless the settings name a server. */
  public Optional<EmbeddedPostgres> postgres() {
    return postgres;
  }

  /**
   * Stops both, side by side, in bounded time (half a minute at worst, usually half a second); does
   * nothing the second time.
   */
  @Override
  public void close() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> mariaDb.ifPresent(EmbeddedServer::close), threads),
              CompletableFuture.runAsync(() -> postgres.ifPresent(EmbeddedServer::close), threads))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  private static EmbeddedMariaDb mariaDb(DataFolder dataFolder, Settings settings, Path binaries) {
    EmbeddedMariaDb server =
        EmbeddedMariaDb.start(binaries, dataFolder.path().resolve("mariadb"), settings.mysql());
    try {
      makeHostTables(server.settings());
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Stands in for the host platform: its tables, empty; existing ones are left alone. */
  static void makeHostTables(Settings.MySql settings) {
    try (InputStream script =
            EmbeddedServers.class.getClassLoader().getResourceAsStream(HOST_TABLES);
        Connection connection = JdbcSources.mysql(settings).getConnection();
        Statement statement = connection.createStatement()) {
      String sql =
          new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      for (String part : sql.split(";")) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    } catch (SQLException | IOException e) {
      throw new EmbeddedServerException(
          "The host's tables can't be made in the embedded MariaDB: " + e.getMessage(), e);
    }
  }

  private static <T> CompletableFuture<Optional<T>> when(
      boolean embedded, Supplier<T> start, ExecutorService threads) {
    return embedded
        ? CompletableFuture.supplyAsync(() -> Optional.of(start.get()), threads)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static RuntimeException failure(
      CompletableFuture<Optional<EmbeddedMariaDb>> mariaDb,
      CompletableFuture<Optional<EmbeddedPostgres>> postgres) {
    RuntimeException failure = null;
    for (CompletableFuture<? extends Optional<? extends EmbeddedServer>> start :
        List.of(mariaDb, postgres)) {
      try {
        start.join().ifPresent(EmbeddedServer::close);
      } catch (CompletionException e) {
        RuntimeException cause =
            e.getCause() instanceof RuntimeException known
                ? known
                : new EmbeddedServerException(String.valueOf(e.getCause()), e.getCause());
        if (failure == null) {
          failure = cause;
        } else {
          failure.addSuppressed(cause);
        }
      }
    }
    return failure;
  }
}
