package launch;

import cluster.HazelcastNodes;
import courses.CourseStages;
import databases.DataFolderException;
import databases.Databases;
import databases.EmbeddedServerException;
import databases.MigrationException;
import exercises.language.NlpModels;
import http.HttpApi;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lessons.LessonStages;
import lessons.PublishStages;
import lessons.WorkflowStages;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;
import settings.SettingsLoader;
import telemetry.NodeHealth;
import telemetry.StageMetrics;
import verticles.ActorParts;
import verticles.GameHttp;
import verticles.HttpPorts;
import work.WakeUps;
import zoom.ZoomAccount;

/**
 * One running process: databases, migrations, wake-ups and the chosen verticles, opened in this
 * order and closed in the opposite one.
 *
 * <p>Databases that are configured but away don't stop a start: the node listens, says it is not
 * ready, and goes on when they answer.
 */
public final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);
  private static final long DEPTHS_MILLIS = 5_000;

  private final Settings configured;
  private final PrometheusMeterRegistry registry;
  private final Vertx vertx;
  private final NodeHealth health;
  private final Promise<Void> stopped = Promise.promise();
  private final List<String> deployments = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Future<NlpModels>> models = new AtomicReference<>();
  private final AtomicReference<Future<Void>> stopping = new AtomicReference<>();

  private final NodeDatabases databases;
  private volatile WakeUps wakeUps;
  private Optional<ZoomAccount> zoom;

  private Node(Settings configured, PrometheusMeterRegistry registry, Vertx vertx) {
    this.configured = configured;
    this.registry = registry;
    this.vertx = vertx;
    this.health = new NodeHealth(vertx);
    this.databases = new NodeDatabases(vertx, configured);
  }

  /** Reads the settings on a Vert.x of its own, because the real one is built from them. */
  public static Settings loadSettings(
      Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine) {
    Vertx reader =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setWorkerPoolSize(1));
    try {
      return new SettingsLoader(reader, Roster.names())
          .load(file, environment, commandLine)
          .await();
    } finally {
      reader.close();
    }
  }

  /**
   * Builds the node's Vert.x, and joins the cluster when the settings say so. Opens nothing else.
   * Blocks while joining.
   */
  public static Node create(Settings settings) throws TimeoutException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MetricsOptions metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            // Two pools tell their figures apart by name.
            .addLabels(Label.NAMESPACE)
            .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
            // http.Traffic and http.RequestMeter say it by operation
            .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET);
    Settings.Cluster cluster = settings.cluster();
    EventBusOptions eventBus = new EventBusOptions();
    if (cluster.enabled() && !cluster.host().equals("0.0.0.0")) {
      eventBus.setHost(cluster.host());
    }
    VertxBuilder builder =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setMetricsOptions(metrics)
                    .setEventBusOptions(eventBus)
                    // fewer and cheaper system calls on Linux; elsewhere Java's own
                    .setPreferNativeTransport(true))
            .withMetrics(new MicrometerMetricsFactory(registry));
    Vertx vertx;
    if (cluster.enabled()) {
      try {
        vertx =
            builder
                .withClusterManager(HazelcastNodes.join(cluster))
                .buildClustered()
                .await(2, TimeUnit.MINUTES);
      } catch (RuntimeException e) {
        throw new StartFailure(
            "can't join the cluster from "
                + cluster.host()
                + ":"
                + cluster.port()
                + " ("
                + e.getMessage()
                + "): check cluster.host, cluster.port and cluster.members",
            e);
      }
    } else {
      vertx = builder.build();
    }
    return new Node(settings, registry, vertx);
  }

  /**
   * Opens everything and deploys the chosen verticles; completes when the node is ready, or fails
   * having closed what was open.
   */
  public Future<Void> start() {
    configured.warnings().forEach(log::warn);
    long begun = System.nanoTime();
    if (configured.verticles().containsKey("GameHttp")) {
      // Reading the API's document takes longer than anything else the verticle does; what fails
      // here fails again, and is said, there.
      HttpApi.prepare(vertx);
    }
    Future<Void> opening =
        portsFree()
            .compose(free -> databases.open())
            .compose(
                open -> {
                  List<String> chosen = new ArrayList<>(configured.verticles().keySet());
                  boolean http = chosen.remove("GameHttp");
                  // Whoever watches the node can ask it from here on why it is not ready.
                  Future<Void> listening = http ? deploy("GameHttp") : Future.succeededFuture();
                  health.notReady("waiting for its databases");
                  Future<Void> prepared =
                      health
                          .watch(databases.pools()::probeMysql, databases.pools()::probePostgres)
                          .compose(done -> databases.migrateUntilDone())
                          .onSuccess(done -> health.migrated())
                          .compose(done -> listen());
                  return Future.all(listening, prepared)
                      .compose(
                          done ->
                              deployAll(Roster.names().stream().filter(chosen::contains).toList()));
                })
            .onSuccess(
                done -> {
                  health.started();
                  watchDepths();
                  log.info(
                      "ready after {} ms: {}{}",
                      TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                      String.join(", ", configured.verticles().keySet()),
                      httpPort() == 0 ? "" : ", listening on " + url());
                });
    // A promise of no context: by the time a failed start is reported, the event loops it ran on
    // have ended.
    Promise<Void> started = Promise.promise();
    opening.onComplete(
        result -> {
          if (result.succeeded()) {
            started.complete();
          } else if (stopping.get() != null) {
            started.fail(new StartFailure("stopped while starting", result.cause()));
          } else {
            stop().onComplete(done -> started.fail(startFailure(result.cause())));
          }
        });
    return started.future();
  }

  private Future<Void> portsFree() {
    return Future.future(
        promise -> {
          if (configured.verticles().containsKey("GameHttp")) {
            HttpPorts.requireFree(configured);
          }
          promise.complete();
        });
  }

  private static Throwable startFailure(Throwable error) {
    boolean known =
        error instanceof EmbeddedServerException
            || error instanceof DataFolderException
            || error instanceof MigrationException
            || error instanceof IllegalStateException;
    return known ? new StartFailure(error.getMessage(), error) : error;
  }

  /** Migrates both databases and opens nothing but them. @return the scripts that ran */
  Future<List<String>> migrate() {
    return databases
        .open()
        .compose(open -> databases.migrate())
        .recover(error -> Future.failedFuture(startFailure(error)));
  }

  private Future<Void> listen() {
    health.notReady("starting");
    Settings settings = databases.settings();
    if (!databases.pools().canListen()) {
      log.info(
          "a transaction pooler stands before Postgres (postgres.pooler): without LISTEN work is"
              + " found by polling every {} (work.poll-interval), and without named statements each"
              + " is parsed anew; the session pooler or the direct address have both",
          settings.work().pollInterval());
      return Future.succeededFuture();
    }
    List<String> addresses =
        Stream.concat(
                Stream.of(
                        LessonStages.TABLE,
                        PublishStages.TABLE,
                        WorkflowStages.TABLE,
                        CourseStages.TABLE)
                    .flatMap(table -> table.stages().stream())
                    .map(work.Stage::address),
                Stream.of(Addresses.ZOOM_EVENTS, Addresses.COURSES_STOP, Addresses.COURSES_EVENTS))
            .toList();
    wakeUps = WakeUps.listening(vertx, databases.pools().listenOptions(), addresses);
    return wakeUps.start();
  }

  private Future<Void> deployAll(List<String> names) {
    Future<Void> all = Future.succeededFuture();
    for (String name : names) {
      all = all.compose(done -> deploy(name));
    }
    return all;
  }

  private Future<Void> deploy(String name) {
    Roster.Role role = Roster.role(name);
    int count = configured.verticles().get(name);
    ActorParts parts =
        new ActorParts(
            databases.settings(),
            nodeName(),
            Version.number(),
            databases.pools(),
            databases.lessonQueue(),
            this::models,
            new StageMetrics(registry),
            registry,
            health,
            zoom());
    Supplier<Deployable> supplier = () -> role.make().apply(parts);
    return vertx
        .deployVerticle(
            supplier,
            new DeploymentOptions().setInstances(count == 0 ? role.instances().getAsInt() : count))
        .onSuccess(deployments::add)
        .mapEmpty();
  }

  /** One for all verticles of the node: its tokens and its pace are the account's. */
  synchronized Optional<ZoomAccount> zoom() {
    if (zoom == null) {
      zoom =
          ZoomAccount.open(
              vertx, databases.settings(), databases.pools().postgres(), registry, nodeName());
    }
    return zoom;
  }

  private static String nodeName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "node";
    }
    return host + "-" + ProcessHandle.current().pid();
  }

  /** Loading takes a second of CPU, so it happens once, when the first verticle asks. */
  private Future<NlpModels> models() {
    Promise<NlpModels> mine = Promise.promise();
    if (models.compareAndSet(null, mine.future())) {
      vertx.executeBlocking(NlpModels::load, false).onComplete(mine);
    }
    return models.get();
  }

  private void watchDepths() {
    StageMetrics metrics = new StageMetrics(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    @SuppressWarnings("resource") // it listens for as long as the process lives
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    lookAtDepths(metrics);
  }

  private void lookAtDepths(StageMetrics metrics) {
    List<Future<?>> looks =
        Stream.of(databases.lessonQueue(), databases.publications())
            .<Future<?>>map(
                queue ->
                    queue
                        .depths()
                        .timeout(DEPTHS_MILLIS, TimeUnit.MILLISECONDS)
                        .onSuccess(metrics::depths))
            .toList();
    Future.join(looks)
        .onComplete(
            done -> {
              if (stopping.get() == null) {
                vertx.setTimer(DEPTHS_MILLIS, id -> lookAtDepths(metrics));
              }
            });
  }

  /**
   * Goes unready, lets the verticles finish within the drain timeout, closes pools and embedded
   * servers. Never fails; calling it again gives the same future.
   */
  public Future<Void> stop() {
    Promise<Void> mine = Promise.promise();
    if (!stopping.compareAndSet(null, mine.future())) {
      return stopping.get();
    }
    health.stopping();
    log.info("stopping");
    // All at once, so that the drain timeout holds for the node and not for each of them. Pools
    // close after the last verticle has
    // given its leases back through them.
    Future<?> undeployed = Future.join(deployments.stream().map(vertx::undeploy).toList());
    undeployed
        .transform(done -> wakeUps == null ? Future.succeededFuture() : wakeUps.stop())
        .transform(
            done -> zoom == null || zoom.isEmpty() ? Future.succeededFuture() : zoom.get().close())
        .transform(done -> databases.close())
        .transform(done -> vertx.close())
        .onComplete(
            done -> {
              mine.complete();
              stopped.complete();
            });
    return mine.future();
  }

  /** Completes when the node has stopped. */
  public Future<Void> stopped() {
    return stopped.future();
  }

  /** As configured, with the embedded servers' addresses once they run. */
  public Settings settings() {
    return databases.settings();
  }

  public Vertx vertx() {
    return vertx;
  }

  Databases databases() {
    return databases.pools();
  }

  /** Where this node listens, 0 when it does not. */
  public int httpPort() {
    return GameHttp.port(vertx);
  }

  String url() {
    String host = configured.http().host();
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + httpPort();
  }
}
