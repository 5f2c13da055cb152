package load;

import databases.Databases;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import launch.Node;
import settings.Settings;

/**
 * The least that could answer: for the request {@code /n} it sends the statements of tape n, with
 * the same driver, pool and number of event loops as the service, and writes the tape's bytes. It
 * checks nothing, reads no body and makes nothing of the rows but what the next statement compares
 * with. {@code /n/id} names what the request plays on or uses up, since a session that is completed
 * again, or a word deleted again, would change nothing; what a tape made is named in the location
 * header of its answer.
 *
 * <p>Arguments: file of tapes, number of event loops. The databases come from the environment.
 */
final class BareServer extends VerticleBase {
  private final Databases databases;
  private final Pool mysql;
  private final List<Track> tracks;

  private record Track(
      List<Tape.Statement> statements,
      boolean transaction,
      int before,
      int status,
      Integer made,
      List<Map.Entry<String, String>> headers,
      Buffer body) {
    static Track of(JsonObject tape) {
      List<Tape.Statement> all = new ArrayList<>(Tape.statements(tape));
      int begin = all.stream().map(Tape.Statement::sql).toList().indexOf(Tape.BEGIN);
      all.removeIf(s -> s.sql().equals(Tape.BEGIN) || s.sql().equals(Tape.COMMIT));
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      for (Object header : tape.getJsonArray("headers")) {
        headers.add(
            Map.entry(((JsonArray) header).getString(0), ((JsonArray) header).getString(1)));
      }
      return new Track(
          List.copyOf(all),
          begin >= 0,
          Math.max(0, begin),
          tape.getInteger("status"),
          tape.getInteger("made"),
          headers,
          Buffer.buffer(tape.getString("body")));
    }
  }

  private BareServer(Databases databases, List<Track> tracks) {
    this.databases = databases;
    this.mysql = databases.mysql();
    this.tracks = tracks;
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Node.loadSettings(Optional.empty(), System.getenv(), Map.of());
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    List<Track> tracks = new ArrayList<>();
    for (Object tape : new JsonArray(Files.readString(Path.of(args[0])))) {
      tracks.add(Track.of((JsonObject) tape));
    }
    Databases databases = Databases.open(vertx, settings).await(1, TimeUnit.MINUTES);
    vertx
        .deployVerticle(
            () -> new BareServer(databases, tracks),
            new DeploymentOptions().setInstances(Integer.parseInt(args[1])))
        .await(1, TimeUnit.MINUTES);
    System.out.println(
        "ready after all: http://127.0.0.1:"
            + vertx.sharedData().<String, Integer>getLocalMap("bare").get("port"));
  }

  @Override
  public Future<?> start() {
    databases.ownMysql(context.getInstanceCount());
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
    String path = request.path();
    int slash = path.indexOf('/', 1);
    Track track =
        tracks.get(Integer.parseInt(path.substring(1, slash < 0 ? path.length() : slash)));
    Ids ids = new Ids(new HashMap<>(), slash < 0 ? null : path.substring(slash + 1));
    Future<Void> played = play(mysql, track, ids, 0, track.before(), null);
    if (track.transaction()) {
      played =
          played.compose(
              done ->
                  mysql.withTransaction(
                      connection ->
                          play(
                              connection,
                              track,
                              ids,
                              track.before(),
                              track.statements().size(),
                              null)));
    } else {
      played =
          played.compose(
              done -> play(mysql, track, ids, track.before(), track.statements().size(), null));
    }
    played.onComplete(
        done -> {
          HttpServerResponse response = request.response();
          if (done.failed()) {
            response.setStatusCode(500).end(String.valueOf(done.cause()));
            return;
          }
          response.setStatusCode(track.status());
          for (Map.Entry<String, String> header : track.headers()) {
            response.putHeader(
                header.getKey(),
                track.made() != null && header.getKey().equalsIgnoreCase("location")
                    ? header.getValue().substring(0, header.getValue().lastIndexOf('/') + 1)
                        + ids.fresh().get(track.made())
                    : header.getValue());
          }
          response.end(track.body());
        });
  }

  /**
   * Of one repetition.
   *
   * @param told what the request named, null for nothing
   */
  private record Ids(Map<Integer, String> fresh, String told) {}

  private static Future<Void> play(
      SqlClient db, Track track, Ids ids, int from, int to, Row before) {
    if (from == to) {
      return Future.succeededFuture();
    }
    Tape.Statement statement = track.statements().get(from);
    return db.preparedQuery(statement.sql())
        .execute(Tuple.from(Tape.arguments(statement, ids.fresh(), ids.told(), before)))
        .compose(
            rows -> {
              RowIterator<Row> read = rows.iterator();
              return play(db, track, ids, from + 1, to, read.hasNext() ? read.next() : null);
            });
  }
}
