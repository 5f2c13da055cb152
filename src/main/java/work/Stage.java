package work;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One step of a pipeline.
 *
 * @param name what column {@code stage} holds
 * @param address the event bus address that wakes this stage's workers: the table's address prefix
 *     followed by the name
 * @param waitingStatus what column {@code status} holds while an item waits for this stage
 */
public record Stage(String name, String address, String waitingStatus) {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  public Stage {
    if (!WORD.matcher(name).matches()) {
      throw new IllegalArgumentException("a stage's name is a lower-case word, not '" + name + "'");
    }
    if (!WORD.matcher(waitingStatus).matches() || Status.RESERVED.contains(waitingStatus)) {
      throw new IllegalArgumentException(
          "a waiting status is a lower-case word other than "
              + Status.RESERVED
              + ", not '"
              + waitingStatus
              + "'");
    }
    Objects.requireNonNull(address, "address");
  }
}
