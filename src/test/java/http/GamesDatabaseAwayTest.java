package http;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.Doorway;
import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Secret;
import settings.Settings;

/** The games' database goes, comes back, or makes somebody wait: 503 and nothing half done. */
class GamesDatabaseAwayTest extends SessionTest {
  private final String me = learner();
  private Doorway door;
  private Pool pool;
  private ApiServer away;
  private String list;
  private String word;
  private String session;

  @BeforeAll
  void seed() throws Exception {
    list = list(me, "Kitchen");
    word = word(me, list, "kettle");
    session = start(me, "flashcards", new JsonObject().put("wordListId", list)).getString("id");
    Settings.MySql mysql = databases.settings.mysql();
    door = Doorway.to(mysql.port());
    pool =
        MySQLBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(4)
                    .setConnectionTimeout(2)
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS))
            .connectingTo(
                new MySQLConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(door.port())
                    .setUser(mysql.user())
                    .setPassword(mysql.password().map(Secret::reveal).orElse(""))
                    .setDatabase(mysql.database())
                    .setCollation("utf8mb4_unicode_ci")
                    .setCachePreparedStatements(true)
                    .setUseAffectedRows(false))
            // no session of these waits long for a lock
            .withConnectHandler(
                connection ->
                    connection
                        .query("SET SESSION innodb_lock_wait_timeout = 1, time_zone = '+00:00'")
                        .execute()
                        .onComplete(done -> connection.close()))
            .using(databases.vertx)
            .build();
    away = ApiServer.on(databases, Settings.AuthMode.COMPAT).mysql(pool).start();
  }

  @AfterAll
  void shut() throws Exception {
    away.close();
    LessonDatabases.await(pool.close());
    door.close();
  }

  private List<Supplier<Answer>> requests(String key) {
    JsonObject answer = known(word, true).put("clientResultId", key);
    String[] keyed = {"X-User-Id", me, "Idempotency-Key", key};
    String games = "/v1/flashcards/sessions";
    return List.of(
        () -> away.get("/v1/word-lists", as(me)),
        () -> away.get("/api/v1/word-lists?user_id=" + me),
        () -> away.post("/v1/word-lists", new JsonObject().put("name", key), keyed),
        () -> away.post(games, new JsonObject().put("wordListId", list), as(me)),
        () -> away.get(games + "/" + session, as(me)),
        () -> away.post(games + "/" + session + "/results", answer, as(me)),
        () -> away.post(games + "/" + session + "/results", answer, keyed),
        () -> away.get("/v1/advanced-cloze/topics"),
        () -> away.get("/v1/flashcards/stats/me", as(me)),
        () -> away.get("/v1/mistakes/" + me),
        () -> away.get("/v1/progress/" + me),
        () ->
            away.post("/v1/sessions/start", new JsonObject().put("game_type", "spelling"), as(me)));
  }

  private static void unavailable(Answer answer) {
    refused(answer, 503, "SERVICE_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.json().getString("detail")).contains("database").contains("again");
  }

  @Test
  void goneItIsSaidSoAtOnceAndBackEverythingGoesOn() throws Exception {
    requests("before").forEach(request -> assertThat(request.get().status()).isBetween(200, 201));
    door.shut();
    for (Supplier<Answer> request : requests("gone")) {
      long begun = System.nanoTime();
      unavailable(request.get());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }
    assertThat(number("SELECT COUNT(*) FROM word_lists WHERE user_id = ? AND name = 'gone'", me))
        .isZero();
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE client_result_id = 'gone'"))
        .isZero();
    door.open();
    requests("gone").forEach(request -> assertThat(request.get().status()).isBetween(200, 201));
    assertThat(number("SELECT COUNT(*) FROM word_lists WHERE user_id = ? AND name = 'gone'", me))
        .isEqualTo(1);
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE client_result_id = 'gone'"))
        .isEqualTo(1);
  }

  @Test
  void whoWaitsTooLongForALockIsToldToComeBack() throws Exception {
    JsonObject answer = known(word, true).put("clientResultId", "locked");
    String path = "/v1/flashcards/sessions/" + session + "/results";
    var held =
        LessonDatabases.await(
            databases.mysql.getConnection().compose(c -> c.begin().map(begun -> c)));
    LessonDatabases.await(
        held.preparedQuery("SELECT id FROM game_sessions WHERE id = ? FOR UPDATE")
            .execute(io.vertx.sqlclient.Tuple.of(session)));
    CompletableFuture<Answer> one =
        CompletableFuture.supplyAsync(() -> away.post(path, answer, as(me)));
    CompletableFuture<Answer> other =
        CompletableFuture.supplyAsync(
            () -> away.post(path, answer, "X-User-Id", me, "Idempotency-Key", "locked"));
    unavailable(one.get(10, TimeUnit.SECONDS));
    unavailable(other.get(10, TimeUnit.SECONDS));
    LessonDatabases.await(held.transaction().rollback());
    LessonDatabases.await(held.close());
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE client_result_id = 'locked'"))
        .isZero();
    expect(200, away.post(path, answer, "X-User-Id", me, "Idempotency-Key", "locked"));
  }
}
