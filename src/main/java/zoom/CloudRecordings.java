package zoom;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import outbound.Failure;
import outbound.Failure.Kind;
import settings.Secret;
import settings.ZoomSettings;
import zoom.CloudMatch.Choice;
import zoom.FoundRecording.AudioPart;
import zoom.FoundRecording.Found;
import zoom.FoundRecording.FoundAudio;
import zoom.FoundRecording.NotYet;
import zoom.FoundRecording.Refused;
import zoom.Segments.Segment;
import zoom.TranscriptJoin.Part;

/**
 * The school's cloud recordings at Zoom. Looks for a lesson's recording by meeting id, else by the
 * teacher's account and the time, and brings its transcript; its sound when no transcript comes.
 * Whatever lies with Zoom, the account or the network is answered with "not yet": those pass, or an
 * operator mends them, and no lesson is lost over it.
 */
public final class CloudRecordings {
  private static final Duration TRANSCRIPT_TIME = Duration.ofMinutes(2);
  private static final Duration AUDIO_TIME = Duration.ofMinutes(30);
  private static final Duration SMALL_GAP = Duration.ofMinutes(3);

  private final Vertx vertx;
  private final ZoomApi api;
  private final EventStore events;
  private final ZoomSettings settings;
  private final long maxTranscriptBytes;
  private final boolean listening;
  private final LessonFacts facts;
  private final AudioFolder folder;

  /**
   * @param listening whether there is anybody who can transcribe sound
   */
  CloudRecordings(
      Vertx vertx,
      ZoomApi api,
      EventStore events,
      ZoomSettings settings,
      long maxTranscriptBytes,
      boolean listening,
      LessonFacts facts) {
    this.vertx = vertx;
    this.api = api;
    this.events = events;
    this.settings = settings;
    this.maxTranscriptBytes = maxTranscriptBytes;
    this.listening = listening;
    this.facts = facts;
    this.folder = new AudioFolder(settings.audioFolder());
  }

  /** What is known of lessons beside the one looked for. */
  public interface LessonFacts {
    /** When the lesson's recording was first seen; now, when it was not seen before. */
    Future<Instant> recordingSeen(long lessonId);

    /** When other lessons of the same teacher are held, on the days around. */
    Future<List<RecordingWindow>> rivals(long lessonId, RecordingQuery query);
  }

  /** Looks once. The future fails only where trying again is worth counting as an attempt. */
  public Future<FoundRecording> find(long lessonId, RecordingQuery query) {
    return meetings(query)
        .compose(
            meetings ->
                facts
                    .rivals(lessonId, query)
                    .compose(
                        rivals -> {
                          Choice choice = CloudMatch.choose(query, meetings, rivals);
                          return choice
                              .meeting()
                              .map(meeting -> bring(lessonId, meeting, choice.warnings()))
                              .orElseGet(() -> Future.succeededFuture(new NotYet(choice.reason())));
                        }))
        .recover(CloudRecordings::explained);
  }

  /** By id first: that is one light call, and right unless the meeting was held again since. */
  private Future<List<CloudMeeting>> meetings(RecordingQuery query) {
    Optional<String> id = query.meetingId().map(String::strip).filter(text -> !text.isEmpty());
    if (id.isEmpty()) {
      return byTeacher(query);
    }
    String number = FileNames.meetingNumber(id.get());
    boolean isNumber = number.matches("[0-9]{1,19}");
    return api.meeting(isNumber ? number : id.get())
        .compose(
            found -> {
              boolean there =
                  found.isPresent()
                      && CloudMatch.choose(query, List.of(found.get()), List.of())
                          .meeting()
                          .isPresent();
              return there || !isNumber || query.teacherEmail().isEmpty()
                  ? Future.succeededFuture(found.map(List::of).orElse(List.of()))
                  : byTeacher(query);
            });
  }

  private Future<List<CloudMeeting>> byTeacher(RecordingQuery query) {
    // By its id a meeting is told from others even in a list that is not the teacher's.
    Future<Void> allowed =
        query.meetingId().filter(id -> !id.isBlank()).isPresent()
            ? Future.succeededFuture()
            : api.mayList(query.teacherEmail());
    LocalDate day = query.date();
    return allowed.compose(
        may -> api.ofUser(query.teacherEmail(), day.minusDays(1), day.plusDays(1)));
  }

  private Future<FoundRecording> bring(long lessonId, CloudMeeting meeting, List<String> warnings) {
    List<Segment> segments = Segments.of(meeting);
    boolean whole =
        segments.stream()
            .allMatch(segment -> segment.transcript().filter(CloudFile::fetchable).isPresent());
    return facts
        .recordingSeen(lessonId)
        .compose(
            seen -> {
              boolean patient = Instant.now().isBefore(seen.plus(settings.transcriptWait()));
              if (whole) {
                return transcripts(lessonId, meeting, segments, warnings)
                    .compose(
                        found ->
                            found
                                .<Future<FoundRecording>>map(Future::succeededFuture)
                                .orElseGet(() -> audio(lessonId, meeting, segments, warnings)));
              }
              if (patient) {
                return Future.succeededFuture(
                    new NotYet(
                        "the recording is there, Zoom has not made its transcript yet",
                        Optional.empty()));
              }
              List<Segment> with =
                  segments.stream()
                      .filter(
                          segment -> segment.transcript().filter(CloudFile::fetchable).isPresent())
                      .toList();
              return smallGap(segments, with)
                  ? transcripts(lessonId, meeting, with, noted(warnings, segments, with))
                      .compose(
                          found ->
                              found
                                  .<Future<FoundRecording>>map(Future::succeededFuture)
                                  .orElseGet(() -> audio(lessonId, meeting, segments, warnings)))
                  : audio(lessonId, meeting, segments, warnings);
            });
  }

  /** A stretch in which nobody speaks never gets a transcript. */
  private static boolean smallGap(List<Segment> all, List<Segment> with) {
    Duration missing =
        all.stream()
            .filter(segment -> !with.contains(segment))
            .map(Segment::length)
            .reduce(Duration.ZERO, Duration::plus);
    return !with.isEmpty() && !missing.isZero() && missing.compareTo(SMALL_GAP) <= 0;
  }

  private static List<String> noted(List<String> warnings, List<Segment> all, List<Segment> with) {
    List<String> more = new ArrayList<>(warnings);
    more.add(
        (all.size() - with.size())
            + " of the recording's "
            + all.size()
            + " parts have no transcript; they are short and were left out.");
    return more;
  }

  /** Empty when what came has no words in it. */
  private Future<Optional<FoundRecording>> transcripts(
      long lessonId, CloudMeeting meeting, List<Segment> segments, List<String> warnings) {
    return events
        .downloadToken(meeting.uuid())
        .compose(
            token ->
                transcripts(lessonId, segments, token, 0, new ArrayList<>())
                    .map(
                        parts -> {
                          String text = TranscriptJoin.join(parts);
                          return text.contains("-->")
                              ? Optional.<FoundRecording>of(
                                  new Found(
                                      text,
                                      FoundRecording.ZOOM_TRANSCRIPT,
                                      name(meeting),
                                      meeting.start(),
                                      warnings))
                              : Optional.<FoundRecording>empty();
                        }));
  }

  private static String name(CloudMeeting meeting) {
    return "zoom:" + meeting.uuid();
  }

  private Future<List<Part>> transcripts(
      long lessonId, List<Segment> segments, Optional<Secret> token, int at, List<Part> parts) {
    if (at == segments.size()) {
      return Future.succeededFuture(parts);
    }
    CloudFile file = segments.get(at).transcript().orElseThrow();
    Duration offset = Duration.between(segments.get(0).start(), segments.get(at).start());
    Path target = folder.transcript(lessonId, at);
    return prepared(lessonId)
        .compose(ready -> api.download(file, token, target, maxTranscriptBytes, TRANSCRIPT_TIME))
        .compose(
            download ->
                vertx.executeBlocking(
                    () -> {
                      try {
                        return FileChecks.transcript(download, file);
                      } finally {
                        Files.deleteIfExists(target);
                        emptyFolder(lessonId);
                      }
                    },
                    false))
        .compose(
            text -> {
              parts.add(new Part(text, offset));
              return transcripts(lessonId, segments, token, at + 1, parts);
            });
  }

  private Future<Void> prepared(long lessonId) {
    return vertx.executeBlocking(
        () -> {
          Files.createDirectories(folder.of(lessonId));
          return null;
        },
        false);
  }

  private void emptyFolder(long lessonId) {
    try {
      Files.deleteIfExists(folder.of(lessonId));
    } catch (IOException notEmpty) {
      // another download is in it; the sweep clears up what is left
    }
  }

  private Future<FoundRecording> audio(
      long lessonId, CloudMeeting meeting, List<Segment> segments, List<String> warnings) {
    List<CloudFile> files = segments.stream().flatMap(segment -> segment.audio().stream()).toList();
    if (files.isEmpty()) {
      return Future.succeededFuture(
          new NotYet("the cloud recording has neither a transcript nor sound"));
    }
    if (!listening) {
      return Future.succeededFuture(
          new NotYet(
              "the cloud recording has no transcript, and no speech-to-text service may be used:"
                  + " switch on audio transcripts in Zoom's recording settings, or set up"
                  + " speech-to-text and zoom.audio"));
    }
    if (!files.stream().allMatch(CloudFile::fetchable)) {
      return Future.succeededFuture(new NotYet("Zoom is still working on the recording"));
    }
    return events
        .downloadToken(meeting.uuid())
        .compose(token -> audio(lessonId, segments, token, 0, new ArrayList<>()))
        .map(parts -> new FoundAudio(parts, name(meeting), warnings));
  }

  private Future<List<AudioPart>> audio(
      long lessonId,
      List<Segment> segments,
      Optional<Secret> token,
      int at,
      List<AudioPart> parts) {
    if (at == segments.size()) {
      return Future.succeededFuture(parts);
    }
    Optional<CloudFile> sound = segments.get(at).audio();
    if (sound.isEmpty()) {
      return audio(lessonId, segments, token, at + 1, parts);
    }
    CloudFile file = sound.get();
    Duration offset = Duration.between(segments.get(0).start(), segments.get(at).start());
    String extension = file.extension().isEmpty() ? file.type() : file.extension();
    Path target =
        folder.audio(lessonId, at, extension.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    return prepared(lessonId)
        .compose(ready -> api.download(file, token, target, settings.maxAudioBytes(), AUDIO_TIME))
        .compose(
            download ->
                vertx.executeBlocking(() -> FileChecks.audio(download, file, offset), false))
        .compose(
            part -> {
              parts.add(part);
              return audio(lessonId, segments, token, at + 1, parts);
            });
  }

  /** What a failure means for the lesson that waits. */
  private static Future<FoundRecording> explained(Throwable error) {
    if (error instanceof NotAuthorized || error instanceof UnreadableTokenException) {
      return Future.succeededFuture(new NotYet("Zoom is not connected: " + error.getMessage()));
    }
    if (error instanceof NoAccess) {
      return Future.succeededFuture(new NotYet(error.getMessage()));
    }
    if (!(error instanceof Failure failure)) {
      return Future.failedFuture(error);
    }
    if (ZoomAnswers.noSuchUser(failure)) {
      return Future.succeededFuture(
          new Refused(
              "Zoom's account has no user with the teacher's e-mail address: correct it in the"
                  + " school's users, or add the teacher to the account, and redrive the lesson"));
    }
    if (failure.kind() == Kind.PERMANENT
        && !ZoomAnswers.configuration(failure)
        && !failure.word().equals(ZoomAnswers.WEB_PAGE)
        && failure.status() != 404) {
      return Future.failedFuture(failure);
    }
    return Future.succeededFuture(
        new NotYet("Zoom could not be asked: " + failure.getMessage(), failure.retryAt()));
  }
}
