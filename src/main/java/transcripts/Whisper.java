package transcripts;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import outbound.Answer;
import outbound.Body;
import outbound.Classifier;
import outbound.Client;
import outbound.Failure;
import outbound.Failure.Kind;
import outbound.Request;
import outbound.Service;
import settings.SpeechToTextSettings;

/**
 * The {@code /audio/transcriptions} call of OpenAI and of those who offer the same, such as Groq
 * and local Whisper servers. It answers at once and takes files up to a limit, so long recordings
 * are cut; each finished part is stored before the next is sent. It tells no voices apart.
 */
final class Whisper implements SpeechToText {
  private static final Duration OVERLAP = Duration.ofSeconds(2);
  private static final int MAX_ANSWER = 32 << 20;
  private static final int FORM_BYTES = 10_000;

  private final Vertx vertx;
  private final WorkerExecutor cpu;
  private final String name;
  private final SpeechToTextSettings.Whisper account;
  private final Optional<String> language;
  private final AudioCutter cutter;
  private final Client client;

  /**
   * @param name {@code groq}, {@code openai} or {@code local}
   */
  Whisper(
      Vertx vertx,
      WorkerExecutor cpu,
      String name,
      SpeechToTextSettings.Whisper account,
      SpeechToTextSettings settings,
      AudioCutter cutter,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.cpu = cpu;
    this.name = name;
    this.account = account;
    this.language = settings.language();
    this.cutter = cutter;
    this.client =
        Client.of(
            vertx,
            Service.of("speech-to-text-" + name, account.baseUrl().orElseThrow())
                .withTimeouts(Duration.ofSeconds(5), Duration.ofMinutes(10), settings.deadline())
                .withRetries(3, Duration.ofSeconds(1), Duration.ofSeconds(30))
                .withConcurrency(2, 64)
                .withMaxAnswerBytes(MAX_ANSWER),
            registry);
  }

  @Override
  public String service() {
    return name;
  }

  @Override
  public boolean paid() {
    return account.paid();
  }

  @Override
  public Future<Step> advance(Sound sound, Memory memory) {
    return cpu.executeBlocking(
            () ->
                cutter.cut(
                    sound.file(), sound.type(), account.maxUploadBytes() - FORM_BYTES, OVERLAP),
            false)
        .compose(
            parts ->
                next(parts, memory)
                    .eventually(
                        () ->
                            vertx.executeBlocking(
                                () -> {
                                  for (AudioCutter.Part part : parts) {
                                    if (part.temporary()) {
                                      Files.deleteIfExists(part.file());
                                    }
                                  }
                                  return null;
                                },
                                false)));
  }

  private Future<Step> next(List<AudioCutter.Part> parts, Memory memory) {
    // Another node may cut otherwise (with ffmpeg, without): then finished parts don't fit.
    String plan = parts.stream().map(part -> part.offset() + " ").collect(Collectors.joining());
    JsonArray done =
        plan.equals(memory.state().getString("plan"))
            ? memory.state().getJsonArray("parts")
            : new JsonArray();
    if (done.size() >= parts.size()) {
      return Future.succeededFuture(new Done(joined(parts, done)));
    }
    memory.report(
        new JsonObject()
            .put("service", name)
            .put("status", "processing")
            .put("done", done.size())
            .put("of", parts.size()));
    return heard(parts.get(done.size()))
        .compose(
            answer -> {
              JsonObject state =
                  memory.state().copy().put("plan", plan).put("parts", done.copy().add(answer));
              return memory.save(state).compose(saved -> next(parts, memory));
            });
  }

  private Future<JsonObject> heard(AudioCutter.Part part) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("model", account.model()));
    fields.add(Map.entry("response_format", "verbose_json"));
    fields.add(Map.entry("timestamp_granularities[]", "segment"));
    fields.add(Map.entry("temperature", "0"));
    language.ifPresent(code -> fields.add(Map.entry("language", code)));
    // A lost answer is asked for again: there is no job to come back to.
    Request request =
        Request.post("/audio/transcriptions")
            .withBody(
                new Body.Multipart(
                    fields, "file", "lesson" + extension(part), part.file(), part.type()))
            .withClassifier(Whisper::classify);
    return client
        .send(account.apiKey().map(key -> request.withBearer(key.reveal())).orElse(request))
        .compose(
            answer -> {
              JsonObject json = answer.json();
              return json.getValue("segments") instanceof JsonArray
                      || json.getValue("text") instanceof String
                  ? Future.succeededFuture(WhisperSegments.kept(json))
                  : Future.failedFuture(
                      Failure.of(
                          Kind.PERMANENT,
                          answer,
                          "",
                          "with no transcript; check speech-to-text." + name + "-model"));
            });
  }

  private static Optional<Failure> classify(Answer answer) {
    String word = answer.ok() ? "" : answer.error().word();
    if (Set.of("insufficient_quota", "quota_exceeded").contains(word)) {
      return Optional.of(
          Failure.of(Kind.PERMANENT, answer, word, "the account's quota is used up"));
    }
    if (answer.status() == 413) {
      return Optional.of(
          Failure.of(
              Kind.PERMANENT, answer, word, "the file is too large; lower its -max-bytes setting"));
    }
    return Classifier.BY_STATUS.classify(answer);
  }

  private static String extension(AudioCutter.Part part) {
    String file = part.file().getFileName().toString();
    int dot = file.lastIndexOf('.');
    return dot < 0 ? ".m4a" : file.substring(dot).toLowerCase(java.util.Locale.ROOT);
  }

  private Recognised joined(List<AudioCutter.Part> parts, JsonArray answers) {
    List<Heard> all = new ArrayList<>();
    String spoken = null;
    long end = 0;
    for (int i = 0; i < parts.size(); i++) {
      JsonObject answer = answers.getJsonObject(i);
      long offset = parts.get(i).offset().toMillis();
      // What two parts share is taken from the one where it is further from the cut.
      long from = i == 0 ? Long.MIN_VALUE : offset + OVERLAP.toMillis() / 2;
      long to =
          i + 1 == parts.size()
              ? Long.MAX_VALUE
              : parts.get(i + 1).offset().toMillis() + OVERLAP.toMillis() / 2;
      for (Heard each : WhisperSegments.heard(answer, offset)) {
        long middle = (each.startMillis() + each.endMillis()) / 2;
        if (middle >= from && middle < to) {
          all.add(each);
        }
      }
      spoken = spoken == null ? answer.getString("language") : spoken;
      end = Math.max(end, offset + WhisperSegments.millis(answer, "duration"));
    }
    return new Recognised(
        account.model(), Optional.ofNullable(spoken), end, WhisperSegments.withoutLoops(all));
  }

  @Override
  public void close() {
    client.close();
  }
}
