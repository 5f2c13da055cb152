package llm;

/**
 * Who is told that a budget is nearly spent, or spent. A node tells it once for a budget and cap as
 * long as it knows the budget; other nodes may tell the same.
 */
interface SpendNotices {
  /** Of a cap, from where its owner is to know (section 4.6 of the courses' contract). */
  int NEARLY_PERCENT = 80;

  int ALL_PERCENT = 100;

  SpendNotices NONE = (budget, percent, spent, cap) -> {};

  /**
   * @param percent {@link #NEARLY_PERCENT} or {@link #ALL_PERCENT}: no further call fits
   * @param spent billionths of a dollar, as {@code cap}
   */
  void reached(String budget, int percent, long spent, long cap);
}
