package speech;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import settings.Settings;

/**
 * The {@code /audio/speech} call of OpenAI and of the servers that offer the same, local ones too,
 * which need no key.
 */
final class OpenAiSpeech extends RemoteEngine {
  private final Settings.OpenAiSpeech settings;

  OpenAiSpeech(
      Vertx vertx,
      WorkerExecutor cpu,
      Settings.OpenAiSpeech settings,
      int connections,
      RemoteLimits limits) {
    super(vertx, cpu, connections, limits);
    this.settings = settings;
  }

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public String voice() {
    return "openai/"
        + settings.baseUrl().orElseThrow().getHost()
        + "/"
        + settings.model()
        + "/"
        + settings.voice()
        + "/"
        + settings.format();
  }

  @Override
  RequestOptions request() {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(settings.baseUrl().orElseThrow() + "/audio/speech")
            .putHeader("Content-Type", "application/json");
    settings
        .apiKey()
        .ifPresent(key -> options.putHeader("Authorization", "Bearer " + key.reveal()));
    return options;
  }

  @Override
  JsonObject body(String text) {
    return new JsonObject()
        .put("model", settings.model())
        .put("input", text)
        .put("voice", settings.voice())
        .put("response_format", settings.format());
  }
}
