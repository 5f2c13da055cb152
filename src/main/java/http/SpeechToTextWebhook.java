package http;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Secret;
import transcripts.AssemblyAi;
import work.WorkQueue;

/**
 * AssemblyAI says that a lesson's text is ready: the lesson looks at once instead of at its next
 * time. What it says is not believed beyond that, and saying it twice does no harm. The service
 * waits 10 s for the answer, and stops telling after a 4xx, so a database that is away is a 503.
 */
final class SpeechToTextWebhook {
  private static final Logger log = LoggerFactory.getLogger(SpeechToTextWebhook.class);
  private static final long PATIENCE_MILLIS = 3_000;

  private final Optional<Secret> secret;
  private final WorkQueue queue;

  SpeechToTextWebhook(ApiParts parts) {
    this.secret = parts.settings().speechToText().assemblyAi().webhookSecret();
    this.queue = parts.queue();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("assemblyAiWebhook", this::wake);
  }

  private Future<Reply> wake(Call call) {
    if (secret.isEmpty() || !proven(call)) {
      return Future.failedFuture(
          new ApiException(
              ErrorCode.UNAUTHORIZED,
              "header "
                  + AssemblyAi.SECRET_HEADER
                  + " must hold the secret of speech-to-text.assemblyai-webhook-secret"));
    }
    Optional<Long> lesson =
        call.input().query("lesson").filter(id -> id.matches("[0-9]{1,18}")).map(Long::parseLong);
    if (lesson.isEmpty()) {
      return Future.succeededFuture(Reply.noContent()); // nobody of ours waits for it
    }
    return queue
        .hasten(lesson.get())
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(
            waiting -> {
              log.atInfo().addKeyValue("lesson_id", lesson.get()).log("AssemblyAI is done");
              return Reply.noContent();
            })
        .recover(
            error ->
                Future.failedFuture(
                    new ApiException(
                        ErrorCode.SERVICE_UNAVAILABLE, "the database is away; tell it again")));
  }

  private boolean proven(Call call) {
    byte[] known = secret.orElseThrow().reveal().getBytes(StandardCharsets.UTF_8);
    return call.header(AssemblyAi.SECRET_HEADER)
        .map(said -> MessageDigest.isEqual(known, said.getBytes(StandardCharsets.UTF_8)))
        .orElse(false);
  }
}
