package work;

import java.util.Set;

/**
 * The words the engine itself writes into column {@code status}; the waiting words are the stages'.
 */
final class Status {
  static final String PROCESSING = "processing";
  static final String COMPLETED = "completed";
  static final String FAILED = "failed";
  static final String CANCELLED = "cancelled";
  static final Set<String> RESERVED = Set.of(PROCESSING, COMPLETED, FAILED, CANCELLED);

  private Status() {}
}
