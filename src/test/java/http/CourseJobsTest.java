package http;

import static org.assertj.core.api.Assertions.assertThat;

import courses.content.TooLittleSource;
import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Courses from the request to the graded assessment, and the ways that jobs go and end. */
class CourseJobsTest extends CourseJobTest {
  @Test
  void aTextBecomesACourseWithAGradedAssessment() throws IOException {
    String[] owner = owner("whole");
    JsonObject accepted = start(owner, textRequest(UUID.randomUUID().toString()));
    JsonObject done = awaitEnd(owner, accepted.getString("jobId"));
    assertThat(done.getString("status")).as(done.encodePrettily()).isIn("completed", "partial");
    assertThat(done.getInteger("progressPercentage")).isEqualTo(100);
    assertThat(done.getInteger("estimatedTimeRemaining")).isZero();
    assertThat(done.getJsonArray("completedSteps"))
        .contains("extract", "validate", "categorize", "structure", "content", "assess", "store");

    String course = accepted.getString("courseId");
    JsonObject content = server.get("/v1/courses/" + course + "/content", owner).json();
    JsonObject lesson =
        content.getJsonArray("chapters").getJsonObject(0).getJsonArray("lessons").getJsonObject(0);
    assertThat(lesson.getString("contentHtml")).startsWith("<");
    assertThat(lesson.getJsonArray("sourceRefs")).isNotEmpty();
    assertThat(content.encode()).doesNotContain("answerKey").doesNotContain("correctIndex");

    JsonObject assessment = content.getJsonObject("assessment");
    String at = "/v1/assessments/" + assessment.getString("id") + "/attempts";
    Answer begun = server.post(at, new JsonObject(), owner);
    assertThat(begun.status()).isEqualTo(201);
    JsonObject right = new JsonObject();
    JsonObject withKeys =
        server.get("/v1/courses/" + course + "/content?withAnswers=true", owner).json();
    for (Object entry : withKeys.getJsonObject("assessment").getJsonArray("questions")) {
      JsonObject question = (JsonObject) entry;
      right.put(question.getString("id"), question.getJsonObject("answerKey").getString("correct"));
    }
    Answer graded =
        server.post(
            at + "/" + begun.json().getInteger("attemptNumber") + "/submit",
            new JsonObject().put("answers", right.put("q999", "x")),
            owner);
    JsonObject result = graded.json().getJsonObject("result");
    assertThat(graded.status()).isEqualTo(200);
    assertThat(result.getDouble("percentage")).isEqualTo(100.0);
    assertThat(result.getBoolean("passed")).isTrue();
    assertThat(result.getJsonArray("warnings")).hasSize(1);

    JsonObject rows = server.get("/courses/" + course + "/content", owner).json();
    assertThat(rows.getJsonArray("chapters").getJsonObject(0).getString("content")).startsWith("<");
    for (Object entry : rows.getJsonArray("mcqs")) {
      JsonObject mcq = (JsonObject) entry;
      assertThat(mcq.getJsonArray("options")).contains(mcq.getString("correct_answer"));
    }
    assertThat(server.get("/courses/" + course, owner).json().getString("status"))
        .isEqualTo("published");
    JsonObject pdf = server.get("/api/course/" + course, owner).json();
    assertThat(pdf.getJsonArray("modules").getJsonObject(0).getJsonArray("topics"))
        .isEqualTo(pdf.getJsonArray("modules").getJsonObject(0).getJsonArray("sub_topics"))
        .isNotEmpty();
  }

  @Test
  void bothDialectsOfAJobAreAnswered() throws IOException {
    String[] owner = owner("dialects");
    JsonObject accepted = start(owner, textRequest(UUID.randomUUID().toString()));
    awaitEnd(owner, accepted.getString("jobId"));
    JsonObject byTask = server.get("/api/jobs/" + accepted.getString("taskId"), owner).json();
    assertThat(byTask.getString("status")).isEqualTo("SUCCESS");
    assertThat(byTask.getJsonObject("result").getInteger("modules")).isPositive();
    JsonObject byJob = server.get("/api/jobs/" + accepted.getString("jobId"), owner).json();
    assertThat(byJob.getString("status")).isEqualTo("completed");
    assertThat(byJob.containsKey("error")).isTrue();
    Answer unknown = server.get("/api/jobs/" + UUID.randomUUID(), owner);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json()).isEqualTo(new JsonObject().put("detail", "Job not found"));
    assertThat(server.get("/api/jobs/" + accepted.getString("jobId"), owner("nosy")).status())
        .isEqualTo(404);
    JsonObject stats = server.get("/api/worker-stats", owner).json();
    assertThat(stats.getJsonObject("active_workers").fieldNames()).contains("course@node-a");
  }

  @Test
  void twentyEqualRequestsMakeOneCourse() throws Exception {
    String[] owner = owner("twenty");
    String process = UUID.randomUUID().toString();
    ExecutorService clients = Executors.newFixedThreadPool(20);
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            clients.submit(() -> server.post("/api/v1/course-jobs", textRequest(process), owner)));
      }
      Set<String> courses = new HashSet<>();
      int made = 0;
      for (Future<Answer> answer : answers) {
        Answer got = answer.get(30, TimeUnit.SECONDS);
        made += got.status() == 202 ? 1 : 0;
        courses.add(got.json().getString("courseId"));
      }
      assertThat(made).isEqualTo(1);
      assertThat(courses).hasSize(1);
    } finally {
      clients.shutdownNow();
    }
    assertThat(databases.count("SELECT count(*) FROM course WHERE owner_id = 'twenty'")).isOne();
    Answer other =
        server.post("/api/v1/course-jobs", textRequest(process).put("priority", 9), owner);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().getString("code")).isEqualTo("IDEMPOTENCY_CONFLICT");
    awaitEnd(owner, process);
  }

  @Test
  void progressNeverFallsAndTheStreamResumes() throws IOException {
    String[] owner = owner("stream");
    JsonObject accepted = start(owner, textRequest(UUID.randomUUID().toString()));
    String at = accepted.getString("eventsUrl");
    List<Long> ids = new ArrayList<>();
    List<Integer> percents = new ArrayList<>();
    try (BufferedReader events = events(owner, at, 0)) {
      String type = "";
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (line.startsWith("id: ")) {
          ids.add(Long.valueOf(line.substring(4)));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ") && type.equals("progress")) {
          percents.add(new JsonObject(line.substring(6)).getInteger("progressPercentage"));
        }
      }
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(percents).isSorted().endsWith(100);
    assertThat(percents.size()).isGreaterThan(4);
    long middle = ids.get(ids.size() / 2);
    try (BufferedReader rest = events(owner, at, middle)) {
      List<Long> seen =
          rest.lines()
              .filter(line -> line.startsWith("id: "))
              .map(line -> Long.valueOf(line.substring(4)))
              .toList();
      assertThat(seen).isEqualTo(ids.subList(ids.indexOf(middle) + 1, ids.size()));
    }
  }

  @Test
  void aJobIsPausedResumedAndCancelled() throws IOException {
    String[] owner = owner("steered");
    node.hold("flashcards");
    try {
      JsonObject accepted = start(owner, textRequest(UUID.randomUUID().toString()));
      String job = "/v1/course-jobs/" + accepted.getString("jobId");
      node.awaitHeld("flashcards");
      await(
          owner,
          accepted.getString("jobId"),
          now -> status(now, "flashcards").equals("processing"));
      assertThat(server.post(job + "/pause", new JsonObject(), owner).json().getString("status"))
          .isEqualTo("paused");
      assertThat(server.post(job + "/pause", new JsonObject(), owner).status()).isEqualTo(202);
      assertThat(server.post(job + "/resume", new JsonObject(), owner).json().getString("status"))
          .isEqualTo("running");
      // what is written can be read meanwhile
      JsonObject content =
          server.get("/v1/courses/" + accepted.getString("courseId") + "/content", owner).json();
      assertThat(
              content
                  .getJsonArray("chapters")
                  .getJsonObject(0)
                  .getJsonArray("lessons")
                  .getJsonObject(0)
                  .getString("contentMarkdown"))
          .isNotBlank();
      Answer cancelled = server.post(job + "/cancel", new JsonObject(), owner);
      assertThat(cancelled.json().getString("status")).isEqualTo("cancelled");
      assertThat(server.post(job + "/resume", new JsonObject(), owner).status()).isEqualTo(409);
      assertThat(server.post(job + "/retry", new JsonObject(), owner).status()).isEqualTo(409);
      // the place is free again although the author never answered
      NodeWaits.until(
          () ->
              server
                  .get("/api/worker-stats", owner)
                  .json()
                  .getJsonObject("active_tasks")
                  .getJsonArray("course@node-a", new JsonArray())
                  .isEmpty());
      assertThat(
              databases.count(
                  "SELECT count(*) FROM course_task WHERE job_id = $1 AND due_at IS NOT NULL",
                  UUID.fromString(accepted.getString("jobId"))))
          .isZero();
    } finally {
      node.release("flashcards");
    }
  }

  @Test
  void aPartFailsAloneAndOnlyItIsMadeAgain() throws IOException {
    String[] owner = owner("partial");
    node.failing.put("wordGame", new IllegalStateException("no words today"));
    JsonObject accepted;
    try {
      accepted = start(owner, textRequest(UUID.randomUUID().toString()));
      JsonObject partial = awaitEnd(owner, accepted.getString("jobId"));
      assertThat(partial.getString("status")).as(partial.encodePrettily()).isEqualTo("partial");
      assertThat(partial.getJsonArray("errors").encode()).contains("\"part\":\"word_game\"");
      assertThat(status(partial, "word_game")).isEqualTo("failed");
    } finally {
      node.failing.remove("wordGame");
    }
    node.calls.clear();
    String job = "/v1/course-jobs/" + accepted.getString("jobId");
    Answer retried =
        server.post(
            job + "/retry", new JsonObject().put("parts", new JsonArray().add("word_game")), owner);
    assertThat(retried.status()).isEqualTo(202);
    JsonObject done = awaitEnd(owner, accepted.getString("jobId"));
    assertThat(status(done, "word_game")).as(done.encodePrettily()).isEqualTo("completed");
    assertThat(node.calls).containsOnly("wordGame");
  }

  @Test
  void whatASourceHoldsTooLittleForIsLeftOutAndTold() throws IOException {
    String[] owner = owner("little");
    node.failing.put("wordGame", new TooLittleSource("too few terms"));
    JsonObject done;
    try {
      JsonObject accepted = start(owner, textRequest(UUID.randomUUID().toString()));
      done = awaitEnd(owner, accepted.getString("jobId"));
    } finally {
      node.failing.remove("wordGame");
    }

    assertThat(done.getString("status")).as(done.encodePrettily()).isEqualTo("completed");
    assertThat(done.getJsonArray("errors")).isEmpty();
    JsonObject game = new JsonObject().put("part", "word_game").put("reason", "too few terms");
    assertThat(done.getJsonArray("leftOut")).contains(game);
    JsonObject content =
        server.get("/v1/courses/" + done.getString("courseId") + "/content", owner).json();
    assertThat(content.getJsonObject("course").getString("status")).isEqualTo("ready");
    assertThat(content.getJsonArray("wordGames")).isEmpty();
    assertThat(content.getJsonArray("leftOut")).contains(game);
    try (BufferedReader events =
        events(owner, "/v1/course-jobs/" + done.getString("jobId") + "/events", 0)) {
      assertThat(events.lines()).anyMatch(line -> line.contains("\"leftOut\":\"too few terms\""));
    }

    // somebody sets up a model, or it was a bad day
    Answer again =
        server.post(
            "/v1/course-jobs/" + done.getString("jobId") + "/retry",
            new JsonObject().put("parts", new JsonArray().add("word_game")),
            owner);
    assertThat(again.status()).as(again.response().body()).isEqualTo(202);
    JsonObject whole = awaitEnd(owner, done.getString("jobId"));
    assertThat(whole.getString("status")).isEqualTo("completed");
    assertThat(whole.getJsonArray("leftOut")).doesNotContain(game);
  }

  @Test
  void aTaskWhoseNodeDiedIsTakenOverAndNothingFinishedIsRepeated() throws IOException {
    String[] owner = owner("taken-over");
    node.calls.clear();
    node.hold("mcqs");
    JsonObject accepted = start(owner, textRequest(UUID.randomUUID().toString()));
    try {
      node.awaitHeld("mcqs");
      JsonObject waiting =
          await(
              owner,
              accepted.getString("jobId"),
              now ->
                  status(now, "mcqs").equals("processing")
                      && now.getJsonArray("parts").stream()
                              .map(part -> ((JsonObject) part).getString("status"))
                              .filter(Set.of("pending", "processing")::contains)
                              .count()
                          == 1);
      assertThat(waiting.getString("status")).isEqualTo("running");
    } finally {
      // as if its node had died: the lease has run out, and the heartbeat doesn't renew that token
      databases.postgres(
          "UPDATE course_task SET due_at = now(), lease_token = lease_token + 1"
              + " WHERE part = 'mcqs' AND job_id = $1",
          UUID.fromString(accepted.getString("jobId")));
      node.held.remove("mcqs");
    }
    JsonObject done = awaitEnd(owner, accepted.getString("jobId"));
    assertThat(done.getString("status")).as(done.encodePrettily()).isEqualTo("completed");
    assertThat(node.calls.stream().filter("mcqs"::equals)).hasSize(2);
    assertThat(node.calls.stream().filter("structure"::equals)).hasSize(1);
    assertThat(node.calls.stream().filter("lesson"::equals))
        .hasSize(
            (int)
                done.getJsonArray("parts").stream()
                    .filter(part -> ((JsonObject) part).getString("part").startsWith("lesson:"))
                    .count());
  }

  @Test
  void anUnsuitableSourceIsRejectedWithAReason() throws IOException {
    String[] owner = owner("rejected");
    JsonObject accepted =
        start(
            owner,
            new JsonObject()
                .put("source", new JsonObject().put("type", "text").put("text", "Too short.")));
    JsonObject done = awaitEnd(owner, accepted.getString("jobId"));
    assertThat(done.getString("status")).isEqualTo("rejected");
    assertThat(done.getJsonObject("validation").getDouble("confidence")).isGreaterThan(0.5);
    assertThat(done.getJsonObject("validation").getString("reasoning")).isNotBlank();
    assertThat(
            databases.count(
                "SELECT count(*) FROM course_chapter WHERE course_id = $1",
                UUID.fromString(accepted.getString("courseId"))))
        .isZero();
    assertThat(
            server
                .get("/courses/" + accepted.getString("courseId"), owner)
                .json()
                .getString("status_detail"))
        .isEqualTo("rejected");
  }

  @Test
  void aTopicWithoutAModelFailsForGood() throws IOException {
    String[] owner = owner("topic-alone");
    for (int i = 0; i < 5; i++) {
      JsonObject accepted =
          start(
              owner,
              new JsonObject()
                  .put("source", new JsonObject().put("type", "topic").put("topic", "Rivers")));
      JsonObject done = awaitEnd(owner, accepted.getString("jobId"));
      assertThat(done.getString("status")).isEqualTo("failed");
      JsonObject error = done.getJsonArray("errors").getJsonObject(0);
      assertThat(error.getString("code")).isEqualTo("CANNOT_WRITE");
      assertThat(error.getBoolean("retryable")).isFalse();
    }
  }

  @Test
  void missingCaptionsAreNoFaultOfThisProgram() throws IOException {
    String[] owner = owner("captions");
    JsonObject accepted =
        start(
            owner,
            new JsonObject()
                .put(
                    "source",
                    new JsonObject()
                        .put("type", "youtube")
                        .put("url", "https://youtu.be/abcdefghijk")));
    JsonObject done = awaitEnd(owner, accepted.getString("jobId"));
    assertThat(done.getString("status")).isEqualTo("failed");
    assertThat(done.getJsonArray("errors").encode())
        .contains("CAPTION_FAILURE", "no way to captions", "\"retryable\":false")
        .doesNotContain("fault in this program");
    // nobody sets up a way to captions within the pause before a second try
    assertThat(done.getJsonArray("errors").getJsonObject(0).getInteger("attempt")).isEqualTo(1);
  }

  @Test
  void aCourseIsReadWhileItsLessonsAreBeingWritten() throws Exception {
    String[] owner = owner("reading");
    node.hold("lesson");
    JsonObject accepted;
    try {
      accepted = start(owner, textRequest(UUID.randomUUID().toString()));
      node.awaitHeld("lesson");
      await(
          owner, accepted.getString("jobId"), now -> status(now, "lesson:0").equals("processing"));
      Answer content =
          server.get("/v1/courses/" + accepted.getString("courseId") + "/content", owner);
      assertThat(content.status()).as(content.response().body()).isEqualTo(200);
      assertThat(
              content
                  .json()
                  .getJsonArray("chapters")
                  .getJsonObject(0)
                  .getJsonArray("lessons")
                  .getJsonObject(0)
                  .getString("status"))
          .isEqualTo("generating");
    } finally {
      node.release("lesson");
    }
    awaitEnd(owner, accepted.getString("jobId"));
  }
}
