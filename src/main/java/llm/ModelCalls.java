package llm;

import io.vertx.core.Future;
import java.time.Duration;
import settings.LanguageModel;

/** Makes single calls: over HTTP, or in the tests' simulated time. */
interface ModelCalls {
  /**
   * @param format what the provider is told about the wanted JSON, never {@code AUTO}
   * @param unwanted completes, on the caller's thread, when nobody wants the answer any more: the
   *     request is broken off and the result comes at once
   * @param permit asked right before the request leaves, and told when it has
   * @return never fails: a failure is a result
   */
  Future<CallResult> call(
      LanguageModel.Provider provider,
      String model,
      LanguageModel.ResponseFormat format,
      LanguageModel.Key key,
      Question question,
      Duration limit,
      Future<?> unwanted,
      Permit permit);
}
