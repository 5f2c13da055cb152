package llm;

import io.vertx.core.Future;

/** Whoever can have one call of a model made: the key pools, or the actor that has them. */
public interface Chat {
  /** Whether anybody would serve this service now or soon; never waits. */
  boolean available(String service);

  /**
   * Tokens that input and output of one call may have together; 0 when nobody serves the service.
   */
  int contextTokens(String service);

  /** Fails with {@link ModelUnavailable} only, and before the deadline has long passed. */
  Future<ChatReply> ask(Question question);

  /** Nobody is there to be asked. */
  Chat NOBODY =
      new Chat() {
        @Override
        public boolean available(String service) {
          return false;
        }

        @Override
        public int contextTokens(String service) {
          return 0;
        }

        @Override
        public Future<ChatReply> ask(Question question) {
          return Future.failedFuture(
              new ModelUnavailable(ModelUnavailable.Reason.NO_KEY, "no model is configured"));
        }
      };
}
