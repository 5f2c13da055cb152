package settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import settings.SpeechToTextSettings.Recogniser;

/** The settings of {@code speech-to-text}. */
final class SpeechToTextReader {
  private static final String SECTION = "speech-to-text.";
  private static final int MIN_SECRET = 16;

  private final Values values;

  SpeechToTextReader(Values values) {
    this.values = values;
  }

  SpeechToTextSettings settings() {
    Optional<Secret> groqKey = values.secret("services.groq-api-key");
    Optional<Secret> openAiKey = values.secret("services.openai-api-key");
    return new SpeechToTextSettings(
        order(),
        values.integer(SECTION + "minutes-per-day", 0, 10_000_000),
        values.duration(SECTION + "deadline", Duration.ofSeconds(1), Duration.ofHours(24)),
        values.number(SECTION + "max-audio-bytes", 1_024, 2_200_000_000L),
        values
            .text(SECTION + "language")
            .filter(code -> code.matches("[a-z]{2}") || unusable("language", code, "e.g. en")),
        values.required(SECTION + "ffmpeg-program", "the program's name or path, e.g. ffmpeg"),
        new SpeechToTextSettings.AssemblyAi(
            values.secret("services.assemblyai-api-key"),
            url("assemblyai-base-url").orElse(URI.create("https://api.assemblyai.com")),
            models(),
            values.secret(SECTION + "assemblyai-webhook-secret", MIN_SECRET)),
        whisper("groq", groqKey, groqKey.isPresent()),
        whisper("openai", openAiKey, openAiKey.isPresent()),
        whisper("local", values.secret(SECTION + "local-api-key"), true));
  }

  private SpeechToTextSettings.Whisper whisper(String name, Optional<Secret> key, boolean usable) {
    return new SpeechToTextSettings.Whisper(
        key,
        usable ? url(name + "-base-url") : Optional.empty(),
        values.required(SECTION + name + "-model", "a model's name, e.g. whisper-1"),
        values.number(SECTION + name + "-max-bytes", 100_000, 2_000_000_000L),
        !name.equals("local"));
  }

  private boolean unusable(String key, String value, String remedy) {
    values.problem(SECTION + key, "'" + value + "' can't be used", remedy);
    return false;
  }

  private List<String> models() {
    List<String> models = values.list(SECTION + "assemblyai-models");
    if (models.isEmpty()) {
      values.problem(
          SECTION + "assemblyai-models",
          "is empty, and the service demands a model",
          "e.g. universal-3-pro, universal-2");
    }
    return models;
  }

  private List<Recogniser> order() {
    List<Recogniser> order = new ArrayList<>();
    for (String name : values.list(SECTION + "order")) {
      Recogniser recogniser =
          values.choice(
              SECTION + "order", Recogniser.class, Recogniser.LOCAL, name.toUpperCase(Locale.ROOT));
      if (!order.contains(recogniser)) {
        order.add(recogniser);
      }
    }
    return List.copyOf(order);
  }

  private Optional<URI> url(String key) {
    return values.parsed(
        SECTION + key,
        text -> {
          URI uri = URI.create(text.replaceAll("/+$", ""));
          if (uri.getHost() == null
              || !Set.of("http", "https").contains(uri.getScheme())
              || uri.getQuery() != null
              || uri.getUserInfo() != null) {
            throw new IllegalArgumentException();
          }
          return uri;
        },
        "write http://host:port/path or https://host/path");
  }
}
