package launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import lessons.PublishSets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL in the midst of publishing an approved set: nobody sees half of it, and in the end each
 * of its items is there exactly once. Locks of the test stop the publisher at the moment of the
 * blow.
 */
@Tag("slow")
class PublishCrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  // InnoDB refreshes what its tables in information_schema show only when nobody has read them for
  // 100 ms: whoever asks more often sees the same for ever.
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int ITEMS = 6;

  @TempDir Path folder;
  private SchoolFixture school;

  @BeforeEach
  void open() {
    school = new SchoolFixture(folder);
  }

  @AfterEach
  void close() {
    school.close();
  }

  @Test
  void killedAtEveryStepTheSetIsPublishedExactlyOnce() throws SQLException {
    long set = approvedSet();
    for (String table : new String[] {"lessons", "lesson_exercises", "word_lists", "words"}) {
      try (Connection blocker = mysql()) {
        lock(blocker, "SELECT * FROM " + table + " FOR UPDATE");
        NodeProcess publisher = publisher();
        try {
          await("the publisher waits for " + table, this::waitsInMysql);
        } finally {
          publisher.kill();
        }
        blocker.rollback();
      }
      await(
          "MySQL has undone what the dead one did",
          () -> count("information_schema.innodb_trx") == 0);
      assertThat(count("lesson_exercises")).as("after %s", table).isZero();
      assertThat(count("lessons")).as("after %s", table).isZero();
    }
    killBetweenTheDatabases(set);
    try (NodeProcess publisher = publisher()) {
      await(
          "the publication is completed",
          () ->
              "completed"
                  .equals(
                      first("SELECT status FROM lesson_publications WHERE id = $1", set)
                          .getString(0)));
      assertThat(publisher.pid()).isPositive();
    }
    publishedOnce();
  }

  /** MySQL has it, and Postgres is never told. */
  private void killBetweenTheDatabases(long set) throws SQLException {
    try (Connection blocker = mysql();
        Connection postgres = postgres()) {
      lock(blocker, "SELECT * FROM words FOR UPDATE");
      NodeProcess publisher = publisher();
      try {
        await("the publisher waits for words", this::waitsInMysql);
        lock(postgres, "SELECT * FROM lesson_publications WHERE id = " + set + " FOR UPDATE");
        blocker.rollback();
        await("MySQL shows the lesson", () -> count("lesson_exercises") == ITEMS);
      } finally {
        publisher.kill();
      }
      // what the dead one sent and nobody has begun yet is not to be done after its death
      school.postgres(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
              + " AND pid <> pg_backend_pid()");
      postgres.rollback();
    }
    assertThat(first("SELECT status FROM lesson_publications WHERE id = $1", set).getString(0))
        .isNotEqualTo("completed");
  }

  private void publishedOnce() {
    JsonObject made = PublishSets.set("crash");
    List<String> ids = new ArrayList<>();
    for (String kind :
        new String[] {
          "flashcards",
          "spelling",
          "fill_blank",
          "grammar_challenge",
          "advanced_cloze",
          "sentence_builder"
        }) {
      ids.add(made.getJsonArray(kind).getJsonObject(0).getString("id"));
    }
    List<String> published = new ArrayList<>();
    school.mysql("SELECT id FROM lesson_exercises").forEach(row -> published.add(row.getString(0)));
    assertThat(published).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(count("lessons")).isEqualTo(1);
    assertThat(count("lessons WHERE status = 'approved'")).isEqualTo(1);
    List<String> words = new ArrayList<>();
    school.mysql("SELECT word FROM words").forEach(row -> words.add(row.getString(0)));
    assertThat(words).containsExactlyInAnyOrder("ladder", "kettle");
    assertThat(count("word_lists WHERE word_count = 2")).isEqualTo(1);
    assertThat(count("word_lists")).isEqualTo(1);
  }

  private long approvedSet() {
    long set =
        school
            .postgres(
                "INSERT INTO lesson_exercises (class_id, user_id, teacher_id, exercises, status)"
                    + " VALUES ('crash', '7', '9', $1, 'pending_approval') RETURNING id",
                PublishSets.set("crash"))
            .iterator()
            .next()
            .getLong("id");
    try (NodeProcess http =
        NodeProcess.start(school.environment(), "serve", "--verticles", "GameHttp")) {
      URI url = http.awaitReady();
      var answer = NodeProcess.post(url.resolve("/v1/exercises/" + set + "/approve"), "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    return set;
  }

  private NodeProcess publisher() {
    Map<String, String> environment = school.environment();
    // every blow costs an attempt, and there are as many as blows
    environment.put("WORK_MAX_ATTEMPTS", "20");
    // a lock that was waited for longer than the session's limit costs one too
    environment.put("WORK_BACKOFF_BASE", "100ms");
    environment.put("WORK_BACKOFF_MAX", "1s");
    return NodeProcess.start(environment, "serve", "--verticles", "LessonPublisher");
  }

  private boolean waitsInMysql() {
    return count("information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") > 0;
  }

  private long count(String from) {
    return school.mysql("SELECT COUNT(*) FROM " + from).iterator().next().getLong(0);
  }

  private Row first(String sql, Object... arguments) {
    return school.postgres(sql, arguments).iterator().next();
  }

  private Connection mysql() throws SQLException {
    Map<String, String> to = school.environment();
    return connect(
        "jdbc:mariadb://"
            + to.get("MYSQL_HOST")
            + ":"
            + to.get("MYSQL_PORT")
            + "/"
            + to.get("MYSQL_DATABASE"),
        to.get("MYSQL_USER"),
        to.get("MYSQL_PASSWORD"));
  }

  private Connection postgres() throws SQLException {
    Map<String, String> to = school.environment();
    URI url = URI.create(to.get("DATABASE_URL"));
    return connect(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
        url.getUserInfo(),
        to.get("POSTGRES_PASSWORD"));
  }

  private static Connection connect(String url, String user, String password) throws SQLException {
    Properties who = new Properties();
    who.put("user", user);
    if (password != null) {
      who.put("password", password);
    }
    return DriverManager.getConnection(url, who);
  }

  private static void lock(Connection connection, String sql) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.executeQuery(sql).close();
    }
  }

  /** The pause between questions is not what is waited for. */
  private static void await(String what, BooleanSupplier fits) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!fits.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within %s: %s", PATIENCE, what).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
