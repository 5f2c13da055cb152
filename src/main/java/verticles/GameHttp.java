package verticles;

import exercises.CompactView;
import http.ApiParts;
import http.AudioParts;
import http.HttpApi;
import http.SourceParts;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lessons.ApprovalStore;
import lessons.GenerationOverride;
import lessons.LessonStore;
import lessons.PublishStages;
import lessons.SetStore;
import lessons.WorkflowStages;
import lessons.WorkflowTriggers;
import messages.Addresses;
import speech.Audio;
import speech.SpeechEngines;
import speech.StoredTexts;

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
  private HttpServer server;

  public GameHttp(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var http = parts.settings().http();
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
                    parts.databases().postgres(), parts.settings().workflow().maxAttempts())),
            this::generate,
            CompactView::lesson,
            parts.health(),
            parts.registry(),
            parts.version(),
            new ApprovalStore(parts.databases().postgres()),
            audio(),
            new WorkflowTriggers(parts.databases().postgres()),
            SourceParts.of(
                vertx, parts.settings(), parts.databases().postgres(), parts.registry()));
    return HttpApi.create(vertx, api)
        .compose(
            router ->
                vertx
                    .createHttpServer(
                        new HttpServerOptions()
                            .setIdleTimeout(IDLE_SECONDS)
                            .setMaxHeaderSize(MAX_HEADERS)
                            .setCompressionSupported(true)
                            .setTcpKeepAlive(true))
                    .requestHandler(router)
                    .invalidRequestHandler(HttpApi::refuse)
                    // Port 0 is "any free one", the same for all instances: a negative port is
                    // shared by its value.
                    .listen(http.port() == 0 ? -1 : http.port(), http.host()))
        .onSuccess(
            listening -> {
              server = listening;
              vertx
                  .sharedData()
                  .<String, Integer>getLocalMap(PORTS)
                  .put("http", listening.actualPort());
            })
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof BindException
                        ? new IllegalStateException(
                            "can't listen on "
                                + http.host()
                                + ":"
                                + http.port()
                                + " ("
                                + error.getMessage()
                                + "): stop what uses it, or set HTTP_PORT",
                            error)
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
    return server == null ? Future.succeededFuture() : server.shutdown(10, TimeUnit.SECONDS);
  }
}
