package verticles;

import courses.CourseStages;
import exercises.CompactView;
import http.ApiParts;
import http.AudioParts;
import http.CourseParts;
import http.HttpApi;
import http.SourceParts;
import http.Traffic;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lessons.ApprovalStore;
import lessons.GenerationOverride;
import lessons.LessonStore;
import lessons.PublishStages;
import lessons.SetStore;
import lessons.WorkflowStages;
import lessons.WorkflowTriggers;
import llm.PoolCount;
import messages.Addresses;
import speech.Audio;
import speech.SpeechEngines;
import speech.StoredTexts;
import zoom.EventStore;
import zoom.TokenCipher;

/**
 * All HTTP. Woken by requests; takes and leaves what the wire contract says; stops by letting
 * running requests finish. Instances share the port.
 */
public final class GameHttp extends VerticleBase {
  private static final int GENERATE_SECONDS = 55;
  private static final int SPEAK_SECONDS = 10;
  private static final int IDLE_SECONDS = 75;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final String PORTS = "http-ports";

  private final ActorParts parts;
  private final List<HttpServer> beside = new ArrayList<>();
  private HttpServer server;
  private Runnable giveBack = () -> {};

  public GameHttp(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var http = parts.settings().http();
    giveBack = parts.databases().ownMysql(context.getInstanceCount());
    CourseParts courses =
        CourseParts.over(
                vertx,
                parts.databases().postgres(),
                parts.databases().looks(),
                parts.settings().courseSources())
            .withModels(this::models);
    ApiParts api =
        new ApiParts(
            parts.settings(),
            parts.databases().mysql(),
            new LessonStore(parts.databases().postgres()),
            new SetStore(parts.databases().postgres()),
            new GenerationOverride(parts.databases().postgres()),
            parts.lessonQueue(),
            List.of(
                parts.lessonQueue(),
                PublishStages.queue(parts.databases().postgres(), parts.settings().work()),
                WorkflowStages.queue(
                    parts.databases().postgres(), parts.settings().workflow().maxAttempts()),
                CourseStages.queue(
                    parts.databases().postgres(),
                    parts.settings().courses().maxAttempts(),
                    parts.settings().courses().retryPause())),
            this::generate,
            CompactView::lesson,
            parts.health(),
            parts.registry(),
            parts.version(),
            new ApprovalStore(parts.databases().postgres()),
            audio(),
            new WorkflowTriggers(parts.databases().postgres()),
            new EventStore(
                parts.databases().postgres(), new TokenCipher(parts.settings().zoom().tokenKeys())),
            parts.zoom(),
            parts.models(),
            courses,
            SourceParts.of(vertx, parts.settings(), parts.databases().postgres(), parts.registry())
                .with(courses.starter(parts.settings().courses().maxOpenJobs())));
    return HttpApi.create(vertx, api)
        .compose(
            router ->
                // Port 0 is "any free one", the same for all instances: a negative port is shared
                // by its value.
                listen(router, http.port() == 0 ? -1 : http.port(), HttpPorts.MAIN)
                    .compose(main -> listenBeside(router).map(main)))
        .onSuccess(
            listening -> {
              server = listening;
              vertx
                  .sharedData()
                  .<String, Integer>getLocalMap(PORTS)
                  .put("http", listening.actualPort());
            })
        // who did not start is not stopped either
        .onFailure(failed -> giveBack.run());
  }

  /** The ports that clients of older systems know. */
  private Future<Void> listenBeside(Router router) {
    Future<Void> all = Future.succeededFuture();
    for (int port : parts.settings().courses().extraPorts()) {
      all =
          all.compose(done -> listen(router, port, HttpPorts.BESIDE))
              .map(
                  listening -> {
                    beside.add(listening);
                    return null;
                  });
    }
    return all;
  }

  private Future<HttpServer> listen(Router router, int port, String setting) {
    String host = parts.settings().http().host();
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADERS)
                .setCompressionSupported(true)
                // there are no WebSockets, and every message would pass their handlers
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpKeepAlive(true))
        .requestHandler(router)
        .connectionHandler(Traffic.of(vertx, parts.registry())::opened)
        .invalidRequestHandler(HttpApi::refuse)
        .listen(port, host)
        .recover(
            error ->
                Future.failedFuture(
                    // the native transport has an exception of its own, no BindException
                    error instanceof IOException failure
                        ? HttpPorts.taken(host, port, setting, failure)
                        : error));
  }

  /** Where this node listens; 0 before it does. */
  public static int port(io.vertx.core.Vertx vertx) {
    return vertx.sharedData().<String, Integer>getLocalMap(PORTS).getOrDefault("http", 0);
  }

  private AudioParts audio() {
    var mysql = parts.databases().mysql();
    return new AudioParts(
        new StoredTexts(mysql), SpeechEngines.library(vertx, parts.settings(), mysql), this::speak);
  }

  private Future<Audio> speak(String text) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.SPEECH_SYNTHESIZE,
            new JsonObject().put("text", text),
            new DeliveryOptions().setSendTimeout(TimeUnit.SECONDS.toMillis(SPEAK_SECONDS)))
        .map(reply -> Audio.of(reply.body()));
  }

  /** Keys may be this node's or another one's. */
  private Future<Boolean> models() {
    return parts.settings().languageModel().present()
        ? Future.succeededFuture(true)
        : PoolCount.running(parts.databases().postgres()).map(pools -> !pools.isEmpty());
  }

  private Future<JsonObject> generate(JsonObject request) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.EXERCISES_GENERATE,
            request,
            new DeliveryOptions().setSendTimeout(TimeUnit.SECONDS.toMillis(GENERATE_SECONDS)))
        .map(reply -> reply.body());
  }

  @Override
  public Future<?> stop() {
    List<HttpServer> all = new ArrayList<>(beside);
    if (server != null) {
      all.add(server);
    }
    return Future.join(all.stream().map(one -> one.shutdown(10, TimeUnit.SECONDS)).toList())
        .onComplete(stopped -> giveBack.run());
  }
}
