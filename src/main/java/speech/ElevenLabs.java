package speech;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import outbound.Request;
import settings.Settings;

/** ElevenLabs' text to speech. */
final class ElevenLabs extends RemoteEngine {
  private static final String FORMAT = "mp3_44100_64";

  // What the multilingual models read; the newest of them three more.
  private static final Set<String> MULTILINGUAL =
      Set.of(
          "en", "ja", "zh", "de", "hi", "fr", "ko", "pt", "it", "es", "id", "nl", "tr", "fil", "pl",
          "sv", "bg", "ro", "ar", "cs", "el", "fi", "hr", "ms", "sk", "da", "ta", "uk", "ru");
  private static final Set<String> NEWER = Set.of("hu", "no", "vi");

  private final Settings.ElevenLabs settings;

  ElevenLabs(
      Vertx vertx,
      WorkerExecutor cpu,
      Settings.ElevenLabs settings,
      int connections,
      RemoteLimits limits,
      MeterRegistry registry) {
    super(vertx, cpu, settings.baseUrl(), connections, limits, registry);
    this.settings = settings;
  }

  @Override
  public String name() {
    return "elevenlabs";
  }

  @Override
  public String voice() {
    return "elevenlabs/" + settings.model() + "/" + settings.voice() + "/" + FORMAT;
  }

  @Override
  Request request() {
    String voice = URLEncoder.encode(settings.voice(), StandardCharsets.UTF_8);
    return Request.post("/v1/text-to-speech/" + voice + "?output_format=" + FORMAT)
        .withHeader("xi-api-key", settings.apiKey().orElseThrow().reveal())
        .withHeader("Accept", "audio/mpeg");
  }

  @Override
  public boolean speaks(String language) {
    String base = Wording.base(language);
    boolean newer = settings.model().endsWith("_v2_5");
    return base.equals("en")
        || (newer || settings.model().contains("multilingual")) && MULTILINGUAL.contains(base)
        || newer && NEWER.contains(base);
  }

  @Override
  JsonObject body(String text, String language) {
    JsonObject body = new JsonObject().put("text", text).put("model_id", settings.model());
    // The other models answer with an error when they are told the language.
    return settings.model().endsWith("_v2_5") ? body.put("language_code", language) : body;
  }
}
