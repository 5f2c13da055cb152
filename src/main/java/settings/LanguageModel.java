package settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Language models: who is asked, with which keys, and how much.
 *
 * @param providers that have a key, or need none; in order of preference
 * @param audioOrder names of providers, the order for service {@code audio}
 * @param keys of all providers
 * @param weights of services in fair queueing; the others have 1
 * @param queue calls that may wait
 * @param callTimeout for one answer of a provider
 * @param patience how long a call waits for a preferred provider's quota before it goes to the next
 * @param margin how much later than its reservation a call may reach a provider
 * @param dailySpendCap in US dollars, all nodes together; empty: none
 * @param lessonSpendCap in US dollars for one lesson, however often it is generated; empty: none
 * @param userDailySpendCap in US dollars for one user's courses and lessons on one day (UTC), all
 *     nodes together; empty: none
 * @param retryShare of the calls of a service in a minute may be repetitions after a provider's
 *     failure, 0 to 1
 * @param files that keys came from
 */
public record LanguageModel(
    List<Provider> providers,
    List<String> audioOrder,
    List<Key> keys,
    Map<String, Integer> weights,
    int queue,
    Duration callTimeout,
    Duration patience,
    Duration margin,
    OptionalDouble dailySpendCap,
    OptionalDouble lessonSpendCap,
    OptionalDouble userDailySpendCap,
    double retryShare,
    KeyFiles files) {
  /** Of a service's calls that may be repetitions, unless the settings say otherwise. */
  public static final double RETRY_SHARE = 0.1;

  /** Nobody can be asked. */
  public static final LanguageModel NONE =
      new LanguageModel(
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          RETRY_SHARE,
          KeyFiles.NONE);

  /** Whether any model can be asked. */
  public boolean present() {
    return !keys.isEmpty();
  }

  /** How strictly a provider can be told which JSON is wanted. */
  public enum ResponseFormat {
    /** By what is known of provider and model. */
    AUTO,
    /** {@code json_schema} with {@code strict}. */
    STRICT,
    /** {@code json_schema} without. */
    SCHEMA,
    /** {@code json_object}. */
    OBJECT,
    /** Only in words. */
    NONE
  }

  /**
   * A service with OpenAI's chat completions.
   *
   * @param name {@code gemini}, {@code groq}, {@code openai} or {@code local}
   * @param baseUrl without a slash at the end, what stands before {@code /chat/completions}
   * @param models the first is used; the next ones when the provider does not know it any more
   * @param requestsPerMinute 0 is no limit, as for the other three
   * @param concurrency calls at a time and quota group
   * @param contextTokens of input and output together
   * @param inputPrice US dollars for a million tokens
   * @param outputPrice US dollars for a million tokens
   * @param maxTokensName of the parameter; empty: by provider
   * @param reasoningEffort sent when not empty
   * @param temperature sent when there
   */
  public record Provider(
      String name,
      URI baseUrl,
      List<String> models,
      int requestsPerMinute,
      int tokensPerMinute,
      int requestsPerDay,
      int tokensPerDay,
      int concurrency,
      int contextTokens,
      double inputPrice,
      double outputPrice,
      ResponseFormat responseFormat,
      String maxTokensName,
      String reasoningEffort,
      OptionalDouble temperature) {}

  /**
   * A credential.
   *
   * @param alias how logs and operators call it
   * @param group quota group (a project or an organisation), unique among all providers: keys of
   *     one group share their provider's limits
   * @param services whose calls it is for; empty: every service that has no key of its own at this
   *     provider
   * @param secret empty where a server needs none
   */
  public record Key(
      String alias, String provider, String group, Set<String> services, Optional<Secret> secret) {}
}
