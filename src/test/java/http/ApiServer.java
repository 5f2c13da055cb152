package http;

import exercises.CompactView;
import exercises.language.NlpModels;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lessons.ApprovalStore;
import lessons.GenerationOverride;
import lessons.LessonDatabases;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.PublishStages;
import lessons.SetStore;
import lessons.WorkflowStages;
import lessons.WorkflowTriggers;
import settings.AddressRange;
import settings.Secret;
import settings.Settings;
import settings.ZoomSettings;
import speech.Audio;
import speech.SpeechEngines;
import speech.StoredTexts;
import telemetry.Health;
import work.RetryPolicy;
import work.WorkQueue;
import zoom.EventStore;
import zoom.TokenCipher;
import zoom.ZoomAccount;

/**
 * The interface on a real socket over real databases; only the generator is told by the test what
 * to answer.
 */
final class ApiServer implements AutoCloseable {
  /** Language data, loaded when the first test changes an item. */
  private static final class Loaded {
    private static final Future<NlpModels> MODELS = Future.succeededFuture(NlpModels.load());
  }

  static final String SECRET = "a secret that only tests know, long enough";
  static final String WEBHOOK_SECRET = "webhook-secret-1";
  static final String GATEWAY_SECRET = "what the gateway sends";

  final LessonDatabases databases;
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final WorkQueue queue;
  final int port;
  volatile Function<JsonObject, Future<JsonObject>> generator =
      request -> Future.succeededFuture(sampleSet());
  volatile Function<String, Future<Audio>> speaker =
      text -> Future.failedFuture("nobody speaks here");
  volatile java.util.function.BiFunction<String, JsonObject, Future<JsonObject>> starter =
      (owner, request) -> Future.failedFuture("nobody makes courses here");
  volatile boolean ready = true;
  volatile boolean tablesReady = true;

  /** Whether language models count as set up. */
  volatile boolean models = true;

  volatile Health.DatabaseState mysqlState = Health.DatabaseState.CONNECTED;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** As most tests want it: on both databases, without limits, keeping no answers. */
  ApiServer(LessonDatabases databases, Settings.AuthMode mode) {
    this(new Setup(databases, mode));
  }

  /** What a server is given, where a test wants it otherwise. */
  static Setup on(LessonDatabases databases, Settings.AuthMode mode) {
    return new Setup(databases, mode);
  }

  /** What a server is given: as in the databases' settings, unless it is told otherwise. */
  static final class Setup {
    private final LessonDatabases databases;
    private final Settings.AuthMode mode;
    private Pool mysql;
    private Pool postgres;
    private List<String> corsOrigins = List.of();
    private Settings.RateLimits rateLimits;
    private Settings.Tokens tokens;
    private List<AddressRange> trustedProxies = List.of();
    private Optional<ZoomAccount> zoom = Optional.empty();
    private Settings.Catalogue catalogue;

    private Setup(LessonDatabases databases, Settings.AuthMode mode) {
      this.databases = databases;
      this.mode = mode;
      this.mysql = databases.mysql;
      this.postgres = databases.postgres;
      this.rateLimits = databases.settings.http().rateLimits();
      this.tokens = databases.settings.tokens();
      this.catalogue = databases.settings.catalogue();
    }

    /** Another way to the games' database, also one that leads nowhere. */
    Setup mysql(Pool pool) {
      mysql = pool;
      return this;
    }

    /** Another way to the lessons' database, also one that leads nowhere. */
    Setup postgres(Pool pool) {
      postgres = pool;
      return this;
    }

    Setup corsOrigins(String... origins) {
      corsOrigins = List.of(origins);
      return this;
    }

    /** Limits that are kept to. */
    Setup limits(Map<String, Integer> perMinute) {
      rateLimits = new Settings.RateLimits(true, perMinute);
      return this;
    }

    /** Limits that are written down and switched off. */
    Setup limitsOff(Map<String, Integer> perMinute) {
      rateLimits = new Settings.RateLimits(false, perMinute);
      return this;
    }

    /** What beside {@link #SECRET} proves a token. */
    Setup tokens(Settings.Tokens others) {
      tokens = others;
      return this;
    }

    /** Whose X-Forwarded-For is believed. */
    Setup trustedProxies(AddressRange... proxies) {
      trustedProxies = List.of(proxies);
      return this;
    }

    /** An account to ask. */
    Setup zoom(ZoomAccount account) {
      zoom = Optional.of(account);
      return this;
    }

    /** Answers are kept in memory for so long. */
    Setup keepingAnswers(Duration age) {
      catalogue = new Settings.Catalogue(false, age);
      return this;
    }

    ApiServer start() {
      return new ApiServer(this);
    }
  }

  private ApiServer(Setup setup) {
    Pool mysql = setup.mysql;
    Pool postgres = setup.postgres;
    this.databases = setup.databases;
    this.queue =
        new WorkQueue(
            postgres,
            LessonStages.TABLE,
            new RetryPolicy(Duration.ofMillis(10), Duration.ofSeconds(1), 3, 0.1));
    var parts =
        new ApiParts(
            settings(setup),
            mysql,
            new LessonStore(postgres),
            new SetStore(postgres),
            new GenerationOverride(postgres),
            queue,
            List.of(
                queue,
                PublishStages.queue(postgres, databases.settings.work()),
                WorkflowStages.queue(postgres, databases.settings.workflow().maxAttempts())),
            request -> generator.apply(request),
            CompactView::lesson,
            health(),
            metrics,
            "1.2.3",
            new ApprovalStore(postgres),
            new AudioParts(
                new StoredTexts(mysql),
                SpeechEngines.library(databases.vertx, databases.settings, mysql),
                text -> speaker.apply(text)),
            new WorkflowTriggers(postgres),
            new EventStore(postgres, new TokenCipher(List.of())),
            setup.zoom,
            () -> Loaded.MODELS,
            CourseParts.over(databases.vertx, postgres, databases.settings.courseSources())
                .withModels(() -> Future.succeededFuture(models)),
            new SourceParts(
                new courses.sources.SourceFiles(
                    databases.vertx, postgres, databases.settings.courseSources().files()),
                courses.sources.Videos.of(
                    databases.vertx,
                    databases.settings.courseSources(),
                    databases.settings.dataDir(),
                    metrics),
                Optional.of((owner, request) -> starter.apply(owner, request))));
    server =
        LessonDatabases.await(
            HttpApi.create(databases.vertx, parts)
                .compose(
                    router ->
                        databases
                            .vertx
                            .createHttpServer()
                            .requestHandler(router)
                            .invalidRequestHandler(HttpApi::refuse)
                            .listen(0, "127.0.0.1")));
    port = server.actualPort();
  }

  private static Settings settings(Setup setup) {
    Settings base = setup.databases.settings;
    return new Settings(
        base.environment(),
        base.dataDir(),
        base.verticles(),
        new Settings.Http(
            base.http().host(),
            base.http().port(),
            setup.corsOrigins,
            setup.rateLimits,
            setup.trustedProxies),
        new Settings.Auth(
            setup.mode, Optional.of(new Secret(SECRET)), Optional.of(new Secret(GATEWAY_SECRET))),
        base.mysql(),
        base.postgres(),
        base.monitor(),
        base.recordings(),
        base.transcripts(),
        base.exercises(),
        base.work(),
        base.cluster(),
        base.log(),
        base.drainTimeout(),
        base.warnings(),
        setup.tokens,
        base.approval(),
        base.speech(),
        setup.catalogue,
        base.workflow(),
        base.languageModel(),
        base.speechToText(),
        zoom(base.zoom()),
        base.courses(),
        base.courseSources());
  }

  /** As without an account, but with a secret for webhooks. */
  private static ZoomSettings zoom(ZoomSettings base) {
    return new ZoomSettings(
        base.accountId(),
        base.clientId(),
        base.clientSecret(),
        base.refreshToken(),
        base.apiUrl(),
        base.tokenUrl(),
        base.userEmail(),
        base.downloadDomains(),
        Optional.of(new Secret(WEBHOOK_SECRET)),
        base.webhookTolerance(),
        base.tokenKeys(),
        base.plan(),
        base.ratePercent(),
        base.transcriptWait(),
        base.audio(),
        base.audioFolder(),
        base.maxAudioBytes(),
        base.reconcileInterval(),
        base.longestPause(),
        base.tokenTimeout(),
        base.requestTimeout(),
        base.renewalGrace());
  }

  private Health health() {
    return new Health() {
      @Override
      public boolean ready() {
        return ready;
      }

      @Override
      public boolean tablesReady() {
        return tablesReady;
      }

      @Override
      public List<String> reasons() {
        return ready ? List.of() : List.of("stopping");
      }

      @Override
      public DatabaseState mysql() {
        return mysqlState;
      }

      @Override
      public DatabaseState postgres() {
        return DatabaseState.CONNECTED;
      }
    };
  }

  static JsonObject sampleSet() {
    return new JsonObject()
        .put(
            "flashcards",
            new JsonArray().add(new JsonObject().put("word", "ladder").put("translation", "סולם")))
        .put("metadata", new JsonObject().put("vocabulary_count", 1));
  }

  /** What came back. */
  record Answer(int status, HttpResponse<String> response) {
    JsonObject json() {
      return new JsonObject(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** The ids that an error names. */
    List<?> invalidIds() {
      return json()
          .getJsonObject("error")
          .getJsonObject("details")
          .getJsonArray("invalidIds")
          .getList();
    }

    /** The first broken rule's member and reason. */
    String firstField() {
      JsonObject field =
          json()
              .getJsonObject("error")
              .getJsonObject("details")
              .getJsonArray("fields")
              .getJsonObject(0);
      return field.getString("field") + " " + field.getString("reason");
    }
  }

  Answer get(String path, String... headers) {
    return call("GET", path, null, headers);
  }

  Answer post(String path, Object body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return call("POST", path, body == null ? null : body.toString(), all);
  }

  Answer call(String method, String path, String body, String... headers) {
    return call(method, path, body, StandardCharsets.UTF_8, headers);
  }

  Answer call(String method, String path, String body, Charset charset, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, charset));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    }
  }

  /** The header of a valid token. */
  String[] token(String subject, String scopes) {
    return bearer(
        new JsonObject().put("sub", subject).put("scope", scopes).put("exp", now() + 600));
  }

  String[] bearer(JsonObject claims) {
    return new String[] {"Authorization", "Bearer " + sign(claims, SECRET)};
  }

  String sign(JsonObject claims, String secret) {
    var options =
        new JWTAuthOptions()
            .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret));
    return JWTAuth.create(databases.vertx, options).generateToken(claims);
  }

  static long now() {
    return System.currentTimeMillis() / 1000;
  }

  @Override
  public void close() {
    LessonDatabases.await(server.close());
  }
}
