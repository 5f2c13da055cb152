package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import settings.LanguageModel;
import telemetry.Health;
import telemetry.Health.DatabaseState;

/** What this service is and how it does: H13 to H17. Answers from cached probes and never waits. */
final class HealthEndpoints {
  private final Health health;
  private final String environment;
  private final String version;
  private final LanguageModel models;
  private final boolean zoom;

  HealthEndpoints(ApiParts parts) {
    this.health = parts.health();
    this.environment = parts.settings().environment().word();
    this.version = parts.version();
    this.models = parts.settings().languageModel();
    this.zoom = parts.settings().zoom().configured();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("serviceInfo", this::serviceInfo)
        .add("health", this::health)
        .add("liveness", this::liveness)
        .add("healthDetailed", this::detailed)
        .add("readiness", this::readiness);
  }

  private Future<Reply> serviceInfo(Call call) {
    return reply(
        200,
        new JsonObject()
            .put("name", "lessonweave")
            .put("version", version)
            .put("status", "active")
            .put("documentation", "/docs")
            .put(
                "endpoints",
                new JsonObject()
                    .put("health", "/health")
                    .put("process_single", "/api/v1/process")
                    .put("process_multiple", "/api/v1/process/batch")
                    .put("process_zoom", "/api/v1/process-zoom-lesson"))
            .put(
                "zoom_integration",
                new JsonObject().put("enabled", zoom).put("status", zoom ? "active" : "inactive")));
  }

  private Future<Reply> health(Call call) {
    return reply(
        200,
        keyCounts()
            .put("status", "healthy")
            .put("timestamp", Times.now())
            .put("version", version)
            .put(
                "databases",
                new JsonObject()
                    .put("mysql", health.mysql().word())
                    .put(
                        "supabase",
                        health.postgres() == DatabaseState.CONNECTED
                            ? "connected"
                            : "disconnected")));
  }

  /**
   * Keys of language models configured here, after fallback (section 2.1 of the courses' contract):
   * a service without a key of its own uses the shared ones. Counts only.
   */
  private JsonObject keyCounts() {
    long shared = keys("gemini", "");
    JsonObject counts =
        new JsonObject().put("has_gemini", keys("gemini") > 0).put("gemini_key_count", shared);
    for (String service : List.of("chapter", "quiz", "flashcard", "game", "article")) {
      long own = keys("gemini", service);
      counts.put(service + "_keys", own > 0 ? own : shared);
    }
    return counts.put("groq_keys", keys("groq"));
  }

  private long keys(String provider) {
    return models.keys().stream().filter(key -> key.provider().equals(provider)).count();
  }

  private long keys(String provider, String service) {
    return models.keys().stream()
        .filter(key -> key.provider().equals(provider))
        .filter(
            key -> service.isEmpty() ? key.services().isEmpty() : key.services().contains(service))
        .count();
  }

  private Future<Reply> liveness(Call call) {
    return reply(
        200,
        new JsonObject()
            .put("status", "healthy")
            .put("timestamp", Times.now())
            .put("environment", environment));
  }

  private Future<Reply> detailed(Call call) {
    boolean mysql = health.mysql() == DatabaseState.CONNECTED;
    boolean postgres = health.postgres() == DatabaseState.CONNECTED;
    JsonObject off = new JsonObject().put("status", "disabled").put("enabled", false);
    JsonObject checks =
        new JsonObject()
            .put("mysql", check(health.mysql()))
            .put("supabase", check(health.postgres()))
            .put("groq", off.copy().putNull("model"))
            .put("gemini_transcription", off.copy().putNull("model").put("role", "fallback"))
            .put("assemblyai", off.copy().put("role", "primary"));
    return reply(
        mysql ? 200 : 503,
        new JsonObject()
            .put("status", mysql && postgres ? "healthy" : "degraded")
            .put("timestamp", Times.now())
            .put("environment", environment)
            .put("version", version)
            .put("checks", checks));
  }

  private static JsonObject check(DatabaseState state) {
    boolean connected = state == DatabaseState.CONNECTED;
    return new JsonObject()
        .put("status", connected ? "healthy" : "error")
        .put("connected", connected);
  }

  private Future<Reply> readiness(Call call) {
    boolean ready = health.ready();
    JsonObject body = new JsonObject().put("ready", ready).put("timestamp", Times.now());
    if (!ready) {
      body.put("reasons", health.reasons());
    }
    return reply(ready ? 200 : 503, body);
  }

  private static Future<Reply> reply(int status, JsonObject body) {
    return Future.succeededFuture(Reply.of(status, body));
  }
}
