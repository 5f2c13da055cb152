package speech;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import settings.InstalledProgram;
import settings.Settings;

/** Puts together what speaks, from the settings and from what is installed. */
public final class SpeechEngines {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final String FOLDER = "audio";
  // Nobody waits for a lecture with a phone in hand, and its pieces are long.
  private static final RemoteLimits NARRATION =
      new RemoteLimits(
          "narration-",
          Duration.ofSeconds(120),
          Duration.ofSeconds(150),
          ATTEMPTS,
          Duration.ofSeconds(1));

  private final Vertx vertx;
  private final WorkerExecutor cpu;
  private final Settings.Speech settings;
  private final MeterRegistry registry;

  private SpeechEngines(
      Vertx vertx, WorkerExecutor cpu, Settings.Speech settings, MeterRegistry registry) {
    this.registry = registry;
    this.vertx = vertx;
    this.cpu = cpu;
    this.settings = settings;
  }

  /**
   * What turns texts into audio.
   *
   * @param cpu where offline voices speak and encoding is done
   */
  public static Synthesizer synthesizer(
      Vertx vertx, WorkerExecutor cpu, Settings settings, Pool mysql, MeterRegistry registry) {
    Settings.Speech speech = settings.speech();
    SpeechMetrics metrics = new SpeechMetrics(registry);
    List<Engine> engines =
        new SpeechEngines(vertx, cpu, speech, registry)
            .available(
                new RemoteLimits(
                    speech.requestTimeout(), speech.totalTimeout(), ATTEMPTS, FIRST_PAUSE));
    EngineChain chain =
        new EngineChain(engines, new AudioStore(mysql), library(vertx, settings, mysql), metrics);
    return new Synthesizer(
        chain, speech.maxCharacters(), speech.concurrency(), speech.queue(), metrics);
  }

  /**
   * What reads long texts, with voices of its own: a lecture is no reason for a word to wait.
   *
   * @param cpu where offline voices speak and encoding is done
   */
  public static Narrator narrator(
      Vertx vertx, WorkerExecutor cpu, Settings settings, MeterRegistry registry) {
    return new Narrator(
        new SpeechEngines(vertx, cpu, settings.speech(), registry).available(NARRATION),
        new SpeechMetrics(registry));
  }

  /** Where audio is found again. */
  public static AudioLibrary library(Vertx vertx, Settings settings, Pool mysql) {
    return new AudioLibrary(vertx, new AudioStore(mysql), settings.dataDir().resolve(FOLDER));
  }

  /** Looks for programs on the disk, which takes well below a millisecond. */
  private List<Engine> available(RemoteLimits limits) {
    String searchPath = System.getenv().getOrDefault("PATH", "");
    List<Engine> engines = new ArrayList<>();
    settings
        .engines()
        .forEach(engine -> engine(engine, searchPath, limits).ifPresent(engines::add));
    return engines;
  }

  private Optional<Engine> engine(
      Settings.SpeechEngine engine, String searchPath, RemoteLimits limits) {
    return switch (engine) {
      case ELEVENLABS ->
          settings
              .elevenLabs()
              .apiKey()
              .map(
                  key ->
                      new ElevenLabs(
                          vertx,
                          cpu,
                          settings.elevenLabs(),
                          settings.concurrency(),
                          limits,
                          registry));
      case OPENAI ->
          settings
              .openAi()
              .baseUrl()
              .map(
                  url ->
                      new OpenAiSpeech(
                          vertx, cpu, settings.openAi(), settings.concurrency(), limits, registry));
      case ESPEAK -> {
        Optional<Path> program = InstalledProgram.find(settings.espeak().program(), searchPath);
        yield program.map(
            path -> new Espeak(cpu, path, settings.espeak().voice(), settings.wordsPerMinute()));
      }
      case FREETTS -> Optional.of(new FreeTts(cpu, settings.wordsPerMinute()));
    };
  }
}
