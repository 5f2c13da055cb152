package llm;

import java.time.Duration;
import java.util.Locale;
import llm.ChatFailure.Kind;
import llm.ModelUnavailable.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.LanguageModel;

/**
 * Makes the attempts of calls that {@link KeyPools} has let through: books what each used of quota
 * and money, lets group and key learn from it, and decides whether and when another may follow.
 *
 * <p>Confined to the thread of {@link KeyPools}.
 */
final class Attempts {
  /** What becomes of a call after an attempt. */
  interface Fate {
    void answered(Waiting call, ChatReply reply);

    /** It may go anywhere again. */
    void again(Waiting call);

    void over(Waiting call, Reason reason, String why);

    /** An attempt has ended, and what it held is free. */
    void freed();
  }

  private static final Logger log = LoggerFactory.getLogger(Attempts.class);
  private static final int MOST_ATTEMPTS = 6;
  private static final long SHORTEST_RETRY = 250;
  private static final long LONGEST_RETRY = 8_000;
  // How often a call that may not be repeated yet asks again.
  private static final long RETRY_BUDGET_PAUSE = 1_000;
  // Quicker than any model speaks.
  private static final long MOST_TOKENS_A_SECOND = 1_000;

  private final LanguageModel settings;
  private final Ways ways;
  private final ModelCalls calls;
  private final Timers timers;
  private final Meter meter;
  private final SpendCaps caps;
  private final RetryBudget retries;
  private final PoolTraffic traffic = new PoolTraffic();
  private final Fate fate;

  Attempts(
      LanguageModel settings,
      Ways ways,
      ModelCalls calls,
      Timers timers,
      Meter meter,
      SpendCaps caps,
      Fate fate) {
    this.settings = settings;
    this.ways = ways;
    this.calls = calls;
    this.timers = timers;
    this.meter = meter;
    this.caps = caps;
    this.retries = new RetryBudget(settings.retryShare());
    this.fate = fate;
  }

  /** Makes one; its quota and its money are held. */
  void make(Waiting call, QuotaGroup group, KeyState key, Permit permit) {
    long begun = timers.millis();
    key.inFlight++;
    group.inFlight++;
    call.running = true;
    if (call.attempts++ == 0) {
      retries.called(ways.pool(call.question.service()), begun);
    }
    String model = group.model();
    LanguageModel.ResponseFormat format = group.format();
    long limit = Math.max(1, Math.min(settings.callTimeout().toMillis(), call.deadline - begun));
    calls
        .call(
            group.provider,
            model,
            format,
            key.key,
            call.question,
            Duration.ofMillis(limit),
            call.unwanted.future(),
            permit)
        .onComplete(
            result -> {
              key.inFlight--;
              group.inFlight--;
              call.running = false;
              if (permit.late()) {
                again(call, group);
                return;
              }
              CallResult outcome =
                  result.succeeded()
                      ? result.result()
                      : CallResult.failed(Kind.LOST, String.valueOf(result.cause()));
              if (outcome.end() == CallResult.End.ABANDONED) {
                group.abandoned(timers.millis());
              }
              settle(call, group, permit, outcome);
              book(call, group, key, model, begun, outcome);
              if (call.done) {
                // Called off: it was the caller's wish, and says nothing of key and provider.
                release(call);
              } else if (outcome.reply() != null) {
                key.succeeded();
                group.cleanCall();
                fate.answered(call, outcome.reply());
              } else {
                failed(call, group, key, model, format, outcome.failure());
              }
              fate.freed();
            });
  }

  /** Nothing was sent, and nobody is to blame: it waits for another permit. */
  private void again(Waiting call, QuotaGroup group) {
    log.debug("a call for {} was not sent: its permit had run out", group.provider.name());
    call.attempts--;
    if (call.done) {
      release(call);
    } else {
      fate.again(call);
    }
    fate.freed();
  }

  PoolTraffic traffic() {
    return traffic;
  }

  /** Lets go of the money that is held for a call. */
  void release(Waiting call) {
    caps.settle(call.budgets, call.held, 0);
    call.held = 0;
  }

  /** Tells the quota what the call used other than was spent for it. */
  private void settle(Waiting call, QuotaGroup group, Permit permit, CallResult outcome) {
    RateHeaders rates = outcome.rates();
    if (rates.requestLimit() > 0 || rates.tokenLimit() > 0) {
      group.learn(rates);
    }
    if (outcome.end() == CallResult.End.UNSENT && !permit.counted()) {
      permit.unused();
      return;
    }
    if (group.limits().unlimited()) {
      return;
    }
    // Whoever does not tell when it left had it leave at once.
    permit.leave();
    if (rates.processingMillis() >= 0) {
      // It was counted before it was worked on: all other time may have been its way there.
      permit.counted(timers.millis() - permit.leftAt() - rates.processingMillis());
    }
    QuotaBlock block = group.block();
    long age = timers.millis() - permit.leftAt();
    long tokens = tokenDifference(call, group, age, outcome);
    int requests = outcome.end() == CallResult.End.UNSENT ? -1 : 0;
    if (tokens != 0 || requests != 0) {
      // Calls that wait for this quota may fit now.
      block.tell(QuotaState.News.settled(age, requests, tokens), tokens < 0 || requests < 0);
    }
    if (rates.requestsLeft() >= 0 || rates.tokensLeft() >= 0) {
      boolean daily = group.dialect.requestHeadersAreDaily();
      block.left(
          age,
          daily ? -1 : rates.requestsLeft(),
          rates.tokensLeft(),
          daily ? rates.requestsLeft() : -1);
    }
  }

  private static long tokenDifference(
      Waiting call, QuotaGroup group, long tookMillis, CallResult outcome) {
    if (outcome.end() == CallResult.End.UNSENT) {
      return -call.tokens();
    }
    long difference = outcome.tokensUsed() < 0 ? 0 : outcome.tokensUsed() - call.tokens();
    if (outcome.end() == CallResult.End.ABANDONED && call.done) {
      // Called off: it can't have said more than that.
      long said = tookMillis * MOST_TOKENS_A_SECOND / 1_000;
      difference = -Math.max(0, call.question.maxOutputTokens() - said);
    }
    return difference < 0 && !group.dialect.countsUsedTokens() ? 0 : difference;
  }

  private void book(
      Waiting call, QuotaGroup group, KeyState key, String model, long begun, CallResult outcome) {
    ChatReply reply = outcome.reply();
    int in = reply == null ? 0 : reply.tokensIn() > 0 ? reply.tokensIn() : call.inputTokens;
    int out =
        reply == null
            ? 0
            : reply.tokensOut() > 0 ? reply.tokensOut() : TokenEstimate.of(reply.text());
    if (outcome.end() == CallResult.End.ABANDONED) {
      // The provider may have worked and charge it, and will not tell.
      in = call.inputTokens;
      out = call.question.maxOutputTokens();
    }
    long cost = group.price(in, out);
    long paid = Math.min(cost, call.held);
    call.held -= paid;
    caps.settle(call.budgets, paid, cost);
    traffic.attempt(
        ways.pool(call.question.service()),
        timers.millis(),
        in + out,
        call.done ? null : outcome.failure());
    String status =
        reply != null
            ? "ok"
            : call.done ? "cancelled" : outcome.failure().kind().name().toLowerCase(Locale.ROOT);
    meter.book(
        new Usage(
            call.question.service(),
            call.question.account(),
            call.question.user(),
            call.question.promptName(),
            key.key.alias(),
            group.provider.name(),
            model,
            status,
            in,
            out,
            Budget.usd(cost),
            begun - call.arrived,
            timers.millis() - begun));
  }

  private void failed(
      Waiting call,
      QuotaGroup group,
      KeyState key,
      String model,
      LanguageModel.ResponseFormat format,
      ChatFailure failure) {
    long now = timers.millis();
    call.last = failure;
    long pause = 0;
    boolean repeats = false;
    switch (failure.kind()) {
      case RATE_LIMITED -> group.limited(now, failure);
      case DAY_LIMITED -> {
        group.dayLimited(now, failure);
        call.passedGroups.add(group);
      }
      case NO_MONEY -> {
        log.warn("{}: the account of {} has no money left", group.provider.name(), group.name);
        group.noMoney(now, failure);
        call.passedGroups.add(group);
      }
      case KEY_REFUSED -> {
        log.warn(
            "{} refuses key {} ({}): replace it, it is not used any more; keys in files are read"
                + " again, others at the next start",
            group.provider.name(),
            key.key.alias(),
            failure.words());
        key.refuse(failure.words());
      }
      case MODEL_GONE -> {
        boolean another = group.modelGone(now, model);
        log.warn(
            "{} does not know the model {}: set {}; {}",
            group.provider.name(),
            model,
            setting(group.provider),
            another ? "going on with " + group.model() : "it rests for ten minutes");
        if (!another) {
          call.passedGroups.add(group);
        }
      }
      case FORMAT_UNSUPPORTED -> {
        if (format == LanguageModel.ResponseFormat.NONE) {
          call.passedGroups.add(group);
        }
        group.formatRefused(format);
      }
      case TOO_LARGE, BAD_REQUEST -> call.passedGroups.add(group);
      case OVERLOADED, LOST -> {
        key.failed(now, failure.words());
        repeats = true;
        if (ways.alone(call, key)) {
          pause =
              Math.max(
                  failure.retryAfterMillis(),
                  Math.min(LONGEST_RETRY, SHORTEST_RETRY << call.attempts));
        } else {
          call.passedKeys.add(key);
        }
      }
    }
    if (!repeats) {
      key.note(failure.words());
    }
    if (call.attempts >= MOST_ATTEMPTS) {
      fate.over(call, Reason.PROVIDER, "failed " + call.attempts + " times");
    } else if (repeats) {
      repeat(call, pause);
    } else {
      fate.again(call);
    }
  }

  /** Meanwhile the call waits outside of the queue, holding nothing. */
  private void repeat(Waiting call, long pause) {
    if (timers.millis() + pause >= call.deadline) {
      fate.over(call, Reason.DEADLINE, "no time is left for another attempt");
    } else if (pause > 0) {
      timers.after(pause, () -> repeat(call, 0));
    } else if (call.done) {
      return;
    } else if (retries.take(ways.pool(call.question.service()), timers.millis())) {
      fate.again(call);
    } else {
      repeat(call, RETRY_BUDGET_PAUSE);
    }
  }

  /** The setting that names a provider's models. */
  static String setting(LanguageModel.Provider provider) {
    return "language-model." + provider.name() + "-model";
  }
}
