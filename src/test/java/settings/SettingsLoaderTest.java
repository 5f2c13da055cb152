package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
  private static final Set<String> VERTICLES =
      new LinkedHashSet<>(List.of("ClassMonitor", "GameHttp"));
  private static Vertx vertx;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Settings load(String yaml, Map<String, String> environment) {
    try {
      Optional<Path> file =
          yaml.isEmpty()
              ? Optional.empty()
              : Optional.of(Files.writeString(folder.resolve("user.yaml"), yaml));
      return new SettingsLoader(vertx, VERTICLES)
          .load(file, environment, Map.of())
          .await(10, TimeUnit.SECONDS);
    } catch (IOException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private List<SettingsException.Problem> problems(String yaml, Map<String, String> environment) {
    SettingsException exception =
        catchThrowableOfType(SettingsException.class, () -> load(yaml, environment));
    assertThat(exception).as("settings should have been refused").isNotNull();
    return exception.problems();
  }

  @Test
  void defaultsAreUsableAsTheyAre() {
    Settings settings = load("", Map.of());
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().port()).isEqualTo(8000);
    assertThat(settings.mysql().embedded()).isTrue();
    assertThat(settings.postgres().embedded()).isTrue();
    assertThat(settings.auth().mode()).isEqualTo(Settings.AuthMode.COMPAT);
    assertThat(settings.verticles())
        .containsExactly(Map.entry("ClassMonitor", 0), Map.entry("GameHttp", 0));
    assertThat(settings.monitor().pollMax()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void limitsAreThoseThatClientsWereTold() {
    Settings.RateLimits limits = load("", Map.of()).http().rateLimits();
    assertThat(limits.enabled()).isTrue();
    assertThat(limits.perMinute())
        .isEqualTo(
            Map.of(
                "start", 30,
                "result", 120,
                "grammar-result", 180,
                "complete", 60,
                "edit", 60,
                "media", 120,
                "read", 120,
                "pipeline", 30,
                "anonymous", 120));
  }

  @Test
  void environmentBeatsFileBeatsDefaults() {
    String yaml = "http:\n  port: 9000\nmonitor:\n  batch: 7\n";
    Settings settings =
        load(yaml, Map.of("HTTP_PORT", "9100", "WORKER_POLL_INTERVAL_SECONDS", "60"));
    assertThat(settings.http().port()).isEqualTo(9100);
    assertThat(settings.monitor().batch()).isEqualTo(7);
    assertThat(settings.monitor().pollMax()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void everyProblemIsSaidAtOnceWithItsRemedy() {
    var problems =
        problems(
            "http:\n  prot: 1\nwork:\n  lease: soon\n",
            Map.of(
                "HTTP_PORT", "seventy", "VERTICLES", "ClassMonitor,Nope:2", "LOG_LEVEL", "loud"));
    assertThat(problems)
        .extracting(SettingsException.Problem::key)
        .containsExactlyInAnyOrder(
            "http.prot", "work.lease", "http.port", "verticles", "log.level");
    assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
    assertThat(problems.toString()).contains("http.port").contains("ClassMonitor, GameHttp");
  }

  @Test
  void aValueInTheWrongPlaceIsToldTheRightOne() {
    assertThat(problems("http: 8000\n", Map.of()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.problem()).isEqualTo("is a section, not a setting");
              assertThat(problem.remedy()).contains("http.port");
            });
    assertThat(problems("", Map.of("HTTP_PORT", "99999")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.remedy()).isEqualTo("e.g. http.port: 8000"));
  }

  @Test
  void originsAreWrittenAsBrowsersSendThem() {
    assertThat(
            load(
                    "",
                    Map.of(
                        "CORS_ORIGINS",
                        "https://app.example.org, http://127.0.0.1:3000, http://[::1]:3000,"
                            + " capacitor://localhost, chrome-extension://abcdef, null"))
                .http()
                .corsOrigins())
        .hasSize(6);
    for (String wrong :
        List.of(
            "*",
            "app.example.org",
            "https://app.example.org/",
            "https://a.org/x",
            "https://A.org")) {
      assertThat(problems("", Map.of("CORS_ORIGINS", "https://b.org, " + wrong)))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.problem()).contains("'" + wrong + "'");
                assertThat(problem.remedy()).contains("https://app.school.example", "empty");
              });
    }
  }

  @Test
  void oneWrongValueIsOneProblemThoughTwoSettingsUseIt() {
    assertThat(problems("", Map.of("CLASS_TIMEZONE", "Jerusalem")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.remedy()).contains("Asia/Jerusalem"));
  }

  @Test
  void supabaseUrlAloneAsksForTheConnectionString() {
    var problems = problems("", Map.of("SUPABASE_URL", "https://project.example"));
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.remedy()).contains("DATABASE_URL").contains("postgresql://"));
  }

  @Test
  void databaseUrlIsTakenApart() {
    Settings.Postgres postgres =
        load(
                "",
                Map.of(
                    "DATABASE_URL",
                    "postgresql://app.ref:p%40ss%3A@pooler.example.org:6543/lessons?sslmode=verify-full"))
            .postgres();
    assertThat(postgres.host()).contains("pooler.example.org");
    assertThat(postgres.user()).isEqualTo("app.ref");
    assertThat(postgres.password().orElseThrow().reveal()).isEqualTo("p@ss:");
    assertThat(postgres.database()).isEqualTo("lessons");
    assertThat(postgres.tls()).isEqualTo(Settings.Tls.VERIFY);
    assertThat(postgres.pooler()).isEqualTo(Settings.Pooler.TRANSACTION);
  }

  @ParameterizedTest
  @CsvSource({"postgres, OFF", "127.0.0.1, OFF", "db.example.org, REQUIRE"})
  void transportIsEncryptedUnlessTheServerIsNextDoor(String host, Settings.Tls expected) {
    assertThat(load("", Map.of("DATABASE_URL", "postgres://u:p@" + host + "/d")).postgres().tls())
        .isEqualTo(expected);
  }

  @Test
  void secretsAreNeverPrinted() {
    String secret = "correct-horse-battery";
    Settings settings =
        load(
            "",
            Map.of(
                "JWT_SECRET",
                secret,
                "DATABASE_URL",
                "postgres://u:" + secret + "@127.0.0.1/d",
                "MYSQL_HOST",
                "127.0.0.1",
                "MYSQL_USER",
                "u",
                "MYSQL_PASSWORD",
                secret));
    assertThat(settings.toString()).doesNotContain(secret);
    assertThat(
            problems(
                    "",
                    Map.of(
                        "DATABASE_URL",
                        "postgres://u:" + secret + "#@127.0.0.1/d",
                        "JWT_SECRET",
                        "short-secret"))
                .toString())
        .doesNotContain(secret)
        .doesNotContain("short-secret");
  }

  @Test
  void aSecretCanComeFromAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "from-a-file-0123456789\n");
    assertThat(
            load("", Map.of("JWT_SECRET_FILE", file.toString()))
                .auth()
                .jwtSecret()
                .orElseThrow()
                .reveal())
        .isEqualTo("from-a-file-0123456789");
    assertThat(problems("", Map.of("JWT_SECRET_FILE", file + ".gone")))
        .singleElement()
        .satisfies(p -> assertThat(p.key()).isEqualTo("JWT_SECRET_FILE"));
  }

  @Test
  void compatNeedsAnExplicitWordBeyondLoopbackAndInProduction() {
    assertThat(problems("", Map.of("HTTP_HOST", "0.0.0.0")))
        .singleElement()
        .satisfies(p -> assertThat(p.key()).isEqualTo("auth.mode"));
    assertThat(
            load("", Map.of("HTTP_HOST", "0.0.0.0", "AUTH_COMPAT_OFF_LOOPBACK", "true")).warnings())
        .hasSize(1);
    assertThat(problems("", Map.of("ENVIRONMENT", "production", "AUTH_MODE", "compat")))
        .isNotEmpty();
    assertThat(problems("", Map.of("ENVIRONMENT", "production")))
        .singleElement()
        .satisfies(p -> assertThat(p.key()).isEqualTo("auth.jwt-secret"));
    assertThat(
            load("", Map.of("ENVIRONMENT", "production", "JWT_SECRET", "0123456789abcdef"))
                .auth()
                .mode())
        .isEqualTo(Settings.AuthMode.JWT);
  }

  @Test
  void aWorkflowNeedsItsProductionAddress() {
    assertThat(problems("monitor: {trigger: n8n}", Map.of()))
        .singleElement()
        .satisfies(p -> assertThat(p.key()).isEqualTo("n8n.webhook-url"));
    assertThat(
            problems(
                "monitor: {trigger: both}",
                Map.of("N8N_WEBHOOK_URL", "https://flows.example/webhook-test/lesson")))
        .singleElement()
        .satisfies(p -> assertThat(p.problem()).contains("test address"));
    assertThat(
            load(
                    "monitor: {trigger: n8n, timezone: Asia/Jerusalem}",
                    Map.of("N8N_WEBHOOK_URL", "https://flows.example/webhook/lesson"))
                .workflow())
        .satisfies(
            workflow -> {
              assertThat(workflow.trigger()).isEqualTo(Settings.Trigger.N8N);
              assertThat(workflow.zone().getId()).isEqualTo("Asia/Jerusalem");
            });
  }

  @Test
  void aUserFileThatIsNotYamlIsRefused() {
    assertThat(problems("http: [unclosed", Map.of()))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.key()).isEqualTo("--conf");
              assertThat(p.problem()).contains("line 1, column ");
            });
  }

  @Test
  void aListWhereSettingsBelongIsToldWithItsPlace() {
    assertThat(problems("- http\n- mysql\n", Map.of()))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.key()).isEqualTo("--conf");
              assertThat(p.problem()).contains("user.yaml", "first line", "a list");
              assertThat(p.toString()).doesNotContain("java.util", "cast");
            });
    assertThat(problems("http:\n  rate-limits:\n    - start: 3\n", Map.of()))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.key()).isEqualTo("http.rate-limits");
              assertThat(p.problem()).contains("has a list there");
              assertThat(p.remedy()).contains("http.rate-limits.start");
            });
  }

  @Test
  void mistypedNamesOfTheEnvironmentAreToldAndHoldNothingUp() {
    assertThat(
            load(
                    "",
                    Map.of(
                        "HTTP_PROT",
                        "1",
                        "JWT_SECRTE_FILE",
                        "x",
                        "ZOOM_CLEINT_ID",
                        "y",
                        "GEMINI_API_KEY_11",
                        "k",
                        "SPEECH_TO_TEXT_SPEED",
                        "z"))
                .warnings())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("HTTP_PROT ", "is HTTP_PORT meant?"),
            line -> assertThat(line).contains("is JWT_SECRET_FILE meant?"),
            line -> assertThat(line).contains("is ZOOM_CLIENT_ID meant?"),
            line -> assertThat(line).contains("GEMINI_API_KEY_11 "),
            line -> assertThat(line).contains("SPEECH_TO_TEXT_SPEED ", "application.yaml"));
    Map<String, String> ordinary = new HashMap<>();
    for (String name :
        ("PATH HOME USER LANG LC_ALL TERM SHELL PWD OLDPWD SHLVL HOSTNAME JAVA_HOME JAVA_OPTS"
                + " JAVA_TOOL_OPTIONS JAVA_VERSION MAVEN_OPTS TMPDIR LOGNAME MAIL EDITOR DISPLAY"
                + " HTTP_PROXY HTTPS_PROXY NO_PROXY FTP_PROXY ALL_PROXY HTTPS_PORT SSH_CLIENT"
                + " MYSQL_ROOT_PASSWORD MYSQL_PWD MYSQL_DB MYSQL_TCP_PORT MYSQL_SERVICE_HOST"
                + " MYSQL_PORT_3306_TCP MYSQL_PORT_3306_TCP_ADDR MSSQL_HOST PGHOST PGPORT PGUSER"
                + " PGPASSWORD PGDATABASE POSTGRES_USER POSTGRES_DB POSTGRES_HOST POSTGRES_PORT"
                + " POSTGRES_INITDB_ARGS LANGUAGE LANGUAGE_MODEL_SERVICE_HOST"
                + " LANGUAGE_MODEL_PORT_80_TCP KUBERNETES_SERVICE_HOST OPENAI_BASE_URL"
                + " OPENAI_ORG_ID GROQ_API_KEY_2 GEMINI_QUIZ_KEY_3"
                + " SUPABASE_KEY DATA_HOME XDG_DATA_DIRS"
                + " XDG_DATA_HOME NODE_ENV ENV PORT HOST DEBUG CI TZ INVOCATION_ID"
                + " JOURNAL_STREAM LISTEN_FDS")
            .split(" ")) {
      ordinary.put(name, "1");
    }
    assertThat(load("", ordinary).warnings()).isEmpty();
  }

  @Test
  void aRenewalOfZoomsTokensIsNotLostWhileZoomMayStillAnswer() {
    for (String grace : List.of("{renewal-grace: 19s}", "{renewal-grace: 20s}")) {
      assertThat(problems("zoom: " + grace, Map.of()))
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.key()).isEqualTo("zoom.renewal-grace");
                assertThat(p.problem()).contains("zoom.token-timeout");
                assertThat(p.remedy()).contains("more than 20s");
              });
    }
    assertThat(problems("zoom: {token-timeout: 40s, renewal-grace: 30s}", Map.of())).hasSize(1);
    assertThat(load("zoom: {token-timeout: 5s, renewal-grace: 6s}", Map.of()).zoom().renewalGrace())
        .isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void speechToTextTakesTheServicesThatHaveAnAccount() {
    SpeechToTextSettings none = load("", Map.of()).speechToText();
    assertThat(none.available()).isEmpty();

    SpeechToTextSettings some =
        load(
                "speech-to-text: {order: 'local, groq, assemblyai', minutes-per-day: 5}",
                Map.of(
                    "GROQ_API_KEY", "test-key-1",
                    "ASSEMBLYAI_BASE_URL", "https://api.eu.assemblyai.com/",
                    "SPEECH_TO_TEXT_LOCAL_BASE_URL", "http://127.0.0.1:9000/v1"))
            .speechToText();
    assertThat(some.available())
        .containsExactly(
            SpeechToTextSettings.Recogniser.LOCAL, SpeechToTextSettings.Recogniser.GROQ);
    assertThat(some.minutesPerDay()).isEqualTo(5);
    assertThat(some.assemblyAi().baseUrl()).hasToString("https://api.eu.assemblyai.com");
    assertThat(some.groq().paid()).isTrue();
    assertThat(some.local().paid()).isFalse();
    assertThat(some.toString()).doesNotContain("test-key-1");
  }

  @Test
  void speechToTextSaysWhatItCannotUse() {
    assertThat(
            problems(
                "speech-to-text: {order: 'gossip', language: english, assemblyai-models: '',"
                    + " assemblyai-webhook-secret: short}",
                Map.of()))
        .extracting(SettingsException.Problem::key)
        .containsExactlyInAnyOrder(
            "speech-to-text.order",
            "speech-to-text.language",
            "speech-to-text.assemblyai-models",
            "speech-to-text.assemblyai-webhook-secret");
  }
}
