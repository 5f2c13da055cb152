package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import games.LearnerChanges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is kept, for how long, and when it is made anew. */
class KeptAnswersTest {
  private long changes;
  private long lessons;
  private int asked;
  private int made;
  private Reply next = reply(200, 10);
  private KeptAnswers answers = keeping(Duration.ofHours(1));

  private KeptAnswers keeping(Duration age) {
    return new KeptAnswers(
        learner -> {
          asked++;
          return Future.succeededFuture(new LearnerChanges.Numbers(changes, lessons));
        },
        age,
        new SimpleMeterRegistry());
  }

  private static Reply reply(int status, int bytes) {
    return new Reply(status, null, Buffer.buffer(new byte[bytes]), Map.of());
  }

  private Reply ask(String learner, String uri) {
    return ask(learner, Set.of(), uri);
  }

  private Reply ask(String learner, Set<String> scopes, String uri) {
    return ask(learner, LearnerChanges.Part.EVERYTHING, scopes, uri);
  }

  private Reply ask(String learner, LearnerChanges.Part part, Set<String> scopes, String uri) {
    try {
      return answers
          .answer(
              learner,
              part,
              scopes,
              uri,
              () -> {
                made++;
                return Future.succeededFuture(next);
              })
          .await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsAskedForTwiceIsKept() {
    ask("anna", "/lists");
    assertThat(asked).as("the first costs nothing more").isZero();
    ask("anna", "/lists");
    Reply third = ask("anna", "/lists");
    assertThat(made).isEqualTo(2);
    assertThat(asked).isEqualTo(2);
    assertThat(third).isSameAs(next);
  }

  @Test
  void aChangeElsewhereIsSeen() {
    ask("anna", "/lists");
    ask("anna", "/lists");
    changes++;
    next = reply(200, 20);
    assertThat(ask("anna", "/lists")).isSameAs(next);
    assertThat(made).isEqualTo(3);
    assertThat(ask("anna", "/lists")).isSameAs(next);
    assertThat(made).as("kept again").isEqualTo(3);
  }

  @Test
  void afterAChangeHereNobodyAsksForTheNumberUntilSomethingIsRepeated() {
    ask("anna", "/lists");
    ask("anna", "/lists");
    answers.changing("anna");
    changes++;
    next = reply(200, 20);
    assertThat(ask("anna", "/lists")).isSameAs(next);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whatDependsOnLessonsOutlastsAGame() {
    LearnerChanges.Part part = LearnerChanges.Part.LESSONS;
    for (int i = 0; i < 2; i++) {
      ask("anna", part, Set.of(), "/topics");
    }
    answers.changing("anna");
    changes++;
    ask("anna", part, Set.of(), "/topics");
    assertThat(made).isEqualTo(2);
    lessons++;
    next = reply(200, 20);
    assertThat(ask("anna", part, Set.of(), "/topics")).isSameAs(next);
  }

  @Test
  void learnersScopesAndAddressesAreApart() {
    for (int i = 0; i < 3; i++) {
      ask("anna", "/lists");
    }
    made = 0;
    ask("ben", "/lists");
    ask("anna", "/lists?page=2");
    ask("anna", Set.of("teacher"), "/lists");
    assertThat(made).isEqualTo(3);
  }

  @Test
  void errorsAndLargeAnswersAreNotKept() {
    next = reply(404, 10);
    for (int i = 0; i < 4; i++) {
      ask("anna", "/lists");
    }
    assertThat(made).isEqualTo(4);
    next = reply(200, 300_000);
    for (int i = 0; i < 4; i++) {
      ask("ben", "/lists");
    }
    assertThat(made).isEqualTo(8);
    next = reply(200, 10);
    for (int i = 0; i < 4; i++) {
      ask("cleo", "/" + "x".repeat(600));
    }
    assertThat(made).isEqualTo(12);
  }

  @Test
  void withoutAnAgeNothingIsKept() {
    answers = keeping(Duration.ZERO);
    for (int i = 0; i < 4; i++) {
      answers.changing("anna");
      ask("anna", "/lists");
    }
    assertThat(made).isEqualTo(4);
    assertThat(asked).isZero();
  }

  @Test
  void aDatabaseThatIsAwayIsSaid() {
    answers =
        new KeptAnswers(
            learner -> Future.failedFuture(new IllegalStateException("away")),
            Duration.ofHours(1),
            new SimpleMeterRegistry());
    ask("anna", "/lists");
    assertThatThrownBy(() -> ask("anna", "/lists")).hasMessageContaining("away");
  }
}
