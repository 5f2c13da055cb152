package launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole node: from the end of a class to what its learner finds in the games, with a teacher in
 * between or without.
 */
class PublishingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private SchoolFixture school;
  private Node node;
  private URI url;

  @BeforeEach
  void open() {
    school = new SchoolFixture(folder);
  }

  @AfterEach
  void close() throws TimeoutException {
    if (node != null) {
      node.stop().await(40, TimeUnit.SECONDS);
    }
    school.close();
  }

  private void start(String... settings) throws TimeoutException {
    Map<String, String> environment = new HashMap<>(school.environment());
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    node.start().await(60, TimeUnit.SECONDS);
    url = URI.create(node.url());
  }

  /** Waits until the one set of a class is published, or failed to be. */
  private long published(long classId) {
    JsonObject answer =
        NodeProcess.await(
            url.resolve("/v1/exercises?class_id=" + classId + "&status=approved"),
            r -> new JsonObject(r.body()).getInteger("count") == 1,
            PATIENCE);
    long set = answer.getJsonArray("exercises").getJsonObject(0).getLong("id");
    // approving again changes nothing, and says how far publishing is
    NodeProcess.await(
        url.resolve("/v1/work"),
        r -> depth(r.body()).getInteger("waiting") + depth(r.body()).getInteger("running") == 0,
        PATIENCE);
    JsonObject publication =
        new JsonObject(
                NodeProcess.post(url.resolve("/v1/exercises/" + set + "/approve"), "").body())
            .getJsonObject("publication");
    assertThat(publication.getString("status")).as("%s", publication).isEqualTo("completed");
    return set;
  }

  private static JsonObject depth(String body) {
    return new JsonObject(body)
        .getJsonArray("stages").stream()
            .map(JsonObject.class::cast)
            .filter(stage -> stage.getString("stage").equals("publish"))
            .findFirst()
            .orElseThrow();
  }

  private int visibleItems() {
    return school
        .mysql(
            "SELECT COUNT(*) FROM lesson_exercises e JOIN lessons l ON l.id = e.lesson_id WHERE"
                + " l.status = 'approved' AND l.student_id = '7'")
        .iterator()
        .next()
        .getInteger(0);
  }

  private int words() {
    return school
        .mysql(
            "SELECT COUNT(*) FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id ="
                + " '7'")
        .iterator()
        .next()
        .getInteger(0);
  }

  @Test
  void withAutoApproveALearnerHasTheirExercisesWithoutAnybodysDoing() throws TimeoutException {
    start("AUTO_APPROVE", "true");
    school.endClass(1, true);
    long set = published(1);
    assertThat(visibleItems()).isGreaterThan(20);
    assertThat(words()).isGreaterThan(3);
    var lesson = school.mysql("SELECT * FROM lessons WHERE class_id = '1'").iterator().next();
    assertThat(lesson.getString("approved_by")).isEqualTo("auto");
    assertThat(
            school
                .postgres(
                    "SELECT jsonb_array_length(exercises->'flashcards') AS n FROM lesson_exercises"
                        + " WHERE id = $1",
                    set)
                .iterator()
                .next()
                .getInteger(0))
        .isPositive();
  }

  @Test
  void withoutItNothingIsSeenBeforeATeacherApprovedAndAfterOneRejected() throws TimeoutException {
    start();
    school.endClass(2, true);
    JsonObject pending =
        NodeProcess.await(
            url.resolve("/v1/exercises/pending?class_id=2"),
            r -> new JsonObject(r.body()).getInteger("count") == 1,
            PATIENCE);
    long set = pending.getJsonArray("exercises").getJsonObject(0).getLong("id");
    assertThat(visibleItems()).isZero();
    assertThat(NodeProcess.post(url.resolve("/v1/exercises/" + set + "/approve"), "").statusCode())
        .isEqualTo(200);
    assertThat(published(2)).isEqualTo(set);
    int items = visibleItems();
    assertThat(items).isGreaterThan(20);
    assertThat(words()).isPositive();
    assertThat(
            NodeProcess.post(
                    url.resolve("/v1/exercises/" + set + "/reject"), "{\"reason\":\"wrong class\"}")
                .statusCode())
        .isEqualTo(200);
    NodeProcess.await(
        url.resolve("/v1/work"),
        r -> depth(r.body()).getInteger("waiting") + depth(r.body()).getInteger("running") == 0,
        PATIENCE);
    assertThat(visibleItems()).isZero();
    assertThat(words()).isZero();
  }

  @Test
  void aDecisionMadeWhileNobodyPublishesIsCarriedOutLater() throws TimeoutException {
    start(
        "VERTICLES",
        "GameHttp,ExerciseGenerator,TranscriptProcessor,ZoomFetcher,ClassMonitor",
        "AUTO_APPROVE",
        "true");
    school.endClass(3, true);
    NodeProcess.await(
        url.resolve("/v1/work"), r -> depth(r.body()).getInteger("waiting") == 1, PATIENCE);
    assertThat(visibleItems()).isZero();
    node.stop().await(40, TimeUnit.SECONDS);
    // a publisher that died with the set in its hands: its lease runs out
    school.postgres(
        "UPDATE lesson_publications SET status = 'processing', lease_token = lease_token + 1,"
            + " lease_owner = 'dead', processing_attempts = 1, due_at = now() + interval '1"
            + " second'");
    start();
    published(3);
    assertThat(visibleItems()).isGreaterThan(20);
  }

  @Test
  void withAutoApproveSetsOfTranscriptsSentByHandArePublishedToo() throws Exception {
    start("AUTO_APPROVE", "true");
    String transcript;
    try (var lesson = PublishingTest.class.getResourceAsStream("/demo/lesson.vtt")) {
      transcript = new String(lesson.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    JsonObject body =
        new JsonObject()
            .put("transcript", transcript)
            .put("user_id", "7")
            .put("teacher_id", "9")
            .put("class_id", "by-hand");
    JsonObject answer =
        new JsonObject(NodeProcess.post(url.resolve("/v1/process"), body.encode()).body());
    assertThat(answer.getBoolean("stored")).as("%s", answer).isTrue();
    NodeProcess.await(
        url.resolve("/v1/exercises?class_id=by-hand&status=approved"),
        r -> new JsonObject(r.body()).getInteger("count") == 1,
        PATIENCE);
    NodeProcess.await(
        url.resolve("/v1/work"),
        r -> depth(r.body()).getInteger("waiting") + depth(r.body()).getInteger("running") == 0,
        PATIENCE);
    assertThat(visibleItems()).isGreaterThan(20);
  }
}
