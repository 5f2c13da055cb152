package courses;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import messages.Addresses;

/** The voices of whichever node runs SpeechSynthesizer, see {@link Addresses#SPEECH_NARRATE}. */
public final class VoicesOverBus implements CourseVoices {
  private static final Duration CHOICE = Duration.ofSeconds(5);
  // longer than all calls of a speech service for one piece
  private static final Duration PIECE = Duration.ofSeconds(170);

  private final Vertx vertx;

  public VoicesOverBus(Vertx vertx) {
    this.vertx = vertx;
  }

  private Future<JsonObject> ask(JsonObject question, Duration limit) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.SPEECH_NARRATE,
            question,
            new DeliveryOptions().setSendTimeout(limit.toMillis()))
        .map(reply -> reply.body())
        .recover(failure -> Future.failedFuture(failed(failure)));
  }

  private static Throwable failed(Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return failure;
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS -> new Nobody();
      case TIMEOUT -> new NotRead("the node that reads aloud did not answer in time");
      default -> new NotRead(reply.getMessage());
    };
  }

  @Override
  public Future<Optional<Voice>> voice(String language, Set<String> without) {
    return ask(
            new JsonObject()
                .put("language", language)
                .put("without", new JsonArray(List.copyOf(without))),
            CHOICE)
        .map(
            reply ->
                Optional.ofNullable(reply.getString("voice"))
                    .map(name -> new Voice(name, reply.getInteger("piece_characters"))));
  }

  @Override
  public Future<Void> read(
      long task, UUID audio, int ordinal, String voice, String text, String language) {
    return ask(
            new JsonObject()
                .put("task", task)
                .put("audio", audio.toString())
                .put("ordinal", ordinal)
                .put("voice", voice)
                .put("text", text)
                .put("language", language),
            PIECE)
        .compose(
            reply ->
                switch (reply.getString("outcome")) {
                  case "read" -> Future.succeededFuture();
                  case "refused" -> Future.failedFuture(new Refused(reply.getString("why")));
                  default ->
                      Future.failedFuture(
                          new Resting(
                              Duration.ofMillis(reply.getLong("rest_ms")), reply.getString("why")));
                });
  }
}
