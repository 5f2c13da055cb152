package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import telemetry.Health;
import telemetry.Health.DatabaseState;

/** What this service is and how it does: H13 to H17. Answers from cached probes and never waits. */
final class HealthEndpoints {
  private static final JsonArray SERVICES =
      new JsonArray().add("lessons").add("exercises").add("games").add("courses");

  private final Health health;
  private final String environment;
  private final String version;
  private final boolean zoom;
  private final Set<Integer> coursePorts;
  private final CourseHealth courses;

  HealthEndpoints(ApiParts parts) {
    this.health = parts.health();
    this.environment = parts.settings().environment().word();
    this.version = parts.version();
    this.zoom = parts.settings().zoom().configured();
    this.coursePorts = Set.copyOf(parts.settings().courses().extraPorts());
    this.courses = new CourseHealth(parts);
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("serviceInfo", this::serviceInfo)
        .add("health", this::health)
        .add("live", this::liveness)
        .add("ready", this::readiness)
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
            // what clients of course systems look for on the ports they know
            .put("status", coursePorts.contains(call.port()) ? "running" : "active")
            .put("message", "lessonweave makes exercises, games and courses of lessons")
            .put("database", health.postgres().word())
            .put("services", SERVICES.copy())
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
    return courses
        .fields()
        .compose(
            fields ->
                reply(
                    200,
                    fields
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
                                        : "disconnected"))));
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
