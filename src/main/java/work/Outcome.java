package work;

import java.time.Duration;
import java.util.Objects;

/**
 * What became of one run of a {@link Job}. A run that simply fails has no outcome: its future
 * fails, and it is tried again.
 */
public sealed interface Outcome {
  /** Hands the item to {@code next}, due at once, with its attempts counted from the start. */
  static Outcome next(Stage next, Writes writes) {
    return new Next(next, writes);
  }

  /** The item is done: status {@code completed}. */
  static Outcome completed(Writes writes) {
    return new Completed(writes);
  }

  /**
   * What the job needs is not there yet, and that is no failure: this run does not count as an
   * attempt.
   *
   * @param after when to look again; not negative
   * @param reason what is awaited, stored where people read why an item waits
   */
  static Outcome notReady(Duration after, String reason) {
    return new NotReady(after, reason);
  }

  /** Trying again can't help: status {@code failed} at once. */
  static Outcome failed(String reason) {
    return new Failed(reason);
  }

  /** The word for this kind of outcome in metrics and logs. */
  String kind();

  /** What is stored together with the transition. */
  default Writes writes() {
    return Writes.none();
  }

  /** See {@link Outcome#next}. */
  record Next(Stage stage, Writes writes) implements Outcome {
    public Next {
      Objects.requireNonNull(stage, "stage");
      Objects.requireNonNull(writes, "writes");
    }

    @Override
    public String kind() {
      return "next";
    }
  }

  /** See {@link Outcome#completed}. */
  record Completed(Writes writes) implements Outcome {
    public Completed {
      Objects.requireNonNull(writes, "writes");
    }

    @Override
    public String kind() {
      return "completed";
    }
  }

  /** See {@link Outcome#notReady}. */
  record NotReady(Duration after, String reason) implements Outcome {
    public NotReady {
      Objects.requireNonNull(reason, "reason");
      if (after.isNegative()) {
        throw new IllegalArgumentException("an item can't have been due before: " + after);
      }
    }

    @Override
    public String kind() {
      return "not_ready";
    }
  }

  /** See {@link Outcome#failed}. */
  record Failed(String reason) implements Outcome {
    public Failed {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String kind() {
      return "failed";
    }
  }
}
