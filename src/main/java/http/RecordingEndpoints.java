package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lessons.Lesson;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.NewLesson;
import outbound.Failure;
import zoom.RecordedMeeting;
import zoom.RecordingQuery;
import zoom.TeacherRecordings;
import zoom.ZoomAccount;

/** A teacher's cloud recordings of a day, each queued as a lesson: H5. */
final class RecordingEndpoints {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final LessonStore lessons;
  private final Optional<ZoomAccount> zoom;
  private final ZoneId zone;
  private final Runnable wake;

  RecordingEndpoints(Vertx vertx, ApiParts parts) {
    this.lessons = parts.lessons();
    this.zoom = parts.zoom();
    this.zone = parts.settings().monitor().zone();
    this.wake = () -> vertx.eventBus().publish(LessonStages.FETCH.address(), null);
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("fetchZoomRecordings", this::fetch);
  }

  /**
   * What is asked for.
   *
   * @param from in UTC, with {@code until} after it even where the clock times cross midnight
   */
  private record Wanted(
      String email,
      String userId,
      String teacherId,
      String classId,
      LocalDate date,
      Instant from,
      Instant until,
      Optional<String> range) {

    static Wanted of(Input input) {
      LocalDate date = input.bodyDate("date");
      Optional<LocalTime> start = input.body("start_time").flatMap(RecordingQuery::clock);
      Optional<LocalTime> end = input.body("end_time").flatMap(RecordingQuery::clock);
      Instant from = date.atTime(start.orElse(LocalTime.MIDNIGHT)).toInstant(ZoneOffset.UTC);
      Instant until =
          date.atTime(end.orElse(LocalTime.MIDNIGHT))
              .plusDays(end.isPresent() ? 0 : 1)
              .toInstant(ZoneOffset.UTC);
      return new Wanted(
          input.body().getString("teacher_email").strip(),
          input.body().getString("user_id"),
          input.body().getString("teacher_id"),
          input.body().getString("class_id"),
          date,
          from,
          until.isAfter(from)
              ? until
              : date.plusDays(1).atTime(end.get()).toInstant(ZoneOffset.UTC),
          start.isEmpty() && end.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  start.map(CLOCK::format).orElse("00:00")
                      + " - "
                      + end.map(CLOCK::format).orElse("24:00")));
    }

    LocalDate lastDay() {
      return until.minusMillis(1).atOffset(ZoneOffset.UTC).toLocalDate();
    }
  }

  private Future<Reply> fetch(Call call) {
    ZoomAccount account =
        zoom.orElseThrow(
            () ->
                new ApiException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "no Zoom account is connected: set zoom.client-id and zoom.client-secret, and"
                        + " zoom.account-id or a refresh token"));
    Wanted wanted = Wanted.of(call.input());
    return account
        .recordingsOf(wanted.email(), wanted.date(), wanted.lastDay())
        .recover(error -> Future.failedFuture(upstream(error)))
        .compose(
            listed -> {
              List<RecordedMeeting> found = listed.begunIn(wanted.from(), wanted.until());
              return found.isEmpty()
                  ? Future.succeededFuture(nothing(wanted, total(wanted, listed)))
                  : queue(wanted, listed, found);
            });
  }

  private static Throwable upstream(Throwable error) {
    return error instanceof Failure failure
        ? new ApiException(ErrorCode.UPSTREAM_ERROR, failure.getMessage() + "; nothing is queued")
        : error;
  }

  private static int total(Wanted wanted, TeacherRecordings listed) {
    Instant first = wanted.date().atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant last = wanted.lastDay().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return listed.begunIn(first, last).size();
  }

  private static Reply nothing(Wanted wanted, int total) {
    JsonObject details =
        new JsonObject()
            .put("teacher_email", wanted.email())
            .put("date", wanted.date().toString())
            .put("total_meetings", total);
    if (total > 0) {
      details.put("filtered_recordings", 0).put("time_range", wanted.range().orElseThrow());
    }
    return Reply.ok(
        new JsonObject()
            .put("success", false)
            .put(
                "message",
                total > 0
                    ? "No recording began in the given time; Zoom makes one ready some time after"
                        + " the class"
                    : "Zoom has no recording of this teacher on that day yet")
            .put("details", details));
  }

  /**
   * A lesson of the class that is there already and would be given a recording is that recording's:
   * opening another one would fetch it twice.
   */
  private Future<Reply> queue(
      Wanted wanted, TeacherRecordings listed, List<RecordedMeeting> found) {
    return lessons
        .ofClass(wanted.classId(), wanted.date().minusDays(1), wanted.lastDay().plusDays(1))
        .compose(
            known -> {
              Map<String, Long> queued = new HashMap<>();
              for (Lesson lesson : known) {
                lesson
                    .recordingName()
                    .filter(name -> name.startsWith("zoom:"))
                    .map(name -> name.substring("zoom:".length()))
                    .or(() -> listed.of(query(wanted, lesson)).map(RecordedMeeting::uuid))
                    .ifPresent(uuid -> queued.putIfAbsent(uuid, lesson.id()));
              }
              return open(wanted, found, 0, queued, new JsonArray());
            })
        .map(rows -> queued(wanted, rows));
  }

  private RecordingQuery query(Wanted wanted, Lesson lesson) {
    return RecordingQuery.of(
        wanted.classId(),
        lesson.meetingId(),
        lesson.teacherEmail().orElse(wanted.email()),
        lesson.date().orElse(wanted.date()),
        lesson.startTime(),
        lesson.endTime(),
        zone);
  }

  private Future<JsonArray> open(
      Wanted wanted,
      List<RecordedMeeting> found,
      int at,
      Map<String, Long> queued,
      JsonArray rows) {
    if (at == found.size()) {
      return Future.succeededFuture(rows);
    }
    RecordedMeeting meeting = found.get(at);
    ZonedDateTime start = meeting.start().atZone(zone);
    Long there = queued.get(meeting.uuid());
    Future<Long> id =
        there != null
            ? Future.succeededFuture(there)
            : lessons
                .open(
                    new NewLesson(
                        wanted.classId(),
                        start.toLocalDate(),
                        CLOCK.format(start),
                        CLOCK.format(meeting.end().atZone(zone)),
                        wanted.userId(),
                        wanted.teacherId(),
                        wanted.email(),
                        Optional.of(meeting.uuid()),
                        Optional.of(meeting.topic()).filter(topic -> !topic.isBlank()),
                        1,
                        "api"))
                .map(opened -> opened.lesson().id());
    return id.compose(
        lesson -> {
          rows.add(
              new JsonObject()
                  .put("meeting_id", meeting.number())
                  .put("topic", meeting.topic())
                  .put("meeting_time", CLOCK.format(meeting.start().atOffset(ZoneOffset.UTC)))
                  .put(
                      "processing_type",
                      meeting.transcript() ? "TRANSCRIPT_DOWNLOAD" : "AUDIO_TRANSCRIPTION")
                  .put("zoom_summary_id", lesson));
          return open(wanted, found, at + 1, queued, rows);
        });
  }

  private Reply queued(Wanted wanted, JsonArray rows) {
    wake.run();
    JsonObject data =
        new JsonObject()
            .put("recordings_count", rows.size())
            .put("user_id", wanted.userId())
            .put("teacher_id", wanted.teacherId())
            .put("class_id", wanted.classId())
            .put("teacher_email", wanted.email())
            .put("date", wanted.date().toString())
            .put("time_range", wanted.range().orElse("No time filter"))
            .put("estimated_processing_time", "2-3 minutes")
            .put("recordings", rows);
    return Reply.of(
        202,
        new JsonObject()
            .put("success", true)
            .put("status", "processing_started")
            .put("message", rows.size() + " recordings queued")
            .put("data", data)
            .put("timestamp", Times.now()));
  }
}
