package http;

import courses.AssessmentStore.Notes;
import courses.AssessmentStore.Stored;
import courses.AttemptStore.Attempt;
import courses.content.AssessmentQuestion;
import courses.content.Level;
import courses.sources.DocumentKind;
import courses.sources.SourceFile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Assessments of uploaded notes: the second half of section 2.4 of the courses' contract. Whatever
 * is wrong with a request there is 400.
 */
final class NoteAssessments {
  private static final int MOST_FILES = 3;
  private static final long MOST_BYTES = 10L << 20;
  private static final int MOST_QUESTIONS = 50;
  private static final int MOST_SECONDS = 7 * 24 * 3_600;
  private static final int LONGEST_SESSION = 200;

  private static final Map<String, Level> LEVELS =
      Map.of("easy", Level.BEGINNER, "medium", Level.INTERMEDIATE, "hard", Level.ADVANCED);

  private final CourseParts courses;
  private final Uploads uploads;

  NoteAssessments(ApiParts parts) {
    this.courses = parts.courses();
    this.uploads = new Uploads(parts);
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("assessNotes", this::generate)
        .add("getNotesAssessment", this::get)
        .add("submitNotesAssessment", this::submit)
        .add("listNotesAssessments", this::list)
        .add("listNotesAttempts", this::attempts);
  }

  private static ApiException refused(String why) {
    return new ApiException(ErrorCode.VALIDATION_ERROR, why);
  }

  private Future<Reply> generate(Call call) {
    JsonObject form = call.input().body();
    String owner = CourseCaller.of(call);
    String session = text(form, "session_id");
    text(form, "user_id");
    String difficulty =
        form.getValue("difficulty_level") == null
            ? "medium"
            : text(form, "difficulty_level").toLowerCase(Locale.ROOT);
    if (!LEVELS.containsKey(difficulty)) {
      throw refused("difficulty_level must be easy, medium or hard");
    }
    int wanted =
        form.getValue("num_questions") == null
            ? 20
            : number(form, "num_questions", 1, MOST_QUESTIONS);
    List<FileUpload> files = call.files();
    if (files.isEmpty() || files.size() > MOST_FILES) {
      throw refused("send 1 to " + MOST_FILES + " files; there are " + files.size());
    }
    for (FileUpload file : files) {
      if (file.size() == 0 || file.size() > MOST_BYTES) {
        throw refused(
            SourceFile.label(file.fileName())
                + (file.size() == 0 ? " is empty" : " has more than 10 MB: split it"));
      }
    }
    return uploads
        .keep(call, owner, EnumSet.allOf(DocumentKind.class))
        .compose(
            kept -> {
              List<UUID> ids = kept.stream().map(SourceFile::id).distinct().toList();
              Notes notes =
                  new Notes(
                      session,
                      difficulty,
                      labels(kept),
                      kept.stream()
                          .map(file -> file.kind().ending().substring(1))
                          .collect(Collectors.joining(",")));
              return courses
                  .maker()
                  .notes(owner, ids, wanted, LEVELS.get(difficulty))
                  .compose(made -> courses.assessments().add(owner, notes, made));
            })
        .map(stored -> Reply.ok(made(stored, wanted)));
  }

  private static String labels(List<SourceFile> files) {
    return files.stream().map(SourceFile::label).collect(Collectors.joining(", "));
  }

  private static String text(JsonObject body, String name) {
    Object value = body.getValue(name);
    String text = value == null ? "" : value.toString().strip();
    if (text.isEmpty()) {
      throw refused(name + " is missing");
    }
    if (text.length() > LONGEST_SESSION || text.indexOf('\0') >= 0) {
      throw refused(name + " must have at most " + LONGEST_SESSION + " characters");
    }
    return text;
  }

  private static int number(JsonObject body, String name, int least, int most) {
    String text = text(body, name);
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw refused(name + " must be a whole number from " + least + " to " + most);
    }
    return number;
  }

  private static JsonObject made(Stored stored, int wanted) {
    int count = stored.assessment().questions().size();
    return new JsonObject()
        .put("status", "success")
        .put(
            "message",
            count < wanted
                ? count + " questions: the notes hold no more to ask about"
                : count + " questions")
        .put("assessment_id", stored.number())
        .put("total_questions", count)
        .put("questions", questions(stored, false));
  }

  private static JsonArray questions(Stored stored, boolean difficulty) {
    JsonArray questions = new JsonArray();
    for (AssessmentQuestion question : stored.assessment().questions()) {
      JsonObject json =
          new JsonObject()
              .put("question_number", question.number())
              .put("question_text", question.text())
              .put("options", LetterTest.options(question));
      if (difficulty) {
        json.put("difficulty", stored.notes().orElseThrow().difficulty());
      }
      questions.add(json);
    }
    return questions;
  }

  private static ApiException unknown() {
    return new ApiException(ErrorCode.NOT_FOUND, "Assessment not found");
  }

  /** Who names nobody where nothing has to be proved means the assessment's owner. */
  private Future<Stored> stored(Call call, Object id) {
    Optional<Long> number =
        Optional.of(String.valueOf(id))
            .filter(text -> text.matches("[0-9]{1,18}"))
            .map(Long::valueOf);
    if (number.isEmpty()) {
      return Future.failedFuture(unknown());
    }
    Future<Optional<Stored>> found =
        CourseCaller.unproved(call) && call.knownLearner().isEmpty()
            ? courses
                .assessments()
                .ownerOfNotes(number.get())
                .compose(
                    owner ->
                        owner.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : courses.assessments().ofNotes(owner.get(), number.get()))
            : courses.assessments().ofNotes(CourseCaller.of(call), number.get());
    return found.map(stored -> stored.orElseThrow(NoteAssessments::unknown));
  }

  private Future<Reply> get(Call call) {
    return stored(call, call.pathSegment("assessmentId"))
        .map(
            stored ->
                Reply.ok(
                    new JsonObject()
                        .put("status", "success")
                        .put("assessment_id", stored.number())
                        .put("title", stored.assessment().title())
                        .put("description", stored.assessment().description())
                        .put("difficulty_level", stored.notes().orElseThrow().difficulty())
                        .put("total_questions", stored.assessment().questions().size())
                        .put("passing_score", stored.assessment().passingScore())
                        .put("time_limit", stored.assessment().timeLimitMinutes())
                        .put("questions", questions(stored, true))));
  }

  private Future<Reply> submit(Call call) {
    JsonObject body = call.input().body();
    String learner = CourseCaller.of(call);
    text(body, "user_id");
    String session = text(body, "session_id");
    text(body, "assessment_id");
    if (!(body.getValue("answers") instanceof JsonObject answers)) {
      throw refused("answers is missing: send an object such as {\"1\": \"A\"}");
    }
    Optional<Integer> seconds =
        body.getValue("time_taken") == null
            ? Optional.empty()
            : Optional.of(number(body, "time_taken", 0, MOST_SECONDS));
    return stored(call, body.getValue("assessment_id"))
        .compose(
            stored -> {
              JsonObject result = result(stored, answers);
              return courses
                  .attempts()
                  .graded(learner, stored, answers, result, Optional.of(session), seconds)
                  .map(
                      attempt ->
                          Reply.ok(
                              new JsonObject()
                                  .put("status", "success")
                                  .put("message", "Assessment graded")
                                  .put("response_id", attempt.id())
                                  .put("assessment_id", stored.number())
                                  .put("user_id", id(learner))
                                  .put("time_taken", seconds.orElse(null))
                                  .mergeIn(result)));
            });
  }

  private static JsonObject result(Stored stored, JsonObject answers) {
    LetterTest.Result marked =
        new LetterTest(stored.assessment(), question -> String.valueOf(question.number()))
            .mark(answers);
    JsonArray details = new JsonArray();
    for (LetterTest.Marked question : marked.questions()) {
      details.add(
          new JsonObject()
              .put("question_number", question.question().number())
              .put("question_text", question.question().text())
              .put("user_answer", question.given())
              .put("correct_answer", question.right())
              .put("is_correct", question.correct())
              .put("explanation", question.question().explanation()));
    }
    int total = marked.questions().size();
    return new JsonObject()
        .put("score", marked.correct())
        .put("total_questions", total)
        .put("correct_answers", marked.correct())
        .put("incorrect_answers", marked.answered() - marked.correct())
        .put("unanswered", total - marked.answered())
        .put("percentage", marked.percentage())
        .put("passed", marked.passed())
        .put("detailed_results", details);
  }

  /** Numbers go back as numbers: that is how these clients know their users. */
  private static Object id(String user) {
    return user.matches("0|[1-9][0-9]{0,17}") ? (Object) Long.valueOf(user) : user;
  }

  private Future<Reply> list(Call call) {
    String owner = CourseCaller.of(call);
    return courses
        .assessments()
        .ofNotes(owner)
        .map(
            rows -> {
              JsonArray list = new JsonArray();
              rows.forEach(row -> list.add(row(row)));
              return Reply.ok(
                  new JsonObject()
                      .put("status", "success")
                      .put("user_id", id(owner))
                      .put("total_assessments", list.size())
                      .put("assessments", list));
            });
  }

  private static JsonObject row(JsonObject row) {
    return new JsonObject()
        .put("id", row.getLong("legacy_id"))
        .put("assessment_id", row.getLong("legacy_id"))
        .put("user_id", id(row.getString("owner_id")))
        .put("session_id", row.getString("session_id"))
        .put("title", row.getString("title"))
        .put("description", row.getString("description"))
        .put("difficulty_level", row.getString("difficulty"))
        .put("total_questions", row.getInteger("total_questions"))
        .put("passing_score", row.getInteger("passing_score"))
        .put("time_limit", row.getInteger("time_limit_minutes"))
        .put("status", "active")
        .put("generated_at", row.getString("created_at"))
        .put("created_at", row.getString("created_at"))
        .put("file_name", row.getString("file_name"))
        .put("file_type", row.getString("file_type"))
        .put("attempt_count", row.getLong("attempt_count"))
        .put("best_score", row.getValue("best_score"))
        .put("best_percentage", row.getValue("best_percentage"));
  }

  private Future<Reply> attempts(Call call) {
    String learner = CourseCaller.of(call);
    return stored(call, call.pathSegment("assessmentId"))
        .compose(
            stored ->
                courses
                    .attempts()
                    .list(learner, stored.id())
                    .map(
                        attempts -> {
                          JsonArray list = new JsonArray();
                          attempts.forEach(attempt -> list.add(attempt(attempt)));
                          return Reply.ok(
                              new JsonObject()
                                  .put("status", "success")
                                  .put("user_id", id(learner))
                                  .put("assessment_id", stored.number())
                                  .put("total_attempts", list.size())
                                  .put("attempts", list));
                        }));
  }

  private static JsonObject attempt(Attempt attempt) {
    JsonObject result = attempt.result().orElse(new JsonObject()).copy();
    result.remove("detailed_results");
    return new JsonObject()
        .put("id", attempt.id())
        .put("response_id", attempt.id())
        .put("attempt_number", attempt.number())
        .put("session_id", attempt.session().orElse(null))
        .put("status", attempt.status())
        .put("answers", attempt.answers().orElse(new JsonObject()))
        .put("time_taken", attempt.seconds().orElse(null))
        .put("started_at", attempt.startedAt().toString())
        .put("submitted_at", attempt.submittedAt().map(Object::toString).orElse(null))
        .mergeIn(result);
  }
}
