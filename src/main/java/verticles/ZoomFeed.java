package verticles;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lessons.Lesson;
import lessons.LessonStages;
import lessons.LessonStore;
import messages.Addresses;
import messages.LessonProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zoom.CloudRecordings;
import zoom.EventStore;
import zoom.FoundRecording;
import zoom.Reconciler;
import zoom.RecordingQuery;
import zoom.RecordingWindow;
import zoom.ZoomAccount;

/**
 * The cloud's side of ZoomFetcher: asks Zoom for a lesson's recording, and wakes lessons when a
 * webhook says that theirs is there, or when a look at the teachers' lists finds what no webhook
 * told. Confined to the verticle's context.
 */
final class ZoomFeed implements CloudRecordings.LessonFacts {
  private static final Logger log = LoggerFactory.getLogger(ZoomFeed.class);
  private static final int MOST_EVENTS = 200;
  private static final int MOST_WAITING = 2_000;
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final Duration ALARM = Duration.ofDays(14);

  private final Vertx vertx;
  private final ActorParts parts;
  private final ZoomAccount account;
  private final LessonStore lessons;
  private final Function<Lesson, RecordingQuery> queries;
  private final CloudRecordings recordings;
  private final Reconciler reconciler;
  private final List<Long> timers = new ArrayList<>();
  private MessageConsumer<Object> events;
  private MessageConsumer<JsonObject> progress;
  private boolean delivering;
  private boolean again;
  private boolean reconciling;

  ZoomFeed(
      Vertx vertx,
      ActorParts parts,
      ZoomAccount account,
      LessonStore lessons,
      Function<Lesson, RecordingQuery> queries) {
    this.vertx = vertx;
    this.parts = parts;
    this.account = account;
    this.lessons = lessons;
    this.queries = queries;
    this.recordings = account.recordings(this);
    this.reconciler = account.reconciler();
  }

  void start() {
    events = vertx.eventBus().consumer(Addresses.ZOOM_EVENTS, message -> deliver());
    var settings = parts.settings();
    every(settings.work().pollInterval(), this::deliver);
    every(min(settings.zoom().reconcileInterval(), Duration.ofMinutes(1)), this::reconcile);
    every(HOURLY, this::keepAlive);
    keepAlive();
    progress = vertx.eventBus().consumer(Addresses.LESSONS_PROGRESS, this::moved);
    every(HOURLY, this::sweep);
    sweep();
  }

  private void every(Duration pause, Runnable task) {
    timers.add(vertx.setPeriodic(Math.max(50, pause.toMillis()), fired -> task.run()));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  void stop() {
    timers.forEach(vertx::cancelTimer);
    if (events != null) {
      events.unregister();
      progress.unregister();
    }
  }

  /** As {@link CloudRecordings#find}, with the answer on the caller's context. */
  Future<FoundRecording> find(long lessonId, RecordingQuery query) {
    Context context = vertx.getOrCreateContext();
    Promise<FoundRecording> promise = Promise.promise();
    recordings
        .find(lessonId, query)
        .onComplete(result -> context.runOnContext(turn -> settle(promise, result)));
    return promise.future();
  }

  private static <T> void settle(Promise<T> promise, AsyncResult<T> result) {
    if (result.succeeded()) {
      promise.complete(result.result());
    } else {
      promise.fail(result.cause());
    }
  }

  @Override
  public Future<Instant> recordingSeen(long lessonId) {
    return lessons.recordingSeen(lessonId);
  }

  @Override
  public Future<List<RecordingWindow>> rivals(long lessonId, RecordingQuery query) {
    return query.teacherEmail().isEmpty()
        ? Future.succeededFuture(List.of())
        : lessons
            .others(lessonId, query.teacherEmail(), query.date())
            .map(
                others ->
                    others.stream()
                        .filter(other -> other.date().isPresent() && other.classId().isPresent())
                        .map(queries)
                        .flatMap(other -> RecordingWindow.of(other).stream())
                        .toList());
  }

  /** Wakes the lessons that stored events concern. */
  private void deliver() {
    if (delivering) {
      again = true;
      return;
    }
    delivering = true;
    again = false;
    account
        .events()
        .pending(MOST_EVENTS)
        .compose(pending -> deliver(pending, 0, new ArrayList<>(), new LinkedHashSet<>()))
        .onFailure(error -> log.debug("webhooks wait for the database: {}", error.toString()))
        .onComplete(
            done -> {
              delivering = false;
              if (again) {
                deliver();
              }
            });
  }

  private Future<Void> deliver(
      List<EventStore.Pending> pending, int at, List<Long> handled, Set<Long> concerned) {
    if (at == pending.size()) {
      return hasten(List.copyOf(concerned))
          .compose(
              done ->
                  handled.isEmpty() ? Future.succeededFuture() : account.events().handled(handled));
    }
    EventStore.Pending event = pending.get(at);
    Optional<LocalDate> day =
        event.startedAt().map(start -> start.atOffset(ZoneOffset.UTC).toLocalDate());
    return lessons
        .awaiting(event.uuid(), event.number(), event.hostEmail(), day)
        .compose(
            found -> {
              found.stream()
                  .filter(lesson -> !lesson.held())
                  .forEach(lesson -> concerned.add(lesson.id()));
              // Who is asking Zoom at this moment may have asked a moment too early, and is woken
              // once it waits.
              if (found.stream().noneMatch(LessonStore.Concerned::held)) {
                handled.add(event.id());
              }
              return deliver(pending, at + 1, handled, concerned);
            });
  }

  private Future<Void> hasten(List<Long> ids) {
    return ids.isEmpty()
        ? Future.succeededFuture()
        : parts
            .lessonQueue()
            .hasten(ids)
            .onSuccess(
                count -> {
                  if (count > 0) {
                    vertx.eventBus().publish(LessonStages.FETCH.address(), null);
                  }
                })
            .mapEmpty();
  }

  private void reconcile() {
    if (reconciling) {
      return;
    }
    reconciling = true;
    lessons
        .waitingLessons(LessonStages.FETCH.name(), MOST_WAITING)
        .compose(
            waiting ->
                reconciler.look(
                    waiting.stream()
                        .filter(lesson -> lesson.date().isPresent() && lesson.classId().isPresent())
                        .map(lesson -> new Reconciler.Waiting(lesson.id(), queries.apply(lesson)))
                        .toList()))
        .compose(this::hasten)
        .onFailure(
            error -> log.debug("recordings could not be looked through: {}", error.toString()))
        .onComplete(done -> reconciling = false);
  }

  /** A lesson whose transcript is stored does not need its sound any more. */
  private void moved(Message<JsonObject> message) {
    LessonProgress step = LessonProgress.of(message.body());
    if (step.stage().equals(LessonStages.TRANSCRIBE.name()) && step.step().equals("next")) {
      account.forgetDownloads(step.lessonId()).onFailure(ZoomFeed::notDeleted);
    }
  }

  /** Messages get lost with their process: what they should have brought about is made up for. */
  private void sweep() {
    account.sweepDownloads(lessons::untranscribed).onFailure(ZoomFeed::notDeleted);
  }

  private static void notDeleted(Throwable error) {
    log.debug("downloads that nobody needs could not be deleted: {}", error.toString());
  }

  private void keepAlive() {
    account
        .keepAlive()
        .onSuccess(
            health -> {
              boolean old =
                  health
                      .refreshedAt()
                      .filter(when -> when.plus(ALARM).isBefore(Instant.now()))
                      .isPresent();
              if (!health.ok() || old) {
                log.error(
                    "Zoom is not connected: {}",
                    health.reason().orElse("it has given no token for two weeks"));
              }
            })
        .onFailure(error -> log.debug("Zoom's tokens were not looked at: {}", error.toString()));
  }
}
