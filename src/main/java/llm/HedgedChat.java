package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks a second time when an urgent call takes longer than nearly all before it, and takes the
 * answer that comes first (section 4.4 of the courses' contract; Dean and Barroso, "The Tail at
 * Scale", 2013). Urgent is what has {@link #URGENT} or less, such as the verdict on a source, which
 * is given without a model when none answers in time. Second calls count against the share of
 * repetitions; all others pass through, because they cost quota and their callers have time.
 *
 * <p>Confined to the thread of {@link KeyPools}.
 */
final class HedgedChat implements Chat {
  static final Duration URGENT = Duration.ofSeconds(5);
  private static final int KEPT = 100;
  private static final int ENOUGH = 20;
  private static final double PERCENTILE = 0.95;

  /** Times the usual: where answers take about as long, the slowest twentieth are no outliers. */
  private static final double OUTLIER = 1.5;

  private final Chat chat;
  private final Timers timers;
  private final RetryBudget budget;
  private final Map<String, Took> took = new HashMap<>();

  /** How long the last answers of a service took. */
  private static final class Took {
    private final long[] millis = new long[KEPT];
    private int count;

    void add(long value) {
      millis[count++ % KEPT] = value;
    }

    /**
     * After so long few answers still come; half of what is left where too little is known. Not
     * before what is half as long again as usual, since the first answer would come before a
     * second, unless a second would then come too late.
     */
    long patience(Duration deadline) {
      long half = deadline.toMillis() / 2;
      if (count < ENOUGH) {
        return half;
      }
      long[] sorted = Arrays.copyOf(millis, Math.min(count, KEPT));
      Arrays.sort(sorted);
      long usual = sorted[(sorted.length - 1) / 2];
      long few = sorted[(int) (PERCENTILE * (sorted.length - 1))] + 1;
      long outlier = Math.min((long) (OUTLIER * usual), deadline.toMillis() - usual);
      return Math.max(Math.min(few, half), outlier);
    }
  }

  /**
   * @param share of a service's urgent calls that may be made twice, 0 to 1
   */
  HedgedChat(Chat chat, Timers timers, double share) {
    this.chat = chat;
    this.timers = timers;
    this.budget = new RetryBudget(share);
  }

  @Override
  public boolean available(String service) {
    return chat.available(service);
  }

  @Override
  public int contextTokens(String service) {
    return chat.contextTokens(service);
  }

  @Override
  public Future<ChatReply> ask(Question question) {
    if (question.deadline().compareTo(URGENT) > 0) {
      return chat.ask(question);
    }
    budget.called(question.service(), timers.millis());
    return new Race(question).run();
  }

  /** One question and up to two calls for it. */
  private final class Race {
    private final Question question;
    private final Promise<ChatReply> winner = Promise.promise();
    private final Cancellation rest = new Cancellation();
    private final long begun = timers.millis();
    private int running;

    Race(Question question) {
      this.question = question;
    }

    Future<ChatReply> run() {
      Took times = took.computeIfAbsent(question.service(), service -> new Took());
      // Called off by the caller, and by the winner.
      Runnable over = question.cancellation().onCancel(rest::cancel);
      call();
      if (!winner.future().isComplete()) {
        timers.after(times.patience(question.deadline()), this::second);
      }
      return winner
          .future()
          .onSuccess(reply -> times.add(timers.millis() - begun))
          .onComplete(
              done -> {
                over.run();
                rest.cancel();
              });
    }

    private void second() {
      Duration left = question.deadline().minusMillis(timers.millis() - begun);
      if (!winner.future().isComplete()
          && !left.isNegative()
          && budget.take(question.service(), timers.millis())) {
        call();
      }
    }

    private void call() {
      running++;
      Duration left = question.deadline().minusMillis(timers.millis() - begun);
      chat.ask(question.until(rest).within(left))
          .onSuccess(winner::tryComplete)
          .onFailure(
              error -> {
                if (--running == 0) {
                  winner.tryFail(error);
                }
              });
    }
  }
}
