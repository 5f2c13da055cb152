package settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sound made into text, for lessons that come without a transcript.
 *
 * @param order services in order of preference; one that has no account is passed over
 * @param minutesPerDay of sound given to services that cost money, all nodes together; 0: no limit
 * @param deadline for one job of a service
 * @param maxAudioBytes larger recordings are refused
 * @param language two letters; empty: the service finds out
 * @param ffmpeg the program's name or path, for sound that must be cut and is neither WAV nor MP3
 */
public record SpeechToTextSettings(
    List<Recogniser> order,
    int minutesPerDay,
    Duration deadline,
    long maxAudioBytes,
    Optional<String> language,
    String ffmpeg,
    AssemblyAi assemblyAi,
    Whisper groq,
    Whisper openAi,
    Whisper local) {

  /** What can listen; the names operators use. */
  public enum Recogniser {
    /** AssemblyAI, which tells speakers apart. */
    ASSEMBLYAI,
    /** Groq's Whisper. */
    GROQ,
    /** OpenAI's Whisper. */
    OPENAI,
    /** A server of one's own with OpenAI's interface. */
    LOCAL
  }

  /**
   * @param models in order of preference; the service demands at least one
   * @param webhookSecret what the service sends back in its webhook; empty: it is only asked
   */
  public record AssemblyAi(
      Optional<Secret> apiKey, URI baseUrl, List<String> models, Optional<Secret> webhookSecret) {}

  /**
   * A service with OpenAI's {@code /audio/transcriptions}.
   *
   * @param baseUrl without a slash at the end; empty: not used
   * @param maxUploadBytes longer files are cut
   * @param paid whether its minutes count
   */
  public record Whisper(
      Optional<Secret> apiKey,
      Optional<URI> baseUrl,
      String model,
      long maxUploadBytes,
      boolean paid) {}

  /** Those of {@link #order} that have an account or an address. */
  public List<Recogniser> available() {
    return order.stream()
        .filter(
            each ->
                switch (each) {
                  case ASSEMBLYAI -> assemblyAi.apiKey().isPresent();
                  case GROQ -> groq.baseUrl().isPresent();
                  case OPENAI -> openAi.baseUrl().isPresent();
                  case LOCAL -> local.baseUrl().isPresent();
                })
        .toList();
  }
}
