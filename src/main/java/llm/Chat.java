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
}
