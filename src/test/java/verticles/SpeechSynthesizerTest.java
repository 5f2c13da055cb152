package verticles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import databases.Databases;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import lessons.LessonDatabases;
import messages.Addresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import speech.Audio;
import speech.Sounds;
import speech.SpeechEngines;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeechSynthesizerTest {
  private LessonDatabases databases;
  private Vertx vertx;
  private Databases own;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
    vertx = databases.vertx;
    own = LessonDatabases.await(Databases.open(vertx, databases.settings));
  }

  @AfterAll
  void close() {
    LessonDatabases.await(own.close());
    databases.close();
  }

  private String deploy() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // What it has no use for is left out.
    ActorParts parts =
        new ActorParts(
            databases.settings, "node", "1", own, null, null, null, registry, null, null);
    return LessonDatabases.await(vertx.deployVerticle(new SpeechSynthesizer(parts)));
  }

  private Future<Audio> ask(Object text) {
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.SPEECH_SYNTHESIZE, new JsonObject().put("text", text))
        .map(reply -> Audio.of(reply.body()));
  }

  private ReplyException refusal(Object text) {
    return catchThrowableOfType(ReplyException.class, () -> LessonDatabases.await(ask(text)));
  }

  @Test
  void everyRequestGetsAudioOrAReason() {
    String deployment = deploy();
    Audio audio = LessonDatabases.await(ask("a kettle"));
    assertThat(LessonDatabases.await(ask("a kettle"))).isEqualTo(audio);
    byte[] content =
        LessonDatabases.await(
                SpeechEngines.library(vertx, databases.settings, databases.mysql)
                    .content(audio.id()))
            .orElseThrow()
            .getBytes();
    assertThat(Sounds.loudness(content)).isGreaterThan(300);
    assertThat(refusal("שלום").failureCode()).isEqualTo(SpeechSynthesizer.UNSPEAKABLE);
    assertThat(refusal("x".repeat(301)).failureCode()).isEqualTo(SpeechSynthesizer.UNSPEAKABLE);
    assertThat(refusal(null).failureCode()).isEqualTo(SpeechSynthesizer.UNSPEAKABLE);
    assertThat(refusal(7).failureCode()).isEqualTo(SpeechSynthesizer.UNSPEAKABLE);
    LessonDatabases.await(vertx.undeploy(deployment));
    assertThat(refusal("a kettle").failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
  }

  @Test
  void aFloodIsTurnedAwayAndLeavesNothingBehind() {
    String deployment = deploy();
    // Two are worked on and twenty wait, by the test's settings.
    var flood = IntStream.range(0, 80).mapToObj(i -> ask("ladder number " + i)).toList();
    LessonDatabases.await(Future.join(flood).otherwiseEmpty());
    long spoken = flood.stream().filter(Future::succeeded).count();
    assertThat(spoken).isBetween(22L, 79L);
    assertThat(flood.stream().filter(Future::failed).map(Future::cause))
        .isNotEmpty()
        .allSatisfy(
            cause ->
                assertThat(((ReplyException) cause).failureCode())
                    .isEqualTo(SpeechSynthesizer.BUSY));
    assertThat(LessonDatabases.await(ask("after the flood")).bytes()).isPositive();
    LessonDatabases.await(vertx.undeploy(deployment));
  }
}
