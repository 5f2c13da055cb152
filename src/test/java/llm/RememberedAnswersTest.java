package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that are kept for a day. */
class RememberedAnswersTest {
  private static final Prompt VERDICT =
      new Prompt(
          "course-validate", 1, "Judge.", "{{text}}", new JsonObject().put("type", "object"));

  private final List<Ask> asked = new ArrayList<>();
  private boolean fails;
  private long nanos;

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

  private final RememberedAnswers remembered =
      new RememberedAnswers(model, Set.of("course-validate"), () -> nanos);

  private Future<JsonObject> ask(Prompt prompt, String user, String text) {
    return remembered.complete(
        new Ask(
            "chapter",
            "course:" + asked.size(),
            prompt,
            new JsonObject().put("text", text),
            100,
            Duration.ofSeconds(5),
            Ask.SCHEMA_ONLY,
            List.of(Budget.ofUser(user)),
            Cancellation.NEVER));
  }

  @Test
  void theSameWordsOfTheSameUserAreAskedOnceADay() {
    JsonObject first = ask(VERDICT, "anna", "bread").result();
    assertThat(ask(VERDICT, "anna", "bread").result()).isEqualTo(first);
    assertThat(asked).hasSize(1);

    nanos += RememberedAnswers.KEPT.toNanos() + 1;
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
    ask(lesson, "anna", "bread");

    assertThat(asked).hasSize(6);
  }

  @Test
  void failuresAreNotKeptAndWhatIsKeptIsNobodysToChange() {
    fails = true;
    assertThat(ask(VERDICT, "anna", "bread").failed()).isTrue();
    fails = false;
    JsonObject answer = ask(VERDICT, "anna", "bread").result();
    answer.put("number", "changed");

    assertThat(ask(VERDICT, "anna", "bread").result().getInteger("number")).isEqualTo(2);
  }
}
