package http;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.TestPdfs;
import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import llm.PoolCount;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.Settings;

/** A course, once made of a PDF, on every route that older and new clients read it by. */
class CourseRoutesTest extends ApiTest {
  @TempDir static Path folder;

  private CourseNode node;
  private JsonObject course;
  private String id;
  private String[] owner;
  private final String[] other = {"X-User-Id", "somebody-else"};

  CourseRoutesTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeAll
  void make() throws IOException {
    node = new CourseNode(databases, "node-routes");
    CourseParts courses =
        CourseParts.over(databases.vertx, databases.postgres, databases.settings.courseSources());
    server.starter = courses.starter(100)::start;
    owner = new String[] {"X-User-Id", "walter"};
    Answer made =
        Forms.post(
            server.port,
            "/api/upload-pdfs-sync",
            Forms.of(
                List.of("country", "India", "course_title", "Rivers of the world"),
                List.of(new Forms.File("C:\\docs\\rivers.pdf", pdf()))),
            owner);
    assertThat(made.status()).as(made.response().body()).isEqualTo(200);
    course = made.json().getJsonObject("course");
    id = course.getString("course_id");
  }

  @AfterAll
  void shut() {
    node.close();
  }

  private static byte[] pdf() throws IOException {
    List<List<TestPdfs.Line>> pages = new ArrayList<>();
    for (String section : CourseText.RIVERS.split("\\n\\n(?=[A-Z][^.\\n]*\\n\\n)")) {
      String[] halves = section.split("\\n\\n", 2);
      List<TestPdfs.Line> page = new ArrayList<>(List.of(TestPdfs.heading(halves[0].strip())));
      for (String sentence : halves[1].strip().split("(?<=\\.)\\s+")) {
        page.add(TestPdfs.line(sentence));
      }
      pages.add(page);
    }
    return Files.readAllBytes(TestPdfs.write(folder.resolve("rivers.pdf"), pages));
  }

  private JsonObject get(String path) {
    Answer answer = server.get(path, owner);
    assertThat(answer.status()).as(path + " " + answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void theWaitingUploadGivesTheWholeCourse() {
    assertThat(course.getString("course_title")).isEqualTo("Rivers of the world");
    assertThat(course.getString("country")).isEqualTo("India");
    JsonObject module = course.getJsonArray("modules").getJsonObject(0);
    assertThat(module.getValue("id")).isInstanceOf(Integer.class);
    assertThat(module.getJsonArray("topics")).isEqualTo(module.getJsonArray("sub_topics"));
    assertThat(module.getJsonArray("topics").getJsonObject(0).getString("content")).isNotBlank();
    // the same by number
    assertThat(get("/api/course/" + course.getInteger("course_number")).getString("id"))
        .isEqualTo(id);
  }

  @Test
  void aWaitingUploadOfWhatIsNoCourseSaysWhy() throws IOException {
    byte[] short_ =
        Files.readAllBytes(
            TestPdfs.write(
                folder.resolve("short.pdf"), List.of(List.of(TestPdfs.line("Hello there.")))));
    Answer refused =
        Forms.post(
            server.port,
            "/api/upload-pdfs-sync",
            Forms.of(List.of(), List.of(new Forms.File("short.pdf", short_))),
            owner);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("detail")).isNotBlank();
    Answer none =
        Forms.post(server.port, "/api/upload-pdfs-sync", Forms.of(List.of(), List.of()), owner);
    assertThat(none.status()).isEqualTo(422);
  }

  @Test
  void listsFilterAndGoOn() {
    JsonArray all = new JsonArray(server.get("/api/courses", owner).response().body());
    assertThat(all).isNotEmpty();
    JsonObject row =
        all.stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getString("course_id").equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(row.getInteger("modules")).isPositive();
    assertThat(row.getString("level")).isEqualTo("Intermediate");
    for (String query :
        List.of("q=of%20THE", "level=intermediate", "country=India", "q=Rivers&limit=5")) {
      assertThat(server.get("/api/courses?" + query, owner).response().body())
          .as(query)
          .contains(id);
    }
    for (String query :
        List.of("q=100%25", "q=_ivers%5F", "level=expert", "country=Norway", "cursor=" + id)) {
      assertThat(server.get("/api/courses?" + query, owner).response().body())
          .as(query)
          .doesNotContain("\"course_id\":\"" + id + "\"");
    }
    JsonObject page = get("/v1/courses?limit=1");
    assertThat(page.getJsonArray("data")).hasSize(1);
    assertThat(page.getString("nextCursor")).isNotBlank();
    assertThat(server.get("/courses").status()).isEqualTo(422);
    assertThat(new JsonArray(server.get("/courses?user_id=walter").response().body()))
        .hasSameSizeAs(all);
  }

  @Test
  void contentIsGivenInPartsAndAnswersOnlyWhenAskedFor() {
    String at = "/v1/courses/" + id + "/content";
    assertThat(get(at).encode())
        .doesNotContain("answerKey")
        .doesNotContain("correctIndex")
        .doesNotContain("\"explanation\"");
    assertThat(get(at + "?withAnswers=true").encode()).contains("answerKey", "correctIndex");
    assertThat(get(at + "?parts=mcqs,%20flashcards").fieldNames())
        .containsOnly("course", "mcqs", "flashcards");
    assertThat(get(at + "?parts=assessment").fieldNames()).containsOnly("course", "assessment");
    assertThat(get(at + "?parts=exercises").fieldNames()).containsOnly("course", "chapters");
    Answer unknown = server.get(at + "?parts=secrets", owner);
    assertThat(unknown.status()).isEqualTo(400);
    JsonObject rows = get("/courses/" + id + "/content");
    assertThat(rows.fieldNames())
        .contains(
            "chapters",
            "flashcards",
            "mcqs",
            "articles",
            "word_games",
            "audio",
            "resources",
            "suggestions",
            "qnas",
            "notebook");
  }

  @Test
  void whatIsPublicIsReadWithoutAnswersAndNothingElseOfItIsReached() {
    Answer hidden = server.get("/v1/courses/" + id, other);
    assertThat(hidden.status()).isEqualTo(404);
    Answer shown =
        server.call(
            "PATCH",
            "/v1/courses/" + id,
            new JsonObject()
                .put("isPublic", true)
                .put("published", true)
                .put("tags", new JsonArray().add("water"))
                .encode(),
            owner[0],
            owner[1],
            "Content-Type",
            "application/json");
    assertThat(shown.status()).as(shown.response().body()).isEqualTo(200);
    assertThat(shown.json().getBoolean("isPublic")).isTrue();
    assertThat(shown.json().getJsonArray("tags")).containsExactly("water");
    try {
      assertThat(server.get("/v1/courses/" + id, other).json().getString("title"))
          .isEqualTo("Rivers of the world");
      JsonObject content =
          server.get("/v1/courses/" + id + "/content?withAnswers=true", other).json();
      assertThat(content.getJsonArray("chapters")).isNotEmpty();
      assertThat(content.getJsonArray("mcqs")).isNotEmpty();
      assertThat(content.encode())
          .doesNotContain("answerKey")
          .doesNotContain("correctIndex")
          .doesNotContain("\"explanation\"");
      assertThat(content.containsKey("assessment")).isFalse();
      JsonObject rows = server.get("/courses/" + id + "/content", other).json();
      assertThat(rows.getJsonArray("mcqs").encode())
          .contains("options")
          .doesNotContain("correct_answer")
          .doesNotContain("explanation");
      assertThat(server.get("/api/course/" + id, other).status()).isEqualTo(200);
      // the owner's mcqs have theirs
      assertThat(get("/courses/" + id + "/content").getJsonArray("mcqs").encode())
          .contains("correct_answer");
      assertThat(
              server
                  .call(
                      "PATCH",
                      "/v1/courses/" + id,
                      "{\"title\":\"mine\"}",
                      other[0],
                      other[1],
                      "Content-Type",
                      "application/json")
                  .status())
          .isEqualTo(404);
      assertThat(server.call("DELETE", "/v1/courses/" + id, null, other).status()).isEqualTo(404);
      Answer gone = server.call("DELETE", "/courses/" + id, null, other);
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.json().getBoolean("success")).isFalse();
      assertThat(
              server
                  .post("/api/quiz/generate-course", new JsonObject().put("course_id", id), other)
                  .status())
          .isEqualTo(404);
    } finally {
      server.call(
          "PATCH",
          "/v1/courses/" + id,
          "{\"isPublic\":false,\"published\":false}",
          owner[0],
          owner[1],
          "Content-Type",
          "application/json");
    }
  }

  @Test
  void quizzesAreTheOnesThereUntilOtherOnesAreAskedFor() {
    JsonObject wanted = new JsonObject().put("quiz_type", "OBJECTIVE").put("course_id", id);
    Answer first = server.post("/api/quiz/generate-course", wanted, owner);
    assertThat(first.status()).as(first.response().body()).isEqualTo(200);
    String code = first.json().getJsonObject("quiz").getString("quiz_id");
    assertThat(code).matches("course_[0-9a-f]{8}");
    assertThat(first.response().body()).doesNotContain("correct_answer");
    assertThat(
            server
                .post("/api/quiz/generate-course", wanted, owner)
                .json()
                .getJsonObject("quiz")
                .getString("quiz_id"))
        .isEqualTo(code);
    Answer anew =
        server.post("/api/quiz/generate-course", wanted.copy().put("regenerate", true), owner);
    assertThat(anew.json().getJsonObject("quiz").getString("quiz_id"))
        .matches("course_[0-9a-f]{8}")
        .isNotEqualTo(code);
    assertThat(server.get("/api/quiz/" + code, owner).status()).isEqualTo(200);
    assertThat(server.get("/api/quiz/course_ffffffff", owner).status()).isEqualTo(404);
    assertThat(
            server
                .post(
                    "/api/quiz/generate-course", new JsonObject().put("course_id", 999_999), owner)
                .status())
        .isEqualTo(404);
    assertThat(
            server
                .post(
                    "/api/quiz/generate-module",
                    new JsonObject().put("course_id", id).put("module_week", 99),
                    owner)
                .status())
        .isEqualTo(404);
    assertThat(
            server
                .post("/api/quiz/generate-module", new JsonObject().put("course_id", id), owner)
                .status())
        .isEqualTo(422);
    assertThat(
            server
                .post(
                    "/api/quiz/submit",
                    new JsonObject()
                        .put("quiz_id", "course_ffffffff")
                        .put("answers", new JsonObject()),
                    owner)
                .status())
        .isEqualTo(404);
  }

  @Test
  void withoutANodeThatMakesCoursesAQuizIs503() {
    UUID empty =
        databases
            .postgres(
                "INSERT INTO course (owner_id, source_type, title, status) VALUES ('walter',"
                    + " 'text', 'Empty', 'ready') RETURNING id")
            .iterator()
            .next()
            .getUUID("id");
    Answer answer =
        server.post(
            "/api/quiz/generate-course",
            new JsonObject().put("course_id", empty.toString()),
            owner);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotBlank();
    assertThat(answer.json().getString("detail")).contains("no quiz can be made");
    assertThat(server.call("DELETE", "/courses/" + empty, null, owner).status()).isEqualTo(200);
  }

  /** The first clients upload without a name and say who they are when they answer. */
  @Test
  void whatNobodyUploadedIsEverybodysWhereNothingHasToBeProved() throws IOException {
    Answer made =
        Forms.post(
            server.port,
            "/api/upload-pdfs-sync",
            Forms.of(List.of(), List.of(new Forms.File("rivers.pdf", pdf()))));
    assertThat(made.status()).as(made.response().body()).isEqualTo(200);
    int number = made.json().getJsonObject("course").getInteger("course_number");
    JsonObject quiz =
        server
            .post("/api/quiz/generate-course", new JsonObject().put("course_id", number))
            .json()
            .getJsonObject("quiz");
    String code = quiz.getString("quiz_id");
    Answer graded =
        server.post(
            "/api/quiz/submit",
            new JsonObject()
                .put("quiz_id", code)
                .put("user_id", 7)
                .put(
                    "answers", new JsonObject().put(code + "_q1", "a").put("x", "").put("y", "B")));
    assertThat(graded.status()).as(graded.response().body()).isEqualTo(200);
    JsonObject result = graded.json().getJsonObject("result");
    assertThat(result.getString("user_id")).isEqualTo("7");
    assertThat(result.getInteger("score")).isBetween(0, 1);
    assertThat(result.getJsonArray("detailed_results"))
        .hasSize(quiz.getJsonArray("questions").size());
  }

  @Test
  void aTopicsRowsAreReadByTheirIdAlone() {
    assertThat(server.get("/courses/" + id).status()).isEqualTo(200);
    assertThat(server.get("/courses/" + id + "/job").json().getInteger("progress")).isEqualTo(100);
    assertThat(server.get("/courses/" + id, other).status()).isEqualTo(404);
    assertThat(server.get("/courses/" + UUID.randomUUID()).json())
        .isEqualTo(new JsonObject().put("detail", "Course not found"));
    server.models = false;
    Answer keyless =
        server.post("/generate-course-parallel", new JsonObject().put("topic", "Rivers"), owner);
    server.models = true;
    assertThat(keyless.status()).isEqualTo(503);
    assertThat(keyless.header("Retry-After")).isNotBlank();
    assertThat(keyless.json().getString("detail")).contains("language model");
    Answer nobody =
        server.post("/generate-course-parallel", new JsonObject().put("topic", "Rivers"));
    assertThat(nobody.status()).isEqualTo(422);
    assertThat(nobody.json().getJsonArray("detail").getJsonObject(0).getJsonArray("loc"))
        .containsExactly("body", "userId");
  }

  @Test
  void aChapterIsExplainedAgainToWhoDidBadlyInIt() {
    JsonArray chapters =
        get("/v1/courses/" + id + "/content?parts=lessons").getJsonArray("chapters");
    JsonObject chapter = chapters.getJsonObject(0);
    String at = "/v1/courses/" + id + "/chapters/" + chapter.getString("id") + "/remediation";
    Answer early = server.post(at, new JsonObject(), owner);
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.json().getString("code")).isEqualTo("CONFLICT");

    JsonObject quiz =
        server
            .post(
                "/api/quiz/generate-module",
                new JsonObject().put("course_id", id).put("module_week", 1),
                owner)
            .json()
            .getJsonObject("quiz");
    submit(quiz, new JsonObject());
    int lessons = get("/v1/courses/" + id + "/progress").getInteger("lessonsTotal");
    Answer made = server.post(at, new JsonObject(), owner);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    JsonObject again = made.json();
    // a help, not more to do: it is shown, and counts for nothing
    JsonObject progress = get("/v1/courses/" + id + "/progress");
    assertThat(progress.getInteger("lessonsTotal")).isEqualTo(lessons);
    assertThat(progress.getJsonArray("chapters")).hasSize(chapters.size() + 1);
    assertThat(again.getString("remediationOf")).isEqualTo(chapter.getString("id"));
    assertThat(again.getInteger("orderIndex")).isEqualTo(chapters.size() + 1);
    assertThat(again.getJsonArray("lessons")).hasSameSizeAs(chapter.getJsonArray("lessons"));
    JsonObject lesson = again.getJsonArray("lessons").getJsonObject(0);
    assertThat(lesson.getString("contentMarkdown"))
        .isNotBlank()
        .isNotEqualTo(
            chapter.getJsonArray("lessons").getJsonObject(0).getString("contentMarkdown"));
    assertThat(lesson.getString("contentHtml")).startsWith("<");
    Answer repeated = server.post(at, new JsonObject(), owner);
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.json().getString("id")).isEqualTo(again.getString("id"));
    Answer anew = server.post(at, new JsonObject().put("regenerate", true), owner);
    assertThat(anew.status()).isEqualTo(201);
    assertThat(get("/v1/courses/" + id + "/content?parts=lessons").getJsonArray("chapters"))
        .hasSize(chapters.size() + 1);
    // what is made of the course later is made of its own lessons
    assertThat(
            server
                .post(
                    "/api/quiz/generate-course",
                    new JsonObject().put("course_id", id).put("regenerate", true),
                    owner)
                .status())
        .isEqualTo(200);
    assertThat(server.post(at, new JsonObject(), other).status()).isEqualTo(404);

    JsonObject right = new JsonObject();
    for (Object entry : submit(quiz, new JsonObject()).getJsonArray("detailed_results")) {
      JsonObject detail = (JsonObject) entry;
      right.put(detail.getString("question_id"), detail.getString("correct_answer"));
    }
    assertThat(submit(quiz, right).getBoolean("passed")).isTrue();
    Answer well = server.post(at, new JsonObject().put("regenerate", true), owner);
    assertThat(well.status()).isEqualTo(409);
    assertThat(well.json().getString("detail")).contains("100 %");
  }

  private JsonObject submit(JsonObject quiz, JsonObject answers) {
    return server
        .post(
            "/api/quiz/submit",
            new JsonObject().put("quiz_id", quiz.getString("quiz_id")).put("answers", answers),
            owner)
        .json()
        .getJsonObject("result");
  }

  @Test
  void questionsAndANotebookAreMadeWhereTheyAreAskedFor() {
    Answer asked =
        server.post(
            "/v1/course-jobs",
            new JsonObject()
                .put("source", new JsonObject().put("type", "text").put("text", CourseText.RIVERS))
                .put(
                    "options",
                    new JsonObject().put("parts", new JsonArray().add("qna").add("notebook"))),
            owner);
    assertThat(asked.status()).as(asked.response().body()).isEqualTo(202);
    String job = "/v1/course-jobs/" + asked.json().getString("jobId");
    NodeWaits.until(() -> server.get(job, owner).json().getInteger("progressPercentage", 0) == 100);
    assertThat(get(job).getString("status")).as(get(job).encodePrettily()).isEqualTo("completed");
    JsonObject rows = get("/courses/" + asked.json().getString("courseId") + "/content");
    JsonObject pair = rows.getJsonArray("qnas").getJsonObject(0);
    assertThat(pair.getString("question")).endsWith("?");
    assertThat(pair.getString("answer")).isNotBlank();
    assertThat(pair.getString("chapter_id")).isNotBlank();
    JsonObject notebook = rows.getJsonObject("notebook");
    assertThat(notebook.getJsonArray("key_concepts").getJsonObject(0).fieldNames())
        .contains("term", "definition");
    assertThat(notebook.getJsonObject("mind_map").getJsonArray("children")).isNotEmpty();
    assertThat(notebook.getString("study_guide")).startsWith("## ");
    assertThat(rows.getJsonArray("flashcards")).isEmpty();
  }

  @Test
  void healthTellsWhatEachGenerationLooksFor() {
    // what was counted before there was a course is told until it is too old
    NodeWaits.until(
        () -> {
          JsonObject told = server.get("/health").json();
          return told.getString("celery", "").equals("healthy")
              && told.getInteger("database_courses", 0) > 0;
        });
    JsonObject health = server.get("/health").json();
    assertThat(health.getString("status")).isEqualTo("healthy");
    assertThat(health.getString("service")).isEqualTo("course-generation");
    assertThat(health.getInteger("database_courses")).isPositive();
    assertThat(health.getString("database")).isEqualTo("connected");
    assertThat(health.getBoolean("services")).isTrue();
    assertThat(health.fieldNames())
        .contains(
            "api",
            "has_gemini",
            "gemini_key_count",
            "chapter_keys",
            "quiz_keys",
            "flashcard_keys",
            "game_keys",
            "article_keys",
            "groq_keys",
            "has_elevenlabs",
            "has_brave");
    assertThat(server.get("/health/live").status()).isEqualTo(200);
    assertThat(server.get("/health/ready").status()).isEqualTo(200);
    assertThat(server.get("/").json().fieldNames())
        .contains("status", "version", "message", "database", "services");
  }

  @Test
  void workerStatsHaveThePoolsOfAllNodes() {
    for (String name : List.of("one", "two")) {
      databases.postgres(
          "INSERT INTO llm_pools (node, status) VALUES ($1, $2) ON CONFLICT (node) DO UPDATE SET"
              + " status = excluded.status, updated_at = now()",
          "stats-" + name,
          new JsonObject()
              .put(
                  "pools",
                  new JsonObject()
                      .put("chapter", new PoolCount(4, 3, 5, 1).toJson())
                      .put(PoolCount.ANY, new PoolCount(2, 2, 0, 0).toJson())));
    }
    JsonObject stats = get("/api/worker-stats");
    databases.postgres("DELETE FROM llm_pools WHERE node LIKE 'stats-%'");
    assertThat(stats.getJsonObject("pools").getJsonObject("chapter"))
        .isEqualTo(new PoolCount(4, 3, 10, 2).toJson());
    assertThat(stats.getJsonObject("active_workers").fieldNames()).contains("course@node-routes");
    assertThat(stats.getJsonObject("active_tasks").getValue("course@node-routes"))
        .isInstanceOf(JsonArray.class);
  }
}
