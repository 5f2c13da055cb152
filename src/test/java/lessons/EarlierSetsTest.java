package lessons;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which sets a student had before a lesson. */
class EarlierSetsTest {
  private static LessonDatabases databases;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  private int hour = 10;

  private long lesson(String student, String transcript) {
    long id = PublishSets.lesson(databases, "early", student, hour++ + ":00");
    databases.postgres("UPDATE zoom_summaries SET transcript = $2 WHERE id = $1", id, transcript);
    return id;
  }

  private long store(long lesson, String student, String prefix, int daysAgo) {
    long id = PublishSets.store(databases, lesson, "early", student, 1, 1, PublishSets.set(prefix));
    databases.postgres(
        "UPDATE lesson_exercises SET generated_at = now() - make_interval(days => $2) WHERE id ="
            + " $1",
        id,
        daysAgo);
    return id;
  }

  private List<String> earlier(String student, long lesson, int most) {
    return LessonDatabases.await(new SetStore(databases.postgres).earlier(student, lesson, most))
        .stream()
        .map(set -> set.getJsonArray("flashcards").getJsonObject(0))
        .map((JsonObject card) -> card.getString("id"))
        .toList();
  }

  @Test
  void theNewestOfOtherLessonsAndNobodyElses() {
    long now = lesson("early-1", "what is said now");
    store(lesson("early-1", "one"), "early-1", "oldest", 9);
    store(lesson("early-1", "two"), "early-1", "newer", 2);
    long rejected = store(lesson("early-1", "three"), "early-1", "rejected", 1);
    databases.postgres("UPDATE lesson_exercises SET status = 'rejected' WHERE id = $1", rejected);
    store(now, "early-1", "own", 0);
    store(lesson("early-2", "four"), "early-2", "others", 0);
    store(lesson("early-1", "what is said now"), "early-1", "filed-twice", 0);

    assertThat(earlier("early-1", now, 20)).containsExactly("newer-card", "oldest-card");
    assertThat(earlier("early-1", now, 1)).containsExactly("newer-card");
    assertThat(earlier("early-3", now, 20)).isEmpty();
  }
}
