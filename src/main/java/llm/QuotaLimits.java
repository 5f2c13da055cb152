package llm;

/**
 * What a provider allows one quota (a project or organisation with one model); 0 is no limit.
 *
 * @param requestsPerMinute in any 60 seconds
 * @param tokensPerMinute of input and output
 * @param requestsPerDay in any 24 hours
 * @param tokensPerDay in any 24 hours
 */
public record QuotaLimits(
    int requestsPerMinute, int tokensPerMinute, int requestsPerDay, int tokensPerDay) {
  /** Nothing is limited. */
  public static final QuotaLimits NONE = new QuotaLimits(0, 0, 0, 0);

  boolean unlimited() {
    return equals(NONE);
  }

  /** The smaller of two limits at each place, where 0 is none. */
  QuotaLimits and(QuotaLimits other) {
    return new QuotaLimits(
        smaller(requestsPerMinute, other.requestsPerMinute),
        smaller(tokensPerMinute, other.tokensPerMinute),
        smaller(requestsPerDay, other.requestsPerDay),
        smaller(tokensPerDay, other.tokensPerDay));
  }

  private static int smaller(int one, int other) {
    return one == 0 ? other : other == 0 ? one : Math.min(one, other);
  }

  /** Whether a call of so many tokens could ever be allowed. */
  boolean fits(int tokens) {
    return (tokensPerMinute == 0 || tokens <= tokensPerMinute)
        && (tokensPerDay == 0 || tokens <= tokensPerDay);
  }
}
