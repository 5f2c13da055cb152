package games;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The procedure writes what the statements write. A stored answer, as for an idempotency key, makes
 * {@link Results} take the statements.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultProcedureTest {
  private static final Optional<BiFunction<SqlConnection, Recording, Future<Void>>> BY_PROCEDURE =
      Optional.empty();
  private static final Optional<BiFunction<SqlConnection, Recording, Future<Void>>> BY_STATEMENTS =
      Optional.of((transaction, recording) -> Future.succeededFuture());

  // what a search for text takes for wildcards, and what JSON escapes
  private static final List<String> ODD_IDS =
      List.of("a_b", "axb", "a%", "a", "a|_", "q\"uo\\te", "עברית", "A_B");

  private final Random random = new Random(15);
  private LessonDatabases databases;
  private Games games;
  private Results results;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
    games = Games.all(Catalogues.plain(), new KnownWords());
    results = new Results(databases.mysql, games);
    List.of("one", "two")
        .forEach(
            learner -> {
              databases.mysql(
                  "INSERT INTO word_lists (id, user_id, name) VALUES (?, ?, 'words')",
                  "list-" + learner,
                  learner);
              for (String id : ODD_IDS) {
                databases.mysql(
                    "INSERT INTO words (id, list_id, word, translation) VALUES (?, ?, 'harbour',"
                        + " 'x')",
                    id + learner,
                    "list-" + learner);
              }
            });
    databases.mysql("INSERT INTO cloze_topics (id, name) VALUES ('t', 'T')");
    databases.mysql(
        "INSERT INTO cloze_items (id, topic_id, text_parts, options, correct_answers)"
            + " VALUES ('gap', 't', '[\"I \", \" home.\"]', '[[\"go\", \"goes\"]]', '[\"go\"]')");
  }

  @AfterAll
  void close() {
    databases.close();
  }

  @Test
  void aRandomHistoryLeavesTheSameRowsBothWays() {
    for (GameType game : List.of(GameType.FLASHCARDS, GameType.SPELLING_BEE)) {
      String one = session(game, "one");
      String two = session(game, "two");
      for (int i = 0; i < 120; i++) {
        String id = ODD_IDS.get(random.nextInt(ODD_IDS.size()));
        boolean right = random.nextInt(3) > 0;
        Recording called =
            await(record("one", game, one, word(id + "one", right, "r" + i), BY_PROCEDURE));
        Recording stated =
            await(record("two", game, two, word(id + "two", right, "r" + i), BY_STATEMENTS));
        assertThat(counts(called)).isEqualTo(counts(stated));
        assertThat(rows("one", one)).isEqualTo(rows("two", two));
      }
    }
    List<String> gaps = new ArrayList<>();
    for (var way : List.of(BY_PROCEDURE, BY_STATEMENTS)) {
      String learner = way.isPresent() ? "two" : "one";
      String session = session(GameType.ADVANCED_CLOZE, learner, new JsonArray().add("gap"));
      for (String answer : List.of("goes", "goes", "go", "goes")) {
        var request =
            new ResultRequest(
                "gap",
                new Answer(null, false, null, null, List.of(answer), null),
                true,
                1,
                900,
                null,
                new JsonObject().put("client", "says \"right\""));
        await(record(learner, GameType.ADVANCED_CLOZE, session, request, way));
      }
      gaps.add(rows(learner, session));
    }
    assertThat(gaps.get(0)).isEqualTo(gaps.get(1));
  }

  @Test
  void whatIsNotPlainIsRefusedAsTheStatementsRefuseIt() {
    String session = session(GameType.FLASHCARDS, "one");
    var right = word("aone", true, "once");
    assertThat(await(record("one", GameType.FLASHCARDS, session, right, BY_PROCEDURE)).duplicate())
        .isFalse();
    assertThat(await(record("one", GameType.FLASHCARDS, session, right, BY_PROCEDURE)).duplicate())
        .isTrue();
    assertThat(refusal("two", session, right)).isEqualTo("SESSION_NOT_FOUND");
    assertThat(refusal("one", session, word("atwo", true, "x"))).isEqualTo("UNKNOWN_WORD");
    assertThat(refusal("one", session, word("a".repeat(65), true, "x"))).isEqualTo("UNKNOWN_WORD");
    assertThat(refusal("one", "s".repeat(65), right)).isEqualTo("SESSION_NOT_FOUND");
    databases.mysql("UPDATE game_sessions SET status = 'completed' WHERE id = ?", session);
    assertThat(refusal("one", session, word("aone", true, "later"))).isEqualTo("SESSION_COMPLETED");
    assertThat(await(record("one", GameType.FLASHCARDS, session, right, BY_PROCEDURE)).duplicate())
        .isTrue();
  }

  @Test
  void aWordThatWasChangedSinceItWasDealtIsJudgedAsItIsNow() {
    databases.mysql(
        "INSERT INTO words (id, list_id, word, translation) VALUES ('changing', 'list-one',"
            + " 'harbour', 'x')");
    GameType game = GameType.SPELLING_BEE;
    String session = session(game, "one", new JsonArray().add("changing"));
    await(games.items(game).load(databases.mysql, "one", List.of("changing")));
    databases.mysql("UPDATE words SET word = 'port' WHERE id = 'changing'");
    for (String typed : List.of("port", "harbour")) {
      boolean right = typed.equals("port");
      Recording recorded =
          await(record("one", game, session, spelt("changing", typed), BY_PROCEDURE));
      assertThat(recorded.result().correct()).isEqualTo(right);
      assertThat(recorded.outcome().getString("correctAnswer")).isEqualTo("port");
      // again with what is known by now
      await(games.items(game).load(databases.mysql, "one", List.of("changing")));
    }
    databases.mysql("DELETE FROM words WHERE id = 'changing'");
    GameProblem gone =
        catchThrowableOfType(
            GameProblem.class,
            () -> await(record("one", game, session, spelt("changing", "port"), BY_PROCEDURE)));
    assertThat(gone.code()).isEqualTo("UNKNOWN_WORD");
  }

  private static ResultRequest spelt(String id, String typed) {
    return new ResultRequest(
        id, new Answer(null, false, typed, null, null, null), null, 1, 1500, null, null);
  }

  @Test
  void withoutTheProcedureTheStatementsDoIt() {
    try (LessonDatabases without = new LessonDatabases()) {
      await(without.mysql.query("DROP PROCEDURE lessonweave_record_result_3").execute());
      without.mysql("INSERT INTO word_lists (id, user_id, name) VALUES ('list', 'one', 'words')");
      without.mysql(
          "INSERT INTO words (id, list_id, word, translation) VALUES ('w', 'list', 'a', 'b')");
      without.mysql(
          "INSERT INTO game_sessions (id, user_id, game_type, mode, item_order, progress_total,"
              + " mastered_ids, needs_practice_ids, started_at) VALUES ('s', 'one', 'flashcards',"
              + " 'custom', '[\"w\"]', 1, '[]', '[]', NOW(6))");
      Results alone = new Results(without.mysql, games);
      for (int i = 0; i < 2; i++) {
        Recording recorded =
            await(
                alone.record(
                    "one",
                    Optional.of(GameType.FLASHCARDS),
                    "s",
                    word("w", true, "r" + i),
                    BY_PROCEDURE));
        assertThat(recorded.progress().correct()).isEqualTo(i + 1);
      }
    }
  }

  private Future<Recording> record(
      String learner,
      GameType game,
      String session,
      ResultRequest request,
      Optional<BiFunction<SqlConnection, Recording, Future<Void>>> way) {
    return results.record(learner, Optional.of(game), session, request, way);
  }

  private String refusal(String learner, String session, ResultRequest request) {
    try {
      await(record(learner, GameType.FLASHCARDS, session, request, BY_PROCEDURE));
      return "recorded";
    } catch (GameProblem problem) {
      return problem.code();
    }
  }

  private static ResultRequest word(String id, boolean right, String clientResultId) {
    return new ResultRequest(
        id,
        new Answer(right, false, right ? "Harbour " : "harbor", null, null, null),
        null,
        2,
        1500,
        clientResultId,
        null);
  }

  private String session(GameType game, String learner) {
    JsonArray ids = new JsonArray();
    ODD_IDS.forEach(id -> ids.add(id + learner));
    return session(game, learner, ids);
  }

  private String session(GameType game, String learner, JsonArray ids) {
    String id = java.util.UUID.randomUUID().toString();
    databases.mysql(
        "INSERT INTO game_sessions (id, user_id, game_type, mode, item_order, progress_total,"
            + " mastered_ids, needs_practice_ids, started_at) VALUES (?, ?, ?, 'custom', ?, ?,"
            + " '[]', '[]', NOW(6))",
        id,
        learner,
        game.wireName(),
        ids.encode(),
        ids.size());
    return id;
  }

  private static List<Object> counts(Recording recording) {
    JsonObject word = recording.outcome().getJsonObject("word");
    return List.of(
        recording.progress(),
        recording.result().correct(),
        recording.duplicate(),
        word.getValue("practiceCount"),
        word.getValue("correctCount"),
        word.getValue("accuracy"));
  }

  /** Everything a history left, without times, numbers of rows and the learner's name. */
  private String rows(String learner, String session) {
    StringBuilder all = new StringBuilder();
    for (Row row :
        databases.mysql(
            "SELECT progress_current, progress_total, correct_count, incorrect_count, mastered_ids,"
                + " needs_practice_ids, status FROM game_sessions WHERE id = ?",
            session)) {
      all.append(Columns.array(row, "mastered_ids"))
          .append(Columns.array(row, "needs_practice_ids"));
      for (int i = 0; i < 4; i++) {
        all.append(' ').append(row.getInteger(i));
      }
      all.append(row.getString("status")).append('\n');
    }
    append(
        all,
        "SELECT game_type, item_id, client_result_id, is_correct, attempts, time_spent_ms, skipped,"
            + " user_answer, selected_answer, CAST(selected_answers AS CHAR), CAST(user_tokens AS"
            + " CHAR), error_type, CAST(metadata AS CHAR) FROM game_results WHERE session_id = ?"
            + " ORDER BY id",
        session);
    append(
        all,
        "SELECT id, practice_count, correct_count, accuracy, last_practiced IS NULL FROM words"
            + " WHERE list_id = ? ORDER BY id",
        "list-" + learner);
    append(
        all,
        "SELECT game_type, item_id, user_answer, correct_answer, CAST(selected_answers AS CHAR),"
            + " error_type, mistake_count FROM user_mistakes WHERE user_id = ? ORDER BY game_type,"
            + " item_id",
        learner);
    return all.toString().replace(learner, "learner");
  }

  private void append(StringBuilder all, String sql, String argument) {
    for (Row row : databases.mysql(sql, argument)) {
      all.append(row.deepToString()).append('\n');
    }
  }
}
