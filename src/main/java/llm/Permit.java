package llm;

import llm.QuotaStore.Amount;

/**
 * One call's part of a {@link QuotaBlock}: leased, and counted as used at the moment the call
 * leaves, not when it was let through. A process may be slow in between (a cold virtual machine, a
 * new connection, a starved processor); a permit whose lease has ended meanwhile is void, and the
 * call must not leave by it.
 *
 * <p>Confined to the thread of {@link KeyPools}.
 */
final class Permit {
  /** What takes no longer is the margin's to cover. */
  private static final long LATE_MILLIS = 50;

  private enum State {
    HELD,
    LEFT,
    VOID
  }

  private final QuotaBlock block;
  private final Timers timers;
  private final Amount amount;
  private final Amount leased;
  private final long term;
  private State state = State.HELD;
  private long leftAt;
  private long movedMillis;

  /**
   * @param block null: nothing is limited
   * @param amount of the call
   * @param leased of it, as far as there are limits
   * @param term of the block's lease
   */
  Permit(QuotaBlock block, Timers timers, Amount amount, Amount leased, long term) {
    this.block = block;
    this.timers = timers;
    this.amount = amount;
    this.leased = leased;
    this.term = term;
  }

  /** For a call that no limit holds for. */
  static Permit unlimited(Timers timers) {
    return new Permit(null, timers, Amount.NONE, Amount.NONE, 0);
  }

  /**
   * To be asked right before the call's bytes leave.
   *
   * @return whether they may; otherwise it is too late
   */
  boolean leave() {
    if (state == State.HELD) {
      state = block == null || block.leave(this) ? State.LEFT : State.VOID;
      leftAt = timers.millis();
    }
    return state == State.LEFT;
  }

  /** To be told when the bytes have left: the process may have stood still in between. */
  void left() {
    counted(timers.millis() - leftAt);
  }

  /**
   * To be told when something says how late the provider may have counted the call.
   *
   * @param laterMillis after it left, at most
   */
  void counted(long laterMillis) {
    if (state == State.LEFT && block != null && laterMillis > Math.max(movedMillis, LATE_MILLIS)) {
      block.moved(this, laterMillis);
      movedMillis = laterMillis;
    }
  }

  /** The call was not made: others may have what was held for it. */
  void unused() {
    if (state == State.HELD) {
      state = State.VOID;
      if (block != null) {
        block.unused(this);
      }
    }
  }

  /** Whether the call came too late to leave. */
  boolean late() {
    return state == State.VOID;
  }

  /** Whether it counts as used. */
  boolean counted() {
    return state == State.LEFT;
  }

  /** When it left, as {@link Timers#millis} tells; only when {@link #counted}. */
  long leftAt() {
    return leftAt;
  }

  Amount amount() {
    return amount;
  }

  Amount leased() {
    return leased;
  }

  long term() {
    return term;
  }
}
