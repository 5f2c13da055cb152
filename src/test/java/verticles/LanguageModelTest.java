package verticles;

import static org.assertj.core.api.Assertions.assertThat;

import databases.Databases;
import fakes.FakeModel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import llm.Ask;
import llm.Budget;
import llm.Cancellation;
import llm.Model;
import llm.ModelOverBus;
import llm.ModelUnavailable;
import llm.PoolCount;
import llm.Prompt;
import llm.UsageBook;
import messages.Addresses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.LanguageModel.Key;
import settings.LanguageModel.Provider;
import settings.LanguageModel.ResponseFormat;
import settings.Secret;
import settings.Settings;
import settings.SettingsLoader;

/** The actor with everything real but the model. */
class LanguageModelTest {
  private static final String SECRET = "test-key-1";

  private LessonDatabases databases;
  private FakeModel fake;
  private ModelOverBus bus;
  private Model model;
  private LanguageModel deployed;

  @BeforeEach
  void open() {
    databases = new LessonDatabases();
    fake =
        FakeModel.start(databases.vertx)
            .says(
                "test-words",
                request ->
                    new JsonObject()
                        .put("words", new JsonArray().add(word("bike")).add(word("kite"))));
    bus = ModelOverBus.of(databases.vertx);
    model = bus.model();
  }

  private static JsonObject word(String word) {
    return new JsonObject().put("word", word).put("second", 1).put("level", "A1");
  }

  @AfterEach
  void close() {
    bus.close();
    fake.close();
    databases.close();
  }

  private String deploy(settings.LanguageModel models) {
    Settings s = databases.settings;
    Settings settings =
        new Settings(
            s.environment(),
            s.dataDir(),
            s.verticles(),
            s.http(),
            s.auth(),
            s.mysql(),
            s.postgres(),
            s.monitor(),
            s.recordings(),
            s.transcripts(),
            s.exercises(),
            s.work(),
            s.cluster(),
            s.log(),
            s.drainTimeout(),
            s.warnings(),
            s.tokens(),
            s.approval(),
            s.speech(),
            s.catalogue(),
            s.workflow(),
            models,
            s.speechToText(),
            s.zoom(),
            s.courses(),
            s.courseSources());
    ActorParts parts =
        new ActorParts(
            settings,
            "node-1",
            "1",
            LessonDatabases.await(Databases.open(databases.vertx, settings)),
            null,
            null,
            null,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            null,
            java.util.Optional.empty());
    deployed = new LanguageModel(parts);
    return LessonDatabases.await(databases.vertx.deployVerticle(deployed));
  }

  private settings.LanguageModel models() {
    return models(fake.address());
  }

  private static settings.LanguageModel models(URI address) {
    return new settings.LanguageModel(
        List.of(
            new Provider(
                "groq",
                address,
                List.of("model-a"),
                100,
                100_000,
                0,
                0,
                4,
                20_000,
                1,
                2,
                ResponseFormat.STRICT,
                "",
                "",
                OptionalDouble.empty())),
        List.of(),
        List.of(new Key("groq-1", "groq", "groq", Set.of(), Optional.of(new Secret(SECRET)))),
        Map.of(),
        100,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        OptionalDouble.of(5),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        settings.LanguageModel.RETRY_SHARE,
        settings.KeyFiles.NONE);
  }

  private static Ask ask() {
    return new Ask(
        "lesson",
        "lesson:7",
        Prompt.load("test-words", 1),
        new JsonObject().put("lesson", "My bike.").put("language", "he").put("count", 2),
        300,
        Duration.ofSeconds(10),
        Ask.SCHEMA_ONLY);
  }

  private ModelUnavailable.Reason failure(Future<?> future) {
    Throwable cause =
        LessonDatabases.await(future.transform(done -> Future.succeededFuture(done.cause())));
    assertThat(cause).isInstanceOf(ModelUnavailable.class);
    return ((ModelUnavailable) cause).reason();
  }

  @Test
  void aLessonIsAskedForOverTheBusAndBooked() {
    String deployment = deploy(models());
    LessonDatabases.await(bus.look());
    assertThat(model.available("lesson")).isTrue();
    assertThat(model.contextTokens("anything")).isEqualTo(20_000);

    JsonObject words = LessonDatabases.await(model.complete(ask()));
    assertThat(words.getJsonArray("words")).hasSize(2);

    JsonObject status =
        LessonDatabases.await(
            databases
                .vertx
                .eventBus()
                .<JsonObject>request(Addresses.LLM_STATUS, new JsonObject())
                .map(reply -> reply.body()));
    assertThat(status.encode()).contains("groq-1").doesNotContain(SECRET);
    assertThat(fake.service().received("/v1/chat/completions").get(0).header("Authorization"))
        .isEqualTo("Bearer " + SECRET);

    LessonDatabases.await(databases.vertx.undeploy(deployment));
    JsonObject used = LessonDatabases.await(UsageBook.of(databases.postgres, "lesson:7"));
    assertThat(used.getLong("calls")).isEqualTo(1);
    assertThat(used.getLong("tokensIn")).isPositive();
    assertThat(used.getDouble("costUsd")).isPositive();
    assertThat(failure(model.complete(ask()))).isEqualTo(ModelUnavailable.Reason.NO_KEY);
  }

  @Test
  void withoutAKeyAskingFailsAtOnce() {
    deploy(settings.LanguageModel.NONE);
    LessonDatabases.await(bus.look());

    assertThat(model.available("lesson")).isFalse();
    assertThat(failure(model.complete(ask()))).isEqualTo(ModelUnavailable.Reason.NO_KEY);
  }

  @Test
  void aCallThatIsCalledOffIsResetAndItsKeyFreeAtOnce() throws Exception {
    Promise<Void> asked = Promise.promise();
    Promise<Void> reset = Promise.promise();
    HttpServer silent =
        databases
            .vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  if (request.method() == HttpMethod.GET) {
                    request.response().end("{}");
                    return;
                  }
                  request.connection().closeHandler(gone -> reset.tryComplete());
                  asked.tryComplete();
                });
    LessonDatabases.await(silent.listen(0, "127.0.0.1"));
    deploy(models(URI.create("http://127.0.0.1:" + silent.actualPort() + "/v1")));
    Cancellation job = new Cancellation();
    List<Budget> budgets = List.of(new Budget("course-job:1", 1));
    Future<JsonObject> reply = model.within(budgets, job).complete(ask());
    LessonDatabases.await(asked.future());
    assertThat(inFlight()).isEqualTo(1);

    job.cancel();

    assertThat(failure(reply)).isEqualTo(ModelUnavailable.Reason.CANCELLED);
    // the service would be silent for ever
    reset.future().await(10, TimeUnit.SECONDS);
    assertThat(inFlight()).isZero();
    LessonDatabases.await(silent.close());
  }

  private int inFlight() {
    return LessonDatabases.await(
            databases
                .vertx
                .eventBus()
                .<JsonObject>request(Addresses.LLM_STATUS, new JsonObject())
                .map(reply -> reply.body()))
        .getJsonObject("pools")
        .getJsonObject(PoolCount.ANY)
        .getInteger("inFlight");
  }

  @Test
  void aCallBeyondItsBudgetIsNotMadeAndItsReasonCrossesTheBus() {
    deploy(models());
    Model poor = model.within(List.of(new Budget("course-job:2", 0.0001)), new Cancellation());

    assertThat(failure(poor.complete(ask()))).isEqualTo(ModelUnavailable.Reason.BUDGET);
    assertThat(fake.completions()).isZero();
  }

  @Test
  void whatNodesHaveIsKnownToAllAndWhatTheyHadIsGoneWithThem() {
    String deployment = deploy(models());
    PoolCount expected = new PoolCount(1, 1, 0, 0);
    assertThat(PoolCount.configured(models()))
        .isEqualTo(Map.of("audio", expected, PoolCount.ANY, expected));
    LessonDatabases.await(model.complete(ask()));
    // The first report follows the check of the models' names, which came before the answer's.
    Map<String, PoolCount> running = LessonDatabases.await(running());
    assertThat(running).isEqualTo(PoolCount.configured(models()));

    LessonDatabases.await(databases.vertx.undeploy(deployment));
    assertThat(LessonDatabases.await(PoolCount.running(databases.postgres))).isEmpty();
  }

  private Future<Map<String, PoolCount>> running() {
    return PoolCount.running(databases.postgres)
        .compose(found -> found.isEmpty() ? running() : Future.succeededFuture(found));
  }

  private Future<Void> underWay() {
    return fake.running() > 0
        ? Future.succeededFuture()
        : databases.vertx.timer(5, TimeUnit.MILLISECONDS).compose(later -> underWay());
  }

  @Test
  void aKeyIsReplacedWithoutARestart(@TempDir Path folder) throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "# none yet\n");
    settings.LanguageModel read =
        new SettingsLoader(databases.vertx, Set.of("LanguageModel"))
            .load(
                Optional.empty(),
                Map.of("LLM_KEYS_FILE", keys.toString()),
                Map.of(
                    "language-model.openai-base-url",
                    fake.address().toString(),
                    "language-model.openai-model",
                    "model-a"))
            .await(10, TimeUnit.SECONDS)
            .languageModel();
    deploy(read);
    assertThat(failure(model.complete(ask()))).isEqualTo(ModelUnavailable.Reason.NO_KEY);

    Files.writeString(keys, "OPENAI_API_KEY=test-key-1\n");
    LessonDatabases.await(deployed.lookAtKeys());
    assertThat(LessonDatabases.await(model.complete(ask())).getJsonArray("words")).hasSize(2);

    // One that is on its way meanwhile ends as it began.
    fake.takes(Duration.ofMillis(300));
    Future<JsonObject> meanwhile = model.complete(ask());
    LessonDatabases.await(underWay());
    Files.writeString(keys, "OPENAI_API_KEY_1=test-key-22\nOPENAI_API_KEY_2=test-key-33\n");
    LessonDatabases.await(deployed.lookAtKeys());
    fake.takes(Duration.ZERO);
    LessonDatabases.await(model.complete(ask()));
    LessonDatabases.await(meanwhile);
    // What can't be understood changes nothing.
    Files.writeString(keys, "LLM_POOL_QUIZ=nonsense\n");
    LessonDatabases.await(deployed.lookAtKeys().otherwiseEmpty());
    LessonDatabases.await(model.complete(ask()));

    assertThat(
            fake.service().received("/v1/chat/completions").stream()
                .map(request -> request.header("Authorization").replace("Bearer ", "")))
        .startsWith("test-key-1", "test-key-1")
        .hasSize(4)
        .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .isIn("test-key-22", "test-key-33");
    JsonObject status =
        LessonDatabases.await(
            databases
                .vertx
                .eventBus()
                .<JsonObject>request(Addresses.LLM_STATUS, new JsonObject())
                .map(reply -> reply.body()));
    assertThat(status.getJsonObject("pools").getJsonObject("*").getInteger("keys")).isEqualTo(2);
  }

  @Test
  void theReasonCrossesTheBus() {
    fake.knows("another");
    deploy(models());

    assertThat(failure(model.complete(ask()))).isEqualTo(ModelUnavailable.Reason.PROVIDER);
  }
}
