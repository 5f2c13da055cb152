package exercises.model;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import llm.Chat;
import llm.ChatReply;
import llm.Question;

/** Passes questions on and counts what one lesson's answers cost and who gave them. */
final class ModelSpending implements Chat {
  private final Chat chat;
  private final Set<String> models = new ConcurrentSkipListSet<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger tokensIn = new AtomicInteger();
  private final AtomicInteger tokensOut = new AtomicInteger();

  ModelSpending(Chat chat) {
    this.chat = chat;
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
    calls.incrementAndGet();
    return chat.ask(question)
        .onSuccess(
            reply -> {
              models.add(reply.model());
              tokensIn.addAndGet(reply.tokensIn());
              tokensOut.addAndGet(reply.tokensOut());
            });
  }

  /** The models that answered, joined by commas; empty when none did. */
  Optional<String> model() {
    return models.isEmpty() ? Optional.empty() : Optional.of(String.join(",", models));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("models", new JsonArray(models.stream().toList()))
        .put("calls", calls.get())
        .put("tokens_in", tokensIn.get())
        .put("tokens_out", tokensOut.get());
  }
}
