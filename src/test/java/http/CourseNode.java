package http;

import courses.content.Authors;
import courses.content.CourseAuthor;
import courses.content.RuleAuthor;
import courses.sources.SourceExtractor;
import courses.sources.Sources;
import databases.Databases;
import exercises.language.NlpModels;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import lessons.LessonDatabases;
import messages.Addresses;
import telemetry.StageMetrics;
import verticles.ActorParts;
import verticles.CourseGenerator;
import work.WakeUps;

/**
 * The actor that makes courses beside a test's server, writing by rules. The test may hold an
 * author's calls back, have them fail, and sees them all.
 */
final class CourseNode implements AutoCloseable {
  private static final NlpModels MODELS = NlpModels.load();

  /** Calls so far: method, and the course they were for. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  final Map<String, Promise<Void>> held = new ConcurrentHashMap<>();
  private final Map<String, Promise<Void>> reached = new ConcurrentHashMap<>();
  final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();
  private final LessonDatabases databases;
  private final Databases own;
  private final WakeUps wakeUps;
  private final AtomicReference<String> deployment = new AtomicReference<>();
  private final ActorParts parts;
  private final Authors authors;
  private final SourceExtractor extractor;

  CourseNode(LessonDatabases databases, String name) {
    this.databases = databases;
    own = LessonDatabases.await(Databases.open(databases.vertx, databases.settings));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts =
        new ActorParts(
            databases.settings,
            name,
            "1",
            own,
            null,
            () -> Future.succeededFuture(MODELS),
            new StageMetrics(registry),
            registry,
            null,
            java.util.Optional.empty());
    authors = new Authors(Optional.empty(), watched(new RuleAuthor(databases.vertx, MODELS)));
    extractor = Sources.of(databases.vertx, databases.settings, databases.postgres, registry);
    wakeUps =
        WakeUps.listening(
            databases.vertx,
            own.listenOptions(),
            List.of(
                Addresses.COURSES_EXTRACT,
                Addresses.COURSES_WRITE,
                Addresses.COURSES_SPEECH,
                Addresses.COURSES_STOP,
                Addresses.COURSES_EVENTS));
    LessonDatabases.await(wakeUps.start());
    deploy();
  }

  void deploy() {
    deployment.set(
        LessonDatabases.await(
            databases.vertx.deployVerticle(new CourseGenerator(parts, extractor, authors))));
  }

  private CourseAuthor watched(CourseAuthor rules) {
    return (CourseAuthor)
        Proxy.newProxyInstance(
            CourseAuthor.class.getClassLoader(),
            new Class<?>[] {CourseAuthor.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (name.equals("name")) {
                return rules.name();
              }
              calls.add(name);
              if (failing.containsKey(name)) {
                return Future.failedFuture(failing.get(name));
              }
              Promise<Void> gate = held.get(name);
              Promise<Void> seen = reached.get(name);
              if (gate != null && seen != null) {
                seen.tryComplete();
              }
              Future<Void> open = gate == null ? Future.succeededFuture() : gate.future();
              return open.compose(
                  free -> {
                    try {
                      return (Future<?>) method.invoke(rules, arguments);
                    } catch (InvocationTargetException e) {
                      return Future.failedFuture(e.getCause());
                    } catch (IllegalAccessException e) {
                      return Future.failedFuture(e);
                    }
                  });
            });
  }

  /** Lets calls of a method wait until {@link #release}. */
  void hold(String method) {
    reached.put(method, Promise.promise());
    held.put(method, Promise.promise());
  }

  /** Until a call is held back. */
  void awaitHeld(String method) {
    LessonDatabases.await(reached.get(method).future());
  }

  void release(String method) {
    held.remove(method).complete();
  }

  @Override
  public void close() {
    LessonDatabases.await(databases.vertx.undeploy(deployment.get()));
    LessonDatabases.await(wakeUps.stop());
    LessonDatabases.await(own.close());
  }
}
