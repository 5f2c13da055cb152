package http;

/** Who calls on the paths of the course systems before, whose clients often name nobody. */
final class CourseCaller {
  /** Whose courses they are where nobody is named and nothing has to be proved. */
  private static final String NOBODY = "anonymous";

  private CourseCaller() {}

  /** The owner that a call works for; 401 where who calls must be proved and is not. */
  static String of(Call call) {
    return call.knownLearner()
        .or(
            () ->
                call.caller().proof() == Caller.Proof.NONE
                    ? java.util.Optional.of(NOBODY)
                    : java.util.Optional.empty())
        .orElseThrow(
            () ->
                Authentication.unauthorized(
                    "nobody is named: send Authorization: Bearer <token>, X-User-Id or user_id"));
  }
}
