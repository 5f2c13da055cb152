package llm;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Answers that are kept for a day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplyCacheTest {
  private static final Prompt VERDICT =
      new Prompt(
          "course-validate", 1, "Judge.", "{{text}}", new JsonObject().put("type", "object"));

  private final List<Ask> asked = new ArrayList<>();
  private boolean fails;

  private final Model model =
      new Model() {
        @Override
        public boolean available(String service) {
          return true;
        }

        @Override
        public int contextTokens(String service) {
          return 1_000;
        }

        @Override
        public Future<JsonObject> complete(Ask ask) {
          asked.add(ask);
          return fails
              ? Future.failedFuture(
                  new ModelUnavailable(ModelUnavailable.Reason.INVALID, "it stayed invalid"))
              : Future.succeededFuture(new JsonObject().put("number", asked.size()));
        }
      };

  private final LessonDatabases databases = new LessonDatabases();
  private final Model remembered =
      new ReplyCache(databases.postgres).before(model, "course-validate"::equals);

  @BeforeEach
  void forgetAll() {
    databases.postgres("DELETE FROM model_replies");
    asked.clear();
    fails = false;
  }

  @AfterAll
  void close() {
    databases.close();
  }

  /** Rows are written beside the answer: until there are as many. */
  private void kept(long rows) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (databases.count("SELECT count(*) FROM model_replies") != rows) {
      assertThat(System.nanoTime()).as("rows are kept within 10 s").isLessThan(end);
    }
  }

  private JsonObject ask(Prompt prompt, String user, String text) {
    return await(
        remembered.complete(
            new Ask(
                "chapter",
                "course:" + asked.size(),
                prompt,
                new JsonObject().put("text", text),
                100,
                Duration.ofSeconds(5),
                Ask.SCHEMA_ONLY,
                List.of(Budget.ofUser(user)),
                Cancellation.NEVER)));
  }

  @Test
  void theSameWordsOfTheSameUserAreAskedOnceADay() {
    JsonObject first = ask(VERDICT, "anna", "bread");
    kept(1);
    assertThat(ask(VERDICT, "anna", "bread")).isEqualTo(first);
    assertThat(asked).hasSize(1);

    databases.postgres("UPDATE model_replies SET expires_at = now()");
    ask(VERDICT, "anna", "bread");
    assertThat(asked).hasSize(2);
  }

  @Test
  void otherWordsOtherUsersAndOtherPromptsAreAskedAnew() {
    Prompt newer = new Prompt("course-validate", 2, "Judge well.", "{{text}}", VERDICT.schema());
    Prompt lesson = new Prompt("course-lesson", 1, "Write.", "{{text}}", VERDICT.schema());
    ask(VERDICT, "anna", "bread");
    ask(VERDICT, "anna", "butter");
    ask(VERDICT, "ben", "bread");
    ask(newer, "anna", "bread");
    ask(lesson, "anna", "bread");
    kept(4);
    ask(lesson, "anna", "bread");

    assertThat(asked).hasSize(6);
  }

  @Test
  void failuresAreNotKeptAndWhatIsKeptIsNobodysToChange() {
    fails = true;
    assertThatThrownBy(() -> ask(VERDICT, "anna", "bread")).isInstanceOf(ModelUnavailable.class);
    fails = false;
    JsonObject answer = ask(VERDICT, "anna", "bread");
    answer.put("number", "changed");
    kept(1);

    assertThat(ask(VERDICT, "anna", "bread").getInteger("number")).isEqualTo(2);
  }
}
