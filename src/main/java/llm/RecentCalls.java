package llm;

import llm.QuotaStore.Amount;

/** How many calls there were lately: they fade from memory within a second or so. */
final class RecentCalls {
  private static final double MEMORY_MILLIS = 1_000;
  private static final double AHEAD_SECONDS = 2;

  private double calls;
  private double tokens;
  private long at;

  RecentCalls(long now) {
    this.at = now;
  }

  void add(long now, int callTokens) {
    fade(now);
    calls += 1;
    tokens += callTokens;
  }

  private void fade(long now) {
    if (now > at) {
      double left = Math.exp((at - now) / MEMORY_MILLIS);
      calls *= left;
      tokens *= left;
      at = now;
    }
  }

  /** What so many calls take in the next two seconds; a single one is no sign of more to come. */
  Amount ahead(long now) {
    fade(now);
    double more = Math.max(0, calls - 1) * AHEAD_SECONDS;
    return new Amount((long) more, (long) (more * size(0)));
  }

  /** Tokens of a call, on average. */
  double size(double unknown) {
    return calls < 1 ? unknown : tokens / calls;
  }
}
