package load;

import databases.Databases;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import launch.Node;
import settings.Settings;

/**
 * The least that could answer where a job stands: for {@code /task/owner} one statement by its key,
 * with the driver, pool and number of event loops of the service, written out as it comes.
 *
 * <p>Argument: number of event loops. The databases come from the environment.
 */
final class BareStatus extends VerticleBase {
  private static final String STATUS =
      """
      SELECT j.id, j.task_id, j.owner_id, j.course_id, j.generation_process_id, j.status, j.priority, course_progress(j) AS progress_object,
          j.lessons_written, j.lessons_planned, c.title, c.status_reason, j.created_at, j.started_at, j.finished_at, j.updated_at
      FROM course_job j JOIN course c ON c.id = j.course_id WHERE j.task_id = $1 AND j.owner_id = $2
      """;

  private final Pool postgres;

  private BareStatus(Pool postgres) {
    this.postgres = postgres;
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Node.loadSettings(Optional.empty(), System.getenv(), Map.of());
    Vertx vertx = Vertx.vertx();
    Pool postgres = Databases.open(vertx, settings).await(1, TimeUnit.MINUTES).postgres();
    vertx
        .deployVerticle(
            () -> new BareStatus(postgres),
            new DeploymentOptions().setInstances(Integer.parseInt(args[0])))
        .await(1, TimeUnit.MINUTES);
    System.out.println(
        "ready after all: http://127.0.0.1:"
            + vertx.sharedData().<String, Integer>getLocalMap("bare").get("port"));
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(-1, "127.0.0.1")
        .onSuccess(
            server ->
                vertx
                    .sharedData()
                    .<String, Integer>getLocalMap("bare")
                    .put("port", server.actualPort()));
  }

  private void answer(HttpServerRequest request) {
    String[] names = request.path().split("/");
    postgres
        .preparedQuery(STATUS)
        .execute(Tuple.of(UUID.fromString(names[1]), names[2]))
        .onFailure(error -> request.response().setStatusCode(500).end(error.toString()))
        .onSuccess(
            rows -> {
              Row row = rows.iterator().next();
              JsonObject progress = row.getJsonObject("progress_object");
              request
                  .response()
                  .putHeader("Content-Type", "application/json")
                  .end(
                      progress
                          .put("task_id", row.getUUID("task_id").toString())
                          .put("title", row.getString("title"))
                          .toBuffer());
            });
  }
}
