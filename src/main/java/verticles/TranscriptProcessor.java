package verticles;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.TranscriptRow;
import transcripts.AudioPart;
import transcripts.Limits;
import transcripts.Recognition;
import transcripts.SpeakerHints;
import transcripts.Transcript;
import transcripts.TranscriptReader;
import transcripts.UnusableTranscriptException;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;
import work.Writes;

/**
 * Makes a transcript usable. Woken by {@code lessons.transcribe} and its poll; takes lessons of
 * stage transcribe; leaves the cleaned turns with speakers and times beside the original, and stage
 * generate. A transcript that can't be used fails with the reason: trying again would not help.
 */
public final class TranscriptProcessor extends StageVerticle {
  private LessonStore lessons;
  private WorkerExecutor cpu;
  private Recognition recognition;

  public TranscriptProcessor(ActorParts parts) {
    super(parts, LessonStages.TRANSCRIBE);
  }

  @Override
  Future<?> open() {
    lessons = new LessonStore(parts.databases().postgres());
    cpu =
        vertx.createSharedWorkerExecutor("transcripts", Runtime.getRuntime().availableProcessors());
    recognition =
        Recognition.of(
            vertx, cpu, parts.settings(), parts.databases().postgres(), parts.registry());
    return Future.succeededFuture();
  }

  @Override
  Future<Outcome> work(Lease lease, Running running) {
    return lessons
        .transcript(lease.id())
        .compose(
            found -> {
              TranscriptRow row =
                  found.orElseThrow(() -> new PermanentFailure("the lesson's row was deleted"));
              SpeakerHints hints =
                  new SpeakerHints(Optional.empty(), row.lesson().teacherEmail(), Optional.empty());
              return row.original().isPresent()
                  ? read(row.original().get(), hints)
                      .map(read -> next(lease, read, connection -> Future.succeededFuture()))
                      .recover(TranscriptProcessor::unusable)
                  : lessons
                      .audio(lease.id())
                      .compose(
                          sound ->
                              sound.isEmpty()
                                  ? Future.failedFuture(
                                      new PermanentFailure("the lesson has no transcript"))
                                  : listen(lease, running, sound, hints));
            });
  }

  /** Has the lesson's sound transcribed; "not ready yet" while a service is at it. */
  private Future<Outcome> listen(
      Lease lease, Running running, List<AudioPart> sound, SpeakerHints hints) {
    return recognition
        .advance(lease.id(), sound, hints, running::progress)
        .compose(
            progress -> {
              if (progress instanceof Recognition.NotReady waiting) {
                return Future.succeededFuture(
                    Outcome.notReady(waiting.lookAgain(), waiting.reason()));
              }
              Recognition.Text heard = (Recognition.Text) progress;
              return read(heard.text(), hints)
                  .map(
                      read -> {
                        read.details.mergeIn(heard.details());
                        return next(
                            lease,
                            read,
                            connection ->
                                LessonStore.writeHeard(
                                    connection, lease.id(), heard.text(), heard.service()));
                      })
                  .recover(
                      error ->
                          error instanceof UnusableTranscriptException
                              ? recognition
                                  .refuse(lease.id(), sound, heard, error.getMessage())
                                  .compose(
                                      another ->
                                          another
                                              ? listen(lease, running, sound, hints)
                                              : unusable(error))
                              : Future.failedFuture(error));
            });
  }

  private Future<Read> read(String original, SpeakerHints hints) {
    Limits limits = Limits.of(parts.settings().transcripts());
    return cpu.executeBlocking(
        () ->
            parts
                .stageMetrics()
                .thinking(
                    "transcribe", () -> Read.of(TranscriptReader.read(original, hints, limits))),
        false);
  }

  private static Outcome next(Lease lease, Read read, Writes before) {
    return Outcome.next(
        LessonStages.GENERATE,
        connection ->
            before
                .apply(connection)
                .compose(
                    written ->
                        LessonStore.writeTranscript(
                            connection,
                            lease.id(),
                            read.text,
                            read.utterances,
                            read.durationMillis,
                            read.details)));
  }

  private static Future<Outcome> unusable(Throwable error) {
    return error instanceof UnusableTranscriptException
        ? Future.succeededFuture(Outcome.failed(error.getMessage()))
        : Future.failedFuture(error);
  }

  /**
   * What is stored, made on the worker thread: a long lesson's JSON is no work for the event loop.
   */
  private record Read(String text, JsonArray utterances, long durationMillis, JsonObject details) {
    static Read of(Transcript transcript) {
      JsonObject details =
          new JsonObject()
              .put("format", transcript.format().name().toLowerCase(java.util.Locale.ROOT))
              .put("cues", transcript.cueCount())
              .put("utterances", transcript.utterances().size())
              .put("warnings", new JsonArray(transcript.warnings()));
      return new Read(transcript.text(), transcript.toJson(), transcript.durationMillis(), details);
    }
  }

  @Override
  Future<?> close() {
    if (recognition != null) {
      recognition.close();
    }
    return cpu == null ? Future.succeededFuture() : cpu.close();
  }
}
