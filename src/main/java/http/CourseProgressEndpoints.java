package http;

import courses.CourseJobs;
import courses.ProgressStore;
import courses.ProgressStore.Kind;
import courses.ProgressStore.Lesson;
import courses.ProgressStore.Report;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What learners report of courses, and how far that makes them: section 2.8. */
final class CourseProgressEndpoints {
  private static final int PERCENT = 100;

  private final CourseParts courses;
  private final ProgressStore progress;

  CourseProgressEndpoints(ApiParts parts) {
    this.courses = parts.courses();
    this.progress = parts.courses().learning().progress();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("putLessonProgress", this::lesson)
        .add("putChapterProgress", call -> item(call, Kind.CHAPTER_READ))
        .add("putFlashcardProgress", call -> item(call, Kind.FLASHCARD_REVIEWED))
        .add("putAudioProgress", call -> item(call, Kind.AUDIO_LISTENED))
        .add("putArticleProgress", call -> item(call, Kind.ARTICLE_READ))
        .add("putWordGameProgress", call -> item(call, Kind.WORD_GAME))
        .add("getCourseProgress", this::get);
  }

  private static ApiException unknown() {
    return new ApiException(ErrorCode.NOT_FOUND, "nothing of yours has this id");
  }

  private static UUID target(Call call) {
    return CourseJobs.uuid(call.pathSegment("targetId"))
        .orElseThrow(CourseProgressEndpoints::unknown);
  }

  private Future<Reply> lesson(Call call) {
    JsonObject body = call.input().body();
    return progress
        .lesson(
            call.learner(),
            call.learner(),
            target(call),
            body.getString("status"),
            body.getInteger("timeSpentSeconds", 0))
        .map(found -> Reply.ok(found.orElseThrow(CourseProgressEndpoints::unknown)));
  }

  private Future<Reply> item(Call call, Kind kind) {
    JsonObject body = call.input().body();
    return progress
        .item(
            call.learner(),
            Optional.empty(),
            kind,
            target(call),
            new Report(
                body.getBoolean("completed", true),
                Optional.ofNullable(body.getInteger("score")),
                Optional.ofNullable(body.getLong("positionMs")),
                body.getInteger("timeSpentSeconds", 0)))
        .map(found -> Reply.ok(found.orElseThrow(CourseProgressEndpoints::unknown)));
  }

  private Future<Reply> get(Call call) {
    String owner = call.learner();
    return courses
        .library()
        .find(owner, call.pathSegment("courseId"))
        .compose(
            found -> {
              UUID id =
                  UUID.fromString(found.orElseThrow(TopicCourseEndpoints::unknown).getString("id"));
              return Future.all(
                      progress.lessons(owner, id),
                      progress.ofLessons(owner, id),
                      progress.beside(owner, id),
                      progress.itemCounts(owner, id))
                  .map(
                      all ->
                          Reply.ok(
                              whole(
                                  id,
                                  all.resultAt(0),
                                  all.resultAt(1),
                                  all.resultAt(2),
                                  all.resultAt(3))));
            });
  }

  private static JsonObject whole(
      UUID course,
      List<Lesson> lessons,
      Map<UUID, JsonObject> done,
      JsonObject beside,
      JsonObject counts) {
    Map<UUID, JsonObject> chapters = new LinkedHashMap<>();
    long seconds = 0;
    for (Lesson lesson : lessons) {
      JsonObject report = done.get(lesson.id());
      boolean completed = ProgressStore.completed(report);
      seconds += report == null ? 0 : report.getLong("timeSpentSeconds");
      JsonObject chapter =
          chapters.computeIfAbsent(
              lesson.chapter(),
              id ->
                  new JsonObject()
                      .put("chapterId", id.toString())
                      .put("title", lesson.chapterTitle())
                      .put("lessonsCompleted", 0)
                      .put("lessons", new JsonArray()));
      chapter.put("lessonsCompleted", chapter.getInteger("lessonsCompleted") + (completed ? 1 : 0));
      chapter
          .getJsonArray("lessons")
          .add(
              new JsonObject()
                  .put("lessonId", lesson.id().toString())
                  .put("title", lesson.title())
                  .put("status", report == null ? "not_started" : report.getString("status"))
                  .put("timeSpentSeconds", report == null ? 0 : report.getLong("timeSpentSeconds"))
                  .put("completedAt", report == null ? null : report.getString("completedAt")));
    }
    JsonArray items = beside.getJsonArray("items");
    for (Object entry : items) {
      seconds += ((JsonObject) entry).getLong("timeSpentSeconds");
    }
    List<Lesson> counted = ProgressStore.counted(lessons);
    long completed =
        counted.stream().filter(l -> ProgressStore.completed(done.get(l.id()))).count();
    boolean begun = beside.getValue("lastAccessedAt") != null;
    return new JsonObject()
        .put("courseId", course.toString())
        .put(
            "status",
            !counted.isEmpty() && completed == counted.size()
                ? "completed"
                : begun ? "in_progress" : "not_started")
        .put("lessonsCompleted", completed)
        .put("lessonsTotal", counted.size())
        .put("completionPercentage", percentage(completed, counted.size()))
        .put("totalTimeSeconds", seconds)
        .put("lastAccessedAt", beside.getValue("lastAccessedAt"))
        .put("answered", beside.getJsonObject("answered"))
        .put("itemsTotal", counts)
        .put("chapters", new JsonArray(List.copyOf(chapters.values())))
        .put("items", items);
  }

  /** Whole per cent, 100 only when everything is done. */
  static long percentage(long done, long all) {
    return all == 0 ? 0 : done * PERCENT / all;
  }
}
