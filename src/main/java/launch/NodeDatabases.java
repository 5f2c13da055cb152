package launch;

import courses.CourseStages;
import databases.DataFolder;
import databases.Databases;
import databases.EmbeddedServers;
import databases.MigrationException;
import databases.Migrations;
import games.CatalogueLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lessons.LessonStages;
import lessons.PublishStages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;
import work.RetryPolicy;
import work.WorkQueue;

/**
 * What a node stands on: the data folder and its embedded servers where none are configured, the
 * pools, the tables, the queue.
 */
final class NodeDatabases {
  private static final Logger log = LoggerFactory.getLogger(NodeDatabases.class);
  private static final double BACKOFF_JITTER = 0.1;
  private static final long MIGRATION_RETRY_MILLIS = 2_000;

  private final Vertx vertx;
  private final Settings configured;

  private volatile Settings settings;
  private volatile DataFolder dataFolder;
  private volatile EmbeddedServers servers;
  private volatile Databases pools;
  private volatile WorkQueue lessonQueue;
  private volatile WorkQueue publications;
  private volatile boolean closing;

  NodeDatabases(Vertx vertx, Settings configured) {
    this.vertx = vertx;
    this.configured = configured;
    this.settings = configured;
  }

  /**
   * Starts embedded servers where the settings name none, and makes the pools; a configured server
   * need not answer yet.
   */
  Future<Void> open() {
    boolean embedded = configured.mysql().embedded() || configured.postgres().embedded();
    Future<Object> running =
        embedded ? vertx.executeBlocking(this::startServers, false) : Future.succeededFuture();
    return running
        .compose(done -> Databases.open(vertx, settings))
        .onSuccess(
            open -> {
              pools = open;
              Settings.Work work = settings.work();
              RetryPolicy retry =
                  new RetryPolicy(
                      work.backoffBase(), work.backoffMax(), work.maxAttempts(), BACKOFF_JITTER);
              lessonQueue = new WorkQueue(open.postgres(), LessonStages.TABLE, retry);
              publications = PublishStages.queue(open.postgres(), work);
            })
        .mapEmpty();
  }

  private Object startServers() {
    log.info("starting the embedded databases in {}", configured.dataDir());
    dataFolder = DataFolder.open(configured.dataDir());
    servers = EmbeddedServers.start(dataFolder, configured);
    settings = servers.settings();
    return null;
  }

  /** Brings the tables up to date. @return the scripts that ran */
  Future<List<String>> migrate() {
    return vertx
        .executeBlocking(() -> Migrations.run(settings), false)
        .compose(
            report ->
                settings.catalogue().starter()
                    ? CatalogueLoader.load(pools.mysql()).map(report)
                    : Future.succeededFuture(report))
        .map(report -> report.applied().isEmpty() ? List.of("up to date") : report.applied());
  }

  /**
   * As {@link #migrate}, and a configured database that is away is waited for; anything else that
   * is wrong with it is a failure.
   */
  Future<Void> migrateUntilDone() {
    return migrate()
        .<Void>mapEmpty()
        .recover(
            error -> {
              if (closing || !mayPass(error)) {
                return Future.failedFuture(error);
              }
              log.warn("{}; trying again", error.getMessage());
              return vertx
                  .timer(MIGRATION_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                  .compose(fired -> migrateUntilDone());
            })
        // An embedded database is this process's alone, so whoever held a lesson there is dead.
        .compose(
            done -> configured.postgres().embedded() ? freeLeases() : Future.succeededFuture());
  }

  private static boolean mayPass(Throwable error) {
    return error instanceof MigrationException migration
        ? migration.retryable()
        : error instanceof VertxException
            || error instanceof DatabaseException
            || error instanceof IOException
            || error instanceof TimeoutException;
  }

  private Future<Void> freeLeases() {
    var courses = configured.courses();
    return Future.all(
            lessonQueue.releaseAllLeases(),
            publications.releaseAllLeases(),
            CourseStages.queue(pools.postgres(), courses.maxAttempts(), courses.retryPause())
                .releaseAllLeases())
        .mapEmpty();
  }

  /** Closes pools, then servers; never fails, and needs nothing to have been opened. */
  Future<Void> close() {
    closing = true;
    Future<Void> closed = pools == null ? Future.succeededFuture() : pools.close();
    return closed
        .transform(
            done ->
                vertx.<Void>executeBlocking(
                    () -> {
                      if (servers != null) {
                        servers.close();
                      }
                      if (dataFolder != null) {
                        dataFolder.close();
                      }
                      return null;
                    },
                    false))
        .otherwiseEmpty();
  }

  /** As configured, with the embedded servers' addresses once they run. */
  Settings settings() {
    return settings;
  }

  Databases pools() {
    return pools;
  }

  WorkQueue lessonQueue() {
    return lessonQueue;
  }

  WorkQueue publications() {
    return publications;
  }
}
