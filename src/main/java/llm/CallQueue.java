package llm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Waiting calls, those that somebody waits for before the others ({@link Question#ahead()}), each
 * kind in the order that fairness wants. Of calls that wait all the time every {@value #IN_A_ROW}th
 * is one of the others, so that none of them waits for ever.
 */
final class CallQueue {
  private static final int IN_A_ROW = 8;

  private final FairQueue<Waiting> ahead;
  private final FairQueue<Waiting> others;

  /** Calls ahead that were let through since the last one of the others, or passed them. */
  private int inARow;

  /**
   * @param weights as {@link FairQueue} has them
   * @param shares likewise
   */
  CallQueue(ToDoubleFunction<String> weights, ToDoubleFunction<String> shares) {
    ahead = new FairQueue<>(weights, shares);
    others = new FairQueue<>(weights, shares);
  }

  int size() {
    return ahead.size() + others.size();
  }

  void add(Waiting call) {
    of(call)
        .add(
            new FairQueue.Entry<>(
                call.question.service(), call.question.payer(), call.tokens(), call));
  }

  private FairQueue<Waiting> of(Waiting call) {
    return call.question.ahead() ? ahead : others;
  }

  /** Takes out the call whose turn it is; null when none is eligible. */
  Waiting take(Predicate<Waiting> eligible) {
    boolean turnOfOthers = inARow >= IN_A_ROW - 1;
    FairQueue<Waiting> first = turnOfOthers ? others : ahead;
    FairQueue.Taken<Waiting> next = first.take(eligible);
    if (next == null) {
      next = (turnOfOthers ? ahead : others).take(eligible);
    }
    if (next == null) {
      return null;
    }
    Waiting call = next.call();
    call.turn = next;
    inARow = call.question.ahead() ? Math.min(IN_A_ROW, inARow + 1) : 0;
    return call;
  }

  /** One that was taken could not go: it keeps its turn. */
  void giveBack(Waiting call) {
    of(call).giveBack(call.turn);
    inARow = call.question.ahead() ? Math.max(0, inARow - 1) : IN_A_ROW;
  }

  /** Takes out what matches, as when its deadline has passed. */
  List<Waiting> remove(Predicate<Waiting> matching) {
    List<Waiting> removed = new ArrayList<>(ahead.remove(matching));
    removed.addAll(others.remove(matching));
    return removed;
  }

  /** Every call that waits, in no order. */
  void forEach(Consumer<Waiting> each) {
    ahead.forEach(each);
    others.forEach(each);
  }
}
