package http;

import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import settings.Settings;

/**
 * A server of one mode for all tests of a class. Tests share its database, so each uses class ids
 * of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiTest {
  private final Settings.AuthMode mode;
  LessonDatabases databases;
  ApiServer server;

  ApiTest(Settings.AuthMode mode) {
    this.mode = mode;
  }

  @BeforeAll
  void start() {
    databases = new LessonDatabases();
    server = new ApiServer(databases, mode);
  }

  @AfterAll
  void stop() {
    server.close();
    databases.close();
  }

  /** Opens a lesson as somebody else would, and gives its id. */
  long lesson(String classId, String userId, String status, String transcript) {
    return databases
        .postgres(
            "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email,"
                + " meeting_date, start_time, status, transcript, transcript_length,"
                + " transcript_source, meeting_topic) VALUES ($1, $2, 't-9', 't@example.org',"
                + " '2026-02-03', '16:00', $3, $4, length($4), 'zoom_native_transcript', 'English')"
                + " RETURNING id",
            classId,
            userId,
            status,
            transcript)
        .iterator()
        .next()
        .getLong("id");
  }

  /** Stores a generated set and gives its id. */
  long set(Long lessonId, String classId, String userId, String exercises) {
    return databases
        .postgres(
            "INSERT INTO lesson_exercises (zoom_summary_id, class_id, user_id, teacher_id,"
                + " exercises, status) VALUES ($1, $2, $3, 't-9', $4, $5) RETURNING id",
            lessonId,
            classId,
            userId,
            new io.vertx.core.json.JsonObject(exercises),
            "completed")
        .iterator()
        .next()
        .getLong("id");
  }
}
