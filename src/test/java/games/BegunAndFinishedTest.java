package games;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What begins and what ends with one statement, next to what takes a transaction of several. */
class BegunAndFinishedTest {
  private static final String LEARNER = "stu-1";

  private final Games games = Games.all(Catalogues.plain(), new KnownWords());
  private LessonDatabases databases;
  private Completions completions;

  @BeforeEach
  void open() {
    databases = new LessonDatabases();
    completions = new Completions(databases.mysql);
    databases.mysql("INSERT INTO word_lists (id, user_id, name) VALUES ('l', ?, 'w')", LEARNER);
    databases.mysql(
        "INSERT INTO words (id, list_id, word, translation) VALUES ('w', 'l', 'harbour', 'x')");
  }

  @AfterEach
  void close() {
    databases.close();
  }

  private Session start() {
    return await(
            new Sessions(databases.mysql, games)
                .start(
                    LEARNER,
                    GameType.FLASHCARDS,
                    "class-7",
                    new Selection(
                        Selection.Mode.CUSTOM,
                        Optional.of("l"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of("easy"),
                        false,
                        10),
                    Optional.empty()))
        .session();
  }

  private WordList make() {
    return await(
        new WordListStore(databases.mysql)
            .create(
                LEARNER,
                new NewWordList("מילים \uD83D\uDE42", Optional.of("'; --"), Optional.empty(), true),
                Optional.empty()));
  }

  private long changes() {
    long count = 0;
    for (Row row :
        databases.mysql("SELECT changes FROM learner_changes WHERE user_id = ?", LEARNER)) {
      count += row.getLong(0);
    }
    return count;
  }

  private String row(String table, String id) {
    Row row = databases.mysql("SELECT * FROM " + table + " WHERE id = ?", id).iterator().next();
    return row.toJson()
        .encode()
        .replace(id, "id")
        .replaceAll("\"(started|created|updated)_at\":\"[^\"]+\"", "\"$1_at\":\"then\"");
  }

  @Test
  void procedureAndStatementsStoreTheSameRowsAndCountTheChange() {
    databases.mysql("UPDATE words SET difficulty = 'easy'");
    String session = row("game_sessions", start().id());
    assertThat(changes()).isEqualTo(1);
    String list = row("word_lists", make().id());
    assertThat(changes()).isEqualTo(2);
    await(databases.mysql.query("DROP PROCEDURE lessonweave_begin_session_1").execute());
    await(databases.mysql.query("DROP PROCEDURE lessonweave_make_list_1").execute());
    assertThat(row("game_sessions", start().id()))
        .isEqualTo(session)
        .containsPattern("\"item_order\":\"?\\[\\\\?\"w\\\\?\"]");
    assertThat(row("word_lists", make().id())).isEqualTo(list).contains("'; --");
    assertThat(changes()).isEqualTo(4);
  }

  @Test
  void aRefusedRowIsNotCounted() {
    String id = "x".repeat(65);
    OptionalProcedure make =
        new OptionalProcedure(databases.mysql, "lessonweave_make_list_1", 8, "nothing is lost");
    Throwable refused =
        await(
            LearnerChanges.begin(
                    databases.mysql,
                    LEARNER,
                    make,
                    () ->
                        Tuple.of(
                            id, LEARNER, null, "n", null, false, Columns.time(Columns.now()), null),
                    "none")
                .<Throwable>transform(result -> Future.succeededFuture(result.cause())));
    assertThat(refused).hasMessageContaining("p_id");
    assertThat(changes()).isZero();
    assertThat(make.available()).isTrue();
  }

  /** The procedure stores both or neither; statements keep what was made, and it is answered. */
  @Test
  void aChangeThatCannotBeCounted() {
    databases.mysql("RENAME TABLE learner_changes TO learner_changes_away");
    Throwable refused = catchThrowable(this::make);
    assertThat(refused).hasMessageContaining("learner_changes");
    assertThat(lists()).isEqualTo(1);
    await(databases.mysql.query("DROP PROCEDURE lessonweave_make_list_1").execute());
    assertThat(make().favorite()).isTrue();
    assertThat(lists()).isEqualTo(2);
    databases.mysql("RENAME TABLE learner_changes_away TO learner_changes");
    assertThat(changes()).isZero();
  }

  private int lists() {
    return databases.mysql("SELECT id FROM word_lists WHERE user_id = ?", LEARNER).size();
  }

  @Test
  void whatWasAnsweredSinceItWasReadIsNotWrittenOver() {
    Session read = start();
    record(read.id(), true);
    long changes = changes();
    var at = Columns.now();
    Session finished = read.completed(read.progress(), 0, null, at);
    assertThat(await(SessionRows.finish(databases.mysql, read, finished, at))).isFalse();
    assertThat(changes()).isEqualTo(changes);
    Session done = complete(read.id());
    assertThat(done.finalScore()).isEqualTo(100.0);
    assertThat(stored(read.id())).isEqualTo("completed 1 of 1, 1 right, 0 wrong, 100.00");
    assertThat(changes()).isEqualTo(changes + 1);
    GameProblem again = catchThrowableOfType(GameProblem.class, () -> complete(read.id()));
    assertThat(again.code()).isEqualTo("SESSION_COMPLETED");
    assertThat(changes()).isEqualTo(changes + 1);
  }

  @Test
  void aLearnerOfWhomNothingWasCountedFinishesTheSameWay() {
    Session session = start();
    record(session.id(), false);
    databases.mysql("DELETE FROM learner_changes");
    assertThat(complete(session.id()).finalScore()).isEqualTo(0.0);
    assertThat(stored(session.id())).isEqualTo("completed 1 of 1, 0 right, 1 wrong, 0.00");
    assertThat(changes()).isEqualTo(1);
  }

  @Test
  void anotherLearnersSessionIsNotFinished() {
    Session session = start();
    GameProblem refused =
        catchThrowableOfType(
            GameProblem.class,
            () ->
                await(
                    completions.complete(
                        "stu-2", Optional.empty(), session.id(), none(), true, Optional.empty())));
    assertThat(refused.code()).isEqualTo("SESSION_NOT_FOUND");
    assertThat(stored(session.id())).startsWith("active");
  }

  @Test
  void aResultOfAnyGameFindsTheGameByItself() {
    Session session = start();
    assertThat(record(session.id(), false).progress().incorrect()).isEqualTo(1);
    GameProblem refused = catchThrowableOfType(GameProblem.class, () -> record("nowhere", true));
    assertThat(refused.code()).isEqualTo("SESSION_NOT_FOUND");
  }

  private Recording record(String session, boolean right) {
    return await(
        new Results(databases.mysql, games)
            .record(
                LEARNER,
                Optional.empty(),
                session,
                new ResultRequest(
                    "w", new Answer(right, false, null, null, null, null), right, 1, 0, null, null),
                Optional.empty()));
  }

  private static Completions.Summary none() {
    return new Completions.Summary(new JsonObject(), null, null, null);
  }

  private Session complete(String id) {
    return await(
        completions.complete(
            LEARNER, Optional.of(GameType.FLASHCARDS), id, none(), false, Optional.empty()));
  }

  private String stored(String id) {
    Row row =
        databases
            .mysql(
                "SELECT status, progress_current, progress_total, correct_count, incorrect_count,"
                    + " final_score FROM game_sessions WHERE id = ?",
                id)
            .iterator()
            .next();
    return row.getString(0)
        + " "
        + row.getInteger(1)
        + " of "
        + row.getInteger(2)
        + ", "
        + row.getInteger(3)
        + " right, "
        + row.getInteger(4)
        + " wrong, "
        + row.getValue(5);
  }
}
