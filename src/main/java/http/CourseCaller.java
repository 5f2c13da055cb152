package http;

import courses.CourseLibrary;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Who calls on the paths of the course systems before, whose clients often name nobody. */
final class CourseCaller {
  /** Whose courses they are where nobody is named and nothing has to be proved. */
  private static final String NOBODY = "anonymous";

  private CourseCaller() {}

  /**
   * Finds the course that a call is about. Clients upload without a name, and name themselves when
   * they learn: where nothing has to be proved, what is nobody's is everybody's.
   */
  static Future<Optional<JsonObject>> course(Call call, CourseLibrary library, String name) {
    String owner = of(call);
    return library
        .find(owner, name)
        .compose(
            found ->
                found.isPresent()
                        || owner.equals(NOBODY)
                        || call.caller().proof() != Caller.Proof.NONE
                    ? Future.succeededFuture(found)
                    : library.find(NOBODY, name));
  }

  /** The owner that a call works for; 401 where who calls must be proved and is not. */
  static String of(Call call) {
    return call.knownLearner()
        .or(
            () ->
                call.caller().proof() == Caller.Proof.NONE ? Optional.of(NOBODY) : Optional.empty())
        .orElseThrow(
            () ->
                Authentication.unauthorized(
                    "nobody is named: send Authorization: Bearer <token>, X-User-Id or user_id"));
  }
}
