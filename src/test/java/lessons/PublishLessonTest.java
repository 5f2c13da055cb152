package lessons;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import games.LearnerChanges;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From an approved set in Postgres to what learners find in MySQL, on both real databases. */
class PublishLessonTest {
  private static LessonDatabases databases;
  private static ApprovalStore approvals;
  private static PublishLesson lessons;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
    approvals = new ApprovalStore(databases.postgres);
    lessons = new PublishLesson(databases.postgres, databases.mysql);
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  private static long pending(String classId, String userId, int number, JsonObject set) {
    return PublishSets.store(
        databases,
        PublishSets.lesson(databases, classId, userId, "16:00"),
        classId,
        userId,
        number,
        1,
        set);
  }

  private static void approve(long set) {
    assertThat(await(approvals.approve(set, Optional.of("t-9"), UnaryOperator.identity())))
        .isPresent();
  }

  private static void reject(long set) {
    assertThat(await(approvals.reject(set, Optional.of("t-9"), Optional.empty()))).isPresent();
  }

  /**
   * All rows of one learner in MySQL, without the columns that tell when a row was last written.
   */
  private static List<String> everythingOf(String userId) {
    List<String> rows = new ArrayList<>();
    for (String sql :
        List.of(
            "SELECT id, class_id, teacher_id, student_id, lesson_number, title, lesson_date,"
                + " zoom_summary_id, status, approved_by, created_at FROM lessons WHERE student_id"
                + " = ? ORDER BY id",
            "SELECT e.id, e.lesson_id, exercise_type, topic_id, topic_name, exercise_data,"
                + " difficulty, hint, explanation, e.created_at FROM lesson_exercises e JOIN"
                + " lessons l ON l.id = e.lesson_id WHERE l.student_id = ? ORDER BY e.id",
            "SELECT id, class_id, name, word_count, created_at, updated_at FROM word_lists WHERE"
                + " user_id = ? ORDER BY id",
            "SELECT w.* FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id = ?"
                + " ORDER BY w.id")) {
      databases.mysql(sql, userId).forEach(row -> rows.add(row.toJson().encode()));
    }
    return rows;
  }

  private static JsonObject data(Row row) {
    return row.getValue("exercise_data") instanceof JsonObject json
        ? json
        : new JsonObject(row.getString("exercise_data"));
  }

  private static TreeMap<String, Row> items(String userId) {
    TreeMap<String, Row> items = new TreeMap<>();
    databases
        .mysql(
            "SELECT e.* FROM lesson_exercises e JOIN lessons l ON l.id = e.lesson_id WHERE l.status"
                + " = 'approved' AND l.student_id = ?",
            userId)
        .forEach(row -> items.put(row.getString("id"), row));
    return items;
  }

  private static List<String> words(String userId) {
    List<String> words = new ArrayList<>();
    databases
        .mysql(
            "SELECT w.word FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id = ?"
                + " ORDER BY w.word",
            userId)
        .forEach(row -> words.add(row.getString("word")));
    return words;
  }

  @Test
  void everyKindOfItemBecomesPlayable() {
    long set = pending("pl-1", "pl-a", 3, PublishSets.set("pl-1"));
    approve(set);
    assertThat(await(lessons.publish(set))).isEqualTo(PublishLesson.Result.PUBLISHED);

    Row lesson =
        databases.mysql("SELECT * FROM lessons WHERE student_id = 'pl-a'").iterator().next();
    assertThat(lesson.getString("status")).isEqualTo("approved");
    assertThat(lesson.getInteger("lesson_number")).isEqualTo(3);
    assertThat(lesson.getString("title")).isEqualTo("Markets");
    assertThat(lesson.getLocalDate("lesson_date")).hasToString("2026-02-03");
    assertThat(lesson.getString("approved_by")).isEqualTo("t-9");
    assertThat(lesson.getLocalDateTime("approved_at")).isNotNull();

    var items = items("pl-a");
    assertThat(items)
        .containsOnlyKeys(
            "pl-1-card", "pl-1-spell", "pl-1-gap", "pl-1-grammar", "pl-1-cloze", "pl-1-sentence");
    assertThat(data(items.get("pl-1-card")).getString("exampleSentence"))
        .isEqualTo("He climbed the ladder.");
    assertThat(items.get("pl-1-spell").getString("exercise_type")).isEqualTo("spelling_bee");
    assertThat(items.get("pl-1-spell").getString("difficulty")).isEqualTo("hard");
    JsonObject gap = data(items.get("pl-1-gap"));
    assertThat(gap.getJsonArray("textParts")).containsExactly("Yesterday we ", " to the market.");
    assertThat(gap.getJsonArray("options").getJsonArray(0))
        .containsExactly("go", "went", "gone", "goes");
    assertThat(gap.getJsonArray("correct")).containsExactly("went");
    JsonObject grammar = data(items.get("pl-1-grammar"));
    assertThat(grammar.getInteger("correctIndex")).isEqualTo(1);
    assertThat(items.get("pl-1-grammar").getString("topic_id")).isEqualTo("subject_verb_agreement");
    assertThat(items.get("pl-1-grammar").getString("topic_name"))
        .isEqualTo("Subject verb agreement");
    assertThat(items.get("pl-1-grammar").getString("difficulty")).isEqualTo("easy");
    JsonObject cloze = data(items.get("pl-1-cloze"));
    assertThat(cloze.getJsonArray("textParts"))
        .containsExactly("If it ", " tomorrow, we ", " stay at home.");
    assertThat(cloze.getJsonArray("correct")).containsExactly("rains", "will");
    assertThat(items.get("pl-1-cloze").getString("hint")).isEqualTo("One condition. The future.");
    assertThat(data(items.get("pl-1-sentence")).getJsonArray("accepted").getJsonArray(0))
        .hasSize(6);

    Row list = databases.mysql("SELECT * FROM word_lists WHERE user_id = 'pl-a'").iterator().next();
    assertThat(list.getString("name")).isEqualTo("Lesson 3 Vocabulary");
    assertThat(list.getInteger("word_count")).isEqualTo(2);
    Row word =
        databases
            .mysql(
                "SELECT * FROM words WHERE list_id = ? AND word = 'ladder'", list.getString("id"))
            .iterator()
            .next();
    assertThat(word.getString("translation")).isEqualTo("סולם");
    assertThat(word.getString("example_sentence")).isEqualTo("He climbed the ladder.");
    assertThat(word.getString("notes")).isEqualTo("He climbed the ladder.");
    assertThat(word.getString("id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}");
  }

  private static long changes(String learner) {
    return await(LearnerChanges.now(databases.mysql, learner)).lessons();
  }

  @Test
  void whatIsPublishedAndWithdrawnCountsAsAChangeOfItsLearners() {
    long set = pending("pl-count", "pl-count-a", 1, PublishSets.set("pl-count"));
    approve(set);
    long before = changes("pl-count-a");
    await(lessons.publish(set));
    long published = changes("pl-count-a");
    assertThat(published).isGreaterThan(before);
    databases.postgres("UPDATE lesson_exercises SET user_id = 'pl-count-b' WHERE id = $1", set);
    await(lessons.publish(set));
    assertThat(changes("pl-count-a")).as("who had it before").isGreaterThan(published);
    assertThat(changes("pl-count-b")).isPositive();
    long moved = changes("pl-count-b");
    reject(set);
    await(lessons.publish(set));
    assertThat(changes("pl-count-b")).isGreaterThan(moved);
  }

  @Test
  void repeatingChangesNothing() {
    long set = pending("pl-2", "pl-b", 1, PublishSets.set("pl-2"));
    approve(set);
    await(lessons.publish(set));
    List<String> once = everythingOf("pl-b");
    assertThat(once).hasSize(1 + 6 + 1 + 2);
    approve(set);
    for (int i = 0; i < 3; i++) {
      await(lessons.publish(set));
    }
    assertThat(everythingOf("pl-b")).isEqualTo(once);
    reject(set);
    await(lessons.publish(set));
    List<String> hidden = everythingOf("pl-b");
    await(lessons.publish(set));
    assertThat(everythingOf("pl-b")).isEqualTo(hidden);
  }

  @Test
  void whatALearnerDidToTheirWordsStays() {
    long first = pending("pl-3", "pl-c", 1, PublishSets.set("pl-3"));
    databases.mysql(
        "INSERT INTO word_lists (id, user_id, name) VALUES ('pl-c-list', 'pl-c', 'lesson 1"
            + " vocabulary')");
    databases.mysql(
        "INSERT INTO words (id, list_id, word, translation) VALUES ('pl-c-own', 'pl-c-list',"
            + " 'Kettle', 'mine'), ('pl-c-cup', 'pl-c-list', 'cup', 'כוס')");
    approve(first);
    await(lessons.publish(first));
    assertThat(words("pl-c")).containsExactly("cup", "Kettle", "ladder");
    assertThat(
            databases
                .mysql("SELECT COUNT(*) AS n FROM word_lists WHERE user_id = 'pl-c'")
                .iterator()
                .next()
                .getInteger("n"))
        .isEqualTo(1);
    databases.mysql(
        "UPDATE words SET practice_count = 4, is_favorite = 1 WHERE list_id = 'pl-c-list' AND word"
            + " = 'ladder'");
    await(lessons.publish(first));
    assertThat(
            databases
                .mysql(
                    "SELECT practice_count FROM words WHERE list_id = 'pl-c-list' AND word ="
                        + " 'ladder'")
                .iterator()
                .next()
                .getInteger(0))
        .isEqualTo(4);
    reject(first);
    await(lessons.publish(first));
    assertThat(words("pl-c")).containsExactly("cup", "Kettle");
    assertThat(
            databases
                .mysql("SELECT word_count FROM word_lists WHERE id = 'pl-c-list'")
                .iterator()
                .next()
                .getInteger(0))
        .isEqualTo(2);
  }

  @Test
  void rejectingTakesBackAndApprovingAfterAllBringsBack() {
    long set = pending("pl-4", "pl-d", 2, PublishSets.set("pl-4"));
    approve(set);
    await(lessons.publish(set));
    reject(set);
    assertThat(await(lessons.publish(set))).isEqualTo(PublishLesson.Result.HIDDEN);
    assertThat(items("pl-d")).isEmpty();
    assertThat(words("pl-d")).isEmpty();
    assertThat(databases.mysql("SELECT id FROM word_lists WHERE user_id = 'pl-d'")).isEmpty();
    approve(set);
    await(lessons.publish(set));
    assertThat(items("pl-d")).hasSize(6);
    assertThat(words("pl-d")).containsExactly("kettle", "ladder");
  }

  @Test
  void aSetThatWasNeverApprovedLeavesNoTrace() {
    long set = pending("pl-5", "pl-e", 1, PublishSets.set("pl-5"));
    assertThat(await(lessons.publish(set))).isEqualTo(PublishLesson.Result.HIDDEN);
    reject(set);
    assertThat(await(lessons.publish(set))).isEqualTo(PublishLesson.Result.HIDDEN);
    assertThat(everythingOf("pl-e")).isEmpty();
    assertThat(await(lessons.publish(987_654_321))).isEqualTo(PublishLesson.Result.GONE);
  }

  @Test
  void theNewestApprovedGenerationIsShown() {
    long lesson = PublishSets.lesson(databases, "pl-6", "pl-f", "16:00");
    long first =
        PublishSets.store(databases, lesson, "pl-6", "pl-f", 1, 1, PublishSets.set("pl-6"));
    approve(first);
    await(lessons.publish(first));
    JsonObject better = PublishSets.set("pl-6");
    better
        .getJsonArray("flashcards")
        .getJsonObject(0)
        .put("word", "basket")
        .put("example_sentence", "She carried a basket.")
        .put("id", "pl-6-new");
    long second = PublishSets.store(databases, lesson, "pl-6", "pl-f", 1, 2, better);
    await(lessons.publish(second));
    assertThat(items("pl-f")).containsKey("pl-6-card");
    approve(second);
    await(lessons.publish(second));
    assertThat(items("pl-f")).hasSize(6).containsKey("pl-6-new").doesNotContainKey("pl-6-card");
    assertThat(words("pl-f")).containsExactly("basket", "kettle");
    await(lessons.publish(first));
    assertThat(items("pl-f")).containsKey("pl-6-new").doesNotContainKey("pl-6-card");
    reject(second);
    await(lessons.publish(second));
    assertThat(items("pl-f")).hasSize(6).containsKey("pl-6-card");
    assertThat(words("pl-f")).containsExactly("kettle", "ladder");
  }

  @Test
  void lessonsOfOneLearnerShareTheirWordsAndKeepWhatOneStillNeeds() {
    JsonObject other = PublishSets.set("pl-7b");
    other.getJsonArray("spelling").getJsonObject(0).put("word", "basket");
    long first = pending("pl-7", "pl-g", 1, PublishSets.set("pl-7a"));
    long second = pending("pl-8", "pl-g", 1, other);
    approve(first);
    approve(second);
    await(Future.all(lessons.publish(first), lessons.publish(second)));
    assertThat(words("pl-g")).containsExactly("basket", "kettle", "ladder");
    assertThat(
            databases
                .mysql("SELECT word_count FROM word_lists WHERE user_id = 'pl-g'")
                .iterator()
                .next()
                .getInteger(0))
        .isEqualTo(3);
    reject(first);
    await(lessons.publish(first));
    assertThat(words("pl-g")).containsExactly("basket", "ladder");
    reject(second);
    await(lessons.publish(second));
    assertThat(words("pl-g")).isEmpty();
  }

  @Test
  void itemsWithIdsOfAnotherLessonBecomeThisLearnersOwn() {
    long first = pending("pl-9", "pl-h", 1, PublishSets.set("same"));
    long second = PublishSets.store(databases, null, "pl-9", "pl-i", 1, 1, PublishSets.set("same"));
    approve(first);
    approve(second);
    await(lessons.publish(first));
    await(lessons.publish(second));
    assertThat(items("pl-h")).hasSize(6).containsKey("same-card");
    List<String> derived = new ArrayList<>(items("pl-i").keySet());
    assertThat(derived).hasSize(6).doesNotContain("same-card");
    await(Future.all(lessons.publish(first), lessons.publish(second), lessons.publish(second)));
    assertThat(items("pl-h")).hasSize(6).containsKey("same-card");
    assertThat(items("pl-i").keySet()).containsExactlyElementsOf(derived);
  }

  @Test
  void itemsThatCannotBePlayedAreLeftOut() {
    JsonObject set = PublishSets.set("pl-10");
    set.getJsonArray("fill_blank").getJsonObject(0).put("correct_answer", "walked");
    set.getJsonArray("grammar_challenge").getJsonObject(0).put("correct_answer", " Drinks ");
    set.getJsonArray("advanced_cloze").getJsonObject(0).put("sentence", "Only one _____ here.");
    set.getJsonArray("sentence_builder").add("nonsense").add(new JsonObject().put("english", 7));
    set.getJsonArray("flashcards")
        .add(new JsonObject().put("word", "x".repeat(200)).put("translation", "ו".repeat(400)));
    long id = pending("pl-10", "pl-j", 1, set);
    approve(id);
    await(lessons.publish(id));
    var items = items("pl-j");
    assertThat(items)
        .containsKeys("pl-10-card", "pl-10-spell", "pl-10-grammar", "pl-10-sentence")
        .doesNotContainKeys("pl-10-gap", "pl-10-cloze");
    assertThat(data(items.get("pl-10-grammar")).getInteger("correctIndex")).isEqualTo(1);
    assertThat(words("pl-j")).containsExactly("kettle", "ladder");
  }

  @Test
  void setsThatNobodyCouldBeShownAreRefused() {
    long nobody = PublishSets.store(databases, null, "pl-11", null, 1, 1, PublishSets.set("pl-11"));
    assertThatThrownBy(
            () -> await(approvals.approve(nobody, Optional.empty(), UnaryOperator.identity())))
        .hasMessageContaining("names no learner");
    databases.postgres("UPDATE lesson_exercises SET status = 'approved' WHERE id = $1", nobody);
    assertThatThrownBy(() -> await(lessons.publish(nobody)))
        .hasMessageContaining("names no learner");
    assertThat(databases.mysql("SELECT id FROM lessons WHERE class_id = 'pl-11'")).isEmpty();

    JsonObject huge = PublishSets.set("pl-12");
    JsonArray cards = huge.getJsonArray("flashcards");
    for (int i = 0; i < 501; i++) {
      cards.add(
          new JsonObject().put("id", "pl-12-" + i).put("word", "word" + i).put("translation", "t"));
    }
    long many = pending("pl-12", "pl-k", 1, huge);
    approve(many);
    assertThatThrownBy(() -> await(lessons.publish(many))).hasMessageContaining("at most 500");
    assertThat(everythingOf("pl-k")).isEmpty();
  }

  @Test
  void afterAFailureAtAnyStepNothingIsHalfDone() {
    long set = pending("pl-13", "pl-l", 1, PublishSets.set("pl-13"));
    approve(set);
    for (String table : List.of("lessons", "lesson_exercises", "word_lists", "words")) {
      databases.mysql("RENAME TABLE " + table + " TO away");
      try {
        assertThatThrownBy(() -> await(lessons.publish(set)))
            .as(table)
            .isInstanceOf(MySQLException.class);
      } finally {
        databases.mysql("RENAME TABLE away TO " + table);
      }
      assertThat(everythingOf("pl-l")).as(table).isEmpty();
    }
    await(lessons.publish(set));
    List<String> published = everythingOf("pl-l");
    assertThat(published).hasSize(1 + 6 + 1 + 2);
    reject(set);
    for (String table : List.of("word_lists", "words")) {
      databases.mysql("RENAME TABLE " + table + " TO away");
      try {
        assertThatThrownBy(() -> await(lessons.publish(set)))
            .as(table)
            .isInstanceOf(MySQLException.class);
      } finally {
        databases.mysql("RENAME TABLE away TO " + table);
      }
      assertThat(everythingOf("pl-l")).as(table).isEqualTo(published);
    }
    await(lessons.publish(set));
    assertThat(items("pl-l")).isEmpty();
  }

  /**
   * However late a run is, the last decision wins: every order of decisions and runs ends with what
   * was decided last.
   */
  @Test
  void lateRunsNeverUndoALaterDecision() {
    long set = pending("pl-14", "pl-m", 1, PublishSets.set("pl-14"));
    Random random = new Random(14);
    List<Future<?>> runs = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      boolean last = random.nextBoolean();
      for (int i = 0; i < 6; i++) {
        runs.add(lessons.publish(set));
        if (random.nextBoolean()) {
          approve(set);
        } else {
          reject(set);
        }
      }
      if (last) {
        approve(set);
      } else {
        reject(set);
      }
      runs.add(lessons.publish(set));
      await(Future.all(runs));
      runs.clear();
      assertThat(items("pl-m")).hasSize(last ? 6 : 0);
      assertThat(words("pl-m")).hasSize(last ? 2 : 0);
    }
  }
}
