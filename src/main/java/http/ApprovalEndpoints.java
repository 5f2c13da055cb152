package http;

import exercises.QualityGate;
import exercises.language.NlpModels;
import exercises.understanding.LessonMaterial;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import lessons.Approval;
import lessons.ApprovalEdit;
import lessons.ApprovalRefused;
import lessons.ApprovalStore;
import lessons.Page;
import lessons.StoredSet;
import messages.Addresses;
import transcripts.Utterance;

/** What teachers decide about generated sets: section 3.5 of the wire contract. */
final class ApprovalEndpoints {
  private final ApprovalStore approvals;
  private final Supplier<Future<NlpModels>> models;

  ApprovalEndpoints(ApiParts parts) {
    this.models = parts.models();
    this.approvals = parts.approvals();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("listPendingExercises", this::pending)
        .add("approveExercises", this::approve)
        .add("rejectExercises", this::reject)
        .add("editExercise", this::edit);
  }

  private Future<Reply> pending(Call call) {
    Input input = call.input();
    return approvals
        .pending(input.query("class_id"), input.query("teacher_id"), input.page(), input.limit())
        // a hundred sets are megabytes of JSON: written on a worker thread, not in the way of other
        // requests
        .compose(
            page ->
                call.vertx()
                    .executeBlocking(() -> render(page, input, call.legacy()).toBuffer(), false))
        .map(json -> Reply.bytes("application/json", json, Map.of()));
  }

  private static JsonObject render(Page<StoredSet> page, Input input, boolean legacy) {
    JsonArray rows = new JsonArray();
    page.rows()
        .forEach(set -> rows.add(legacy ? ExerciseSets.legacyRow(set) : ExerciseSets.row(set)));
    return Listing.of(rows, "exercises", input, page.total()).put("timestamp", Times.now());
  }

  private Future<Reply> approve(Call call) {
    return decided(
        call,
        approvals.approve(id(call), judge(call), ExerciseSets::complete),
        "Exercise set approved");
  }

  private Future<Reply> reject(Call call) {
    Optional<String> reason = call.input().body("reason").filter(text -> !text.isEmpty());
    return decided(call, approvals.reject(id(call), judge(call), reason), "Exercise set rejected");
  }

  private static Future<Reply> decided(
      Call call, Future<Optional<Approval>> decision, String message) {
    return decision
        .map(found -> found.orElseThrow(ApprovalEndpoints::notFound))
        .onSuccess(done -> call.vertx().eventBus().publish(Addresses.LESSONS_PUBLISH, null))
        .map(done -> Reply.ok(render(done).put("message", message)))
        .recover(ApprovalEndpoints::told);
  }

  private static JsonObject render(Approval approval) {
    StoredSet set = approval.set();
    JsonObject publication =
        new JsonObject()
            .put("status", approval.publication().orElse(null))
            .put("last_error", approval.publicationError().orElse(null));
    return new JsonObject()
        .put("success", true)
        .put("id", set.id())
        .put("exercises_id", set.id())
        .put("zoom_summary_id", set.lessonId().orElse(null))
        .put("user_id", set.userId().orElse(null))
        .put("teacher_id", set.teacherId().orElse(null))
        .put("class_id", set.classId().orElse(null))
        .put("lesson_number", set.lessonNumber())
        .put("status", set.status())
        .put(
            "approved_by",
            set.status().equals("approved") ? approval.judgedBy().orElse(null) : null)
        .put("approved_at", set.status().equals("approved") ? Times.iso(approval.judgedAt()) : null)
        .put(
            "rejected_by",
            set.status().equals("rejected") ? approval.judgedBy().orElse(null) : null)
        .put("rejected_at", set.status().equals("rejected") ? Times.iso(approval.judgedAt()) : null)
        .put("reason", approval.reason().orElse(null))
        .put("publication", approval.publication().isPresent() ? publication : null);
  }

  private Future<Reply> edit(Call call) {
    ApprovalEdit edit = new ApprovalEdit(call.pathSegment("itemId"), call.input().body());
    if (edit.isEmpty()) {
      return Future.failedFuture(
          ApiException.invalid(
              "body", "names nothing to change; send at least one member of the item"));
    }
    AtomicReference<ApprovalEdit.Edited> edited = new AtomicReference<>();
    long id = id(call);
    return models
        .get()
        .compose(
            loaded ->
                approvals.edit(
                    id,
                    ExerciseSets::complete,
                    (set, turns) ->
                        call.vertx()
                            .executeBlocking(() -> judged(edit, set, turns, loaded), false)
                            .onSuccess(edited::set)
                            .map(ApprovalEdit.Edited::set)))
        .map(found -> found.orElseThrow(ApprovalEndpoints::notFound))
        .map(
            done ->
                Reply.ok(
                    new JsonObject()
                        .put("success", true)
                        .put("exercises_id", done.set().id())
                        .put("item", edited.get().item())
                        .put("warnings", warnings(edited.get()))))
        .recover(ApprovalEndpoints::told);
  }

  private static ApprovalEdit.Edited judged(
      ApprovalEdit edit, JsonObject set, JsonArray turns, NlpModels models) {
    String language =
        set.getValue("metadata") instanceof JsonObject about
                && about.getValue("language") instanceof String code
            ? code
            : null;
    List<Utterance> said =
        turns.stream().map(JsonObject.class::cast).map(Utterance::fromJson).toList();
    return edit.in(set, new QualityGate(models), new LessonMaterial("edit", 1, language, said, 0));
  }

  private static JsonArray warnings(ApprovalEdit.Edited edited) {
    JsonArray warnings = new JsonArray();
    edited
        .warnings()
        .forEach(
            warning ->
                warnings.add(
                    new JsonObject()
                        .put("rule", warning.rule())
                        .put("field", warning.member())
                        .put("reason", warning.reason())));
    return warnings;
  }

  private static Future<Reply> told(Throwable failure) {
    if (failure instanceof ApprovalRefused refused) {
      return Future.failedFuture(new ApiException(ErrorCode.CONFLICT, refused.getMessage()));
    }
    if (failure instanceof ApprovalEdit.NoSuchItem missing) {
      return Future.failedFuture(
          new ApiException(ErrorCode.UNKNOWN_ITEM, missing.getMessage()).asMissing());
    }
    if (failure instanceof ApprovalEdit.Broken broken) {
      List<ApiException.Field> fields =
          broken.reasons().entrySet().stream()
              .map(entry -> new ApiException.Field(entry.getKey(), entry.getValue()))
              .toList();
      return Future.failedFuture(ApiException.invalid(fields));
    }
    return Future.failedFuture(failure);
  }

  /** Who decides, as far as they said. */
  private static Optional<String> judge(Call call) {
    return call.caller().userId();
  }

  private static long id(Call call) {
    return call.pathId("id").orElseThrow(ApprovalEndpoints::notFound);
  }

  private static ApiException notFound() {
    return new ApiException(ErrorCode.NOT_FOUND, "no exercise set has this id");
  }
}
