package http;

import io.vertx.core.Future;

/**
 * Answers the calls of one operation. Fails with {@link ApiException} where the client is to know
 * why; anything else becomes a 500 or 503.
 */
@FunctionalInterface
interface Endpoint {
  Future<Reply> answer(Call call);
}
