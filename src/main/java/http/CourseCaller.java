package http;

import courses.CourseJobs;
import courses.CourseLibrary;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Who calls on the paths of the course systems before, whose clients often name nobody. */
final class CourseCaller {
  /** Whose courses they are where nobody is named and nothing has to be proved. */
  private static final String NOBODY = "anonymous";

  private CourseCaller() {}

  /** The owner that a call works for; 401 where who calls must be proved and is not. */
  static String of(Call call) {
    return call.knownLearner()
        .or(() -> unproved(call) ? Optional.of(NOBODY) : Optional.empty())
        .orElseThrow(
            () ->
                Authentication.unauthorized(
                    "nobody is named: send Authorization: Bearer <token>, X-User-Id or user_id"));
  }

  /** Whether who calls need not be proved, and is not. */
  static boolean unproved(Call call) {
    return call.caller().proof() == Caller.Proof.NONE;
  }

  /** As {@link #of}, where clients have always had to say who they are: 422 otherwise. */
  static String named(Call call, String member) {
    if (unproved(call) && call.knownLearner().isEmpty()) {
      throw ApiException.invalid(member, "is missing");
    }
    return of(call);
  }

  /**
   * Finds what a call is about. Clients upload without a name, and name themselves when they answer
   * questions: where nothing has to be proved, what is nobody's is everybody's.
   *
   * @param find of an owner
   */
  static <T> Future<Optional<T>> find(Call call, Function<String, Future<Optional<T>>> find) {
    String owner = of(call);
    return find.apply(owner)
        .compose(
            found ->
                found.isPresent() || owner.equals(NOBODY) || !unproved(call)
                    ? Future.succeededFuture(found)
                    : find.apply(NOBODY));
  }

  /**
   * Finds the course that a call is about, for its owner. Clients ask for courses by id and name
   * nobody: where nothing has to be proved, who knows the id is taken for the owner.
   */
  static Future<Optional<JsonObject>> course(Call call, CourseLibrary library, String name) {
    Optional<UUID> id = CourseJobs.uuid(name);
    if (!unproved(call) || call.knownLearner().isPresent() || id.isEmpty()) {
      return find(call, owner -> library.find(owner, name));
    }
    return library
        .ownerOf(id.get())
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : library.find(owner.get(), name));
  }

  /**
   * A course that may be read.
   *
   * @param reader who reads it for the caller
   * @param own whether the answers may be read too
   */
  record Found(JsonObject course, String reader, boolean own) {
    UUID id() {
      return UUID.fromString(course.getString("id"));
    }
  }

  /** As {@link #course}; where that finds nothing, a public one, of which nobody sees answers. */
  static Future<Optional<Found>> readable(Call call, CourseLibrary library, String name) {
    return course(call, library, name)
        .compose(
            own ->
                own.isPresent()
                    ? Future.succeededFuture(
                        own.map(course -> new Found(course, course.getString("owner_id"), true)))
                    : library
                        .readable(of(call), name)
                        .map(found -> found.map(course -> new Found(course, of(call), false))));
  }
}
