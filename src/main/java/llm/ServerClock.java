package llm;

/**
 * Another machine's clock seen through round trips: bounds that the difference to this process's
 * clock is surely within. Half of a round trip is no good guess where one way takes longer, as in a
 * cold process; what is counted at the latest and freed at the earliest possible moment is right
 * whatever the ways took.
 *
 * <p>Not thread-safe.
 */
final class ServerClock {
  /** How much two clocks may drift apart, as quartz does: 1 in so many. */
  private static final long DRIFT = 5_000;

  private boolean set;
  private long least;
  private long most;
  private long seenAt;

  /**
   * Takes in a round trip.
   *
   * @param asked milliseconds of this process's clock, rounded down, as {@code answered}
   * @param theirs what their clock showed in between, rounded to milliseconds
   */
  void seen(long asked, long answered, long theirs) {
    long low = theirs - answered - 2;
    long high = theirs - asked + 1;
    if (set) {
      long drift = 1 + Math.max(0, answered - seenAt) / DRIFT;
      least = Math.max(least - drift, low);
      most = Math.min(most + drift, high);
    }
    if (!set || least > most) {
      // The first, or one of the clocks was set.
      least = low;
      most = high;
    }
    set = true;
    seenAt = answered;
  }

  /** Their time at {@code millis} of ours is not before this. */
  long notBefore(long millis) {
    return millis + least;
  }

  /** Their time at {@code millis} of ours is not after this. */
  long notAfter(long millis) {
    return millis + most;
  }

  /** When it is surely not yet {@code theirs} with them, in our time. */
  long surelyBefore(long theirs) {
    return theirs - most;
  }
}
