package verticles;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lessons.HostClasses;
import lessons.Lesson;
import lessons.LessonStages;
import lessons.LessonStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.SpeechToTextSettings;
import transcripts.AudioPart;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;
import work.Writes;
import zoom.FolderWatch;
import zoom.FoundRecording;
import zoom.RecordingQuery;
import zoom.RecordingSource;
import zoom.RecordingsFolder;

/**
 * Finds the recording of a class. Woken by {@code lessons.fetch}, by files that appear in the
 * recordings folder, by Zoom's webhooks and by its poll; takes lessons of stage fetch; leaves the
 * transcript as it was received and stage transcribe. A recording that is not there yet is waited
 * for, with growing pauses, which is no failure.
 */
public final class ZoomFetcher extends StageVerticle {
  private static final Logger log = LoggerFactory.getLogger(ZoomFetcher.class);
  private static final int MOST_HASTENED = 5_000;
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private LessonStore lessons;
  private HostClasses classes;
  private RecordingSource folder;
  private FolderWatch watch;
  private Optional<ZoomFeed> feed = Optional.empty();

  public ZoomFetcher(ActorParts parts) {
    super(parts, LessonStages.FETCH);
  }

  @Override
  Future<?> open() {
    lessons = new LessonStore(parts.databases().postgres());
    classes = new HostClasses(parts.databases().mysql());
    SpeechToTextSettings listening = parts.settings().speechToText();
    folder =
        new RecordingsFolder(
            vertx,
            parts.settings().recordings(),
            listening.available().isEmpty() ? 0 : listening.maxAudioBytes());
    feed = parts.zoom().map(account -> new ZoomFeed(vertx, parts, account, lessons, this::query));
    feed.ifPresent(ZoomFeed::start);
    return vertx
        .executeBlocking(
            () ->
                FolderWatch.start(
                    parts.settings().recordings().folder(),
                    parts.settings().recordings().settle(),
                    FolderWatch.DEFAULT_RESCAN,
                    this::arrived))
        .onSuccess(started -> watch = started);
  }

  /**
   * Lessons that wait for a recording and may be meant look again now; which file is whose stays
   * the source's rule.
   */
  private void arrived(FolderWatch.Change change) {
    lessons
        .waiting(LessonStages.FETCH.name(), MOST_HASTENED)
        .compose(
            waiting -> {
              List<Long> ids =
                  waiting.stream()
                      .filter(lesson -> change.mayConcern(lesson.classId()))
                      .map(LessonStore.Waiting::id)
                      .toList();
              return ids.isEmpty() ? Future.succeededFuture(0) : parts.lessonQueue().hasten(ids);
            })
        .onSuccess(
            count -> {
              if (count > 0) {
                vertx.eventBus().publish(LessonStages.FETCH.address(), null);
              }
            })
        .onFailure(
            error ->
                log.debug(
                    "waiting lessons could not be hastened, their poll will find the file: {}",
                    error.toString()));
  }

  @Override
  Future<Outcome> work(Lease lease, Running running) {
    return lessons
        .find(lease.id())
        .compose(
            found -> {
              Lesson lesson =
                  found.orElseThrow(() -> new PermanentFailure("the lesson's row was deleted"));
              if (lesson.transcriptThere()) {
                return Future.succeededFuture(Outcome.next(LessonStages.TRANSCRIBE, Writes.none()));
              }
              if (lesson.classId().isEmpty() || lesson.date().isEmpty()) {
                return Future.succeededFuture(
                    Outcome.failed(
                        "the row has no class_id or no meeting_date, so no recording can be looked"
                            + " for"));
              }
              return lessons
                  .audio(lesson.id())
                  .compose(
                      sound ->
                          sound.isEmpty()
                              ? find(lesson).compose(recording -> outcome(lesson, recording))
                              : Future.succeededFuture(
                                  Outcome.next(LessonStages.TRANSCRIBE, Writes.none())));
            });
  }

  /** What somebody put into the folder under the class's name goes before Zoom's cloud. */
  private Future<FoundRecording> find(Lesson lesson) {
    RecordingQuery query = query(lesson);
    return folder
        .find(query)
        .compose(
            recording ->
                recording instanceof FoundRecording.NotYet && feed.isPresent()
                    ? feed.get().find(lesson.id(), query)
                    : Future.succeededFuture(recording));
  }

  private RecordingQuery query(Lesson lesson) {
    return RecordingQuery.of(
        lesson.classId().orElseThrow(),
        lesson.meetingId(),
        lesson.teacherEmail().orElse(""),
        lesson.date().orElseThrow(),
        lesson.startTime(),
        lesson.endTime(),
        parts.settings().monitor().zone());
  }

  private Future<Outcome> outcome(Lesson lesson, FoundRecording recording) {
    if (recording instanceof FoundRecording.Found found) {
      return unlessTaken(lesson, found.fileName(), () -> take(lesson, found));
    }
    if (recording instanceof FoundRecording.FoundAudio sound) {
      return unlessTaken(lesson, sound.name(), () -> take(lesson, sound));
    }
    if (recording instanceof FoundRecording.Refused refused) {
      return Future.succeededFuture(Outcome.failed(refused.reason()));
    }
    FoundRecording.NotYet notYet = (FoundRecording.NotYet) recording;
    return waitOn(lesson, notYet.reason(), notYet.notBefore());
  }

  private Future<Outcome> unlessTaken(Lesson lesson, String name, Supplier<Outcome> take) {
    return lessons
        .recordingTaken(name, lesson.id())
        .compose(
            taken ->
                taken.isPresent()
                    ? waitOn(
                        lesson,
                        "the recording "
                            + name
                            + " belongs to lesson "
                            + taken.get()
                            + ", none is left for this one",
                        Optional.empty())
                    : Future.succeededFuture(take.get()));
  }

  private Outcome take(Lesson lesson, FoundRecording.FoundAudio sound) {
    sound
        .warnings()
        .forEach(warning -> log.atWarn().addKeyValue("lesson_id", lesson.id()).log(warning));
    List<Path> folders =
        List.of(
            parts.settings().recordings().folder(),
            parts.settings().dataDir(),
            parts.settings().zoom().audioFolder());
    List<AudioPart> files =
        sound.parts().stream()
            .map(
                part ->
                    AudioPart.of(part.file(), part.bytes(), part.type(), part.offset(), folders))
            .toList();
    return Outcome.next(
        LessonStages.TRANSCRIBE,
        connection ->
            LessonStore.writeAudio(connection, lesson.id(), files, sound.name())
                .compose(
                    done -> LessonStore.writeWarnings(connection, lesson.id(), sound.warnings())));
  }

  private static Outcome take(Lesson lesson, FoundRecording.Found found) {
    found
        .warnings()
        .forEach(warning -> log.atWarn().addKeyValue("lesson_id", lesson.id()).log(warning));
    return Outcome.next(
        LessonStages.TRANSCRIBE,
        connection ->
            LessonStore.writeOriginal(
                    connection, lesson.id(), found.transcript(), found.source(), found.fileName())
                .compose(
                    done -> LessonStore.writeWarnings(connection, lesson.id(), found.warnings())));
  }

  private Future<Outcome> waitOn(Lesson lesson, String reason, Optional<Instant> notBefore) {
    Duration age = Duration.between(ended(lesson), Instant.now());
    Duration patience = parts.settings().recordings().waitFor();
    if (age.compareTo(patience) > 0) {
      return Future.succeededFuture(
          Outcome.failed(
              reason
                  + "; waited "
                  + patience.toHours()
                  + " h after the class (recordings.wait-for). Put the file there and redrive the"
                  + " lesson"));
    }
    return stillAClass(lesson)
        .map(
            there ->
                there
                    ? Outcome.notReady(wait(age, notBefore), reason)
                    : Outcome.failed(
                        "class "
                            + lesson.classId().orElseThrow()
                            + " was deleted from the school's classes, and no recording of it is"
                            + " there"));
  }

  /**
   * A class that the monitor saw and the host deleted since will not get a recording any more.
   * Unknown while MySQL is away.
   */
  private Future<Boolean> stillAClass(Lesson lesson) {
    return lesson.openedBy().filter("monitor"::equals).isEmpty()
        ? Future.succeededFuture(true)
        : classes.exists(lesson.classId().orElseThrow()).otherwise(true);
  }

  /** A tenth of the time since the class ended: recordings that are late are mostly very late. */
  private Duration wait(Duration age, Optional<Instant> notBefore) {
    Duration longest = feed.isPresent() ? parts.settings().zoom().longestPause() : LONGEST_WAIT;
    Duration tenth = age.dividedBy(10);
    Duration usual = tenth.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : tenth;
    Duration bounded = usual.compareTo(longest) > 0 ? longest : usual;
    Duration asked =
        notBefore.map(when -> Duration.between(Instant.now(), when)).orElse(Duration.ZERO);
    return asked.compareTo(bounded) > 0 ? asked : bounded;
  }

  /**
   * When the class ended, or failing that when the lesson was opened: redriving an old lesson gives
   * it no new wait.
   */
  private Instant ended(Lesson lesson) {
    Optional<LocalTime> end = lesson.endTime().or(lesson::startTime).flatMap(RecordingQuery::clock);
    Instant opened = lesson.createdAt().orElseGet(Instant::now);
    return end.map(
            time ->
                lesson
                    .date()
                    .orElseThrow()
                    .atTime(time)
                    .atZone(parts.settings().monitor().zone())
                    .toInstant())
        .filter(instant -> instant.isAfter(opened))
        .orElse(opened);
  }

  @Override
  Future<?> close() {
    feed.ifPresent(ZoomFeed::stop);
    return watch == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              watch.close();
              return null;
            });
  }
}
