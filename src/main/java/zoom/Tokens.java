package zoom;

import io.vertx.core.Future;

/** Gives every caller of this process a good access token, whichever way it is come by. */
interface Tokens {
  /**
   * The present token, or a new one when it is about to expire. Fails with {@link NotAuthorized}.
   */
  Future<AccessToken> current();

  /** A token other than one that Zoom has just refused. Fails with {@link NotAuthorized}. */
  Future<AccessToken> insteadOf(AccessToken refused);
}
