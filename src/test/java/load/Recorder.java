package load;

import databases.Databases;
import exercises.CompactView;
import http.ApiParts;
import http.AudioParts;
import http.CourseParts;
import http.HttpApi;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lessons.ApprovalStore;
import lessons.GenerationOverride;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.SetStore;
import lessons.WorkflowTriggers;
import settings.Settings;
import speech.SpeechEngines;
import speech.StoredTexts;
import telemetry.Health;
import work.RetryPolicy;
import work.WorkQueue;
import zoom.EventStore;
import zoom.TokenCipher;

/** The service's interface in this process, with every statement of every request on a tape. */
final class Recorder {
  private final Vertx vertx;
  private final HttpServer server;
  // Kept, because Vert.x closes a client that nobody holds any more, and its connections with it.
  private final NetClient client;
  private volatile Tape tape = new Tape();

  Recorder(Vertx vertx, Settings settings, Databases databases) throws Exception {
    this.vertx = vertx;
    this.client = Wire.client(vertx);
    Pool postgres = databases.postgres();
    Pool mysql = TapingPool.of(databases.mysql(), () -> tape);
    WorkQueue queue = new WorkQueue(postgres, LessonStages.TABLE, RetryPolicy.DEFAULT);
    ApiParts parts =
        new ApiParts(
            settings,
            mysql,
            new LessonStore(postgres),
            new SetStore(postgres),
            new GenerationOverride(postgres),
            queue,
            List.of(queue),
            request -> Future.failedFuture("nothing is generated here"),
            CompactView::lesson,
            new AlwaysReady(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            "bench",
            new ApprovalStore(postgres),
            new AudioParts(
                new StoredTexts(mysql),
                SpeechEngines.library(vertx, settings, mysql),
                text -> Future.failedFuture("nobody speaks here")),
            new WorkflowTriggers(postgres),
            new EventStore(postgres, new TokenCipher(List.of())),
            Optional.empty(),
            () -> Future.failedFuture("nothing is changed here"),
            CourseParts.over(vertx, postgres, settings.courseSources()),
            http.SourceParts.of(
                vertx,
                settings,
                postgres,
                new io.micrometer.core.instrument.simple.SimpleMeterRegistry()));
    server =
        HttpApi.create(vertx, parts)
            .compose(
                router -> vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
            .await(1, TimeUnit.MINUTES);
  }

  private static final class AlwaysReady implements Health {
    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public boolean tablesReady() {
      return true;
    }

    @Override
    public List<String> reasons() {
      return List.of();
    }

    @Override
    public DatabaseState mysql() {
      return DatabaseState.CONNECTED;
    }

    @Override
    public DatabaseState postgres() {
      return DatabaseState.CONNECTED;
    }
  }

  /** Sends a request and gives what it did, as {@link Tape#toJson}. */
  JsonObject record(Student.Request request) throws Exception {
    Tape running = new Tape();
    tape = running;
    io.vertx.core.Promise<Wire.Answer> answer = io.vertx.core.Promise.promise();
    vertx.runOnContext(
        on ->
            Wire.open(client, server.actualPort())
                .compose(
                    wire ->
                        wire.send(request.head(request.path())).onComplete(sent -> wire.close()))
                .onComplete(answer));
    Wire.Answer told = answer.future().await(30, TimeUnit.SECONDS);
    if (told.status() < 200 || told.status() >= 300) {
      throw new IllegalStateException(
          request.step().operation() + " answered " + told.status() + " " + told.body());
    }
    String once =
        request.body() != null && request.body().contains("clientResultId")
            ? new JsonObject(request.body()).getString("clientResultId")
            : null;
    return running.toJson(request.path() + request.body(), once, request.used(), told);
  }

  void close() throws Exception {
    server.close().await(30, TimeUnit.SECONDS);
  }
}
