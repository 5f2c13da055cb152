package verticles;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import llm.Cancellation;
import llm.ModelPools;
import llm.ModelUnavailable;
import llm.ModelUnavailable.Reason;
import llm.Question;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks language models; the only actor that holds their keys. Woken by requests on {@link
 * Addresses#LLM_COMPLETE}; leaves usage in Postgres; stops by taking no more requests. Without a
 * key it listens to nothing, so that whoever asks learns at once that nobody is there. Keys in
 * files are read again when the files change.
 *
 * <p>A failed request's {@code failureCode} is the ordinal of a {@link Reason}.
 */
public final class LanguageModel extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(LanguageModel.class);

  private final ActorParts parts;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private final Map<String, Cancellation> running = new HashMap<>();
  private ModelPools pools;
  private KeyWatch watch;

  public LanguageModel(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var settings = parts.settings().languageModel();
    watch = KeyWatch.start(vertx, settings.files(), this::reload);
    if (!settings.present()) {
      log.info("no key for a language model: rules make the exercises");
      return Future.succeededFuture();
    }
    return open(settings);
  }

  private Future<?> open(settings.LanguageModel settings) {
    pools =
        ModelPools.open(
            vertx, settings, parts.databases().postgres(), parts.node(), parts.registry());
    var bus = vertx.eventBus();
    MessageConsumer<String> cancel = bus.consumer(Addresses.LLM_CANCEL, this::cancel);
    MessageConsumer<JsonObject> complete = bus.consumer(Addresses.LLM_COMPLETE, this::complete);
    MessageConsumer<JsonObject> status =
        bus.consumer(Addresses.LLM_STATUS, message -> message.reply(pools.status()));
    consumers.addAll(List.of(cancel, complete, status));
    return Future.all(consumers.stream().map(MessageConsumer::completion).toList());
  }

  /** Without any key left the old ones stay: whoever wants none stops the actor. */
  private void reload(settings.LanguageModel settings) {
    if (!settings.present()) {
      log.error("the files with keys hold none any more: the old ones stay in use");
    } else if (pools == null) {
      log.info("there are keys for a language model now: {}", aliases(settings));
      open(settings);
    } else {
      log.info("keys of language models were read again: {}", aliases(settings));
      pools.reload(settings);
    }
  }

  private static List<String> aliases(settings.LanguageModel settings) {
    return settings.keys().stream().map(key -> key.alias()).toList();
  }

  /** Looks at the files with keys at once. */
  Future<Void> lookAtKeys() {
    return watch.look();
  }

  private void cancel(Message<String> message) {
    Cancellation cancellation = running.get(message.body());
    if (cancellation != null) {
      cancellation.cancel();
    }
  }

  private void complete(Message<JsonObject> message) {
    Question question;
    try {
      question = Question.of(message.body());
    } catch (IllegalArgumentException e) {
      message.fail(Reason.PROVIDER.ordinal(), e.getMessage());
      return;
    }
    Cancellation cancellation = new Cancellation();
    String id = message.body().getString("id", "");
    running.put(id, cancellation);
    pools
        .chat()
        .ask(question.until(cancellation))
        .onComplete(done -> running.remove(id, cancellation))
        .onSuccess(reply -> message.reply(reply.toJson()))
        .onFailure(
            error -> {
              if (error instanceof ModelUnavailable none) {
                message.fail(none.reason().ordinal(), none.getMessage());
              } else {
                log.warn("a model could not be asked", error);
                message.fail(Reason.PROVIDER.ordinal(), error.getClass().getSimpleName());
              }
            });
  }

  @Override
  public Future<?> stop() {
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .transform(done -> pools == null ? Future.succeededFuture() : pools.close());
  }
}
