package http;

import courses.content.Assessment;
import courses.content.Content;
import courses.content.Level;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import messages.Addresses;

/**
 * Has parts of courses made by whichever node makes courses, while a client waits: quizzes,
 * assessments of notes, lessons explained again. Fails with {@link ApiException}.
 */
final class CourseMaker {
  // clients of PDF courses give up after 30 s
  private static final int PATIENCE_SECONDS = 28;
  private static final int NOTHING_TO_MAKE_IT_OF = 400;

  private final Vertx vertx;

  CourseMaker(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * @param chapter from 1; empty: of the whole course
   */
  Future<Assessment> quiz(String owner, UUID course, Optional<Integer> chapter) {
    JsonObject wanted = new JsonObject().put("what", "quiz").put("course", course.toString());
    chapter.ifPresent(number -> wanted.put("chapter", number));
    return ask(owner, wanted, "no quiz").map(made -> Content.read(Assessment.class, made));
  }

  /**
   * @param files the owner's uploaded files
   */
  Future<Assessment> notes(String owner, List<UUID> files, int questions, Level difficulty) {
    JsonArray ids = new JsonArray();
    files.forEach(id -> ids.add(id.toString()));
    JsonObject wanted =
        new JsonObject()
            .put("what", "notes")
            .put("files", ids)
            .put("questions", questions)
            .put("difficulty", difficulty.name());
    return ask(owner, wanted, "no questions").map(made -> Content.read(Assessment.class, made));
  }

  /** The chapter's lessons, each as {@link courses.content.Written} wrote it. */
  Future<JsonArray> again(String owner, UUID course, int chapter) {
    JsonObject wanted =
        new JsonObject()
            .put("what", "again")
            .put("course", course.toString())
            .put("chapter", chapter);
    return ask(owner, wanted, "no easier chapter").map(made -> made.getJsonArray("lessons"));
  }

  private Future<JsonObject> ask(String owner, JsonObject wanted, String nothing) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.COURSES_DEMAND,
            wanted.put("owner", owner),
            new DeliveryOptions().setSendTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)))
        .map(reply -> reply.body())
        .recover(failure -> Future.failedFuture(told(failure, nothing)));
  }

  private static ApiException told(Throwable failure, String nothing) {
    if (failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
        && reply.failureCode() == NOTHING_TO_MAKE_IT_OF) {
      return new ApiException(
          ErrorCode.VALIDATION_ERROR, nothing + " can be made of this: " + reply.getMessage());
    }
    boolean nobody =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    return new ApiException(
            ErrorCode.SERVICE_UNAVAILABLE,
            nobody
                ? nothing + " can be made: no node of this installation makes courses"
                : nothing + " can be made now: try again later")
        .header("Retry-After", "30");
  }
}
