package http;

import courses.CourseWorkers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import llm.PoolCount;
import settings.LanguageModel;
import telemetry.Health;
import telemetry.Health.DatabaseState;

/**
 * What clients of course systems look for in {@code GET /health}: sections 2.1 and 2.3 of the
 * courses' contract. What must be counted is counted in the background, while it is asked for, and
 * not often.
 */
final class CourseHealth {
  private static final long FIRST_COUNT_MILLIS = 1_000;
  private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final List<String> SERVICES =
      List.of("chapter", "quiz", "flashcard", "game", "article");

  private final Health health;
  private final CourseWorkers workers;
  private final LanguageModel models;
  private final boolean elevenLabs;
  private final boolean search;
  private final Map<String, PoolCount> configured;
  private volatile Map<String, PoolCount> running = Map.of();
  private volatile Long courses;
  private volatile String generators = "no_workers";
  private volatile long asked;
  private volatile boolean asking;
  private volatile Future<Object> look = Future.succeededFuture();

  CourseHealth(ApiParts parts) {
    this.health = parts.health();
    this.workers = parts.courses().workers();
    this.models = parts.settings().languageModel();
    this.elevenLabs = parts.settings().speech().elevenLabs().apiKey().isPresent();
    this.search = parts.settings().courseSources().search().key().isPresent();
    this.configured = PoolCount.configured(models);
    ask();
  }

  /**
   * The fields, as last counted. Waits only for the very first count, which fails while the tables
   * are still being made, and never longer than a second.
   */
  Future<JsonObject> fields() {
    if (System.nanoTime() - asked > STALE_NANOS) {
      ask();
    }
    boolean counted = courses != null || health.postgres() != DatabaseState.CONNECTED;
    return (counted
            ? Future.<Object>succeededFuture()
            : look.timeout(FIRST_COUNT_MILLIS, TimeUnit.MILLISECONDS))
        .transform(any -> Future.succeededFuture(told()));
  }

  private JsonObject told() {
    JsonObject fields = new JsonObject().put("service", "course-generation");
    Map<String, PoolCount> pools = new TreeMap<>(configured);
    // another node may have the keys
    running.forEach((service, count) -> pools.merge(service, count, CourseHealth::larger));
    int shared = keys(pools, PoolCount.ANY);
    long gemini = models.keys().stream().filter(key -> key.provider().equals("gemini")).count();
    fields
        .put("has_gemini", gemini > 0)
        .put(
            "gemini_key_count",
            models.keys().stream()
                .filter(key -> key.provider().equals("gemini") && key.services().isEmpty())
                .count());
    for (String service : SERVICES) {
      fields.put(service + "_keys", pools.containsKey(service) ? keys(pools, service) : shared);
    }
    fields
        .put(
            "groq_keys",
            models.keys().stream().filter(key -> key.provider().equals("groq")).count())
        .put("has_elevenlabs", elevenLabs)
        .put("has_brave", search)
        .put("api", "healthy")
        .put("services", true)
        .put("celery", generators)
        .put("database", database())
        .put("database_courses", courses);
    return fields;
  }

  private static int keys(Map<String, PoolCount> pools, String service) {
    return pools.containsKey(service) ? pools.get(service).keys() : 0;
  }

  private static PoolCount larger(PoolCount one, PoolCount other) {
    return one.keys() >= other.keys() ? one : other;
  }

  private String database() {
    DatabaseState state = health.postgres();
    return state == DatabaseState.CONNECTED
        ? courses == null ? "not_initialized" : "connected"
        : "error";
  }

  private void ask() {
    if (asking) {
      return;
    }
    asking = true;
    asked = System.nanoTime();
    look =
        Future.join(workers.counts(), workers.pools())
            .<Object>transform(
                done -> {
                  asking = false;
                  if (done.failed()) {
                    asked -= STALE_NANOS; // whoever asks next has it looked up again
                    generators = "error: the database does not answer";
                    return Future.succeededFuture();
                  }
                  CourseWorkers.Counts counts = done.result().resultAt(0);
                  courses = counts.courses();
                  generators = counts.nodes() > 0 ? "healthy" : "no_workers";
                  running = done.result().resultAt(1);
                  return Future.succeededFuture();
                });
  }
}
