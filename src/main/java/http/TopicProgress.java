package http;

import courses.CourseJobs;
import courses.CourseLibrary;
import courses.ProgressStore;
import courses.ProgressStore.Kind;
import courses.ProgressStore.Report;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Progress as clients of the topic system's first course service report it: section 2.1. */
final class TopicProgress {
  /** What is reported, and by which member it is named. */
  private static final Map<Kind, String> TARGETS =
      Map.of(
          Kind.CHAPTER_READ, "chapter_id",
          Kind.FLASHCARD_REVIEWED, "flashcard_id",
          Kind.MCQ_ANSWERED, "mcq_id",
          Kind.RESOURCE_VIEWED, "resource_id");

  private final CourseLibrary library;
  private final ProgressStore progress;

  TopicProgress(ApiParts parts) {
    this.library = parts.courses().library();
    this.progress = parts.courses().learning().progress();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("reportTopicProgress", this::report);
  }

  private Future<Reply> report(Call call) {
    String owner = CourseCaller.of(call);
    return library
        .find(owner, call.pathSegment("courseId"))
        .compose(
            found ->
                report(
                    call,
                    owner,
                    UUID.fromString(
                        found.orElseThrow(TopicCourseEndpoints::unknown).getString("id"))));
  }

  private Future<Reply> report(Call call, String owner, UUID course) {
    JsonObject body = call.input().body();
    Kind kind = Kind.valueOf(body.getString("progress_type").toUpperCase(Locale.ROOT));
    String member = TARGETS.get(kind);
    UUID target =
        Optional.ofNullable(body.getString(member))
            .flatMap(CourseJobs::uuid)
            .orElseThrow(() -> ApiException.invalid(member, "is missing or no id"));
    return progress
        .item(
            owner,
            Optional.of(course),
            kind,
            target,
            new Report(
                true,
                Optional.ofNullable(body.getInteger("score")),
                Optional.empty(),
                seconds(body)))
        .map(
            found -> {
              JsonObject done = found.orElseThrow(TopicCourseEndpoints::unknown);
              return Reply.ok(
                  new JsonObject()
                      .put("success", true)
                      .put(
                          "progress",
                          new JsonObject()
                              .put("user_id", owner)
                              .put("course_id", done.getString("courseId"))
                              .put(member, target.toString())
                              .put("progress_type", kind.word())
                              .put("score", done.getValue("score"))
                              .put("time_spent", done.getValue("timeSpentSeconds"))
                              .put("completed_at", done.getString("at"))));
            });
  }

  private static int seconds(JsonObject body) {
    Integer seconds = body.getInteger("time_spent");
    return seconds == null ? 0 : seconds;
  }
}
