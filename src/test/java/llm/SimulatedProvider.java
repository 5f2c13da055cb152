package llm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import settings.LanguageModel;

/**
 * A provider in simulated time that counts every call in all the ways providers count: any 60
 * seconds, minutes of the clock, and a bucket that refills evenly.
 */
final class SimulatedProvider implements ModelCalls {
  private static final long MINUTE = 60_000;

  /** One quota's counts by arrival. */
  private final class Counts {
    private final Deque<long[]> window = new ArrayDeque<>();
    private long requests;
    private long tokens;
    private long minute = -1;
    private long minuteRequests;
    private long minuteTokens;
    private double requestBucket = requestsPerMinute;
    private double tokenBucket = tokensPerMinute;
    private long filledAt = time.millis();

    private boolean take(long amount) {
      long now = time.millis();
      while (!window.isEmpty() && window.peekFirst()[0] + MINUTE <= now) {
        tokens -= window.removeFirst()[1];
        requests--;
      }
      if (now / MINUTE != minute) {
        minute = now / MINUTE;
        minuteRequests = 0;
        minuteTokens = 0;
      }
      double passed = (now - filledAt) / (double) MINUTE;
      requestBucket = Math.min(requestsPerMinute, requestBucket + passed * requestsPerMinute);
      tokenBucket = Math.min(tokensPerMinute, tokenBucket + passed * tokensPerMinute);
      filledAt = now;
      boolean over =
          requests + 1 > requestsPerMinute
              || tokens + amount > tokensPerMinute
              || minuteRequests + 1 > requestsPerMinute
              || minuteTokens + amount > tokensPerMinute
              || requestBucket < 1 - 1e-6
              || tokenBucket < amount - 1e-6;
      window.addLast(new long[] {now, amount});
      requests++;
      tokens += amount;
      minuteRequests++;
      minuteTokens += amount;
      requestBucket -= 1;
      tokenBucket -= amount;
      return !over;
    }
  }

  private final VirtualTime time;
  private final Random random;
  private final int requestsPerMinute;
  private final int tokensPerMinute;
  private final Map<String, Counts> counts = new HashMap<>();
  private final Map<String, Integer> callsByKey = new HashMap<>();
  private final Map<String, Integer> callsByAccount = new HashMap<>();

  /** What happens to a call instead of an answer; null is an answer. */
  Function<LanguageModel.Key, ChatFailure> trouble = key -> null;

  /** Milliseconds until an answer. */
  int latency = 1_500;

  /** Half of them pass for certain; how many more may. All of them when negative. */
  int spread = -1;

  /** Longest time between a call's start and its leaving: a process that is cold or starved. */
  int stall;

  /** Whether answers tell how long they took after the call had come. */
  boolean tellsProcessing;

  /** Longest time between a call's leaving and its arrival. */
  int travel = 200;

  int violations;
  int answered;
  long tokensTaken;

  SimulatedProvider(VirtualTime time, long seed, int requestsPerMinute, int tokensPerMinute) {
    this.time = time;
    this.random = new Random(seed);
    this.requestsPerMinute = requestsPerMinute;
    this.tokensPerMinute = tokensPerMinute;
  }

  int calls(String alias) {
    return callsByKey.getOrDefault(alias, 0);
  }

  int answers(String account) {
    return callsByAccount.getOrDefault(account, 0);
  }

  @Override
  public Future<CallResult> call(
      LanguageModel.Provider provider,
      String model,
      LanguageModel.ResponseFormat format,
      LanguageModel.Key key,
      Question question,
      Duration limit,
      Future<?> unwanted,
      Permit permit) {
    Promise<CallResult> promise = Promise.promise();
    unwanted.onComplete(
        now ->
            promise.tryComplete(
                CallResult.failed(ChatFailure.Kind.LOST, "called off", CallResult.End.ABANDONED)));
    time.after(
        random.nextInt(stall + 1),
        () -> {
          if (permit.leave()) {
            arrive(provider, model, key, question, promise);
          } else {
            promise.tryComplete(
                CallResult.failed(ChatFailure.Kind.LOST, "too late", CallResult.End.UNSENT));
          }
        });
    return promise.future();
  }

  private void arrive(
      LanguageModel.Provider provider,
      String model,
      LanguageModel.Key key,
      Question question,
      Promise<CallResult> promise) {
    int reserved = question.inputTokens() + question.maxOutputTokens();
    time.after(
        random.nextInt(travel + 1),
        () -> {
          callsByKey.merge(key.alias(), 1, Integer::sum);
          ChatFailure failure = trouble.apply(key);
          if (failure != null) {
            time.after(
                20, () -> promise.tryComplete(new CallResult(null, failure, RateHeaders.NONE, -1)));
            return;
          }
          Counts quota = counts.computeIfAbsent(key.group(), group -> new Counts());
          if (!quota.take(reserved)) {
            violations++;
            time.after(
                20,
                () ->
                    promise.tryComplete(
                        new CallResult(
                            null,
                            new ChatFailure(ChatFailure.Kind.RATE_LIMITED, 1_000, "429", 429),
                            RateHeaders.NONE,
                            -1)));
            return;
          }
          tokensTaken += reserved;
          int processing =
              1 + latency / 2 + random.nextInt(Math.max(1, spread < 0 ? latency : spread));
          time.after(
              processing,
              () -> {
                answered++;
                callsByAccount.merge(question.account(), 1, Integer::sum);
                promise.tryComplete(
                    new CallResult(
                        new ChatReply(
                            "{}",
                            ChatReply.Ending.STOP,
                            "",
                            provider.name(),
                            model,
                            question.inputTokens(),
                            question.maxOutputTokens()),
                        null,
                        tellsProcessing
                            ? new RateHeaders(-1, -1, -1, -1, processing)
                            : RateHeaders.NONE,
                        reserved));
              });
        });
  }
}
