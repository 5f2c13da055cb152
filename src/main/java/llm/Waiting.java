package llm;

import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;

/** A call between its arrival and its answer. */
final class Waiting {
  final Question question;
  final int inputTokens;
  final long arrived;
  final long deadline;
  final Promise<ChatReply> promise = Promise.promise();

  /** Groups and keys that this call does not try again. */
  final Set<QuotaGroup> passedGroups = new HashSet<>();

  final Set<KeyState> passedKeys = new HashSet<>();
  int attempts;
  ChatFailure last;
  boolean done;

  Waiting(Question question, long now) {
    this.question = question;
    this.inputTokens = question.inputTokens();
    this.arrived = now;
    this.deadline = now + question.deadline().toMillis();
  }

  /** What is reserved: input, estimated, and as much output as is allowed. */
  int tokens() {
    return inputTokens + question.maxOutputTokens();
  }
}
