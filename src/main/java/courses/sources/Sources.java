package courses.sources;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lessons.Lesson;
import lessons.LessonStore;
import lessons.TranscriptRow;
import outbound.Failure;
import settings.Settings;
import transcripts.Transcript;
import transcripts.Utterance;

/** Every kind of source, each read in its way. */
public final class Sources implements SourceExtractor {
  private static final int LONGEST_TITLE = 120;

  private final Videos videos;
  private final DocumentFiles documents;
  private final LessonStore lessons;

  private Sources(Videos videos, DocumentFiles documents, LessonStore lessons) {
    this.videos = videos;
    this.documents = documents;
    this.lessons = lessons;
  }

  /** Looks on the disk for programs, so it blocks shortly. */
  public static Sources of(Vertx vertx, Settings settings, Pool postgres, MeterRegistry metrics) {
    Leftovers.sweep(vertx, settings.dataDir().resolve("documents"));
    Leftovers.sweep(vertx, settings.dataDir().resolve("captions"));
    return new Sources(
        Videos.of(vertx, settings.courseSources(), settings.dataDir(), metrics),
        new DocumentFiles(
            vertx,
            new SourceFiles(vertx, postgres, settings.courseSources().files()),
            settings.courseSources().reading(),
            settings.dataDir()),
        new LessonStore(postgres));
  }

  @Override
  public Future<Extracted> extract(SourceRequest source, String ownerId, Duration deadline) {
    return read(source, ownerId, deadline).timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Extracted> read(SourceRequest source, String ownerId, Duration deadline) {
    if (source instanceof SourceRequest.YouTube video) {
      return videos.extract(video, deadline);
    }
    if (source instanceof SourceRequest.Files files) {
      return documents.extract(files, ownerId, deadline);
    }
    if (source instanceof SourceRequest.Lesson lesson) {
      return lessons
          .transcript(lesson.id())
          .compose(
              row -> {
                try {
                  return Future.succeededFuture(ofLesson(lesson.id(), row, ownerId));
                } catch (SourceRefused | Failure refused) {
                  return Future.failedFuture(refused);
                }
              });
    }
    if (source instanceof SourceRequest.Topic topic) {
      return TopicSafety.allowed(topic.text())
          ? Future.succeededFuture(
              new Extracted(
                  topic.text(),
                  Optional.empty(),
                  LanguageGuess.of(topic.text()),
                  List.of(),
                  Map.of()))
          : Future.failedFuture(
              new SourceRefused(
                  SourceRefused.Code.UNSAFE,
                  "courses that teach how to do harm are not made here; choose another topic"));
    }
    if (source instanceof SourceRequest.Text text) {
      return Future.succeededFuture(ofBlocks(PlainBlocks.of(text.text()), Optional.empty()));
    }
    return Future.succeededFuture(ofTranscript((SourceRequest.Transcript) source));
  }

  private static Extracted ofTranscript(SourceRequest.Transcript transcript) {
    List<Block> blocks = new ArrayList<>();
    for (Segment piece : transcript.segments()) {
      long start = piece.startMs().orElse(-1L);
      blocks.add(
          Block.said(piece.text(), start, piece.endMs().orElse(start), piece.speaker().orElse("")));
    }
    return ofBlocks(blocks, Optional.empty());
  }

  /**
   * Segments and what they tell of themselves.
   *
   * @param title otherwise the first heading or words
   */
  static Extracted ofBlocks(List<Block> blocks, Optional<String> title) {
    List<Segment> segments = Segmenter.segments(blocks);
    String named =
        title.orElseGet(
            () ->
                blocks.stream()
                    .filter(block -> block.level() > 0)
                    .min(java.util.Comparator.comparingInt(Block::level))
                    .map(Block::text)
                    .orElseGet(() -> firstSentence(CleanText.line(blocks.get(0).text()))));
    return new Extracted(
        VideoFacts.cut(named, LONGEST_TITLE),
        Optional.empty(),
        LanguageGuess.of(segments),
        segments,
        Map.of("blocks", String.valueOf(blocks.size())));
  }

  /** Without its full stop, as titles are. */
  private static String firstSentence(String line) {
    return line.replaceFirst("(?s)(?<=\\p{L}{2})[.。](?:\\s.*)?$", "");
  }

  private static Extracted ofLesson(long id, Optional<TranscriptRow> found, String ownerId) {
    TranscriptRow row =
        found
            .filter(lesson -> belongsTo(lesson.lesson(), ownerId))
            .orElseThrow(
                () ->
                    new SourceRefused(
                        SourceRefused.Code.NOT_FOUND,
                        "there is no lesson " + id + " of yours; see GET /v1/zoom-summaries"));
    JsonArray stored = row.utterances().orElse(new JsonArray());
    if (stored.isEmpty() && row.cleaned().isEmpty()) {
      if (row.lesson().status().equals("failed")) {
        throw new SourceRefused(
            SourceRefused.Code.NO_TRANSCRIPT,
            "lesson " + id + " has no transcript: " + row.lesson().lastError().orElse("it failed"));
      }
      throw Failure.of(
          Failure.Kind.NOT_READY, "the transcript of lesson " + id + " is not there yet");
    }
    List<Block> blocks = new ArrayList<>();
    if (stored.isEmpty()) {
      for (String line : row.cleaned().get().split("\n")) {
        blocks.add(Block.paragraph(line));
      }
    } else {
      for (Utterance turn : Transcript.fromJson(stored).utterances()) {
        blocks.add(
            Block.said(
                turn.text(),
                turn.startMillis(),
                turn.endMillis(),
                turn.speaker().isEmpty() ? turn.role().word() : turn.speaker()));
      }
    }
    return ofBlocks(
        blocks, row.lesson().meetingTopic().map(CleanText::line).filter(t -> !t.isEmpty()));
  }

  private static boolean belongsTo(Lesson lesson, String ownerId) {
    return lesson.userId().filter(ownerId::equals).isPresent()
        || lesson.teacherId().filter(ownerId::equals).isPresent();
  }

  /** Ends its processes and connections. */
  public Future<Void> close() {
    return documents.close().compose(done -> videos.close());
  }
}
