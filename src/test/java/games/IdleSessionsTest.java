package games;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdleSessionsTest {
  private LessonDatabases databases;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  void close() {
    databases.close();
  }

  private String session(String status, Instant lastAnswered) {
    return session(status, lastAnswered, lastAnswered);
  }

  private String session(String status, Instant started, Instant lastAnswered) {
    String id = java.util.UUID.randomUUID().toString();
    databases.mysql(
        "INSERT INTO game_sessions (id, user_id, game_type, mode, item_order, mastered_ids,"
            + " needs_practice_ids, status, started_at, updated_at) VALUES (?, 'stu-1',"
            + " 'flashcards', 'custom', '[]', '[]', '[]', ?, ?, ?)",
        id,
        status,
        Columns.time(started),
        Columns.time(lastAnswered));
    return id;
  }

  private String status(String id) {
    return databases
        .mysql("SELECT status FROM game_sessions WHERE id = ?", id)
        .iterator()
        .next()
        .getString(0);
  }

  @Test
  void whatNobodyPlayedForThirtyDaysIsAbandoned() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    String justIdle = session("active", now.minus(Duration.ofDays(30)).minusMillis(1));
    String justActive = session("active", now.minus(Duration.ofDays(30)));
    String completed = session("completed", now.minus(Duration.ofDays(300)));
    String longPlayed =
        session("active", now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(29)));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(session("active", now.minus(Duration.ofDays(31 + i))));
    }
    var idle = new IdleSessions(databases.mysql);
    assertThat(await(idle.abandon(now))).isEqualTo(502);
    assertThat(await(idle.abandon(now))).isZero();
    assertThat(status(justIdle)).isEqualTo("abandoned");
    assertThat(status(justActive)).isEqualTo("active");
    assertThat(status(completed)).isEqualTo("completed");
    assertThat(status(longPlayed)).isEqualTo("active");
    assertThat(many).allSatisfy(id -> assertThat(status(id)).isEqualTo("abandoned"));
  }

  @Test
  void anAbandonedSessionTakesNothingMore() {
    String id = session("abandoned", Instant.now());
    var results = new Results(databases.mysql, Games.all(Catalogues.plain(), new KnownWords()));
    var request =
        new ResultRequest(
            "x", new Answer(true, false, null, null, null, null), true, 1, 0, null, null);
    var refused = results.record("stu-1", Optional.empty(), id, request, Optional.empty());
    assertThat(code(refused)).isEqualTo("SESSION_COMPLETED");
    var summary = new Completions.Summary(new JsonObject(), null, null, null);
    var late =
        new Completions(databases.mysql)
            .complete("stu-1", Optional.empty(), id, summary, true, Optional.empty());
    assertThat(code(late)).isEqualTo("SESSION_COMPLETED");
    assertThat(status(id)).isEqualTo("abandoned");
  }

  private static String code(Future<?> refused) {
    Throwable cause =
        await(refused.<Throwable>transform(result -> Future.succeededFuture(result.cause())));
    return ((GameProblem) cause).code();
  }
}
