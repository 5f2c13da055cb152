package llm;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import llm.ChatFailure.Kind;
import llm.ModelUnavailable.Reason;
import llm.Routes.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.LanguageModel;

/**
 * Lets calls through to providers so that no quota is ever exceeded, all of it is used while calls
 * wait, every service gets its share, and what one provider can't do the next one does.
 *
 * <p>A call waits in one queue for all services and holds nothing while it waits. Each quota group
 * takes the fairest calls that may use it, reserves their tokens in the {@link QuotaStore} in one
 * step for all of them, and starts those that were granted. A call prefers the first provider of
 * its service and goes to a later one when the earlier ones could not serve it soon.
 *
 * <p>Confined to one thread, that of its {@link Timers}.
 */
public final class KeyPools implements Chat {
  private static final Logger log = LoggerFactory.getLogger(KeyPools.class);
  private static final int MOST_ATTEMPTS = 6;
  private static final int MOST_TAKEN = 64;
  private static final long NEWS_MILLIS = 200;
  private static final long SCAN_MILLIS = 50;
  private static final long STORE_PAUSE_MILLIS = 500;
  private static final long SHORTEST_RETRY = 250;
  private static final long LONGEST_RETRY = 8_000;
  private static final long MONEY_PAUSE = 250;
  // Quicker than any model speaks.
  private static final long MOST_TOKENS_A_SECOND = 1_000;
  private static final String LESSON = "lesson:";
  private static final String DAY = "day:";
  private static final String CALLED_OFF = "was called off by whoever asked";

  private final LanguageModel settings;
  private final Routes routes;
  private final Ways ways;
  private final QuotaStore quotas;
  private final ModelCalls calls;
  private final Timers timers;
  private final Meter meter;
  private final FairQueue<Waiting> queue;
  private long nextDeadline = Long.MAX_VALUE;
  private long nextScan;
  private boolean changed;
  private long wakeAt = Long.MAX_VALUE;
  private final SpendCaps caps;
  private boolean pumping;
  private boolean again;

  KeyPools(
      LanguageModel settings,
      QuotaStore quotas,
      SpendStore spends,
      ModelCalls calls,
      Timers timers,
      Meter meter) {
    this.settings = settings;
    this.routes = new Routes(settings);
    this.ways = new Ways(settings, routes);
    this.caps = new SpendCaps(spends, timers);
    this.quotas = quotas;
    this.calls = calls;
    this.timers = timers;
    this.meter = meter;
    this.queue = new FairQueue<>(service -> settings.weights().getOrDefault(service, 1));
  }

  @Override
  public boolean available(String service) {
    return contextTokens(service) > 0;
  }

  @Override
  public int contextTokens(String service) {
    long soon = timers.millis() + settings.callTimeout().toMillis();
    for (Route route : routes.of(service)) {
      boolean usable =
          route.group().openAt() <= soon
              && (route.group().free() || !dayIsSpent())
              && route.keys().stream().anyMatch(k -> k.alive() && k.usableAt(0) <= soon);
      if (usable) {
        return route.group().contextTokens();
      }
    }
    return 0;
  }

  @Override
  public Future<ChatReply> ask(Question question) {
    long now = timers.millis();
    Waiting call = new Waiting(question, budgets(question), now);
    if (question.cancellation().cancelled()) {
      giveUp(call, Reason.CANCELLED, CALLED_OFF);
      return call.promise.future();
    }
    if (queue.size() >= settings.queue()) {
      return Future.failedFuture(
          new ModelUnavailable(
              Reason.QUOTA, queue.size() + " calls wait already (language-model.queue)"));
    }
    call.forget = question.cancellation().onCancel(() -> timers.execute(() -> cancel(call)));
    enqueue(call);
    pump();
    return call.promise.future();
  }

  private List<Budget> budgets(Question question) {
    List<Budget> budgets = new ArrayList<>(question.budgets());
    if (settings.lessonSpendCap().isPresent() && question.account().startsWith(LESSON)) {
      budgets.add(new Budget(question.account(), settings.lessonSpendCap().getAsDouble()));
    }
    day().ifPresent(budgets::add);
    return List.copyOf(budgets);
  }

  private Optional<Budget> day() {
    return settings.dailySpendCap().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Budget(
                DAY + LocalDate.now(ZoneOffset.UTC), settings.dailySpendCap().getAsDouble()));
  }

  private boolean dayIsSpent() {
    return day().map(budget -> caps.beyond(budget, 1)).orElse(false);
  }

  /** Nobody wants the answer: what it holds is free at once. */
  private void cancel(Waiting call) {
    if (call.done) {
      return;
    }
    giveUp(call, Reason.CANCELLED, CALLED_OFF);
    queue.remove(waiting -> waiting == call);
    call.unwanted.complete();
    pump();
  }

  private void enqueue(Waiting call) {
    queue.add(
        new FairQueue.Entry<>(
            call.question.service(), call.question.account(), call.tokens(), call));
    nextDeadline = Math.min(nextDeadline, call.deadline);
    if (ways.earliest(call, timers.millis()) >= call.deadline) {
      changed = true;
      nextScan = 0;
    }
  }

  /** Starts what can start. Calls of it while it runs make it run once more. */
  private void pump() {
    if (pumping) {
      again = true;
      return;
    }
    pumping = true;
    try {
      do {
        again = false;
        long now = timers.millis();
        dropHopeless(now);
        if (queue.size() > 0) {
          routes.groups().forEach(group -> fill(group, now));
        }
        sleep(now);
      } while (again);
    } finally {
      pumping = false;
    }
  }

  private void fill(QuotaGroup group, long now) {
    int room = Math.min(group.room(), MOST_TAKEN);
    if (group.exchanging || room <= 0 || group.openAt() > now) {
      return;
    }
    List<FairQueue.Entry<Waiting>> taken =
        withMoney(group, queue.take(room, call -> ways.eligible(call, group, now)));
    if (taken.isEmpty()) {
      return;
    }
    if (group.limits().unlimited()) {
      taken.forEach(entry -> start(entry.call(), group, 0));
      return;
    }
    // Rooms and money are taken before the store is asked, so that nothing else takes them.
    group.inFlight += taken.size();
    exchange(group, taken);
  }

  /**
   * Those that have the money for an attempt. The others come back to the queue when theirs is
   * held, or can't be.
   */
  private List<FairQueue.Entry<Waiting>> withMoney(
      QuotaGroup group, List<FairQueue.Entry<Waiting>> taken) {
    if (group.free()) {
      return taken;
    }
    List<FairQueue.Entry<Waiting>> ready = new ArrayList<>();
    for (FairQueue.Entry<Waiting> entry : taken) {
      Waiting call = entry.call();
      long missing = Ways.price(call, group) - call.held;
      if (call.budgets.isEmpty() || missing <= 0) {
        ready.add(entry);
      } else {
        group.inFlight++;
        caps.hold(call.budgets, missing)
            .onSuccess(
                answer -> {
                  group.inFlight--;
                  if (call.done) {
                    caps.settle(call.budgets, answer == SpendCaps.Answer.HELD ? missing : 0, 0);
                    pump();
                    return;
                  }
                  switch (answer) {
                    case HELD -> call.held += missing;
                    case LATER -> call.moneyAt = timers.millis() + MONEY_PAUSE;
                    case BEYOND -> {
                      call.tooDear = Math.min(call.tooDear, Ways.price(call, group));
                      changed = true;
                      nextScan = 0;
                    }
                  }
                  queue.giveBack(List.of(entry));
                  if (answer == SpendCaps.Answer.LATER) {
                    timers.after(MONEY_PAUSE, this::pump);
                  }
                  pump();
                });
      }
    }
    return ready;
  }

  private void exchange(QuotaGroup group, List<FairQueue.Entry<Waiting>> taken) {
    group.exchanging = true;
    List<QuotaState.News> news = List.copyOf(group.news);
    group.news.clear();
    List<Integer> wanted = taken.stream().map(entry -> entry.call().tokens()).toList();
    quotas
        .exchange(group.quota(), group.limits(), news, wanted)
        .onComplete(
            result -> {
              group.exchanging = false;
              group.inFlight -= taken.size();
              long now = timers.millis();
              if (result.failed()) {
                // Without a count nobody goes: the limits hold whatever happens.
                group.news.addAll(0, news);
                group.nextFree = now + STORE_PAUSE_MILLIS;
                log.debug("quota {} can't be counted", group.quota(), result.cause());
                giveBack(taken);
              } else {
                QuotaState.Verdict verdict = result.result();
                taken
                    .subList(0, verdict.granted())
                    .forEach(entry -> start(entry.call(), group, verdict.at()));
                giveBack(taken.subList(verdict.granted(), taken.size()));
                group.nextFree = verdict.waitMillis() == 0 ? 0 : now + verdict.waitMillis();
                changed |= verdict.waitMillis() > 0;
              }
              pump();
            });
  }

  private void giveBack(List<FairQueue.Entry<Waiting>> taken) {
    queue.giveBack(taken.stream().filter(entry -> !entry.call().done).toList());
  }

  private void start(Waiting call, QuotaGroup group, long reservedAt) {
    long now = timers.millis();
    KeyState key = ways.leastBusy(call, group, now);
    if (key == null || call.done) {
      // Its breaker opened, or it was called off, while the quota was asked: what was reserved is
      // lost, the call isn't.
      if (!call.done) {
        enqueue(call);
      }
      return;
    }
    key.inFlight++;
    group.inFlight++;
    call.attempts++;
    call.running = true;
    String model = group.model();
    var format = group.format();
    long limit = Math.max(1, Math.min(settings.callTimeout().toMillis(), call.deadline - now));
    calls
        .call(
            group.provider,
            model,
            format,
            key.key,
            call.question,
            Duration.ofMillis(limit),
            call.unwanted.future())
        .onComplete(
            result -> {
              key.inFlight--;
              group.inFlight--;
              call.running = false;
              CallResult outcome =
                  result.succeeded()
                      ? result.result()
                      : CallResult.failed(Kind.LOST, String.valueOf(result.cause()));
              settle(call, group, reservedAt, outcome, timers.millis() - now);
              book(call, group, key, model, now, outcome);
              changed |= !group.free();
              if (call.done) {
                // Called off: it was the caller's wish, and says nothing of key and provider.
                pump();
                return;
              }
              if (outcome.reply() != null) {
                key.succeeded();
                group.cleanCall();
                finish(call, outcome.reply());
              } else {
                failed(call, group, key, model, format, outcome.failure());
              }
              pump();
            });
  }

  private void settle(
      Waiting call, QuotaGroup group, long reservedAt, CallResult outcome, long tookMillis) {
    RateHeaders rates = outcome.rates();
    if (rates.requestLimit() > 0 || rates.tokenLimit() > 0) {
      group.learn(rates);
    }
    QuotaLimits limits = group.limits();
    if (limits.unlimited()) {
      return;
    }
    long difference = outcome.tokensUsed() < 0 ? 0 : outcome.tokensUsed() - call.tokens();
    if (outcome.end() == CallResult.End.UNSENT) {
      difference = -call.tokens();
    } else if (outcome.end() == CallResult.End.ABANDONED && call.done) {
      // Called off: it can't have said more than that.
      long said = tookMillis * MOST_TOKENS_A_SECOND / 1_000;
      difference = -Math.max(0, call.question.maxOutputTokens() - said);
    }
    if (difference < 0
        && !group.dialect.countsUsedTokens()
        && outcome.end() != CallResult.End.UNSENT) {
      difference = 0;
    }
    boolean daily = group.dialect.requestHeadersAreDaily();
    boolean tokens = limits.tokensPerMinute() > 0 || limits.tokensPerDay() > 0;
    if (tokens && difference != 0 || rates.requestsLeft() >= 0 || rates.tokensLeft() >= 0) {
      group.news.add(
          new QuotaState.News(
              reservedAt,
              difference,
              daily ? -1 : rates.requestsLeft(),
              rates.tokensLeft(),
              daily ? rates.requestsLeft() : -1,
              0));
      // Calls that wait for this quota may fit now.
      if (difference < 0) {
        group.nextFree = Math.min(group.nextFree, timers.millis());
      }
      if (group.news.size() == 1) {
        timers.after(NEWS_MILLIS, () -> tell(group));
      }
    }
  }

  /** News that no reservation took along. */
  private void tell(QuotaGroup group) {
    if (!group.news.isEmpty() && !group.exchanging) {
      exchange(group, List.of());
    } else if (!group.news.isEmpty()) {
      timers.after(NEWS_MILLIS, () -> tell(group));
    }
  }

  private void book(
      Waiting call,
      QuotaGroup group,
      KeyState key,
      String model,
      long started,
      CallResult outcome) {
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
    if (call.done) {
      release(call);
    }
    String status =
        reply != null
            ? "ok"
            : call.done ? "cancelled" : outcome.failure().kind().name().toLowerCase(Locale.ROOT);
    meter.book(
        new Usage(
            call.question.service(),
            call.question.account(),
            call.question.promptName(),
            key.key.alias(),
            group.provider.name(),
            model,
            status,
            in,
            out,
            Budget.usd(cost),
            started - call.arrived,
            timers.millis() - started));
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
    changed = true;
    long pause = 0;
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
            "{} refuses key {} ({}): replace it and start again; it is not used any more",
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
    if (failure.kind() != Kind.OVERLOADED && failure.kind() != Kind.LOST) {
      key.note(failure.words());
    }
    if (call.attempts >= MOST_ATTEMPTS) {
      giveUp(call, Reason.PROVIDER, "failed " + call.attempts + " times");
    } else if (pause > 0 && now + pause >= call.deadline) {
      giveUp(call, Reason.DEADLINE, "no time is left for another attempt");
    } else if (pause > 0) {
      // It waits outside of the queue, holding nothing.
      timers.after(pause, () -> rejoin(call));
    } else {
      rejoin(call);
    }
  }

  /** The setting that names a provider's models. */
  static String setting(LanguageModel.Provider provider) {
    return "language-model." + provider.name() + "-model";
  }

  private void rejoin(Waiting call) {
    if (call.done) {
      return;
    }
    enqueue(call);
    pump();
  }

  private void finish(Waiting call, ChatReply reply) {
    end(call);
    call.promise.tryComplete(reply);
  }

  private void end(Waiting call) {
    call.done = true;
    call.forget.run();
    if (!call.running) {
      release(call);
    }
  }

  private void release(Waiting call) {
    caps.settle(call.budgets, call.held, 0);
    call.held = 0;
  }

  private void giveUp(Waiting call, Reason reason, String why) {
    end(call);
    String last = call.last == null ? "" : "; the last provider " + call.last.words();
    call.promise.tryFail(
        new ModelUnavailable(reason, "a call for " + call.question.service() + " " + why + last));
  }

  /**
   * Fails calls whose time is up, and early those that nobody can serve in their time. Looking at
   * all calls takes time itself, so it is done when a deadline passes or something has changed.
   */
  private void dropHopeless(long now) {
    if (now < nextDeadline && (!changed || now < nextScan)) {
      return;
    }
    changed = false;
    nextScan = now + SCAN_MILLIS;
    nextDeadline = Long.MAX_VALUE;
    List<Waiting> hopeless =
        queue.remove(
            call -> {
              if (now >= call.deadline || ways.earliest(call, now) >= call.deadline) {
                return true;
              }
              nextDeadline = Math.min(nextDeadline, call.deadline);
              return false;
            });
    if (!hopeless.isEmpty()) {
      // One of them may be what the others had to wait behind.
      routes.groups().forEach(QuotaGroup::askAgain);
    }
    hopeless.forEach(call -> giveUp(call, ways.reason(call, now), ways.words(call, now)));
  }

  private void sleep(long now) {
    if (queue.size() == 0) {
      return;
    }
    long next = changed ? Math.min(nextDeadline, nextScan) : nextDeadline;
    for (QuotaGroup group : routes.groups()) {
      if (group.room() > 0 && !group.exchanging) {
        for (KeyState key : group.keys) {
          long at = Math.max(group.openAt(), key.usableAt(now));
          if (at > now && key.alive()) {
            next = Math.min(next, at);
          }
        }
      }
    }
    // A preferred provider that stays full is waited for no longer than patience.
    next = Math.min(next, now + Math.max(SCAN_MILLIS, settings.patience().toMillis()));
    if (next < wakeAt) {
      wakeAt = next;
      timers.after(
          Math.max(1, next - now),
          () -> {
            wakeAt = Long.MAX_VALUE;
            pump();
          });
    }
  }

  /** Gives back what is held of budgets for calls to come. */
  Future<Void> close() {
    return caps.close();
  }

  /** Calls that wait for quota. */
  public int waiting() {
    return queue.size();
  }

  /** The pools as operators see them; no secrets. */
  public JsonObject status() {
    return PoolStatus.of(routes, queue::size, this::contextTokens, timers.millis());
  }
}
