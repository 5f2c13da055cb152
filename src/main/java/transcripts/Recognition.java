package transcripts;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import outbound.Failure;
import outbound.Failure.Kind;
import settings.InstalledProgram;
import settings.Settings;
import settings.SpeechToTextSettings;
import transcripts.SpeechToText.Done;
import transcripts.SpeechToText.Recognised;
import transcripts.SpeechToText.Sound;
import transcripts.SpeechToText.Step;
import transcripts.SpeechToText.Working;
import work.PermanentFailure;

/**
 * Has lessons' sound transcribed by the services of the settings, in their order: one that can't is
 * passed over, one that has begun is gone on with, and none is paid twice for the same sound of a
 * lesson. Every call takes a step; the caller comes back when told.
 */
public final class Recognition {
  private static final Logger log = LoggerFactory.getLogger(Recognition.class);

  private final SpeechToTextSettings settings;
  private final List<SpeechToText> services;
  private final Transcriptions transcriptions;
  private final SoundFiles files;

  Recognition(
      SpeechToTextSettings settings,
      List<SpeechToText> services,
      Transcriptions transcriptions,
      SoundFiles files) {
    this.settings = settings;
    this.services = List.copyOf(services);
    this.transcriptions = transcriptions;
    this.files = files;
  }

  /**
   * With the services that have an account.
   *
   * @param cpu where files are read
   */
  public static Recognition of(
      Vertx vertx, WorkerExecutor cpu, Settings settings, Pool postgres, MeterRegistry registry) {
    SpeechToTextSettings own = settings.speechToText();
    AudioCutter cutter =
        new AudioCutter(
            settings.dataDir().resolve("temporary-audio"),
            InstalledProgram.find(own.ffmpeg(), System.getenv().getOrDefault("PATH", "")));
    List<SpeechToText> services = new ArrayList<>();
    for (SpeechToTextSettings.Recogniser each : own.available()) {
      services.add(
          switch (each) {
            case ASSEMBLYAI -> new AssemblyAi(vertx, own, settings.speech().publicUrl(), registry);
            case GROQ -> new Whisper(vertx, cpu, "groq", own.groq(), own, cutter, registry);
            case OPENAI -> new Whisper(vertx, cpu, "openai", own.openAi(), own, cutter, registry);
            case LOCAL -> new Whisper(vertx, cpu, "local", own.local(), own, cutter, registry);
          });
    }
    return new Recognition(
        own,
        services,
        new Transcriptions(postgres),
        new SoundFiles(
            cpu,
            List.of(
                settings.recordings().folder(),
                settings.dataDir(),
                settings.zoom().audioFolder())));
  }

  /** Where a lesson's transcription stands. */
  public sealed interface Progress {}

  /** Come back after that. */
  public record NotReady(Duration lookAgain, String reason) implements Progress {}

  /**
   * All of it.
   *
   * @param text for {@link TranscriptReader}
   * @param service that heard it; of several files the first one's
   * @param details for column {@code transcription_metadata}
   */
  public record Text(String text, String service, JsonObject details) implements Progress {}

  /**
   * Takes the next step for a lesson.
   *
   * @param parts the files of the lesson's sound in order, at least one
   * @param report gets progress
   * @return fails with {@link PermanentFailure} when no service can, otherwise a later call may
   *     succeed
   */
  public Future<Progress> advance(
      long lessonId, List<AudioPart> parts, SpeakerHints hints, Consumer<JsonObject> report) {
    if (services.isEmpty()) {
      return Future.failedFuture(
          new PermanentFailure(
              "the lesson has sound but no transcript, and no speech-to-text service is set up: set"
                  + " e.g. ASSEMBLYAI_API_KEY and redrive the lesson, or put its transcript beside"
                  + " the recording"));
    }
    return advance(lessonId, parts, 0, new ArrayList<>(), report)
        .map(
            progress ->
                progress instanceof Joining joining ? joining.text(parts, hints) : progress);
  }

  /** All parts are done. */
  private record Joining(List<Heard> heard) implements Progress {
    Text text(List<AudioPart> parts, SpeakerHints hints) {
      JsonArray turns = new JsonArray();
      JsonArray details = new JsonArray();
      for (int i = 0; i < heard.size(); i++) {
        Heard each = heard.get(i);
        JsonObject part =
            PartTurns.of(each.recognised(), parts.get(i).offset().toMillis(), heard.size(), hints);
        turns.addAll(part.getJsonArray("utterances"));
        details.add(
            new JsonObject()
                .put("service", each.service())
                .put("model", each.recognised().model())
                .put("language", each.recognised().language().orElse(null))
                .put("seconds", each.recognised().millis() / 1_000));
      }
      return new Text(
          new JsonObject().put("utterances", turns).encode(),
          heard.get(0).service(),
          new JsonObject().put("speech_to_text", details));
    }
  }

  private record Heard(String service, Recognised recognised) {}

  private Future<Progress> advance(
      long lessonId,
      List<AudioPart> parts,
      int at,
      List<Heard> heard,
      Consumer<JsonObject> report) {
    if (at == parts.size()) {
      return Future.succeededFuture(new Joining(heard));
    }
    return files
        .open(lessonId, parts.get(at), settings.maxAudioBytes())
        .compose(sound -> new Turn(sound, report).go())
        .compose(
            progress -> {
              if (progress instanceof Listened listened) {
                heard.add(listened.heard());
                return advance(lessonId, parts, at + 1, heard, report);
              }
              return Future.succeededFuture(progress);
            });
  }

  private record Listened(Heard heard) implements Progress {}

  /** The next step of one file. */
  private final class Turn {
    private final Sound sound;
    private final String sha256;
    private final Consumer<JsonObject> report;
    private final List<String> reasons = new ArrayList<>();
    private Throwable passing;

    Turn(SoundFiles.Opened opened, Consumer<JsonObject> report) {
      this.sound = opened.sound();
      this.sha256 = opened.sha256();
      this.report = report;
    }

    Future<Progress> go() {
      return transcriptions
          .of(sound.lessonId(), sha256)
          .compose(
              entries -> {
                for (Transcriptions.Entry entry : entries) {
                  if (entry.result().isPresent()) {
                    return Future.succeededFuture(
                        new Listened(
                            new Heard(entry.service(), Recognised.fromJson(entry.result().get()))));
                  }
                }
                entries.stream()
                    .filter(entry -> entry.status().equals("failed"))
                    .forEach(entry -> reasons.add(entry.reason()));
                return next(candidates(entries), entries);
              });
    }

    /** Who has begun goes on, then the others in order. */
    private List<SpeechToText> candidates(List<Transcriptions.Entry> entries) {
      List<SpeechToText> begun = new ArrayList<>();
      List<SpeechToText> fresh = new ArrayList<>();
      for (SpeechToText service : services) {
        Optional<Transcriptions.Entry> entry =
            entries.stream().filter(each -> each.service().equals(service.service())).findFirst();
        if (entry.isEmpty()) {
          fresh.add(service);
        } else if (entry.get().status().equals("working")) {
          begun.add(service);
        }
      }
      begun.addAll(fresh);
      return begun;
    }

    private Future<Progress> next(
        List<SpeechToText> candidates, List<Transcriptions.Entry> entries) {
      if (candidates.isEmpty()) {
        return nobody();
      }
      SpeechToText service = candidates.get(0);
      JsonObject state =
          entries.stream()
              .filter(entry -> entry.service().equals(service.service()))
              .findFirst()
              .map(Transcriptions.Entry::state)
              .orElse(new JsonObject());
      long limit = settings.minutesPerDay() * 60L;
      long counted = service.paid() ? sound.seconds() : 0;
      if (limit > 0 && counted > limit) {
        reasons.add(
            service.service()
                + ": the recording is longer than a day's "
                + settings.minutesPerDay()
                + " minutes (speech-to-text.minutes-per-day)");
        return next(candidates.subList(1, candidates.size()), entries);
      }
      return transcriptions
          .begin(sound.lessonId(), sha256, service.service(), counted, limit)
          .compose(
              room ->
                  room
                      ? ask(service, state, candidates, entries)
                      : transcriptions
                          .untilTomorrow()
                          .map(
                              wait ->
                                  new NotReady(
                                      wait,
                                      "the day's "
                                          + settings.minutesPerDay()
                                          + " minutes of transcription are used up"
                                          + " (speech-to-text.minutes-per-day)")));
    }

    private Future<Progress> ask(
        SpeechToText service,
        JsonObject state,
        List<SpeechToText> candidates,
        List<Transcriptions.Entry> entries) {
      Stored memory = new Stored(service.service(), state);
      return Future.succeededFuture()
          .compose(turn -> service.advance(sound, memory))
          .compose(
              step -> taken(service, step),
              error -> {
                if (!(error instanceof Failure failure)) {
                  return Future.failedFuture(error);
                }
                if (failure.kind() == Kind.PERMANENT || failure.kind() == Kind.REFRESH) {
                  log.atWarn()
                      .addKeyValue("lesson_id", sound.lessonId())
                      .log("{} can't transcribe it: {}", service.service(), failure.getMessage());
                  reasons.add(failure.getMessage());
                  return transcriptions
                      .fail(sound.lessonId(), sha256, service.service(), failure.getMessage())
                      .compose(failed -> next(candidates.subList(1, candidates.size()), entries));
                }
                boolean begun =
                    memory.state().containsKey("job_id") || memory.state().containsKey("creating");
                if (begun || candidates.size() == 1) {
                  // What is being paid for is waited for.
                  return later(passing == null || begun ? failure : passing);
                }
                passing = failure;
                return next(candidates.subList(1, candidates.size()), entries);
              });
    }

    private Future<Progress> later(Throwable error) {
      if (error instanceof Failure failure && failure.retryAt().isPresent()) {
        Duration wait = Duration.between(Instant.now(), failure.retryAt().get());
        return Future.succeededFuture(
            new NotReady(wait.isNegative() ? Duration.ZERO : wait, failure.getMessage()));
      }
      return Future.failedFuture(error);
    }

    private Future<Progress> taken(SpeechToText service, Step step) {
      if (step instanceof Working working) {
        return Future.succeededFuture(new NotReady(working.lookAgain(), working.reason()));
      }
      Recognised recognised = ((Done) step).recognised();
      return transcriptions
          .complete(sound.lessonId(), sha256, service.service(), recognised.toJson())
          .map(stored -> new Listened(new Heard(service.service(), recognised)));
    }

    private Future<Progress> nobody() {
      if (passing != null) {
        return later(passing);
      }
      return transcriptions
          .forgetFailed(sound.lessonId())
          .compose(
              done ->
                  Future.failedFuture(
                      new PermanentFailure(
                          "no service could transcribe the lesson's sound: "
                              + String.join("; ", reasons))));
    }

    private final class Stored implements SpeechToText.Memory {
      private final String service;
      private JsonObject state;

      Stored(String service, JsonObject state) {
        this.service = service;
        this.state = state;
      }

      @Override
      public JsonObject state() {
        return state;
      }

      @Override
      public Future<Void> save(JsonObject next) {
        return transcriptions
            .save(sound.lessonId(), sha256, service, next)
            .onSuccess(saved -> state = next);
      }

      @Override
      public void report(JsonObject progress) {
        report.accept(progress);
      }
    }
  }

  /**
   * Nothing could be made of what a service heard: the next one is to try.
   *
   * @param text that turned out unusable
   * @return whether there is a next one
   */
  public Future<Boolean> refuse(long lessonId, List<AudioPart> parts, Text text, String reason) {
    Future<Void> refused = Future.succeededFuture();
    for (AudioPart part : parts) {
      refused =
          refused
              .compose(done -> files.open(lessonId, part, settings.maxAudioBytes()))
              .compose(
                  opened ->
                      transcriptions
                          .fail(
                              lessonId,
                              opened.sha256(),
                              text.service(),
                              text.service() + ": " + reason)
                          .otherwiseEmpty());
    }
    boolean last =
        services.isEmpty() || services.get(services.size() - 1).service().equals(text.service());
    return refused
        .compose(done -> last ? transcriptions.forgetFailed(lessonId) : Future.succeededFuture())
        .map(!last);
  }

  public void close() {
    services.forEach(SpeechToText::close);
  }
}
