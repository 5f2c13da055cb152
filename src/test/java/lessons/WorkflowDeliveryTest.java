package lessons;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that a workflow writes: which lesson each belongs to. */
class WorkflowDeliveryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 2, 3);
  private static LessonDatabases databases;
  private LessonStore lessons;

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
    lessons = new LessonStore(databases.postgres);
  }

  private static NewLesson lesson(String start) {
    return new NewLesson(
        "c1",
        DAY,
        start,
        "23:30",
        "7",
        "9",
        "t@example.org",
        Optional.of("850"),
        Optional.empty(),
        1,
        "monitor");
  }

  private long opened(String start) {
    return await(lessons.open(lesson(start))).lesson().id();
  }

  private Row delivered(String transcript, String user, String start, String meetingId) {
    return databases
        .postgres(
            "INSERT INTO zoom_summaries (class_id, meeting_date, user_id, transcript, status,"
                + " start_time, meeting_id) VALUES ('c1', $1, $2, $3, 'awaiting_exercises', $4, $5)"
                + " RETURNING id, merged_into, status, due_at",
            DAY,
            user,
            transcript,
            start,
            meetingId)
        .iterator()
        .next();
  }

  @Test
  void theOneLessonOfTheDayThatWaitsGetsTheTranscript() {
    long id = opened("16:00");
    Row row = delivered("Teacher: Hello there.", "7", null, null);
    assertThat(row.getLong("merged_into")).isEqualTo(id);
    assertThat(row.getString("status")).isEqualTo("completed");
    assertThat(row.getValue("due_at")).isNull();
    Lesson lesson = await(lessons.find(id)).orElseThrow();
    assertThat(lesson.status()).isEqualTo("awaiting_exercises");
    assertThat(lesson.stage()).isEqualTo("transcribe");
    assertThat(lesson.transcriptThere()).isTrue();
  }

  @Test
  void ofTwoLessonsOfADayTheOneWithItsStartOrMeetingGetsIt() {
    long early = opened("09:00");
    long late = opened("16:00");
    assertThat(delivered("Teacher: One.", "7", "9:00:00", null).getLong("merged_into"))
        .isEqualTo(early);
    assertThat(delivered("Teacher: Two.", "7", "16:00", null).getLong("merged_into"))
        .isEqualTo(late);
  }

  @Test
  void whereNothingSaysWhichLessonItIsItStaysALessonOfItsOwn() {
    opened("09:00");
    opened("16:00");
    Row row = delivered("Teacher: Which one?", "7", null, null);
    assertThat(row.getLong("merged_into")).isNull();
    assertThat(row.getString("status")).isEqualTo("awaiting_exercises");
  }

  @Test
  void anotherStudentsTranscriptIsNeverTaken() {
    long id = opened("16:00");
    Row row = delivered("Teacher: Somebody else.", "8", null, "850");
    assertThat(row.getLong("merged_into")).isNull();
    assertThat(await(lessons.find(id)).orElseThrow().transcriptThere()).isFalse();
  }

  @Test
  void twentyRunsOfTheWorkflowAtOnceMakeOneLesson() {
    var rows =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    databases.postgres.query(
                        "INSERT INTO zoom_summaries (class_id, meeting_date, user_id, transcript,"
                            + " status) VALUES ('c1', '2026-02-03', '7', 'Teacher: Again.',"
                            + " 'awaiting_exercises') RETURNING merged_into"))
            .map(query -> query.execute())
            .toList();
    List<Long> merged =
        rows.stream().map(f -> await(f).iterator().next().getLong("merged_into")).toList();
    assertThat(merged).filteredOn(java.util.Objects::isNull).hasSize(1);
  }

  @Test
  void theDeliveryEndsTheWaitForIt() {
    databases.postgres(
        "INSERT INTO workflow_triggers (class_id, meeting_date, start_time, payload, opened_by,"
            + " stage, status, accepted_at, due_at) VALUES ('c1', $1, '16:00', '{}', 'monitor',"
            + " 'deliver', 'accepted', now(), now() + interval '10 minutes')",
        DAY);
    delivered("Teacher: Here it is.", "7", null, null);
    assertThat(databases.count("SELECT count(*) FROM workflow_triggers WHERE due_at <= now()"))
        .isEqualTo(1);
  }

  @Test
  void timesAreToldInTheWorkflowsZoneAndAClassMayGoPastMidnight() {
    var payload =
        WorkflowPayload.of(
            new NewLesson(
                "c1",
                DAY,
                "23:45",
                "00:15",
                "7",
                "9",
                "t@example.org",
                Optional.of("850"),
                Optional.empty(),
                1,
                "monitor"),
            ZoneId.of("UTC"),
            ZoneId.of("Asia/Jerusalem"));
    assertThat(payload.getString("date")).isEqualTo("2026-02-04");
    assertThat(payload.getString("start_time")).isEqualTo("01:45");
    assertThat(payload.getString("end_time")).isEqualTo("02:15");
    assertThat(payload.getString("meeting_start")).isEqualTo("2026-02-04T01:45+02:00");
    assertThat(payload.getString("zoom_id")).isEqualTo("850");
  }
}
