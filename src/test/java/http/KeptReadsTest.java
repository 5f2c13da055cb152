package http;

import static org.assertj.core.api.Assertions.assertThat;

import games.LearnerChanges;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;

/**
 * Answers kept in memory say what the database says, after every operation that changes something,
 * whichever node it came to.
 */
class KeptReadsTest extends ApiTest {
  /** The first is not kept, the second is. */
  private static final int UNTIL_KEPT = 2;

  private ApiServer keeping;
  private final List<Operation> reads =
      ApiDocument.shared().operations().stream()
          .filter(operation -> operation.kept().isPresent())
          .toList();

  KeptReadsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeAll
  void begin() {
    new OwnershipWalkSeed(databases);
    keeping =
        ApiServer.on(databases, Settings.AuthMode.COMPAT)
            .keepingAnswers(Duration.ofHours(1))
            .start();
  }

  @AfterAll
  void end() {
    keeping.close();
  }

  private List<String> answers(ApiServer server) {
    GameRequests requests = new GameRequests(server);
    List<String> answers = new ArrayList<>();
    for (Operation read : reads) {
      ApiServer.Answer answer = requests.request(read.id(), "").send();
      String body = answer.response().body();
      if (answer.status() == 200) {
        JsonObject json = new JsonObject(body);
        json.remove("generatedAt");
        json.remove("generated_at");
        body = json.encode();
      }
      answers.add(read.id() + " " + answer.status() + " " + answer.header("ETag") + " " + body);
    }
    return answers;
  }

  private double given() {
    return keeping
        .metrics
        .get("lessonweave.http.repeated.reads")
        .tag("answer", "kept")
        .counter()
        .count();
  }

  @Test
  void everyChangeIsSeenAtOnce() throws IOException {
    List<RoundTripsTest.Row> changes = new ArrayList<>(RoundTripsTest.rows());
    Set<String> readIds = new TreeSet<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      if (operation.method().name().equals("GET")) {
        readIds.add(operation.id());
      }
    }
    changes.removeIf(row -> readIds.contains(row.operation()));
    assertThat(changes).hasSizeGreaterThan(30);
    boolean here = false;
    for (RoundTripsTest.Row change : changes) {
      here = !here;
      // what it needs is made before the answers are kept: making it would count as a change
      GameRequests.Request request =
          new GameRequests(here ? keeping : server).request(change.operation(), change.variant());
      for (int i = 0; i < UNTIL_KEPT; i++) {
        answers(keeping);
      }
      double before = given();
      answers(keeping);
      assertThat(given() - before)
          .as("reads that were given out of memory")
          .isEqualTo(reads.size());
      ApiServer.Answer done = request.send();
      assertThat(done.status()).as(done.response().body()).isBetween(200, 299);
      List<String> kept = answers(keeping);
      List<String> read = answers(server);
      for (int i = 0; i < read.size(); i++) {
        assertThat(kept.get(i))
            .as("after " + change + (here ? " here" : " on another node"))
            .isEqualTo(read.get(i));
      }
    }
  }

  @Test
  void aGameLeavesTheCatalogueAsItWas() {
    String[] learner = {"X-User-Id", "stu-plays"};
    String path = "/v1/advanced-cloze/topics";
    for (int i = 0; i < UNTIL_KEPT; i++) {
      keeping.get(path, learner);
    }
    JsonObject list = new JsonObject().put("name", "Meanwhile");
    assertThat(keeping.post("/v1/word-lists", list, learner).status()).isEqualTo(201);
    double before = given();
    assertThat(keeping.get(path, learner).status()).isEqualTo(200);
    assertThat(given() - before).isEqualTo(1);
  }

  @Test
  void anotherLearnersAnswersAreTheirOwn() {
    String path = "/v1/word-lists?limit=20";
    for (int i = 0; i <= UNTIL_KEPT; i++) {
      assertThat(keeping.get(path, "X-User-Id", OwnershipWalkSeed.OWNER).json().getInteger("count"))
          .isPositive();
      assertThat(
              keeping.get(path, "X-User-Id", OwnershipWalkSeed.STRANGER).json().getInteger("count"))
          .isZero();
    }
  }

  @Test
  void aTeacherSeesAtOnceWhatChangesForALearner() {
    try (ApiServer strict =
        ApiServer.on(databases, Settings.AuthMode.JWT)
            .keepingAnswers(Duration.ofHours(1))
            .start()) {
      String path = "/v1/sentence-builder/items?classId=" + OwnershipWalkSeed.CLASS;
      String[] teacher = strict.token("t-9", "teacher");
      for (int i = 0; i <= UNTIL_KEPT; i++) {
        assertThat(strict.get(path, teacher).json().getInteger("count")).isPositive();
      }
      // the change of a lesson counts for its learner and for nobody else
      databases.mysql("UPDATE lessons SET class_id = 'another' WHERE id = 'walk-lesson'");
      LessonDatabases.await(LearnerChanges.count(databases.mysql, OwnershipWalkSeed.OWNER));
      try {
        assertThat(strict.get(path, teacher).json().getInteger("count")).isZero();
      } finally {
        databases.mysql("UPDATE lessons SET class_id = 'walk-class' WHERE id = 'walk-lesson'");
        LessonDatabases.await(LearnerChanges.count(databases.mysql, OwnershipWalkSeed.OWNER));
      }
    }
  }

  @Test
  void aKeptAnswerKnowsItsTag() {
    String path = "/v1/word-lists/walk-list/words";
    String[] owner = {"X-User-Id", OwnershipWalkSeed.OWNER};
    String tag = null;
    for (int i = 0; i <= UNTIL_KEPT; i++) {
      tag = keeping.get(path, owner).header("ETag");
    }
    assertThat(tag).isNotNull().isEqualTo(server.get(path, owner).header("ETag"));
    ApiServer.Answer again =
        keeping.get(path, "X-User-Id", OwnershipWalkSeed.OWNER, "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
  }

  @Test
  void onlyReadsOfLearnersAreKept() {
    assertThat(reads)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            read -> {
              assertThat(read.method().name()).isEqualTo("GET");
              assertThat(read.open()).isFalse();
            });
  }
}
