package settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import settings.Settings.SpeechEngine;

/** The settings of {@code speech} and the public address. */
final class SpeechReader {
  private static final URI ELEVENLABS = URI.create("https://api.elevenlabs.io");
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  private final Values values;

  SpeechReader(Values values) {
    this.values = values;
  }

  Settings.Speech speech() {
    Optional<Secret> openAiKey = values.secret("speech.openai-api-key");
    Duration request =
        values.duration("speech.request-timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
    Duration total =
        values.duration("speech.total-timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
    return new Settings.Speech(
        url("http.public-url"),
        engines(),
        values.integer("speech.max-characters", 1, 2_000),
        values.integer("speech.words-per-minute", 80, 250),
        values.integer("speech.concurrency", 1, 64),
        values.integer("speech.queue", 0, 10_000),
        request,
        total.compareTo(request) < 0 ? request : total,
        values.number("speech.store-max-bytes", 1 << 20, 1L << 40),
        values.number("speech.files-max-bytes", 1 << 20, 1L << 40),
        new Settings.Espeak(
            word("speech.espeak-program", ".+", "the program's name or path, e.g. espeak-ng"),
            word("speech.espeak-voice", "[a-z][A-Za-z0-9+-]{0,31}", "e.g. en-us or en-gb")),
        elevenLabs(),
        new Settings.OpenAiSpeech(
            openAiKey,
            url("speech.openai-base-url").or(() -> openAiKey.map(key -> OPENAI)),
            word("speech.openai-model", "[\\x21-\\x7e]{1,128}", "e.g. gpt-4o-mini-tts"),
            word("speech.openai-voice", "[\\x21-\\x7e]{1,128}", "e.g. alloy"),
            word("speech.openai-format", "mp3|wav", "mp3 or wav")));
  }

  private Settings.ElevenLabs elevenLabs() {
    Optional<Secret> key = values.secret("speech.elevenlabs-api-key");
    // Which voices an account has is not for us to guess.
    boolean voice = key.isPresent() || values.text("speech.elevenlabs-voice").isPresent();
    return new Settings.ElevenLabs(
        key,
        url("speech.elevenlabs-base-url").orElse(ELEVENLABS),
        voice
            ? word(
                "speech.elevenlabs-voice",
                "[A-Za-z0-9_-]{1,64}",
                "the voice's id, from the account's list of voices")
            : "",
        word("speech.elevenlabs-model", "[A-Za-z0-9_.-]{1,64}", "e.g. eleven_flash_v2_5"));
  }

  private String word(String key, String pattern, String remedy) {
    String value = values.required(key, remedy);
    if (!value.isEmpty() && !value.matches(pattern)) {
      values.problem(key, "'" + value + "' can't be used", remedy);
    }
    return value;
  }

  private Optional<URI> url(String key) {
    return values.parsed(
        key,
        text -> {
          URI uri = URI.create(text.replaceAll("/+$", ""));
          if (uri.getHost() == null
              || !Set.of("http", "https").contains(uri.getScheme())
              || uri.getQuery() != null
              || uri.getFragment() != null
              || uri.getUserInfo() != null) {
            throw new IllegalArgumentException();
          }
          return uri;
        },
        "write http://host:port/path or https://host/path");
  }

  private List<SpeechEngine> engines() {
    List<String> names = values.list("speech.engines");
    if (names.isEmpty() || names.equals(List.of("auto"))) {
      return List.of(SpeechEngine.values());
    }
    List<SpeechEngine> engines = new ArrayList<>();
    for (String name : names) {
      SpeechEngine engine =
          values.choice(
              "speech.engines",
              SpeechEngine.class,
              SpeechEngine.FREETTS,
              name.toUpperCase(Locale.ROOT));
      if (!engines.contains(engine)) {
        engines.add(engine);
      }
    }
    return List.copyOf(engines);
  }
}
