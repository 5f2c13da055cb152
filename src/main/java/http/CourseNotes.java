package http;

import courses.CourseJobs;
import courses.NoteStore;
import courses.NoteStore.Note;
import courses.NoteStore.Stored;
import courses.NoteStore.Text;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Notes at lessons of courses. Those lessons have UUIDs; the school's own lessons, which share the
 * path's first part, have numbers, so no id means both.
 */
final class CourseNotes {
  private final NoteStore notes;

  CourseNotes(ApiParts parts) {
    this.notes = parts.courses().learning().notes();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("listLessonNotes", this::ofLesson)
        .add("addNote", this::add)
        .add("searchNotes", this::search)
        .add("replaceNote", this::replace)
        .add("deleteNote", this::delete);
  }

  private static UUID lesson(Call call) {
    return CourseJobs.uuid(call.pathSegment("lessonId")).orElseThrow(CourseNotes::noLesson);
  }

  private static ApiException noLesson() {
    return new ApiException(
        ErrorCode.LESSON_NOT_FOUND, "no lesson of a course of yours has this id");
  }

  private static ApiException noNote() {
    return new ApiException(ErrorCode.NOT_FOUND, "no note of yours has this id");
  }

  private Future<Reply> ofLesson(Call call) {
    UUID lesson = lesson(call);
    return notes
        .hasLesson(call.learner(), lesson)
        .compose(
            there -> {
              if (!there) {
                throw noLesson();
              }
              return list(call, Optional.of(lesson), Optional.empty(), Optional.empty());
            });
  }

  private Future<Reply> search(Call call) {
    Optional<String> course = call.input().query("courseId");
    Optional<UUID> id = course.flatMap(CourseJobs::uuid);
    if (course.isPresent() && id.isEmpty()) {
      throw ApiException.invalid("courseId", "must be a course's id");
    }
    return list(call, Optional.empty(), id, call.input().query("search"));
  }

  private Future<Reply> list(
      Call call, Optional<UUID> lesson, Optional<UUID> course, Optional<String> words) {
    int limit = call.input().limit();
    return notes
        .list(
            call.learner(),
            lesson,
            course,
            words.filter(text -> !text.isBlank()).map(String::strip),
            call.input().query("cursor").flatMap(CourseJobs::uuid),
            limit)
        .map(found -> page(found, limit));
  }

  private static Reply page(List<Note> found, int limit) {
    JsonArray data = new JsonArray();
    found.forEach(note -> data.add(note(note)));
    JsonObject body = new JsonObject().put("data", data);
    if (found.size() == limit) {
      body.put("nextCursor", found.get(limit - 1).id().toString());
    }
    return Reply.ok(body);
  }

  private static JsonObject note(Note note) {
    return new JsonObject()
        .put("id", note.id().toString())
        .put("lessonId", note.lesson().toString())
        .put("courseId", note.course().toString())
        .put("title", note.title().orElse(null))
        .put("content", note.content())
        .put("positionMs", note.positionMs().orElse(null))
        .put("createdAt", note.createdAt().toString())
        .put("updatedAt", note.updatedAt().toString());
  }

  private static Text text(Call call) {
    JsonObject body = call.input().body();
    return new Text(
        call.input().body("title").filter(title -> !title.isBlank()),
        body.getString("content"),
        Optional.ofNullable(body.getLong("positionMs")));
  }

  private Future<Reply> add(Call call) {
    return notes
        .add(call.learner(), lesson(call), text(call))
        .map(
            added -> {
              if (added instanceof Stored stored) {
                return Reply.created("/v1/notes/" + stored.note().id(), note(stored.note()));
              }
              throw added instanceof NoteStore.NoLesson
                  ? noLesson()
                  : new ApiException(
                      ErrorCode.CONFLICT,
                      "you have "
                          + NoteStore.MOST_NOTES
                          + " notes, which is as many as are kept; delete some");
            });
  }

  private static UUID id(Call call) {
    return CourseJobs.uuid(call.pathSegment("noteId")).orElseThrow(CourseNotes::noNote);
  }

  private Future<Reply> replace(Call call) {
    return notes
        .replace(call.learner(), id(call), text(call))
        .map(found -> Reply.ok(note(found.orElseThrow(CourseNotes::noNote))));
  }

  private Future<Reply> delete(Call call) {
    return notes
        .delete(call.learner(), id(call))
        .map(
            gone -> {
              if (!gone) {
                throw noNote();
              }
              return Reply.noContent();
            });
  }
}
