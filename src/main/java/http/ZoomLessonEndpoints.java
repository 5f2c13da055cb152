package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiFunction;
import lessons.GenerationOverride;
import lessons.Lesson;
import lessons.LessonFilter;
import lessons.LessonKey;
import lessons.LessonStore;
import lessons.SetStore;
import lessons.TranscriptRow;

/** Stored lessons by their participants and date: H3, H4 and H6. */
final class ZoomLessonEndpoints {
  private static final int SHORTEST_TRANSCRIPT = 10;

  private final LessonStore lessons;
  private final GenerationOverride override;
  private final boolean approved;
  private final Generation generation;
  private final BiFunction<JsonObject, Integer, JsonObject> compactView;

  ZoomLessonEndpoints(ApiParts parts) {
    this.lessons = parts.lessons();
    this.override = parts.override();
    this.approved = parts.settings().approval().automatic();
    this.generation = new Generation(parts.generator());
    this.compactView = parts.compactView();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("processZoomLesson", this::process)
        .add("getTranscript", this::transcript)
        .add("listZoomSummaries", this::list);
  }

  private Future<Reply> process(Call call) {
    long start = System.nanoTime();
    Input input = call.input();
    boolean preferred =
        call.header("Prefer")
            .filter(preference -> preference.contains("respond-async"))
            .isPresent();
    boolean async = preferred || input.query().getBoolean("async");
    return lessons
        .newest(
            new LessonKey(
                input.body().getString("user_id"),
                input.body().getString("teacher_id"),
                input.body().getString("class_id"),
                input.bodyDate("date"),
                input.body("meeting_time"),
                input.body("start_time"),
                input.body("end_time")))
        .compose(
            found -> {
              TranscriptRow row = found.orElseThrow(ZoomLessonEndpoints::notFound);
              String text = text(row).strip();
              if (text.length() < SHORTEST_TRANSCRIPT) {
                throw ApiException.invalid(
                    "transcript",
                    "of lesson "
                        + row.lesson().id()
                        + " is missing or shorter than 10 characters; nothing can be made of it");
              }
              int number =
                  Optional.ofNullable(input.body().getInteger("lesson_number"))
                      .orElse(row.lesson().lessonNumber());
              return async
                  ? queue(row.lesson(), number)
                  : generate(row, text, number, start, input);
            });
  }

  private Future<Reply> queue(Lesson lesson, int number) {
    return override
        .requeue(lesson.id())
        .map(
            Reply.of(
                202,
                new JsonObject()
                    .put("success", true)
                    .put("message", "Processing started")
                    .put("zoom_summary_id", lesson.id())
                    .put("lesson_number", number)));
  }

  private Future<Reply> generate(
      TranscriptRow row, String text, int number, long start, Input input) {
    Lesson lesson = row.lesson();
    JsonObject request =
        new JsonObject()
            .put("transcript", text)
            .put("lesson_number", number)
            .put("zoom_summary_id", lesson.id());
    row.utterances().ifPresent(utterances -> request.put("utterances", utterances));
    return generation
        .generate(request)
        .compose(
            set ->
                override
                    .complete(
                        lesson.id(),
                        new SetStore.NewSet(
                            Optional.of(lesson.id()),
                            input.body().getString("user_id"),
                            input.body().getString("teacher_id"),
                            input.body().getString("class_id"),
                            number,
                            set),
                        approved)
                    .map(
                        id ->
                            Reply.ok(
                                new JsonObject()
                                    .put("success", true)
                                    .put(
                                        "message",
                                        "Generated " + ExerciseSets.total(set) + " exercises")
                                    .put("zoom_summary_id", lesson.id())
                                    .put("lesson_number", number)
                                    .put("exercises_id", id)
                                    .put("lesson", compactView.apply(set, number))
                                    .put("exercises", set)
                                    .put("zoom_metadata", zoomMetadata(lesson, text))
                                    .put("processing_time_seconds", Generation.seconds(start))
                                    .put("timestamp", Times.now()))));
  }

  private static JsonObject zoomMetadata(Lesson lesson, String text) {
    return new JsonObject()
        .put("meeting_id", lesson.meetingId().orElse(null))
        .put("meeting_topic", lesson.meetingTopic().orElse(null))
        .put("meeting_date", lesson.date().map(LocalDate::toString).orElse(null))
        .put("meeting_time", lesson.meetingTime().or(lesson::startTime).orElse(null))
        .put("teacher_email", lesson.teacherEmail().orElse(null))
        .put("transcript_source", lesson.transcriptSource().orElse("unknown"))
        .put("transcript_length", text.length())
        .put("transcription_service", lesson.transcriptionService().orElse(null));
  }

  private Future<Reply> transcript(Call call) {
    Input input = call.input();
    return lessons
        .newest(
            new LessonKey(
                input.query("user_id").orElseThrow(),
                input.query("teacher_id").orElseThrow(),
                input.query("class_id").orElseThrow(),
                input.queryDate("date").orElseThrow(),
                input.query("meeting_time"),
                Optional.empty(),
                Optional.empty()))
        .map(
            found -> {
              TranscriptRow row = found.orElseThrow(ZoomLessonEndpoints::notFound);
              String text = text(row);
              JsonObject data =
                  LessonRendering.summary(row.lesson())
                      .put("transcript", text.isEmpty() ? null : text);
              return Reply.ok(
                  new JsonObject()
                      .put("success", true)
                      .put("data", data)
                      .put("timestamp", Times.now()));
            });
  }

  private Future<Reply> list(Call call) {
    Input input = call.input();
    LessonFilter filter =
        new LessonFilter(
            input.query("class_id"),
            input.query("user_id"),
            input.query("teacher_id"),
            input.query("status"),
            input.queryDate("date"));
    return lessons
        .list(filter, input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(lesson -> rows.add(LessonRendering.summary(lesson)));
              return Reply.ok(Listing.of(rows, null, input, page.total()));
            });
  }

  private static String text(TranscriptRow row) {
    return row.cleaned().or(row::original).orElse("");
  }

  private static ApiException notFound() {
    return new ApiException(ErrorCode.LESSON_NOT_FOUND, "no lesson with these ids on this date");
  }
}
