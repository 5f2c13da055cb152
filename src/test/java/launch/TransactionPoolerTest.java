package launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Behind a transaction pooler, where nothing can be listened for. */
class TransactionPoolerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void oneLineSaysWhatIsMissingAndWorkIsFoundByPolling() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Node.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
    try (SchoolFixture school = new SchoolFixture(folder)) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.put("POSTGRES_POOLER", "transaction");
      environment.put("VERTICLES", "TranscriptProcessor:1");
      Node node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
      try {
        node.start().await(60, TimeUnit.SECONDS);

        List<String> told =
            lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("pooler"))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("LISTEN", "polling", "work.poll-interval");
        assertThat(
                count(
                    school,
                    "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'listen %'"
                        + " AND datname = current_database()"))
            .isZero();

        // As a workflow writes it.
        school.postgres(
            "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email,"
                + " meeting_date, start_time, status, transcript) VALUES ('c', 'u', 't',"
                + " 'teacher@school.example', '2026-02-03', '16:00', 'awaiting_exercises', $1)",
            "Teacher: what did you do with the ladder yesterday?\n"
                + "Student: I climbed the ladder and painted the old wall of my house.\n");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count(school, "SELECT count(*) FROM zoom_summaries WHERE stage = 'generate'") == 0) {
          assertThat(System.nanoTime()).as("within " + PATIENCE).isLessThan(deadline);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
      } finally {
        node.stop().await(40, TimeUnit.SECONDS);
      }
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(before);
    }
  }

  private static long count(SchoolFixture school, String sql) {
    return school.postgres(sql).iterator().next().getLong(0);
  }
}
