package launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the packed jar, without any database. */
@Tag("packed")
class PackedJarIT {
  private static final Duration QUICK = Duration.ofSeconds(30);

  @TempDir Path folder;

  private NodeProcess run(int status, Map<String, String> environment, String... arguments) {
    NodeProcess process = NodeProcess.start(environment, arguments);
    assertThat(process.awaitExit(QUICK)).as(process.output()).isEqualTo(status);
    return process;
  }

  @Test
  void saysItsVersionAndHelp() {
    assertThat(run(0, Map.of(), "version").output()).startsWith("lessonweave 0.");
    assertThat(run(0, Map.of(), "help").output())
        .contains("serve", "demo", "migrate", "--verticles");
    assertThat(run(0, Map.of(), "help", "demo").output()).contains("--exit");
  }

  @Test
  void anUnknownVerticleStopsTheStartWithTheKnownOnes() {
    assertThat(run(2, Map.of(), "--verticles", "ClassMonitor,Nope").output())
        .contains("'Nope' is not a verticle")
        .contains(
            "GameHttp", "ExerciseGenerator", "TranscriptProcessor", "ZoomFetcher", "ClassMonitor");
    assertThat(run(2, Map.of("VERTICLES", "Nope:2"), "serve").output())
        .contains("'Nope' is not a verticle");
  }

  @Test
  void allWrongSettingsAreSaidAtOnceWithoutSecrets() {
    String output =
        run(
                2,
                Map.of(
                    "HTTP_PORT",
                    "no",
                    "SUPABASE_URL",
                    "https://project.example",
                    "JWT_SECRET",
                    "tiny",
                    "WORK_LEASE",
                    "soon"))
            .output();
    assertThat(output)
        .contains(
            "4 settings are wrong", "http.port", "DATABASE_URL", "auth.jwt-secret", "work.lease")
        .doesNotContain("tiny")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownCommandOrOptionIsRefusedWithUsage() {
    assertThat(run(2, Map.of(), "sing").output()).contains("Usage: lessonweave");
    assertThat(run(2, Map.of(), "--nope").output()).contains("Usage: lessonweave");
    assertThat(run(2, Map.of(), "--conf", folder.resolve("gone.yaml").toString()).output())
        .contains("can't be read");
  }

  @Test
  void theDemoKeepsItsHandsOffARealDatabase() {
    assertThat(
            run(1, Map.of("MYSQL_HOST", "127.0.0.1", "MYSQL_USER", "someone"), "demo", "--exit")
                .output())
        .contains("unset MYSQL_HOST");
  }
}
