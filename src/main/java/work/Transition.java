package work;

import java.time.Duration;

/**
 * Where an item goes when it leaves its holder. Every way out of a lease is one of these, so one
 * statement writes them all.
 *
 * @param stage the stage it is in afterwards
 * @param status the status it has afterwards
 * @param after how long until it may be claimed, zero for at once, null for never again
 * @param attempts what becomes of its attempts
 * @param error what {@code last_error} holds afterwards; null clears it, except that {@link
 *     Attempts#UNCOUNT} then leaves it as it was
 */
record Transition(String stage, String status, Duration after, Attempts attempts, String error) {
  /** What a transition does to {@code processing_attempts}. */
  enum Attempts {
    KEEP,
    /** A new stage starts from zero. */
    RESET,
    /** This run was no attempt. */
    UNCOUNT
  }

  static Transition of(Lease lease, Outcome outcome) {
    Stage stage = lease.stage();
    if (outcome instanceof Outcome.Next next) {
      return new Transition(
          next.stage().name(), next.stage().waitingStatus(), Duration.ZERO, Attempts.RESET, null);
    } else if (outcome instanceof Outcome.NotReady wait) {
      return new Transition(
          stage.name(),
          stage.waitingStatus(),
          wait.after(),
          Attempts.UNCOUNT,
          Reason.bounded(wait.reason()));
    } else if (outcome instanceof Outcome.Failed failed) {
      return failed(lease, failed.reason());
    }
    return new Transition(stage.name(), Status.COMPLETED, null, Attempts.KEEP, null);
  }

  static Transition failed(Lease lease, String reason) {
    return new Transition(
        lease.stage().name(), Status.FAILED, null, Attempts.KEEP, Reason.bounded(reason));
  }

  static Transition retry(Lease lease, Duration after, String reason) {
    return new Transition(
        lease.stage().name(),
        lease.stage().waitingStatus(),
        after,
        Attempts.KEEP,
        Reason.bounded(reason));
  }

  static Transition release(Lease lease) {
    return new Transition(
        lease.stage().name(), lease.stage().waitingStatus(), Duration.ZERO, Attempts.UNCOUNT, null);
  }

  boolean fails() {
    return status.equals(Status.FAILED);
  }
}
