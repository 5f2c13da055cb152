package llm;

import io.vertx.core.Future;
import java.util.List;

/**
 * Where quotas are counted. Implementations that several nodes share never let them have more
 * together than the limits.
 */
interface QuotaStore {
  /**
   * Takes in news and lets calls through, all in one step.
   *
   * @param quota whose limits
   * @param wantedTokens one estimate for each call that wants to go, in their order; may be empty
   * @return fails when the store can't be reached: then nothing is let through
   */
  Future<QuotaState.Verdict> exchange(
      String quota, QuotaLimits limits, List<QuotaState.News> news, List<Integer> wantedTokens);
}
