package speech;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import outbound.Request;
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
      RemoteLimits limits,
      MeterRegistry registry) {
    super(vertx, cpu, settings.baseUrl().orElseThrow(), connections, limits, registry);
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
  Request request() {
    Request request = Request.post("/audio/speech");
    return settings.apiKey().map(key -> request.withBearer(key.reveal())).orElse(request);
  }

  /** Its voices follow the text, whatever its language. */
  @Override
  public boolean speaks(String language) {
    return true;
  }

  @Override
  JsonObject body(String text, String language) {
    return new JsonObject()
        .put("model", settings.model())
        .put("input", text)
        .put("voice", settings.voice())
        .put("response_format", settings.format());
  }
}
