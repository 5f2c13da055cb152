package transcripts;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import outbound.Answer;
import outbound.Classifier;
import outbound.Client;
import outbound.Failure;
import outbound.Failure.Kind;
import outbound.Request;
import outbound.Service;
import settings.SpeechToTextSettings;

/**
 * AssemblyAI's jobs: upload, create, look until it is done. Only creating costs money; before it an
 * intention is stored and after it the job's id, and an intention without an id is looked up in the
 * service's list before anything is created again.
 */
public final class AssemblyAi implements SpeechToText {
  /** The header of its webhook, which has no signature. */
  public static final String SECRET_HEADER = "X-Lessonweave-Webhook-Secret";

  private static final int MAX_ANSWER = 64 << 20;
  private static final int MAX_AGAIN = 2;
  private static final int MAX_LISTED = 100;
  // It deletes uploads after 3 days.
  private static final Duration UPLOAD_LASTS = Duration.ofDays(2);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(3);
  private static final Duration LAST_LOOK = Duration.ofSeconds(30);
  private static final Duration LOST_ANSWER = Duration.ofSeconds(15);
  private static final int SLOWEST_BYTES_PER_SECOND = 50_000;

  private final Client client;
  private final SpeechToTextSettings settings;
  private final Optional<URI> publicUrl;
  private final String key;

  AssemblyAi(
      Vertx vertx, SpeechToTextSettings settings, Optional<URI> publicUrl, MeterRegistry registry) {
    this.settings = settings;
    this.publicUrl = publicUrl;
    this.key = settings.assemblyAi().apiKey().orElseThrow().reveal();
    this.client =
        Client.of(
            vertx,
            Service.of("assemblyai", settings.assemblyAi().baseUrl())
                .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2))
                .withRetries(3, Duration.ofSeconds(1), Duration.ofSeconds(20))
                .withMaxAnswerBytes(MAX_ANSWER),
            registry);
  }

  @Override
  public String service() {
    return "assemblyai";
  }

  @Override
  public boolean paid() {
    return true;
  }

  @Override
  public Future<Step> advance(Sound sound, Memory memory) {
    JsonObject state = memory.state();
    return state.containsKey("job_id")
        ? look(state, memory)
        : uploaded(sound, state, memory).compose(ready -> created(sound, ready, memory));
  }

  private Request call(Request request) {
    // The bare key, without "Bearer".
    return request.withHeader("Authorization", key).withClassifier(AssemblyAi::classify);
  }

  private Future<JsonObject> uploaded(Sound sound, JsonObject state, Memory memory) {
    Instant until = Instant.ofEpochSecond(state.getLong("uploaded_at", 0L)).plus(UPLOAD_LASTS);
    if (state.containsKey("upload_url")
        && (state.getBoolean("creating", false) || Instant.now().isBefore(until))) {
      return Future.succeededFuture(state);
    }
    memory.report(new JsonObject().put("service", service()).put("status", "uploading"));
    Duration time = Duration.ofSeconds(60 + sound.bytes() / SLOWEST_BYTES_PER_SECOND);
    return client
        .send(
            call(Request.post("/v2/upload"))
                .withFile(sound.file(), "application/octet-stream")
                .withIdempotent(true)
                .withAttemptTimeout(time)
                .within(time.multipliedBy(2)))
        .compose(
            answer -> {
              String url = answer.json().getString("upload_url");
              if (url == null) {
                return Future.failedFuture(unexpected(answer));
              }
              JsonObject next =
                  state
                      .copy()
                      .put("upload_url", url)
                      .put("uploaded_at", Instant.now().getEpochSecond());
              return memory.save(next).map(next);
            });
  }

  private Future<Step> created(Sound sound, JsonObject state, Memory memory) {
    if (state.getBoolean("creating", false)) {
      // Somebody was about to create it and never stored an id: perhaps it is there.
      return listed(state.getString("upload_url"))
          .compose(
              id -> id.isPresent() ? begun(id.get(), state, memory) : create(sound, state, memory));
    }
    JsonObject intention = state.copy().put("creating", true);
    return memory.save(intention).compose(saved -> create(sound, intention, memory));
  }

  private Future<Optional<String>> listed(String uploadUrl) {
    return client
        .send(call(Request.get("/v2/transcript?limit=" + MAX_LISTED)))
        .map(
            answer ->
                answer.json().getJsonArray("transcripts", new JsonArray()).stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .filter(job -> uploadUrl.equals(job.getString("audio_url")))
                    .filter(job -> !"error".equals(job.getString("status")))
                    .map(job -> job.getString("id"))
                    .findFirst());
  }

  private Future<Step> create(Sound sound, JsonObject state, Memory memory) {
    return client
        .send(call(Request.post("/v2/transcript")).withJson(job(sound, state)))
        .compose(
            answer -> {
              String id = answer.json().getString("id");
              return id == null
                  ? Future.<Step>failedFuture(unexpected(answer))
                  : begun(id, state, memory);
            },
            error ->
                error instanceof Failure failure && failure.perhapsDone()
                    ? Future.succeededFuture(
                        new Working(LOST_ANSWER, "AssemblyAI was asked, and its answer got lost"))
                    : Future.failedFuture(error));
  }

  private JsonObject job(Sound sound, JsonObject state) {
    JsonObject job =
        new JsonObject()
            .put("audio_url", state.getString("upload_url"))
            .put("speech_models", new JsonArray(settings.assemblyAi().models()))
            .put("speaker_labels", true);
    // One or the other: what both together mean is nowhere said.
    if (settings.language().isPresent()) {
      job.put("language_code", settings.language().get());
    } else {
      job.put("language_detection", true);
    }
    if (publicUrl.isPresent() && settings.assemblyAi().webhookSecret().isPresent()) {
      job.put("webhook_url", publicUrl.get() + "/v1/webhooks/assemblyai?lesson=" + sound.lessonId())
          .put("webhook_auth_header_name", SECRET_HEADER)
          .put("webhook_auth_header_value", settings.assemblyAi().webhookSecret().get().reveal());
    }
    return job;
  }

  private Future<Step> begun(String id, JsonObject state, Memory memory) {
    JsonObject next =
        state.copy().put("job_id", id).put("begun_at", Instant.now().getEpochSecond());
    next.remove("creating");
    return memory
        .save(next)
        .map(new Working(FIRST_LOOK, "AssemblyAI has the recording and works on it"));
  }

  private Future<Step> look(JsonObject state, Memory memory) {
    return client
        .send(call(Request.get("/v2/transcript/" + encoded(state.getString("job_id")))))
        .compose(answer -> judged(answer, state, memory));
  }

  private static String encoded(String id) {
    return java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8);
  }

  private Future<Step> judged(Answer answer, JsonObject state, Memory memory) {
    JsonObject job = answer.json();
    String status = job.getString("status", "");
    switch (status) {
      case "completed":
        return Future.succeededFuture(new Done(recognised(job)));
      case "error":
        return failed(answer, job.getValue("error") + "", state, memory);
      case "queued", "processing":
        Duration age =
            Duration.ofSeconds(Instant.now().getEpochSecond() - state.getLong("begun_at", 0L));
        if (age.compareTo(settings.deadline()) > 0) {
          return Future.failedFuture(
              Failure.of(
                  Kind.PERMANENT,
                  "it was not done after "
                      + settings.deadline().toMinutes()
                      + " minutes (speech-to-text.deadline)"));
        }
        memory.report(new JsonObject().put("service", service()).put("status", status));
        Duration tenth = age.dividedBy(10);
        return Future.succeededFuture(
            new Working(
                tenth.compareTo(FIRST_LOOK) < 0
                    ? FIRST_LOOK
                    : tenth.compareTo(LAST_LOOK) > 0 ? LAST_LOOK : tenth,
                "AssemblyAI works on it (" + status + ")"));
      default:
        return Future.failedFuture(unexpected(answer));
    }
  }

  /** Only the text tells what happened; of it nothing is repeated but what we know. */
  private Future<Step> failed(Answer answer, String text, JsonObject state, Memory memory) {
    int again = state.getInteger("again", 0);
    if (text.startsWith("Server error") && again < MAX_AGAIN) {
      JsonObject next = state.copy().put("again", again + 1);
      next.remove("job_id");
      // A new upload: the failed job must not be found again by its address.
      next.remove("upload_url");
      return memory
          .save(next)
          .map(new Working(FIRST_LOOK, "AssemblyAI's job failed on its side; it gets a new one"));
    }
    String known =
        text.contains("not appear to contain audio")
            ? "the recording holds no sound it can read"
            : text.startsWith("Audio duration is too short")
                ? "the recording is too short"
                : text.startsWith("Download error")
                    ? "it could not read what was uploaded"
                    : text.contains("language")
                        ? "it could not tell the language well enough"
                        : "its job failed";
    return Future.failedFuture(Failure.of(Kind.PERMANENT, answer, "", known));
  }

  private static Recognised recognised(JsonObject job) {
    List<Heard> turns = new ArrayList<>();
    for (Object each : job.getJsonArray("utterances", new JsonArray())) {
      if (each instanceof JsonObject turn && turn.getString("text") != null) {
        turns.add(heard(turn, turn.getString("speaker", "")));
      }
    }
    if (turns.isEmpty() && job.getString("text") != null && !job.getString("text").isBlank()) {
      // Without utterances there are no voices, but words.
      JsonObject all =
          job.copy().put("start", 0L).put("end", job.getLong("audio_duration", 0L) * 1_000);
      turns.add(heard(all, ""));
    }
    return new Recognised(
        job.getString("speech_model_used", ""),
        Optional.ofNullable(job.getString("language_code")),
        // This one is in seconds, all others in milliseconds.
        Math.round(number(job, "audio_duration") * 1_000),
        turns);
  }

  private static Heard heard(JsonObject turn, String speaker) {
    List<Word> words = new ArrayList<>();
    JsonArray spoken = turn.getJsonArray("words");
    for (Object each : spoken == null ? new JsonArray() : spoken) {
      if (each instanceof JsonObject word) {
        words.add(
            new Word(
                word.getString("text", ""),
                Math.round(number(word, "start")),
                Math.round(number(word, "end"))));
      }
    }
    return new Heard(
        speaker == null ? "" : "Speaker " + speaker,
        Math.round(number(turn, "start")),
        Math.round(number(turn, "end")),
        turn.getString("text"),
        words);
  }

  private static double number(JsonObject object, String member) {
    return object.getValue(member) instanceof Number number ? number.doubleValue() : 0;
  }

  private static Failure unexpected(Answer answer) {
    return Failure.of(Kind.RETRY, answer, "", "with something else than was asked for");
  }

  /** Every body is {@code {"error":"text"}}; only the text tells some failures apart. */
  private static Optional<Failure> classify(Answer answer) {
    String text = answer.ok() ? "" : answer.error().message();
    if (answer.status() == 400 && text.startsWith("Your current account balance")) {
      return Optional.of(
          Failure.of(Kind.PERMANENT, answer, "", "the account's balance is used up; top it up"));
    }
    if (answer.status() == 400 && text.startsWith("Transcript lookup error")) {
      return Optional.of(
          Failure.of(
              Kind.PERMANENT,
              answer,
              "",
              "it does not know the job; the key may belong to another account now"));
    }
    if (answer.status() == 403 && text.startsWith("Cannot access uploaded file")) {
      return Optional.of(
          Failure.of(
              Kind.PERMANENT, answer, "", "the upload belongs to another project than the key"));
    }
    return Classifier.BY_STATUS.classify(answer);
  }

  @Override
  public void close() {
    client.close();
  }
}
