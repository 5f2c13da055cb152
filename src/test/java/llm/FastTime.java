package llm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes {@value #TIMES} times as fast as the machine's, for pools: they rest, retry and
 * count a minute's quota as they always do, and a test does not wait for it.
 */
final class FastTime implements Timers {
  static final int TIMES = 20;

  private final Timers machine;

  FastTime(Vertx vertx) {
    this.machine = Timers.of(vertx);
  }

  @Override
  public long millis() {
    return System.nanoTime() / (TimeUnit.MILLISECONDS.toNanos(1) / TIMES);
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    machine.after(delayMillis / TIMES, task);
  }

  @Override
  public void execute(Runnable task) {
    machine.execute(task);
  }

  /** Pools of that time for those who keep the machine's: their deadlines last as long as ever. */
  static Chat of(Chat pools) {
    return new Chat() {
      @Override
      public boolean available(String service) {
        return pools.available(service);
      }

      @Override
      public int contextTokens(String service) {
        return pools.contextTokens(service);
      }

      @Override
      public Future<ChatReply> ask(Question question) {
        return pools.ask(
            new Question(
                question.service(),
                question.account(),
                question.promptName(),
                question.messages(),
                question.schema(),
                question.maxOutputTokens(),
                question.deadline().multipliedBy(TIMES),
                question.budgets(),
                question.cancellation(),
                question.ahead()));
      }
    };
  }
}
