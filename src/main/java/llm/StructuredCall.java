package llm;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Valid objects from a model that nobody trusts: each reply is read leniently, mended where the
 * mending is certain ({@link JsonRepair}), checked against the schema and the caller's checks, and
 * asked for again with the exact violation, at most twice.
 */
public final class StructuredCall implements Model {
  private static final int MOST_ASKS = 3;
  private static final int MOST_ECHO = 4_000;
  private static final Duration LEAST_TIME = Duration.ofMillis(200);

  private final Chat chat;
  private final LongSupplier nanos;
  private final Map<JsonObject, SchemaCheck> checks = new ConcurrentHashMap<>();

  public StructuredCall(Chat chat) {
    this(chat, System::nanoTime);
  }

  /**
   * @param nanos a clock that never goes back
   */
  StructuredCall(Chat chat, LongSupplier nanos) {
    this.chat = chat;
    this.nanos = nanos;
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
  public Future<JsonObject> complete(Ask ask) {
    List<ChatMessage> messages = ask.prompt().render(ask.data());
    return attempt(ask, messages, 1, nanos.getAsLong() + ask.deadline().toNanos());
  }

  private Future<JsonObject> attempt(
      Ask ask, List<ChatMessage> messages, int number, long deadline) {
    Duration left = Duration.ofNanos(deadline - nanos.getAsLong());
    if (left.compareTo(LEAST_TIME) < 0) {
      return Future.failedFuture(
          new ModelUnavailable(
              ModelUnavailable.Reason.DEADLINE,
              "the deadline passed before " + ask.prompt().name() + " had a valid answer"));
    }
    return chat.ask(
            new Question(
                ask.service(),
                ask.account(),
                ask.prompt().name(),
                messages,
                ask.prompt().schema(),
                ask.maxOutputTokens(),
                left,
                ask.budgets(),
                ask.cancellation()))
        .compose(reply -> judge(ask, number, deadline, reply));
  }

  private Future<JsonObject> judge(Ask ask, int number, long deadline, ChatReply reply) {
    if (reply.ending() == ChatReply.Ending.REFUSED) {
      return Future.failedFuture(
          new ModelUnavailable(
              ModelUnavailable.Reason.REFUSED, reply.model() + " refused " + ask.prompt().name()));
    }
    JsonObject schema = ask.prompt().schema();
    Optional<JsonObject> object = JsonRepair.read(reply.text(), schema);
    List<String> violations =
        object.map(found -> violations(ask, found)).orElseGet(() -> List.of(unreadable(reply)));
    if (violations.isEmpty()) {
      return Future.succeededFuture(object.get());
    }
    if (number == MOST_ASKS) {
      return Future.failedFuture(
          new ModelUnavailable(
              ModelUnavailable.Reason.INVALID,
              ask.prompt().name() + " stayed invalid after " + number + " calls"));
    }
    return attempt(ask, asAgain(ask, reply, violations), number + 1, deadline);
  }

  private List<String> violations(Ask ask, JsonObject object) {
    List<String> violations =
        checks.computeIfAbsent(ask.prompt().schema(), SchemaCheck::new).violations(object);
    return violations.isEmpty() ? ask.checks().apply(object) : violations;
  }

  private static String unreadable(ChatReply reply) {
    if (reply.text().isBlank()) {
      return "the answer was empty";
    }
    return reply.ending() == ChatReply.Ending.LENGTH
        ? "the answer was cut off by the token limit before it was complete JSON; be shorter"
        : "the answer was not a JSON object";
  }

  /** The first conversation with the last answer and what was wrong with it. */
  private static List<ChatMessage> asAgain(Ask ask, ChatReply reply, List<String> violations) {
    List<ChatMessage> messages = new ArrayList<>(ask.prompt().render(ask.data()));
    if (!reply.text().isBlank()) {
      String said = reply.text();
      messages.add(
          ChatMessage.assistant(
              said.length() > MOST_ECHO ? said.substring(0, MOST_ECHO) + " …" : said));
    }
    messages.add(
        ChatMessage.user(
            "That answer can't be used:\n- "
                + String.join("\n- ", violations)
                + "\nAnswer again with the whole JSON object, mended, and nothing else."));
    return messages;
  }
}
