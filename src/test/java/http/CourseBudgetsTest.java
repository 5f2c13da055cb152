package http;

import static org.assertj.core.api.Assertions.assertThat;

import courses.JobBudget;
import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.UUID;
import lessons.LessonDatabases;
import llm.ModelUnavailable;
import messages.Addresses;
import org.junit.jupiter.api.Test;

/** Jobs whose money is spent, or nearly so. */
class CourseBudgetsTest extends CourseJobTest {
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
    // nobody answers a notice: without waiting for it the job may be done before it is stored
    assertThat(awaitEvent(owner, id, "notice").getInteger("percent")).isEqualTo(80);
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
                "SELECT count(*) FROM course_event WHERE job_id = $1 AND type = 'notice'",
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
    JobBudget budget = new JobBudget(databases.postgres);
    // a day later than it was, lest midnight comes now
    assertThat(
            databases
                .postgres(
                    "UPDATE course_job SET pause_until = pause_until + INTERVAL '1 day' WHERE id ="
                        + " $1 AND pause_until <= now() + INTERVAL '1 day'",
                    UUID.fromString(id))
                .rowCount())
        .isOne();
    LessonDatabases.await(budget.resumeDue());
    assertThat(server.get("/v1/course-jobs/" + id, owner).json().getString("status"))
        .isEqualTo("paused");
    node.failing.remove("flashcards");
    databases.postgres(
        "UPDATE course_job SET pause_until = pause_until - INTERVAL '2 days' WHERE id = $1 AND"
            + " pause_until > now()",
        UUID.fromString(id));
    LessonDatabases.await(budget.resumeDue());

    assertThat(status(awaitEnd(owner, id), "flashcards")).isEqualTo("completed");
  }
}
