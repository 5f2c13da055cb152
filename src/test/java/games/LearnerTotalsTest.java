package games;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Totals and the sessions that are not in them yet say together what all sessions say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LearnerTotalsTest {
  private static final String STATUSES[] = {"active", "completed", "completed", "abandoned"};

  private final Random random = new Random(10);
  private LessonDatabases databases;
  private LearnerTotals totals;
  private GameStats stats;
  private SessionHistory history;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
    totals = new LearnerTotals(databases.mysql);
    stats = new GameStats(databases.mysql, Games.all(Catalogues.plain(), new KnownWords()), totals);
    history = new SessionHistory(databases.mysql, totals);
  }

  @AfterAll
  void close() {
    databases.close();
  }

  @Test
  void foldingChangesNothingThatIsRead() {
    String learner = "folded-" + UUID.randomUUID();
    String other = "other-" + UUID.randomUUID();
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 30; i++) {
        session(learner);
      }
      session(other);
      assertThat(told(learner)).isEqualTo(counted(learner));
      await(totals.fold(learner));
      assertThat(unfolded(learner)).isZero();
      assertThat(told(learner)).isEqualTo(counted(learner));
      assertThat(told(other)).isEqualTo(counted(other));
      goOn(learner);
      assertThat(told(learner)).isEqualTo(counted(learner));
    }
  }

  /** What is played on, finished and given up after it was summed up. */
  private void goOn(String learner) {
    change(learner, "status = 'completed', completed_at = updated_at", "active", 3);
    change(learner, "correct_count = correct_count + 1", "active", 3);
    change(
        learner,
        "incorrect_count = incorrect_count + 2, status = 'completed', final_score = 12.5",
        "active",
        2);
    change(
        learner, "correct_count = correct_count + 1, updated_at = UTC_TIMESTAMP(6)", "active", 2);
    change(learner, "status = 'abandoned'", "active", 1);
  }

  private void change(String learner, String what, String status, int sessions) {
    databases.mysql(
        "UPDATE game_sessions SET "
            + what
            + " WHERE user_id = ? AND status = ? ORDER BY RAND()"
            + " LIMIT ?",
        learner,
        status,
        sessions);
  }

  @Test
  void nodesOfTheVersionBeforeMayFoldFinishedSessionsToo() {
    String learner = "mixed-" + UUID.randomUUID();
    for (int i = 0; i < 40; i++) {
      session(learner, "active");
    }
    await(totals.fold(learner));
    change(learner, "status = 'completed', completed_at = updated_at", "active", 15);
    change(learner, "correct_count = correct_count + 1", "active", 5);
    List<Object> counted = counted(learner);
    // they know of learner_totals and in_totals only
    databases.mysql(
        "INSERT INTO learner_totals SELECT user_id, game_type, COUNT(*), COUNT(*),"
            + " SUM(correct_count), SUM(incorrect_count), SUM(correct_count),"
            + " SUM(incorrect_count), SUM("
            + SessionHistory.SCORE
            + "), MAX(updated_at) FROM"
            + " game_sessions WHERE user_id = ? AND status = 'completed' GROUP BY user_id,"
            + " game_type",
        learner);
    databases.mysql(
        "UPDATE game_sessions SET in_totals = 1 WHERE user_id = ? AND status = 'completed'",
        learner);
    assertThat(told(learner)).isEqualTo(counted);
    await(totals.fold(learner));
    assertThat(unfolded(learner)).isZero();
    assertThat(told(learner)).isEqualTo(counted);
  }

  @Test
  void readersOfManySessionsReadFewRows() {
    String learner = "many-" + UUID.randomUUID();
    for (int i = 0; i < 1_500; i++) {
      session(learner);
    }
    await(totals.fold(learner));
    List<Object> counted = counted(learner);
    // until the server has cleared away what the fold left in the index, it thinks that much is
    // there
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    long first = rowsRead();
    long asking = rowsRead() - first;
    long read;
    do {
      long before = rowsRead();
      assertThat(told(learner)).isEqualTo(counted);
      await(history.completed(learner, Optional.of(GameType.FLASHCARDS), 1, 10));
      read = rowsRead() - before - asking;
    } while (read > 700 && System.nanoTime() < deadline);
    assertThat(read).isLessThanOrEqualTo(700);
  }

  /** By the whole server; asking reads some itself. */
  private long rowsRead() {
    long all = 0;
    for (var row : databases.mysql("SHOW GLOBAL STATUS LIKE 'Handler_read%'")) {
      all += Long.parseLong(row.getString(1));
    }
    return all;
  }

  @Test
  void twoNodesFoldAtOnceWhileOthersReadAndNothingCountsTwice() {
    String learner = "raced-" + UUID.randomUUID();
    for (int i = 0; i < 450; i++) {
      session(learner);
    }
    List<Object> counted = counted(learner);
    Future<Integer> one = totals.fold(learner);
    Future<Integer> two = new LearnerTotals(databases.mysql).fold(learner);
    while (!one.isComplete() || !two.isComplete()) {
      assertThat(told(learner)).isEqualTo(counted);
    }
    await(totals.fold(learner));
    assertThat(unfolded(learner)).isZero();
    assertThat(told(learner)).isEqualTo(counted);
  }

  @Test
  void whoeverReadsManyFinishedSessionsHasThemFolded() {
    String learner = "reader-" + UUID.randomUUID();
    for (int i = 0; i <= 2 * LearnerTotals.TOLERATED; i++) {
      session(learner, "completed");
    }
    List<Object> counted = counted(learner);
    assertThat(told(learner)).isEqualTo(counted);
    // the reader waits for no fold; another, which waits for its rows, is done after it
    await(totals.fold(learner));
    assertThat(unfolded(learner)).isZero();
    assertThat(told(learner)).isEqualTo(counted);
  }

  private void session(String learner) {
    session(learner, STATUSES[random.nextInt(STATUSES.length)]);
  }

  private void session(String learner, String status) {
    GameType[] games = GameType.values();
    Instant at = Instant.ofEpochSecond(1_700_000_000 + random.nextInt(10_000_000));
    boolean completed = status.equals("completed");
    databases.mysql(
        "INSERT INTO game_sessions (id, user_id, game_type, mode, item_order, mastered_ids,"
            + " needs_practice_ids, status, correct_count, incorrect_count, final_score,"
            + " started_at, updated_at, completed_at) VALUES (?, ?, ?, 'custom', '[]', '[]', '[]',"
            + " ?, ?, ?, ?, ?, ?, ?)",
        UUID.randomUUID().toString(),
        learner,
        games[random.nextInt(games.length)].wireName(),
        status,
        random.nextInt(12),
        random.nextInt(12),
        completed && random.nextInt(4) > 0 ? random.nextInt(10_001) / 100.0 : null,
        Columns.time(at),
        Columns.time(at),
        completed ? Columns.time(at) : null);
  }

  private int unfolded(String learner) {
    return databases
        .mysql(
            "SELECT COUNT(*) FROM game_sessions WHERE user_id = ? AND to_sum = 1 AND (status <>"
                + " 'active' OR updated_at < UTC_TIMESTAMP(6) - INTERVAL 2 MINUTE)",
            learner)
        .iterator()
        .next()
        .getInteger(0);
  }

  /** What the service says. */
  private List<Object> told(String learner) {
    List<Object> all = new ArrayList<>();
    await(stats.ofAll(learner)).games().forEach(game -> all.add(numbers(game)));
    for (GameType game : GameType.values()) {
      all.add(numbers(await(stats.ofGame(learner, game))));
    }
    var completed = await(history.completed(learner, Optional.empty(), 1, 5));
    all.add(
        List.of(
            completed.sessions(),
            completed.correct(),
            completed.incorrect(),
            completed.averageScore()));
    return all;
  }

  /** The same from the sessions themselves. */
  private List<Object> counted(String learner) {
    List<Object> all = new ArrayList<>();
    List<Object> single = new ArrayList<>();
    for (GameType game : GameType.values()) {
      GameStats.Totals found = counted(learner, game);
      single.add(numbers(found));
      if (found.sessions() > 0) {
        all.add(found);
      }
    }
    all.sort(java.util.Comparator.comparing(t -> ((GameStats.Totals) t).game().wireName()));
    all.replaceAll(t -> numbers((GameStats.Totals) t));
    all.addAll(single);
    var row =
        databases
            .mysql(
                "SELECT COUNT(*), COALESCE(SUM(correct_count), 0), COALESCE(SUM(incorrect_count),"
                    + " 0), COALESCE(ROUND(AVG("
                    + SessionHistory.SCORE
                    + "), 2), 0) FROM game_sessions WHERE user_id = ? AND status = 'completed'",
                learner)
            .iterator()
            .next();
    all.add(List.of(row.getLong(0), row.getLong(1), row.getLong(2), row.getDouble(3)));
    return all;
  }

  private GameStats.Totals counted(String learner, GameType game) {
    var row =
        databases
            .mysql(
                "SELECT COUNT(*), COALESCE(SUM(status = 'completed'), 0), COALESCE(SUM("
                    + "correct_count), 0), COALESCE(SUM(incorrect_count), 0), COALESCE(ROUND(AVG("
                    + "CASE WHEN status = 'completed' THEN "
                    + SessionHistory.SCORE
                    + " END), 2), 0), MAX(updated_at) AS last FROM game_sessions WHERE user_id = ?"
                    + " AND game_type = ?",
                learner,
                game.wireName())
            .iterator()
            .next();
    return new GameStats.Totals(
        game,
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getDouble(4),
        Columns.instant(row, "last"));
  }

  private static List<Object> numbers(GameStats.Totals totals) {
    return List.of(
        totals.game(),
        totals.sessions(),
        totals.completed(),
        totals.correct(),
        totals.incorrect(),
        totals.averageScore(),
        String.valueOf(totals.lastPlayed()));
  }
}
