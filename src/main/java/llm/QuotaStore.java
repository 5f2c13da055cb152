package llm;

import io.vertx.core.Future;
import java.util.List;

/**
 * Where quotas are counted. Nodes lease blocks of them, spend those without asking, and tell later
 * what they spent when. Implementations that several nodes share never lease them more together
 * than the limits leave.
 */
interface QuotaStore {
  /**
   * For how long a node may spend a block without telling. What it has not told by then counts as
   * spent at the end: the node may be dead, and its calls made.
   */
  long LEASE_MILLIS = 4_000;

  /**
   * What a node tells of its block, and what it wants.
   *
   * @param quota whose limits
   * @param node unique among all processes, ever
   * @param lease number of the block this is about; 0: it has none
   * @param uses since the last report, from that block
   * @param left of the block, kept by the node; what it had besides is given back
   */
  record Report(
      String quota,
      QuotaLimits limits,
      String node,
      long lease,
      List<Use> uses,
      List<QuotaState.News> news,
      Amount left,
      Wish wish) {}

  /**
   * @param requests calls
   * @param tokens of input and output
   */
  record Amount(long requests, long tokens) {
    static final Amount NONE = new Amount(0, 0);

    Amount plus(Amount other) {
      return new Amount(requests + other.requests, tokens + other.tokens);
    }

    Amount minus(Amount other) {
      return new Amount(requests - other.requests, tokens - other.tokens);
    }
  }

  /** What was spent {@code ageMillis} before the report. */
  record Use(long ageMillis, Amount amount) {}

  /**
   * More for the block.
   *
   * @param least what the next call lacks: less is of no use; nothing at all when no call waits
   * @param most what the node can make use of soon
   */
  record Wish(Amount least, Amount most) {
    static final Wish NOTHING = new Wish(Amount.NONE, Amount.NONE);
  }

  /**
   * @param lease number of the block; 0: there is none
   * @param granted what came to the block
   * @param until the block may be spent, in the time of the node's clock
   * @param waitMillis when asking again makes sense for a call that got nothing; else 0
   * @param closedMillis how long the provider wants no calls
   * @param scarce whether there is too little for all nodes
   */
  record Grant(
      long lease, Amount granted, long until, long waitMillis, long closedMillis, boolean scarce) {
    Grant endingAt(long other) {
      return new Grant(lease, granted, other, waitMillis, closedMillis, scarce);
    }
  }

  /**
   * Takes in a report and leases more, in one step.
   *
   * @return fails when the store can't be reached; the report may have been taken in nevertheless,
   *     and does no harm when it is sent again
   */
  Future<Grant> exchange(Report report);
}
