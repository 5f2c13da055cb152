package llm;

import settings.LanguageModel;

/**
 * One key and whether it may be used: a circuit breaker that opens after five failures among the
 * last ten calls, lets one probe through after 30 seconds, and doubles that up to ten minutes. A
 * key that the provider refuses stays out until keys are read again: its owner has to act.
 */
final class KeyState {
  private static final int LOOK_BACK = 10;
  private static final int MOST_FAILURES = 5;
  private static final long FIRST_REST_MILLIS = 30_000;
  private static final long LONGEST_REST_MILLIS = 600_000;

  final LanguageModel.Key key;
  int inFlight;
  private int outcomes;
  private long openUntil;
  private long restMillis = FIRST_REST_MILLIS;
  private boolean halfOpen;
  private boolean refused;
  private String lastError = "";

  KeyState(LanguageModel.Key key) {
    this.key = key;
  }

  boolean usable(long now) {
    return !refused && now >= openUntil && (!halfOpen || inFlight == 0);
  }

  /** Whether waiting can make it usable. */
  boolean alive() {
    return !refused;
  }

  /** When it may be used again; now when it may. */
  long usableAt(long now) {
    return Math.max(now, openUntil);
  }

  void succeeded() {
    outcomes = (outcomes << 1) & ((1 << LOOK_BACK) - 1);
    if (halfOpen) {
      halfOpen = false;
      outcomes = 0;
      restMillis = FIRST_REST_MILLIS;
    }
  }

  void failed(long now, String why) {
    lastError = why;
    if (now < openUntil) {
      // A call from before it opened tells nothing new.
      return;
    }
    outcomes = ((outcomes << 1) | 1) & ((1 << LOOK_BACK) - 1);
    if (halfOpen) {
      restMillis = Math.min(LONGEST_REST_MILLIS, restMillis * 2);
      openUntil = now + restMillis;
    } else if (Integer.bitCount(outcomes) >= MOST_FAILURES) {
      halfOpen = true;
      openUntil = now + restMillis;
    }
  }

  /** Something about the key that is no failure of its own, for operators. */
  void note(String why) {
    lastError = why;
  }

  void refuse(String why) {
    refused = true;
    lastError = why;
  }

  /** {@code healthy}, {@code open} (resting after failures) or {@code disabled}. */
  String state(long now) {
    return refused ? "disabled" : now < openUntil || halfOpen ? "open" : "healthy";
  }

  String lastError() {
    return lastError;
  }
}
