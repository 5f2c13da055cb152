package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import settings.Settings.SpeechEngine;

class SpeechReaderTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  private static Settings.Speech speech(Map<String, String> environment) {
    try {
      return new SettingsLoader(VERTX, Set.of("GameHttp"))
          .load(Optional.empty(), environment, Map.of())
          .await(10, TimeUnit.SECONDS)
          .speech();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void speaksWithoutAnySetting() {
    Settings.Speech speech = speech(Map.of());
    assertThat(speech.engines())
        .containsExactly(
            SpeechEngine.ELEVENLABS,
            SpeechEngine.OPENAI,
            SpeechEngine.ESPEAK,
            SpeechEngine.FREETTS);
    assertThat(speech.elevenLabs().apiKey()).isEmpty();
    assertThat(speech.openAi().baseUrl()).as("not used without a key or an address").isEmpty();
    assertThat(speech.publicUrl()).isEmpty();
    assertThat(speech.maxCharacters()).isEqualTo(300);
  }

  @Test
  void servicesAreSetUpFromTheEnvironment() {
    Settings.Speech speech =
        speech(
            Map.of(
                "SPEECH_ENGINES", "openai, freetts, openai",
                "ELEVENLABS_API_KEY", "abc",
                "SPEECH_ELEVENLABS_VOICE", "v1",
                "SPEECH_OPENAI_API_KEY", "def",
                "PUBLIC_URL", "https://games.school.example/base//"));
    assertThat(speech.engines()).containsExactly(SpeechEngine.OPENAI, SpeechEngine.FREETTS);
    assertThat(speech.elevenLabs().apiKey()).contains(new Secret("abc"));
    assertThat(speech.openAi().baseUrl()).contains(URI.create("https://api.openai.com/v1"));
    assertThat(speech.publicUrl()).contains(URI.create("https://games.school.example/base"));
    assertThat(speech.toString()).doesNotContain("abc", "def");
    assertThat(
            speech(Map.of("SPEECH_OPENAI_BASE_URL", "http://127.0.0.1:9000/v1")).openAi().apiKey())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SPEECH_ENGINES, siri, speech.engines",
    "ELEVENLABS_API_KEY, abc, speech.elevenlabs-voice",
    "SPEECH_ELEVENLABS_VOICE, a/b, speech.elevenlabs-voice",
    "SPEECH_OPENAI_BASE_URL, ftp://x, speech.openai-base-url",
    "SPEECH_OPENAI_FORMAT, opus, speech.openai-format",
    "SPEECH_MAX_CHARACTERS, 0, speech.max-characters",
    "SPEECH_ESPEAK_VOICE, -x, speech.espeak-voice",
    "HTTP_PUBLIC_URL, games.school.example, http.public-url",
    "HTTP_PUBLIC_URL, https://u:p@x.example, http.public-url",
  })
  void wrongValuesAreNamed(String name, String value, String key) {
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> speech(Map.of(name, value)));
    assertThat(refused).isNotNull();
    assertThat(refused.problems()).extracting(SettingsException.Problem::key).containsExactly(key);
  }
}
