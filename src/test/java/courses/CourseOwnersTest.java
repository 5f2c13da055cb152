package courses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database itself keeps owners' rows of courses apart. */
class CourseOwnersTest {
  private static LessonDatabases databases;
  private static UUID adasCourse;
  private static long adasTask;

  @BeforeAll
  static void seed() {
    databases = new LessonDatabases();
    adasCourse = seed("ada");
    seed("ben");
    adasTask =
        databases.count("SELECT id FROM course_task WHERE owner_id = 'ada' AND part = 'extract'");
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  /** A row in each of the tables. */
  private static UUID seed(String owner) {
    UUID course =
        databases
            .postgres(
                "INSERT INTO course (owner_id, source_type, title, status) VALUES ($1, 'text', $1,"
                    + " 'ready') RETURNING id",
                owner)
            .iterator()
            .next()
            .getUUID("id");
    databases.postgres(
        "INSERT INTO course_segment (course_id, ordinal, owner_id, body) VALUES ($1, 0, $2, '{}')",
        course,
        owner);
    databases.postgres(
        """
        WITH h AS (INSERT INTO course_chapter (course_id, owner_id, order_index, title) VALUES ($1, $2, 1, 'c') RETURNING id)
        INSERT INTO course_lesson (course_id, chapter_id, owner_id, ordinal, order_index, title, plan)
        SELECT $1, id, $2, 0, 1, 'l', '{}' FROM h
        """,
        course,
        owner);
    databases.postgres(
        "INSERT INTO course_item (course_id, owner_id, part, kind, order_index, data) VALUES ($1,"
            + " $2, 'mcqs', 'mcq', 0, '{}')",
        course,
        owner);
    databases.postgres(
        """
        WITH a AS (INSERT INTO course_audio (course_id, owner_id, audio_type, status, language, script_hash)
                   VALUES ($1, $2, 'short_podcast', 'speaking', 'en', 'h') RETURNING id),
        p AS (INSERT INTO course_audio_piece (audio_id, ordinal, owner_id, content, duration_ms) SELECT id, 0, $2, 'x', 1 FROM a)
        INSERT INTO course_free_grade (course_id, owner_id, question, answer, share, feedback) VALUES ($1, $2, 'q', 'a', 1, 'f')
        """,
        course,
        owner);
    databases.postgres(
        """
        WITH r AS (INSERT INTO course_response (item_id, course_id, owner_id, kind, attempt_no, answer, outcome, earned, points, grader)
                   SELECT id, $1, $2, 'mcq', 1, '{}', 'correct', 1, 1, 'rules' FROM course_item WHERE course_id = $1),
        p AS (INSERT INTO course_item_progress (owner_id, course_id, kind, target_id, completed)
              SELECT $2, $1, 'mcq_answered', id, true FROM course_item WHERE course_id = $1),
        l AS (INSERT INTO course_lesson_progress (owner_id, lesson_id, course_id, status)
              SELECT $2, id, $1, 'completed' FROM course_lesson WHERE course_id = $1)
        INSERT INTO course_note (owner_id, lesson_id, course_id, content) SELECT $2, id, $1, 'n' FROM course_lesson WHERE course_id = $1
        """,
        course,
        owner);
    databases.postgres(
        """
        WITH a AS (INSERT INTO course_assessment (code, course_id, owner_id, kind, title, passing_score, questions)
                   VALUES ($2, $1, $2, 'final', 'f', 70, '[]') RETURNING id)
        INSERT INTO course_attempt (assessment_id, course_id, owner_id, attempt_number) SELECT id, $1, $2, 1 FROM a
        """,
        course,
        owner);
    databases.postgres(
        """
        WITH j AS (INSERT INTO course_job (owner_id, course_id, generation_process_id, request_hash, request)
                   VALUES ($2, $1, 'p', 'h', '{}') RETURNING id),
        t AS (INSERT INTO course_task (job_id, course_id, owner_id, step, part, kind, input_hash, priority, stage)
              SELECT id, $1, $2, 'extract', 'extract', 'extract', 'h', 5, 'course_extract' FROM j)
        SELECT id FROM j
        """,
        course,
        owner);
    databases.postgres(
        "SELECT course_tell(id, 'state', '{}')::text FROM course_job WHERE course_id = $1", course);
    return course;
  }

  /** Tables that keep owners apart: by their policies, so that none is forgotten here. */
  private static List<String> tables() {
    List<String> tables = new java.util.ArrayList<>();
    for (Row row :
        databases.postgres(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname LIKE 'course%'"
                + " ORDER BY relname")) {
      tables.add(row.getString("relname"));
    }
    assertThat(tables)
        .contains(
            "course",
            "course_segment",
            "course_chapter",
            "course_lesson",
            "course_item",
            "course_assessment",
            "course_attempt",
            "course_job",
            "course_task",
            "course_event");
    return tables;
  }

  private static Map<String, List<String>> seen(String... settings) {
    Map<String, List<String>> seen = new TreeMap<>();
    for (String table : tables()) {
      List<String> owners =
          LessonDatabases.await(
              databases.postgres.withTransaction(
                  connection -> {
                    var ready = connection.query("SELECT 1").execute();
                    for (String setting : settings) {
                      ready = ready.compose(set -> connection.query(setting).execute());
                    }
                    return ready
                        .compose(
                            set ->
                                connection
                                    .query("SELECT DISTINCT owner_id FROM " + table + " ORDER BY 1")
                                    .execute())
                        .map(
                            rows -> {
                              List<String> found = new java.util.ArrayList<>();
                              rows.forEach(row -> found.add(row.getString(0)));
                              return found;
                            });
                  }));
      seen.put(table, owners);
    }
    return seen;
  }

  @Test
  void aQueryWithoutTheSettingReturnsNoRow() {
    assertThat(seen("SET LOCAL ROLE lessonweave_course_owner").values())
        .allSatisfy(owners -> assertThat(owners).isEmpty());
    assertThat(seen("SET LOCAL ROLE lessonweave_course_worker").values())
        .allSatisfy(owners -> assertThat(owners).isEmpty());
  }

  @Test
  void anOwnerSeesTheirRowsInEveryTable() {
    assertThat(seen("SELECT course_as('ada')").values())
        .allSatisfy(owners -> assertThat(owners).containsExactly("ada"));
  }

  @Test
  void aWorkerSeesWhatBelongsToTheOwnerOfItsLeaseAndOnlyWhileItHasIt() {
    assertThat(seen("SELECT course_work(" + adasTask + ")").values())
        .allSatisfy(owners -> assertThat(owners).isEmpty());
    databases.postgres("UPDATE course_task SET status = 'processing' WHERE id = $1", adasTask);
    try {
      assertThat(seen("SELECT course_work(" + adasTask + ")").values())
          .allSatisfy(owners -> assertThat(owners).containsExactly("ada"));
    } finally {
      databases.postgres("UPDATE course_task SET status = 'cancelled' WHERE id = $1", adasTask);
      databases.postgres("UPDATE course_task SET updated_at = '-infinity' WHERE id = $1", adasTask);
    }
  }

  @Test
  void nothingIsStoredInAnothersName() {
    OwnerScope ben = OwnerScope.of(databases.postgres, "ben");
    assertThatThrownBy(
            () ->
                LessonDatabases.await(
                    ben.run(
                        "INSERT INTO course_item (course_id, owner_id, part, kind, order_index,"
                            + " data) VALUES ($1, 'ada', 'x', 'mcq', 0, '{}')",
                        Tuple.of(adasCourse))))
        .isInstanceOf(PgException.class)
        .hasMessageContaining("row-level security");
    // ids of others name nothing, whatever the statement forgets to ask
    assertThat(
            LessonDatabases.await(
                    ben.run("UPDATE course SET title = 'mine' WHERE id = $1", Tuple.of(adasCourse)))
                .rowCount())
        .isZero();
    assertThat(
            LessonDatabases.await(ben.run("DELETE FROM course WHERE id = $1", Tuple.of(adasCourse)))
                .rowCount())
        .isZero();
    // the connection is the service's again
    assertThat(databases.count("SELECT count(*) FROM course")).isEqualTo(2);
  }

  @Test
  void aStatementThatFailsIsToldAndLeavesTheConnectionUsable() {
    OwnerScope ada = OwnerScope.of(databases.postgres, "ada");
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> LessonDatabases.await(ada.run("SELECT 1 / $1::int", Tuple.of(0))))
          .isInstanceOf(PgException.class)
          .hasMessageContaining("division by zero");
    }
    assertThat(LessonDatabases.await(ada.run("SELECT $1::int AS n", Tuple.of(3))).size()).isOne();
  }

  @Test
  void aPublicCourseIsReadByAnybodyAndChangedByNobody() {
    databases.postgres("UPDATE course SET is_public = true WHERE id = $1", adasCourse);
    try {
      CourseLibrary library = new CourseLibrary(databases.postgres);
      JsonObject course =
          LessonDatabases.await(library.readable("ben", adasCourse.toString())).orElseThrow();
      assertThat(course.getString("owner_id")).isEqualTo("ada");
      assertThat(LessonDatabases.await(library.chapters("ben", adasCourse))).hasSize(1);
      assertThat(LessonDatabases.await(library.items("ben", adasCourse))).hasSize(1);
      assertThat(LessonDatabases.await(library.find("ben", adasCourse.toString()))).isEmpty();
      assertThat(
              LessonDatabases.await(
                      OwnerScope.of(databases.postgres, "ben")
                          .run(
                              "UPDATE course SET title = 'mine' WHERE id = $1",
                              Tuple.of(adasCourse)))
                  .rowCount())
          .isZero();
    } finally {
      databases.postgres("UPDATE course SET is_public = false WHERE id = $1", adasCourse);
    }
  }

  /** A service whose role is neither a superuser nor above row security is bound itself. */
  @Test
  void aPlainServiceIsBoundToo() throws Exception {
    String name = "plain_" + databases.settings.postgres().database();
    databases.postgres("CREATE ROLE " + name + " LOGIN PASSWORD 'test-key-1'");
    databases.postgres("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + name);
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(databases.settings.postgres().host().orElseThrow())
            .setPort(databases.settings.postgres().port())
            .setDatabase(databases.settings.postgres().database())
            .setUser(name)
            .setPassword("test-key-1");
    Pool plain =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(options)
            .using(databases.vertx)
            .build();
    try {
      for (String table : tables()) {
        assertThat(
                plain
                    .query("SELECT count(*) FROM " + table)
                    .execute()
                    .await(10, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .getLong(0))
            .as(table)
            .isZero();
      }
    } finally {
      plain.close().await(10, TimeUnit.SECONDS);
      databases.postgres("DROP OWNED BY " + name);
      databases.postgres("DROP ROLE " + name);
    }
  }
}
