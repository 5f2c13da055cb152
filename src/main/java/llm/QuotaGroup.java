package llm;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import settings.LanguageModel;
import settings.LanguageModel.ResponseFormat;

/**
 * One quota (a project or organisation at a provider) as this node sees it: limits, calls at a
 * time, and until when it rests. The count itself is in the {@link QuotaStore}.
 */
final class QuotaGroup {
  private static final int CLEAN_FOR_MORE = 20;
  private static final double LESS = 0.7;
  private static final int STRIKES_FOR_DAY = 3;
  private static final long SHORTEST_PAUSE = 500;
  private static final long LONGEST_PAUSE = 60_000;

  // So long a provider may go on with what nobody waits for any more, and count it.
  private static final long WORKED_ON_MILLIS = 2_000;
  // No call waits so long for a minute's quota.
  private static final long DAY_WAIT_MILLIS = 120_000;
  private static final long MODEL_GONE_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final long NO_MONEY_MILLIS = Duration.ofHours(1).toMillis();
  // Gemini's day ends there.
  private static final ZoneId DAY_ZONE = ZoneId.of("America/Los_Angeles");

  final String name;
  final LanguageModel.Provider provider;
  final Dialect dialect;
  final List<KeyState> keys = new ArrayList<>();
  int inFlight;

  /** When its quota was last asked for by the queue. */
  long lookedAt = Long.MIN_VALUE / 2;

  private final Function<QuotaGroup, QuotaBlock> blocks;
  private QuotaBlock block;

  private final QuotaLimits configured;
  private QuotaLimits limits;
  private int model;
  private ResponseFormat format;
  private int concurrency;
  private int clean;
  private int limitedInARow;
  private int dayStrikes;
  private long closedUntil;
  private long abandonedAt = Long.MIN_VALUE / 2;
  private String lastError = "";

  /**
   * @param blocks opens the block of the model that is used
   */
  QuotaGroup(
      String name, LanguageModel.Provider provider, Function<QuotaGroup, QuotaBlock> blocks) {
    this.name = name;
    this.provider = provider;
    this.dialect = Dialect.of(provider);
    this.configured =
        new QuotaLimits(
            provider.requestsPerMinute(),
            provider.tokensPerMinute(),
            provider.requestsPerDay(),
            provider.tokensPerDay());
    this.limits = configured;
    this.concurrency = provider.concurrency();
    this.format = Dialect.format(provider, model());
    this.blocks = blocks;
    this.block = blocks.apply(this);
  }

  QuotaBlock block() {
    return block;
  }

  String model() {
    return provider.models().get(model);
  }

  ResponseFormat format() {
    return format;
  }

  /** The name of the count: providers count each model for itself. */
  String quota() {
    return name + "/" + model();
  }

  QuotaLimits limits() {
    return limits;
  }

  boolean free() {
    return provider.inputPrice() == 0 && provider.outputPrice() == 0;
  }

  /** Billionths of a dollar. */
  long price(int tokensIn, int tokensOut) {
    return Budget.nanos(
        (tokensIn * provider.inputPrice() + tokensOut * provider.outputPrice()) / 1e6);
  }

  /** Tokens of input and output that one call may have. */
  int contextTokens() {
    int perMinute = limits().tokensPerMinute();
    return perMinute == 0
        ? provider.contextTokens()
        : Math.min(perMinute, provider.contextTokens());
  }

  boolean fits(int tokens) {
    return tokens <= provider.contextTokens() && limits().fits(tokens);
  }

  int room() {
    return concurrency - inFlight;
  }

  /** Which part of its places is taken, from 0 to 1 or a little above when places were lost. */
  double busy() {
    return (double) inFlight / concurrency;
  }

  int concurrency() {
    return concurrency;
  }

  /** Until when the provider wants no calls. */
  long closedUntil() {
    return Math.max(closedUntil, block.closedUntil());
  }

  /** When the next call may go, by what is known here. */
  long openAt() {
    return Math.max(closedUntil(), block.nextAsk());
  }

  /** As {@link #openAt()}, but without waits that hold for the call at the head only. */
  long surelyClosedUntil(long now) {
    long quota = block.nextAsk();
    return Math.max(closedUntil(), quota > now + DAY_WAIT_MILLIS ? quota : 0);
  }

  String lastError() {
    return lastError;
  }

  void cleanCall() {
    limitedInARow = 0;
    dayStrikes = 0;
    if (++clean >= CLEAN_FOR_MORE) {
      clean = 0;
      concurrency = Math.min(provider.concurrency(), concurrency + 1);
    }
  }

  /** A call was called off, or given up, while the provider may have been working on it. */
  void abandoned(long now) {
    abandonedAt = now;
  }

  /**
   * The provider had enough: rests as long as it said, or longer with each time. That fewer calls
   * may run at a time is learned from it once a rest, for calls that left before say no more; and
   * not when what was called off may have been counted too.
   */
  void limited(long now, ChatFailure failure) {
    if (now >= closedUntil && now - abandonedAt >= WORKED_ON_MILLIS) {
      concurrency = Math.max(1, (int) (concurrency * LESS));
    }
    clean = 0;
    long wait = failure.retryAfterMillis();
    if (wait == 0) {
      long most = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE << Math.min(7, ++limitedInARow));
      wait = SHORTEST_PAUSE + ThreadLocalRandom.current().nextLong(most);
    }
    close(now, wait, failure.words());
  }

  /** The day's quota is used up; a third such answer in a row is believed until the day ends. */
  void dayLimited(long now, ChatFailure failure) {
    long wait = failure.retryAfterMillis() == 0 ? LONGEST_PAUSE : failure.retryAfterMillis();
    if (++dayStrikes >= STRIKES_FOR_DAY) {
      ZonedDateTime there = ZonedDateTime.now(DAY_ZONE);
      wait =
          Duration.between(there, there.toLocalDate().plusDays(1).atStartOfDay(DAY_ZONE))
              .toMillis();
    }
    close(now, wait, failure.words());
  }

  void noMoney(long now, ChatFailure failure) {
    close(now, NO_MONEY_MILLIS, failure.words());
  }

  private void close(long now, long millis, String why) {
    lastError = why;
    closedUntil = Math.max(closedUntil, now + millis);
    // The other nodes rest too.
    block.tell(QuotaState.News.closed(millis), true);
  }

  /**
   * The provider does not know a model.
   *
   * @return whether another one takes its place; otherwise the group rests
   */
  boolean modelGone(long now, String gone) {
    if (!model().equals(gone)) {
      return true;
    }
    lastError = "the provider does not know the model " + gone;
    if (model + 1 < provider.models().size()) {
      model++;
      format = Dialect.format(provider, model());
      block.close();
      block = blocks.apply(this);
      return true;
    }
    model = 0;
    format = Dialect.format(provider, model());
    closedUntil = Math.max(closedUntil, now + MODEL_GONE_MILLIS);
    return false;
  }

  /** The model does not take a format: from now on a weaker one. */
  void formatRefused(ResponseFormat refused) {
    if (format == refused) {
      format = Dialect.weaker(format);
    }
  }

  /** Takes in what headers say; a lower limit than the settings' holds. */
  void learn(RateHeaders rates) {
    long requests = rates.requestLimit();
    QuotaLimits learned =
        new QuotaLimits(
            dialect.requestHeadersAreDaily() ? 0 : (int) Math.max(0, requests),
            (int) Math.min(Integer.MAX_VALUE, Math.max(0, rates.tokenLimit())),
            dialect.requestHeadersAreDaily() ? (int) Math.max(0, requests) : 0,
            0);
    limits = configured.and(learned);
    block.limits(limits);
  }
}
