package http;

import static org.assertj.core.api.Assertions.assertThat;

import courses.JobBudget;
import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import lessons.LessonDatabases;
import llm.ModelUnavailable;
import messages.Addresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Courses from the request to the graded assessment, over HTTP, with a real Postgres. */
class CourseJobsTest extends ApiTest {
  private CourseNode node;

  CourseJobsTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void open() {
    node = new CourseNode(databases, "node-a");
  }

  @AfterAll
  void shut() {
    node.close();
  }

  private String[] owner(String name) {
    return server.token(name, "");
  }

  static JsonObject textRequest(String process) {
    return new JsonObject()
        .put("generationProcessId", process)
        .put("source", new JsonObject().put("type", "text").put("text", CourseText.RIVERS));
  }

  private JsonObject start(String[] owner, JsonObject request) {
    Answer answer = server.post("/api/v1/course-jobs", request, owner);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    return answer.json();
  }

  private JsonObject await(String[] owner, String job, Predicate<JsonObject> wanted)
      throws IOException {
    JsonObject now = server.get("/api/v1/course-jobs/" + job, owner).json();
    // the stream says when something moved, so there is nothing to wait for blindly
    try (BufferedReader events = events(owner, "/api/v1/course-jobs/" + job + "/events", 0)) {
      while (!wanted.test(now)) {
        String line = events.readLine();
        if (line == null) {
          now = server.get("/api/v1/course-jobs/" + job, owner).json();
          assertThat(wanted.test(now)).as(now.encodePrettily()).isTrue();
          return now;
        }
        // also where the stream only says that it is alive: a task's begin is no event
        if (!line.isEmpty()) {
          now = server.get("/api/v1/course-jobs/" + job, owner).json();
        }
      }
    }
    return now;
  }

  private JsonObject awaitEnd(String[] owner, String job) throws IOException {
    return await(
        owner,
        job,
        now -> !Set.of("queued", "running", "paused").contains(now.getString("status")));
  }

  private BufferedReader events(String[] owner, String path, long after) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + server.port + path).toURL().openConnection();
    connection.setRequestProperty(owner[0], owner[1]);
    connection.setRequestProperty("Last-Event-ID", Long.toString(after));
    connection.setReadTimeout(40_000);
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

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

  private static String status(JsonObject job, String part) {
    return job.getJsonArray("parts").stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getString("part").equals(part))
        .map(entry -> entry.getString("status"))
        .findFirst()
        .orElse("");
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
      // as if its node had died: nobody renews the lease, and it has run out
      databases.postgres(
          "UPDATE course_task SET due_at = now() WHERE part = 'mcqs' AND job_id = $1",
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
  void whatIsNotThereOrSomebodyElsesIsRefusedAtOnce() throws Exception {
    String[] owner = owner("refused");
    String foreign = file(owner("other"), "The river carries sand to its mouth.");
    for (String id : List.of(foreign, UUID.randomUUID().toString())) {
      JsonObject source =
          new JsonObject().put("type", "files").put("fileIds", new JsonArray().add(id));
      Answer answer =
          server.post("/api/v1/course-jobs", new JsonObject().put("source", source), owner);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(404);
      assertThat(answer.response().body()).contains("NOT_FOUND", id);
    }
    long lesson = lesson("class-refused", "somebody-else", "completed", "spoken words");
    for (long id : new long[] {lesson, 999_999_999}) {
      JsonObject source = new JsonObject().put("type", "transcript").put("lessonId", id);
      Answer answer =
          server.post("/api/v1/course-jobs", new JsonObject().put("source", source), owner);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(404);
      assertThat(answer.response().body()).contains("LESSON_NOT_FOUND");
    }
    assertThat(server.get("/api/v1/course-jobs", owner).json().getJsonArray("data")).isEmpty();
  }

  private String file(String[] owner, String text) throws Exception {
    HttpResponse<String> answer =
        form(owner, "/v1/source-files", part("files", "notes.txt", "text/plain", text));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body()).getJsonArray("files").getJsonObject(0).getString("id");
  }

  private static String part(String name, String file, String type, String content) {
    return "--part-of-a-form\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + (file == null ? "" : "; filename=\"" + file + "\"")
        + "\r\nContent-Type: "
        + type
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private HttpResponse<String> form(String[] owner, String path, String... parts) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
                .headers(owner)
                .header("Content-Type", "multipart/form-data; boundary=part-of-a-form")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        String.join("", parts) + "--part-of-a-form--\r\n"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aFormBringsTheRequestAndItsFiles() throws Exception {
    String[] owner = owner("form");
    String process = UUID.randomUUID().toString();
    JsonObject options = new JsonObject().put("chapters", new JsonObject().put("max", 1));
    JsonObject request =
        new JsonObject().put("generationProcessId", process).put("options", options);
    String json = part("request", null, "application/json", request.encode());
    String text = part("file", "rivers.txt", "text/plain", CourseText.RIVERS);
    HttpResponse<String> accepted = form(owner, "/api/v1/course-jobs", json, text);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    JsonObject job = new JsonObject(accepted.body());
    assertThat(accepted.headers().firstValue("Location")).hasValue(job.getString("statusUrl"));
    // the same bytes again are the same request
    String named = part("request", "request.json", "application/json", request.encode());
    HttpResponse<String> repeated = form(owner, "/api/v1/course-jobs", named, text);
    assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(200);
    assertThat(new JsonObject(repeated.body()).getString("jobId"))
        .isEqualTo(job.getString("jobId"));
    JsonObject done = awaitEnd(owner, job.getString("jobId"));
    assertThat(done.getString("status")).as(done.encodePrettily()).isIn("completed", "partial");
    assertThat(done.getJsonObject("usage").getLong("calls")).isZero();
    JsonObject content =
        server.get("/v1/courses/" + job.getString("courseId") + "/content", owner).json();
    assertThat(content.getJsonArray("chapters")).hasSize(1);

    assertThat(form(owner, "/api/v1/course-jobs", text).statusCode()).isEqualTo(400);
    String broken = part("request", null, "application/json", "[1]");
    assertThat(form(owner, "/api/v1/course-jobs", broken, text).statusCode()).isEqualTo(400);
    JsonObject pdf = new JsonObject().put("source", new JsonObject().put("type", "pdf"));
    HttpResponse<String> lie =
        form(
            owner,
            "/api/v1/course-jobs",
            part("request", null, "application/json", pdf.encode()),
            part("file", "lie.pdf", "application/pdf", "no PDF at all"));
    assertThat(lie.statusCode()).as(lie.body()).isEqualTo(400);
  }

  @Test
  void aJobWhoseBudgetIsSpentPausesAndGoesOnWhenItIsRaised() throws IOException {
    String[] owner = owner("budget");
    node.failing.put(
        "flashcards",
        new ModelUnavailable(ModelUnavailable.Reason.BUDGET, "would go beyond its spend cap"));
    JsonObject request =
        textRequest(UUID.randomUUID().toString())
            .put("options", new JsonObject().put("maxCostUsd", 0.5));
    JsonObject accepted = start(owner, request);
    String id = accepted.getString("jobId");
    JsonObject paused = await(owner, id, now -> now.getString("status").equals("paused"));
    assertThat(paused.getString("reason")).isEqualTo("budget");

    node.failing.remove("flashcards");
    // A notice reaches whoever follows the job, and what nobody misses is left out.
    databases.postgres(
        "INSERT INTO llm_budget (id, spent) VALUES ($1, 450000000)", "course-job:" + id);
    databases
        .vertx
        .eventBus()
        .send(
            Addresses.LLM_BUDGET,
            new JsonObject()
                .put("budget", "course-job:" + id)
                .put("percent", 80)
                .put("spentUsd", 0.45)
                .put("maxUsd", 0.5));
    Answer resumed =
        server.post(
            "/v1/course-jobs/" + id + "/resume", new JsonObject().put("maxCostUsd", 0.55), owner);
    assertThat(resumed.status()).as(resumed.response().body()).isEqualTo(202);
    assertThat(resumed.json().containsKey("reason")).isFalse();
    JsonObject done = awaitEnd(owner, id);

    assertThat(status(done, "flashcards")).isEqualTo("completed");
    assertThat(
            databases.count(
                "SELECT count(*) FROM course_job WHERE id = $1 AND pause_reason IS NULL AND"
                    + " request #>> '{options,maxCostUsd}' = '0.55'",
                UUID.fromString(id)))
        .isOne();
    assertThat(
            databases.count(
                "SELECT count(*) FROM course_event WHERE job_id = $1 AND type = 'notice' AND data"
                    + " ->> 'percent' = '80'",
                UUID.fromString(id)))
        .isOne();
    assertThat(
            server
                .post(
                    "/v1/course-jobs/" + id + "/resume",
                    new JsonObject().put("maxCostUsd", -1),
                    owner)
                .status())
        .isEqualTo(400);
  }

  @Test
  void withMostOfTheBudgetSpentWhatNobodyMissesIsLeftOut() throws IOException {
    String[] owner = owner("frugal");
    node.hold("lesson");
    JsonObject accepted;
    try {
      accepted =
          start(
              owner,
              textRequest(UUID.randomUUID().toString())
                  .put("options", new JsonObject().put("maxCostUsd", 1)));
      databases.postgres(
          "INSERT INTO llm_budget (id, spent) VALUES ($1, 800000000)",
          "course-job:" + accepted.getString("jobId"));
    } finally {
      node.release("lesson");
    }
    JsonObject done = awaitEnd(owner, accepted.getString("jobId"));

    assertThat(done.getString("status")).isEqualTo("partial");
    assertThat(status(done, "article:deep_dive")).isEqualTo("completed");
    assertThat(status(done, "article:faq")).isEqualTo("failed");
    assertThat(done.getJsonArray("errors").encode())
        .contains("LEFT_OUT", "most of the budget is spent");
  }

  @Test
  void aJobThatPausedForItsOwnersDayGoesOnWhenTheDayIsOver() throws IOException {
    String[] owner = owner("day");
    node.failing.put(
        "flashcards",
        new ModelUnavailable(ModelUnavailable.Reason.USER_BUDGET, "would go beyond the day"));
    String id = start(owner, textRequest(UUID.randomUUID().toString())).getString("jobId");
    await(owner, id, now -> now.getString("status").equals("paused"));
    node.failing.remove("flashcards");
    JobBudget budget = new JobBudget(databases.postgres);
    LessonDatabases.await(budget.resumeDue());
    assertThat(server.get("/v1/course-jobs/" + id, owner).json().getString("status"))
        .isEqualTo("paused");
    databases.postgres(
        "UPDATE course_job SET pause_until = pause_until - INTERVAL '1 day' WHERE id = $1 AND"
            + " pause_until > now()",
        UUID.fromString(id));
    LessonDatabases.await(budget.resumeDue());

    assertThat(status(awaitEnd(owner, id), "flashcards")).isEqualTo("completed");
  }

  @Test
  void aTopicIsRefusedWhereNoModelIsSetUp() {
    String[] owner = owner("no-model");
    server.models = false;
    try {
      JsonObject source = new JsonObject().put("type", "topic").put("topic", "Rivers");
      Answer answer =
          server.post("/api/v1/course-jobs", new JsonObject().put("source", source), owner);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
      assertThat(answer.response().body()).contains("set one up");
      Answer topic =
          server.post("/generate-course-parallel", new JsonObject().put("topic", "Rivers"), owner);
      assertThat(topic.status()).as(topic.response().body()).isEqualTo(503);
      assertThat(topic.json().getString("detail")).contains("set one up");
    } finally {
      server.models = true;
    }
  }

  @Test
  void optionsOutOfRangeAreRefusedByName() {
    String[] owner = owner("options");
    JsonObject wrong =
        new JsonObject().put("chapters", new JsonObject().put("min", 5).put("max", 2));
    Answer chapters =
        server.post(
            "/v1/course-jobs",
            textRequest(UUID.randomUUID().toString()).put("options", wrong),
            owner);
    assertThat(chapters.status()).isEqualTo(400);
    assertThat(chapters.firstField()).startsWith("options.chapters.min");
    Answer cost =
        server.post(
            "/v1/course-jobs",
            textRequest(UUID.randomUUID().toString())
                .put("options", new JsonObject().put("maxCostUsd", -1)),
            owner);
    assertThat(cost.status()).isEqualTo(400);
    assertThat(cost.firstField()).startsWith("options.maxCostUsd");
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

  @Test
  void brokenRequestsAreToldInTheShapeOfTheirPath() {
    String[] owner = owner("broken");
    Answer topic = server.post("/generate-course-parallel", new JsonObject(), owner);
    assertThat(topic.status()).isEqualTo(422);
    JsonObject first = topic.json().getJsonArray("detail").getJsonObject(0);
    assertThat(first.getString("type")).isEqualTo("missing");
    assertThat(first.getJsonArray("loc")).containsExactly("body", "topic");
    Answer forged =
        server.post(
            "/generate-course-parallel",
            new JsonObject().put("topic", "Rivers").put("userId", "somebody-else"),
            owner);
    assertThat(forged.status()).isEqualTo(403);
    Answer source =
        server.post(
            "/v1/course-jobs",
            new JsonObject().put("source", new JsonObject().put("type", "spell")),
            owner);
    assertThat(source.status()).isEqualTo(400);
    assertThat(source.firstField()).startsWith("source.type");
  }
}
