package llm;

import io.vertx.core.Future;
import java.time.Duration;
import settings.LanguageModel;

/** Makes single calls: over HTTP, or in the tests' simulated time. */
interface ModelCalls {
  /**
   * @param format what the provider is told about the wanted JSON, never {@code AUTO}
   * @return never fails: a failure is a result
   */
  Future<CallResult> call(
      LanguageModel.Provider provider,
      String model,
      LanguageModel.ResponseFormat format,
      LanguageModel.Key key,
      Question question,
      Duration limit);
}
