package verticles;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.TranscriptRow;
import transcripts.Limits;
import transcripts.SpeakerHints;
import transcripts.Transcript;
import transcripts.TranscriptReader;
import transcripts.UnusableTranscriptException;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;

/**
 * Makes a transcript usable. Woken by {@code lessons.transcribe} and its poll; takes lessons of
 * stage transcribe; leaves the cleaned turns with speakers and times beside the original, and stage
 * generate. A transcript that can't be used fails with the reason: trying again would not help.
 */
public final class TranscriptProcessor extends StageVerticle {
  private LessonStore lessons;
  private WorkerExecutor cpu;

  public TranscriptProcessor(ActorParts parts) {
    super(parts, LessonStages.TRANSCRIBE);
  }

  @Override
  Future<?> open() {
    lessons = new LessonStore(parts.databases().postgres());
    cpu =
        vertx.createSharedWorkerExecutor("transcripts", Runtime.getRuntime().availableProcessors());
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
              String original =
                  row.original()
                      .orElseThrow(() -> new PermanentFailure("the lesson has no transcript"));
              SpeakerHints hints =
                  new SpeakerHints(Optional.empty(), row.lesson().teacherEmail(), Optional.empty());
              Limits limits = Limits.of(parts.settings().transcripts());
              return cpu.executeBlocking(
                  () ->
                      parts
                          .stageMetrics()
                          .thinking(
                              "transcribe",
                              () -> Read.of(TranscriptReader.read(original, hints, limits))),
                  false);
            })
        .map(
            read ->
                Outcome.next(
                    LessonStages.GENERATE,
                    connection ->
                        LessonStore.writeTranscript(
                            connection,
                            lease.id(),
                            read.text,
                            read.utterances,
                            read.durationMillis,
                            read.details)))
        .recover(
            error ->
                error instanceof UnusableTranscriptException unusable
                    ? Future.succeededFuture(Outcome.failed(unusable.getMessage()))
                    : Future.failedFuture(error));
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
    return cpu.close();
  }
}
