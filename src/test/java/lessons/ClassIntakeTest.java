package lessons;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassIntakeTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 2, 3, 16, 0);
  private static LessonDatabases databases;
  private LessonStore lessons;
  private ClassIntake intake;

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
    databases.mysql("DELETE FROM classes");
    databases.mysql("DELETE FROM users");
    databases.mysql("DELETE FROM ai_class_triggers");
    databases.postgres("DELETE FROM zoom_summaries");
    databases.mysql("INSERT INTO users (id, email) VALUES (9, 'teacher@school.example')");
    lessons = new LessonStore(databases.postgres);
    intake = intake(50, Optional.empty());
  }

  private ClassIntake intake(int batch, Optional<LocalDateTime> notBefore) {
    return new ClassIntake(new HostClasses(databases.mysql), lessons::openAll, batch, notBefore, 3);
  }

  private void ended(long id, Integer student, Integer teacher, LocalDateTime start) {
    databases.mysql(
        "INSERT INTO classes (id, student_id, teacher_id, meeting_start, meeting_end, status,"
            + " zoom_id) VALUES (?, ?, ?, ?, ?, 'ended', 81234567890)",
        id,
        student,
        teacher,
        start,
        start == null ? START : start.plusMinutes(30));
  }

  private int flag(long id) {
    return ((Number)
            databases
                .mysql("SELECT ai_triggered AS f FROM classes WHERE id = ?", id)
                .iterator()
                .next()
                .getValue("f"))
        .intValue();
  }

  @Test
  void anEndedClassBecomesOneLessonAndIsMarked() {
    ended(1, 7, 9, START);
    databases.mysql(
        "INSERT INTO classes (id, student_id, teacher_id, meeting_start, meeting_end, status)"
            + " VALUES (2, 7, 9, ?, ?, 'live')",
        START,
        START);

    ClassIntake.Intake first = await(intake.take());
    assertThat(first.seen()).isEqualTo(1);
    Lesson lesson = await(lessons.find(first.opened().get(0))).orElseThrow();
    assertThat(lesson.classId()).contains("1");
    assertThat(lesson.userId()).contains("7");
    assertThat(lesson.teacherId()).contains("9");
    assertThat(lesson.teacherEmail()).contains("teacher@school.example");
    assertThat(lesson.meetingId()).contains("81234567890");
    assertThat(lesson.date()).contains(START.toLocalDate());
    assertThat(lesson.startTime()).contains("16:00");
    assertThat(lesson.endTime()).contains("16:30");
    assertThat(lesson.status()).isEqualTo("pending");
    assertThat(lesson.stage()).isEqualTo("fetch");
    assertThat(flag(1)).isEqualTo(1);
    assertThat(flag(2)).isZero();

    assertThat(await(intake.take()).seen()).isZero();
  }

  @Test
  void aCrashBetweenOpeningAndMarkingDoublesNothing() {
    ended(1, 7, 9, START);
    await(intake.take());
    databases.mysql("UPDATE classes SET ai_triggered = 0");
    ClassIntake.Intake again = await(intake.take());
    assertThat(again.seen()).isEqualTo(1);
    assertThat(again.opened()).isEmpty();
    assertThat(flag(1)).isEqualTo(1);
    assertThat(databases.count("SELECT count(*) FROM zoom_summaries")).isEqualTo(1);
  }

  @Test
  void aClassHeldAgainAtAnotherTimeIsAnotherLesson() {
    ended(1, 7, 9, START);
    await(intake.take());
    databases.mysql(
        "UPDATE classes SET ai_triggered = 0, meeting_start = ?, meeting_end = ?",
        START.plusDays(7),
        START.plusDays(7).plusMinutes(30));
    assertThat(await(intake.take()).opened()).hasSize(1);
    assertThat(databases.count("SELECT count(*) FROM zoom_summaries")).isEqualTo(2);
  }

  @Test
  void severalMonitorsAtOnceOpenEachClassOnce() {
    for (int id = 1; id <= 120; id++) {
      ended(id, 7, 9, START.plusMinutes(id));
    }
    List<Future<?>> takes = new ArrayList<>();
    for (int monitor = 0; monitor < 4; monitor++) {
      ClassIntake own = intake(50, Optional.empty());
      takes.add(
          own.take()
              .compose(one -> own.take())
              .compose(two -> own.take())
              .compose(three -> own.take()));
    }
    await(Future.all(takes));
    assertThat(databases.count("SELECT count(*) FROM zoom_summaries")).isEqualTo(120);
    assertThat(databases.mysql("SELECT id FROM classes WHERE ai_triggered = 0").size()).isZero();
  }

  @Test
  void classesWithAFlawAreRecordedAndHoldNothingUp() {
    ended(1, 7, null, START);
    ended(2, null, 9, START);
    ended(3, 7, 77, START);
    ended(4, 7, 9, null);
    ended(5, 7, 9, START);
    ClassIntake.Intake taken = await(intake(5, Optional.empty()).take());
    assertThat(taken.opened()).hasSize(1);
    assertThat(taken.invalid()).containsOnlyKeys(1L, 2L, 3L, 4L);
    assertThat(taken.invalid().get(1L)).contains("no teacher");
    assertThat(taken.invalid().get(3L)).contains("users");
    assertThat(
            databases
                .mysql(
                    "SELECT class_id FROM ai_class_triggers WHERE state = 'invalid' AND last_error"
                        + " IS NOT NULL")
                .size())
        .isEqualTo(4);
    assertThat(await(intake.take()).seen()).as("they do not come back at the next look").isZero();
  }

  @Test
  void aMendedClassIsTakenAtItsNextLookAndAHopelessOneIsLeftAlone() {
    ended(1, 7, null, START);
    ended(2, 7, null, START.plusHours(1));
    await(intake.take());
    databases.mysql("UPDATE classes SET teacher_id = 9 WHERE id = 1");
    databases.mysql(
        "UPDATE ai_class_triggers SET next_attempt_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    assertThat(await(intake.take()).opened()).hasSize(1);
    databases.mysql(
        "UPDATE ai_class_triggers SET next_attempt_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE"
            + " class_id = 2");
    assertThat(await(intake.take()).invalid()).containsOnlyKeys(2L);
    assertThat(
            databases
                .mysql(
                    "SELECT 1 FROM ai_class_triggers WHERE class_id = 2 AND next_attempt_at IS NULL"
                        + " AND attempts = 3")
                .size())
        .isEqualTo(1);
    assertThat(await(intake.take()).seen()).isZero();
  }

  @Test
  void historyBeforeTheCutOffStaysUntouched() {
    ended(1, 7, 9, START.minusYears(1));
    ended(2, 7, 9, START);
    ClassIntake.Intake taken = await(intake(50, Optional.of(START.minusDays(1))).take());
    assertThat(taken.opened()).hasSize(1);
    assertThat(flag(1)).isZero();
  }

  @Test
  void existsKnowsTheHostsClassesOnly() {
    ended(1, 7, 9, START);
    HostClasses classes = new HostClasses(databases.mysql);
    assertThat(await(classes.exists("1"))).isTrue();
    assertThat(await(classes.exists("2"))).isFalse();
    assertThat(await(classes.exists("class-77"))).isFalse();
  }
}
