package lessons;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonStoreTest {
  private static final LocalDate DATE = LocalDate.of(2026, 2, 3);
  private static LessonDatabases databases;
  private LessonStore lessons;
  private SetStore sets;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  @BeforeEach
  void clean() {
    databases.postgres("DELETE FROM zoom_summaries");
    databases.postgres("DELETE FROM lesson_exercises");
    lessons = new LessonStore(databases.postgres);
    sets = new SetStore(databases.postgres);
  }

  private static NewLesson lesson(String classId, String start) {
    return new NewLesson(
        classId,
        DATE,
        start,
        "17:00",
        "stu-1",
        "t-9",
        "t@school.example",
        Optional.empty(),
        Optional.empty(),
        1,
        "api");
  }

  /** A row as the workflow engine writes it. */
  private long foreign(String status, String transcript) {
    return databases
        .postgres(
            "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, meeting_date, status,"
                + " transcript) VALUES ('c', 'u', 't', $1, $2, $3) RETURNING id",
            DATE,
            status,
            transcript)
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void simultaneousOpeningsMakeOneRow() {
    List<Future<LessonStore.Opened>> openings = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      openings.add(lessons.open(lesson("class-77", "16:00")));
    }
    await(Future.all(openings));
    assertThat(openings.stream().map(opening -> opening.result().lesson().id()).distinct())
        .hasSize(1);
    assertThat(openings.stream().filter(opening -> !opening.result().existed())).hasSize(1);
    assertThat(await(lessons.open(lesson("class-77", "18:00"))).existed()).isFalse();
    assertThat(openings.get(0).result().lesson().meetingTopic()).contains("Class class-77");
  }

  @ParameterizedTest
  @CsvSource({
    "awaiting_exercises, Teacher: hello there, awaiting_exercises, transcribe, true",
    "pending_transcript, Teacher: hello there, awaiting_exercises, transcribe, true",
    "pending_transcript, '', pending, fetch, true",
    "pending_processing, Teacher: hello there, awaiting_exercises, transcribe, true",
    "pending, '', pending, fetch, true",
    "pending, Teacher: hello there, pending, transcribe, true",
    "completed, Teacher: hello there, completed, transcribe, false",
    "failed, '', failed, fetch, false",
  })
  void aRowThatSomebodyElseWroteGetsItsStageOnSight(
      String status, String transcript, String seen, String stage, boolean due) {
    Lesson lesson = await(lessons.find(foreign(status, transcript))).orElseThrow();
    assertThat(lesson.status()).isEqualTo(seen);
    assertThat(lesson.stage()).isEqualTo(stage);
    assertThat(databases.count("SELECT count(*) FROM zoom_summaries WHERE due_at <= now()"))
        .isEqualTo(due ? 1 : 0);
  }

  @Test
  void somebodyElsesStatusTakesALessonFromItsHolder() {
    long id = await(lessons.open(lesson("1", "16:00"))).lesson().id();
    databases.postgres(
        "UPDATE zoom_summaries SET status = 'processing', lease_token = lease_token + 1,"
            + " lease_owner = 'w', due_at = now() + interval '1 minute' WHERE id = $1",
        id);
    databases.postgres(
        "UPDATE zoom_summaries SET transcript = 'Teacher: hello there', status ="
            + " 'awaiting_exercises' WHERE id = $1",
        id);
    var row =
        databases
            .postgres(
                "SELECT stage, lease_token, lease_owner, due_at <= now() AS due FROM zoom_summaries"
                    + " WHERE id = $1",
                id)
            .iterator()
            .next();
    assertThat(row.getString("stage")).isEqualTo("transcribe");
    assertThat(row.getLong("lease_token")).isEqualTo(2);
    assertThat(row.getString("lease_owner")).isNull();
    assertThat(row.getBoolean("due")).isTrue();
  }

  @Test
  void theNextRetryThatSomebodyElseWroteIsHonoured() {
    databases.postgres(
        "INSERT INTO zoom_summaries (class_id, meeting_date, status, next_retry_at) VALUES ('c',"
            + " $1, 'pending', extract(epoch FROM now() + interval '1 hour')::bigint)",
        DATE);
    assertThat(
            databases.count(
                "SELECT count(*) FROM zoom_summaries WHERE due_at > now() + interval '50 minutes'"))
        .isEqualTo(1);
  }

  @Test
  void cleaningKeepsTheOriginal() {
    long id = foreign("awaiting_exercises", "WEBVTT raw");
    JsonArray turns = new JsonArray().add(new JsonObject().put("text", "Hello"));
    await(
        LessonStore.writeTranscript(
            databases.postgres,
            id,
            "Teacher: Hello",
            turns,
            61_500,
            new JsonObject().put("format", "webvtt")));
    TranscriptRow row = await(lessons.transcript(id)).orElseThrow();
    assertThat(row.original()).contains("WEBVTT raw");
    assertThat(row.cleaned()).contains("Teacher: Hello");
    assertThat(row.utterances()).contains(turns);
    assertThat(row.lesson().transcriptLength()).contains(14);
    assertThat(row.lesson().transcriptSource()).contains("unknown");
  }

  @Test
  void anOriginalWithANulIsStoredWithoutIt() {
    long id = await(lessons.open(lesson("1", "16:00"))).lesson().id();
    await(LessonStore.writeOriginal(databases.postgres, id, "a\0b", "manual_upload", "1.vtt"));
    assertThat(await(lessons.transcript(id)).orElseThrow().original()).contains("ab");
  }

  @Test
  void theNewestLessonThatFitsIsFound() {
    await(lessons.open(lesson("c", "16:00")));
    long later = await(lessons.open(lesson("c", "18:00"))).lesson().id();
    var key =
        new LessonKey(
            "stu-1", "t-9", "c", DATE, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(await(lessons.newest(key)).orElseThrow().lesson().id()).isEqualTo(later);
    var early =
        new LessonKey(
            "stu-1",
            "t-9",
            "c",
            DATE,
            Optional.empty(),
            Optional.of("15:00"),
            Optional.of("17:00"));
    assertThat(await(lessons.newest(early)).orElseThrow().lesson().startTime()).contains("16:00");
    var other =
        new LessonKey(
            "stu-2", "t-9", "c", DATE, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(await(lessons.newest(other))).isEmpty();
  }

  @Test
  void listsAreFilteredPagedAndNewestFirst() {
    for (int i = 0; i < 5; i++) {
      await(lessons.open(lesson("c" + i % 2, "1" + i + ":00")));
    }
    var filter =
        new LessonFilter(
            Optional.of("c0"),
            Optional.of("stu-1"),
            Optional.empty(),
            Optional.of("pending"),
            Optional.of(DATE));
    Page<Lesson> page = await(lessons.list(filter, 1, 2));
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.rows())
        .extracting(lesson -> lesson.startTime().orElseThrow())
        .containsExactly("14:00", "12:00");
    assertThat(await(lessons.list(filter, 2, 2)).rows()).hasSize(1);
    assertThat(await(lessons.list(filter, 9, 2)).rows()).isEmpty();
  }

  private SetStore.NewSet set(long lessonId, String word) {
    return new SetStore.NewSet(
        Optional.of(lessonId),
        "stu-1",
        "t-9",
        "c",
        1,
        new JsonObject()
            .put("flashcards", new JsonArray().add(word))
            .put("metadata", new JsonObject().put("quality_score", 0.9)));
  }

  @Test
  void storingASetAgainReplacesItUntilATeacherHasJudgedIt() {
    long lesson = await(lessons.open(lesson("c", "16:00"))).lesson().id();
    long first = await(sets.store(set(lesson, "one"), false));
    assertThat(await(sets.store(set(lesson, "two"), false))).isEqualTo(first);
    databases.postgres("UPDATE lesson_exercises SET status = 'approved' WHERE id = $1", first);
    long second = await(sets.store(set(lesson, "three"), false));
    assertThat(second).isNotEqualTo(first);
    StoredSet newest = await(sets.ofLesson(lesson)).orElseThrow();
    assertThat(newest.generation()).isEqualTo(2);
    assertThat(newest.exercises().getJsonArray("flashcards"))
        .isEqualTo(new JsonArray().add("three"));
    assertThat(newest.qualityScore()).contains(0.9);
    assertThat(await(sets.ofClass("c", Optional.of("stu-1"), Optional.empty(), 1, 50)).rows())
        .extracting(StoredSet::status)
        .containsExactly("pending_approval", "approved");
    assertThat(await(sets.ofClass("c", Optional.of("stu-2"), Optional.empty(), 1, 50)).total())
        .isZero();
    assertThat(await(sets.ofClass("c", Optional.empty(), Optional.of("approved"), 1, 50)).total())
        .isEqualTo(1);
  }

  @Test
  void aSetWithoutALessonIsStoredEachTime() {
    var set = new SetStore.NewSet(Optional.empty(), "u", "t", "c", 1, new JsonObject());
    assertThat(await(sets.store(set, false))).isNotEqualTo(await(sets.store(set, false)));
  }

  @Test
  void strangersRolesReadNothing() {
    assertThat(
            databases.count(
                "SELECT count(*) FROM pg_class WHERE relname IN ('zoom_summaries',"
                    + " 'lesson_exercises') AND relrowsecurity"))
        .isEqualTo(2);
  }
}
