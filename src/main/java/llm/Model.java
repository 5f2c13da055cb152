package llm;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A language model as the rest of the program sees it: asked for an object, gives a valid one. */
public interface Model {
  /**
   * Whether asking makes sense: there are keys for the service and its providers are not known to
   * be down. Costs nothing; the answer may be a few seconds old.
   */
  boolean available(String service);

  /**
   * Tokens that input and output of one call may have together, so that callers can cut long
   * material into parts (see {@link TokenEstimate}); 0 when nobody serves the service.
   */
  int contextTokens(String service);

  /**
   * An object that obeys the prompt's schema and the ask's own checks. Fails with {@link
   * ModelUnavailable} and nothing else: the caller goes on without a model.
   */
  Future<JsonObject> complete(Ask ask);
}
