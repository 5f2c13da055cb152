package fakes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * AssemblyAI as section 2 of the contract on outside services describes it: bare key, bytes to
 * upload, jobs that need {@code speech_models} and know no other members, queued, processing, then
 * done; a webhook with one header of the caller's, sent once too often.
 */
public final class FakeAssemblyAi implements AutoCloseable {
  private static final Set<String> MEMBERS =
      Set.of(
          "audio_url",
          "speech_models",
          "speaker_labels",
          "speakers_expected",
          "language_code",
          "language_detection",
          "webhook_url",
          "webhook_auth_header_name",
          "webhook_auth_header_value");
  private static final int WEBHOOK_ATTEMPTS = 10;

  public final FakeService service;

  /** How many jobs were created: what costs money. */
  public final AtomicInteger created = new AtomicInteger();

  /** Statuses that webhooks were answered with. */
  public final List<Integer> webhookAnswers = new CopyOnWriteArrayList<>();

  private final Vertx vertx;
  private final String key;
  private final Map<String, Long> uploads = new ConcurrentHashMap<>();
  private final Map<String, Job> jobs =
      java.util.Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile JsonArray utterances = new JsonArray();
  private volatile int looks = 2;
  private volatile String failure = "";

  private static final class Job {
    final JsonObject request;
    final String failure;
    final AtomicInteger looks = new AtomicInteger();
    volatile boolean done;

    Job(JsonObject request, String failure) {
      this.request = request;
      this.failure = failure;
    }
  }

  public FakeAssemblyAi(Vertx vertx, String key) {
    this.vertx = vertx;
    this.key = key;
    this.service = FakeService.start(vertx, this::answer);
  }

  public URI address() {
    return service.address();
  }

  /** What every job hears: {@code speaker, start, end, text}. */
  public FakeAssemblyAi hears(JsonArray heard) {
    utterances = heard.copy();
    return this;
  }

  /**
   * After how many looks a job is done; {@link Integer#MAX_VALUE}: when {@link #finish} says so.
   */
  public FakeAssemblyAi doneAfter(int count) {
    looks = count;
    return this;
  }

  /** The next job fails with this text. */
  public FakeAssemblyAi failsNext(String text) {
    failure = text;
    return this;
  }

  public List<JsonObject> requests() {
    return List.copyOf(jobs.values()).stream().map(job -> job.request).toList();
  }

  private Future<FakeReply> answer(FakeRequest request) {
    if (!key.equals(request.header("Authorization"))) {
      return said(401, "Authentication error, API token missing/invalid");
    }
    String path = request.path();
    if (path.equals("/v2/upload")) {
      String url = "https://cdn.assemblyai.invalid/upload/" + uploads.size();
      uploads.put(url, (long) request.body().length());
      return json(new JsonObject().put("upload_url", url));
    }
    if (path.equals("/v2/transcript") && request.method().equals("POST")) {
      return create(request.json());
    }
    if (path.equals("/v2/transcript")) {
      JsonArray list = new JsonArray();
      jobs.forEach((id, job) -> list.add(shown(id, job)));
      return json(new JsonObject().put("transcripts", list));
    }
    Job job = jobs.get(path.substring(path.lastIndexOf('/') + 1));
    if (job == null) {
      return said(400, "Transcript lookup error, transcript id not found");
    }
    job.done |= job.looks.incrementAndGet() > looks;
    return json(shown(path.substring(path.lastIndexOf('/') + 1), job));
  }

  private Future<FakeReply> create(JsonObject job) {
    for (String member : job.fieldNames()) {
      if (!MEMBERS.contains(member)) {
        return said(400, "Invalid endpoint schema, unknown member " + member);
      }
    }
    if (!(job.getValue("speech_models") instanceof JsonArray models) || models.isEmpty()) {
      return said(400, "speech_models is required");
    }
    if (job.containsKey("language_code") && job.containsKey("language_detection")) {
      return said(400, "language_code and language_detection can't both be set");
    }
    if (!uploads.containsKey(job.getString("audio_url"))) {
      return said(403, "Cannot access uploaded file");
    }
    String id = "55-" + created.incrementAndGet();
    jobs.put(id, new Job(job, failure));
    failure = "";
    return json(shown(id, jobs.get(id)));
  }

  private JsonObject shown(String id, Job job) {
    String status =
        job.done
            ? job.failure.isEmpty() ? "completed" : "error"
            : job.looks.get() == 0 ? "queued" : "processing";
    JsonObject shown =
        new JsonObject()
            .put("id", id)
            .put("status", status)
            .put("audio_url", job.request.getString("audio_url"))
            .putNull("text")
            .putNull("utterances")
            .putNull("words")
            .put("error", status.equals("error") ? job.failure : null);
    if (status.equals("completed")) {
      long end = 0;
      for (Object each : utterances) {
        end = Math.max(end, ((JsonObject) each).getLong("end"));
      }
      shown
          .put("text", "…")
          .put("utterances", utterances.copy())
          .put("audio_duration", (end + 999) / 1_000)
          .put("language_code", "en_us")
          .put("speech_model_used", job.request.getJsonArray("speech_models").getString(0));
    }
    return shown;
  }

  /** Ends all jobs and tells their webhooks, each twice. */
  public Future<Void> finish() {
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<String, Job> entry : List.copyOf(jobs.entrySet())) {
      entry.getValue().done = true;
      if (entry.getValue().request.containsKey("webhook_url")) {
        all =
            all.compose(done -> tell(entry.getKey(), entry.getValue(), 1))
                .compose(done -> tell(entry.getKey(), entry.getValue(), 1));
      }
    }
    return all;
  }

  private Future<Void> tell(String id, Job job, int attempt) {
    return vertx
        .createHttpClient()
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(job.request.getString("webhook_url"))
                .putHeader("Content-Type", "application/json")
                .putHeader(
                    job.request.getString("webhook_auth_header_name"),
                    job.request.getString("webhook_auth_header_value")))
        .compose(
            request ->
                request.send(
                    new JsonObject()
                        .put("transcript_id", id)
                        .put("status", "completed")
                        .toBuffer()))
        .map(response -> response.statusCode())
        .timeout(10, TimeUnit.SECONDS)
        .otherwise(0)
        .compose(
            status -> {
              webhookAnswers.add(status);
              boolean again = (status < 200 || status >= 500) && attempt < WEBHOOK_ATTEMPTS;
              return again
                  ? vertx
                      .timer(50, TimeUnit.MILLISECONDS)
                      .compose(fired -> tell(id, job, attempt + 1))
                  : Future.succeededFuture();
            });
  }

  private static Future<FakeReply> json(JsonObject json) {
    return Future.succeededFuture(FakeReply.json(200, json));
  }

  private static Future<FakeReply> said(int status, String text) {
    return Future.succeededFuture(FakeReply.json(status, new JsonObject().put("error", text)));
  }

  @Override
  public void close() {
    service.close();
  }
}
