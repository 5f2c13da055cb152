package llm;

import io.vertx.core.Future;
import java.util.List;

/**
 * Where spending is counted against budgets, in billionths of a US dollar. Implementations that
 * several nodes share never grant them more together than a cap.
 */
interface SpendStore {
  /**
   * After so long without a change of a budget, what is held of it counts as spent: the nodes that
   * held it are dead, and their calls may have been made.
   */
  long HOLD_MILLIS = 60_000;

  /**
   * One budget's news of a node, and what it wants to hold.
   *
   * @param spent by calls that are over, since the last change
   * @param released of what was granted before: spent or not needed
   * @param least wanted: nothing is granted when less is left
   * @param most wanted
   * @param cap of spent and held together
   */
  record Change(String budget, long spent, long released, long least, long most, long cap) {}

  /**
   * @param spent by all, ever
   * @param held by all, with what was just granted
   * @param granted 0, or from {@code least} to {@code most}
   */
  record State(long spent, long held, long granted) {}

  /**
   * Each change in one step.
   *
   * @return states in the order of the changes; fails when the store can't be reached, and then
   *     nothing has changed
   */
  Future<List<State>> exchange(List<Change> changes);
}
