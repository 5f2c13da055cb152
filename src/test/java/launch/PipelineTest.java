package launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A whole node: good lessons among bad ones, each with a clear status and reason, none holding
 * another up.
 */
class PipelineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static SchoolFixture school;
  private static Node node;
  private static URI url;

  @BeforeAll
  static void start() throws Exception {
    school = new SchoolFixture(folder);
    Map<String, String> environment = new HashMap<>(school.environment());
    environment.put("TRANSCRIPTS_MAX_DURATION", "3h");
    environment.put("WORK_BACKOFF_BASE", "10ms");
    node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    node.start().await(60, TimeUnit.SECONDS);
    url = URI.create(node.url());
  }

  @AfterAll
  static void stop() throws Exception {
    node.stop().await(40, TimeUnit.SECONDS);
    school.close();
  }

  private static void recording(long classId, byte[] content) throws IOException {
    Path recordings = Files.createDirectories(folder.resolve("recordings"));
    Path part = Files.write(recordings.resolve("." + classId + ".part"), content);
    Files.move(part, recordings.resolve(classId + ".vtt"));
  }

  private static void recording(long classId, String content) throws IOException {
    recording(classId, content.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject lesson(long classId, String status) {
    return NodeProcess.await(
            url.resolve("/v1/zoom-summaries?class_id=" + classId),
            response ->
                response.statusCode() == 200
                    && response.body().contains("\"status\":\"" + status + "\""),
            PATIENCE)
        .getJsonArray("data")
        .getJsonObject(0);
  }

  private static JsonObject status(JsonObject lesson) {
    return new JsonObject(
        NodeProcess.get(url.resolve("/v1/lesson-status/" + lesson.getLong("id"))).body());
  }

  private static String failure(long classId) {
    return status(lesson(classId, "failed")).getString("last_error");
  }

  @Test
  void aGoodLessonGoesAllTheWay() {
    school.endClass(1, true);
    JsonObject status = status(lesson(1, "completed"));
    assertThat(status.getBoolean("exercises_generated")).isTrue();
    assertThat(status.getBoolean("transcript_available")).isTrue();
    assertThat(status.getString("transcription_source")).isEqualTo("manual_upload");
    assertThat(status.getValue("last_error")).isNull();
    JsonObject set =
        new JsonObject(NodeProcess.get(url.resolve("/v1/exercises?class_id=1")).body())
            .getJsonArray("exercises")
            .getJsonObject(0);
    assertThat(set.getString("status")).isEqualTo("pending_approval");
    assertThat(set.getString("user_id")).isEqualTo("7");
    JsonObject card = set.getJsonObject("exercises").getJsonArray("flashcards").getJsonObject(0);
    assertThat(card.getInteger("source_second")).isPositive();
    assertThat(card.getString("example_sentence")).isNotBlank();
  }

  @Test
  void everyLineOfALessonsWayCarriesItsIdAndNoneItsWords() {
    Logger root = (Logger) LoggerFactory.getLogger("verticles");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    root.addAppender(lines);
    try {
      school.endClass(2, true);
      String id = lesson(2, "completed").getLong("id").toString();
      List<String> steps =
          lines.list.stream()
              .filter(
                  line ->
                      line.getKeyValuePairs() != null
                          && line.getKeyValuePairs().stream()
                              .anyMatch(
                                  pair ->
                                      pair.key.equals("lesson_id")
                                          && pair.value.toString().equals(id)))
              .map(ILoggingEvent::getFormattedMessage)
              .toList();
      assertThat(steps).contains("opened").filteredOn("started"::equals).hasSize(3);
      assertThat(lines.list)
          .allSatisfy(
              line ->
                  assertThat(line.getFormattedMessage())
                      .doesNotContainIgnoringCase("campfire")
                      .doesNotContain("Noam"));
    } finally {
      root.detachAppender(lines);
      root.setLevel(before);
    }
  }

  @Test
  void badTranscriptsFailWithAReasonAndHoldNothingUp() throws IOException {
    recording(10, "");
    recording(11, "WEBVTT\n\n");
    recording(12, "<!DOCTYPE html><html><body>Sign in to Zoom</body></html>");
    recording(
        13,
        new byte[] {
          (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 1, 2, 3
        });
    StringBuilder spanish = new StringBuilder("WEBVTT\n\n");
    StringBuilder endless = new StringBuilder("WEBVTT\n\n");
    for (int i = 0; i < 60; i++) {
      String time = String.format("00:%02d:00.000 --> 00:%02d:05.000%n", i, i);
      spanish
          .append(time)
          .append("Profesora: Hoy es el día ")
          .append(i)
          .append(" y vamos a hablar de la familia ")
          .append(Integer.toString(i, 26))
          .append(".\n\n");
      endless
          .append(
              String.format(
                  "%02d:%02d:00.000 --> %02d:%02d:05.000%n", i / 6, i % 6 * 10, i / 6, i % 6 * 10))
          .append("Teacher: This is sentence number ")
          .append(i)
          .append(" of a very long lesson.\n\n");
    }
    recording(14, spanish.toString());
    recording(15, endless.toString());
    for (long id = 10; id <= 15; id++) {
      school.endClass(id, false);
    }
    school.endClass(16, true);
    assertThat(lesson(16, "completed").getString("class_id")).isEqualTo("16");
    // Whoever copies a file makes it before they fill it.
    JsonObject empty = status(lesson(10, "pending"));
    assertThat(empty.getString("last_error")).contains("10.vtt").contains("empty");
    assertThat(empty.getString("next_retry_at")).isNotNull();
    assertThat(failure(11)).isNotBlank();
    assertThat(failure(12)).contains("web page");
    assertThat(failure(13)).contains("not plain text");
    assertThat(failure(14)).containsIgnoringCase("English");
    assertThat(failure(15)).contains("transcripts.max-duration");
    for (long id = 11; id <= 15; id++) {
      assertThat(failure(id)).doesNotContain("Exception").doesNotContain("familia");
    }
  }

  @Test
  void aFailedLessonCanBeRedrivenOnceItsRecordingIsMended() throws IOException {
    recording(20, "WEBVTT\n\n");
    school.endClass(20, false);
    JsonObject failed = lesson(20, "failed");
    URI redrive = url.resolve("/v1/lessons/" + failed.getLong("id") + "/redrive");
    // The stored original is what failed; an operator who mends it does so in the row, as a
    // workflow would.
    String text =
        "Teacher: Yesterday we went to the market and we bought fresh apples.\n"
            + "Sam: I buyed a banana yesterday.\n"
            + "Teacher: You bought a banana. Good, and what did you eat?\n"
            + "Sam: I ate the banana and I drank some water at home.";
    school.postgres(
        "UPDATE zoom_summaries SET transcript = $2 WHERE id = $1", failed.getLong("id"), text);
    school.postgres(
        "UPDATE zoom_summaries SET transcript_original = NULL WHERE id = $1", failed.getLong("id"));
    var answer = NodeProcess.post(redrive, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(lesson(20, "completed").getLong("id")).isEqualTo(failed.getLong("id"));
    assertThat(NodeProcess.post(redrive, "").statusCode()).isEqualTo(409);
  }

  /** Until the recording has been looked for in vain. */
  private static void lookedFor(long classId) {
    NodeProcess.await(
        url.resolve("/v1/lesson-status/" + lesson(classId, "pending").getLong("id")),
        r ->
            new JsonObject(r.body()).getString("last_error") != null
                || new JsonObject(r.body()).getString("next_retry_at") != null,
        PATIENCE);
  }

  @Test
  void aRecordingThatComesLateIsNoticedAtOnce() throws IOException {
    school.endClass(30, false);
    lookedFor(30);
    school.record(30);
    assertThat(lesson(30, "completed").getString("class_id")).isEqualTo("30");
  }

  @Test
  void aClassDeletedBeforeItsRecordingCameSaysSo() {
    school.endClass(40, false);
    // a look on its way would put off the next one
    lookedFor(40);
    school.mysql("DELETE FROM classes WHERE id = 40");
    school.postgres("UPDATE zoom_summaries SET due_at = now() WHERE class_id = '40'");
    assertThat(failure(40)).contains("deleted");
  }

  @Test
  void oneRecordingIsNeverUsedForTwoLessons() {
    school.endClass(50, true);
    lesson(50, "completed");
    school.mysql(
        "UPDATE classes SET meeting_start = meeting_start - INTERVAL 1 HOUR, meeting_end ="
            + " meeting_end - INTERVAL 1 HOUR, ai_triggered = 0 WHERE id = 50");
    NodeProcess.await(
        url.resolve("/v1/zoom-summaries?class_id=50"),
        r -> r.body().contains("\"total\":2"),
        PATIENCE);
    var other =
        school
            .postgres(
                "SELECT id FROM zoom_summaries WHERE class_id = '50' ORDER BY id DESC LIMIT 1")
            .iterator()
            .next()
            .getLong(0);
    JsonObject status =
        NodeProcess.await(
            url.resolve("/v1/lesson-status/" + other),
            r -> r.body().contains("belongs to lesson"),
            PATIENCE);
    assertThat(status.getString("status")).isEqualTo("pending");
  }

  @Test
  void aRowThatAWorkflowWroteIsProcessed() {
    long id =
        school
            .postgres(
                "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email,"
                    + " meeting_date, status, transcript) VALUES ('flow-1', 'stu', 'tea',"
                    + " 't@school.example', '2026-02-03', 'awaiting_exercises', $1) RETURNING id",
                "Teacher: We went to the zoo yesterday and we saw a huge elephant. Sam: I seed a"
                    + " lion. Teacher: You saw a lion. Great, and what did the lion do? Sam: It"
                    + " sleeped. Teacher: It slept under a tree, I think.")
            .iterator()
            .next()
            .getLong(0);
    NodeProcess.await(
        url.resolve("/v1/lesson-status/" + id),
        r -> r.body().contains("\"status\":\"completed\""),
        PATIENCE);
  }

  @Test
  void aStageCanBePausedAndResumed() {
    assertThat(
            NodeProcess.post(url.resolve("/v1/work/fetch/pause"), "{\"reason\":\"test\"}")
                .statusCode())
        .isEqualTo(200);
    try {
      school.endClass(60, true);
      assertThat(lesson(60, "pending").getString("class_id")).isEqualTo("60");
    } finally {
      assertThat(NodeProcess.post(url.resolve("/v1/work/fetch/resume"), "").statusCode())
          .isEqualTo(200);
    }
    assertThat(lesson(60, "completed").getString("class_id")).isEqualTo("60");
  }
}
