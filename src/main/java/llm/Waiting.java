package llm;

import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A call between its arrival and its answer. */
final class Waiting {
  final Question question;
  final int inputTokens;
  final long arrived;
  final long deadline;
  final Promise<ChatReply> promise = Promise.promise();

  /** The ways of its service; null before {@link Ways} is first asked. */
  List<Routes.Route> routes;

  /** Groups and keys that this call does not try again. */
  final Set<QuotaGroup> passedGroups = new HashSet<>();

  final Set<KeyState> passedKeys = new HashSet<>();

  /** The turn it was last taken for, see {@link CallQueue}. */
  FairQueue.Taken<Waiting> turn;

  int attempts;
  ChatFailure last;
  boolean done;

  /** An attempt is under way. */
  boolean running;

  /** What it counts against: its own budgets and those of the settings. */
  final List<Budget> budgets;

  /** Completes when nobody wants the answer any more. */
  final Promise<Void> unwanted = Promise.promise();

  /** Ends listening to its cancellation. */
  Runnable forget = () -> {};

  /** Billionths of a dollar held in its budgets for an attempt. */
  long held;

  /** An attempt of this price or a higher one goes beyond one of its budgets. */
  long tooDear = Long.MAX_VALUE;

  /** The budget it would go beyond; null: none that is known. */
  Budget spent;

  /** When it is worth while to ask for money again; 0: it was never refused. */
  long moneyAt;

  Waiting(Question question, List<Budget> budgets, long now) {
    this.question = question;
    this.budgets = budgets;
    this.inputTokens = question.inputTokens();
    this.arrived = now;
    this.deadline = now + question.deadline().toMillis();
  }

  /** What is reserved: input, estimated, and as much output as is allowed. */
  int tokens() {
    return inputTokens + question.maxOutputTokens();
  }
}
