package settings;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * From environment variables to settings: the rule that names every key, and the names operators
 * knew before.
 */
final class EnvironmentNames {
  /** Names that the rule does not give, each to the keys it sets. */
  private static final Map<String, List<String>> KNOWN_BEFORE =
      Map.ofEntries(
          Map.entry("APP_HOST", List.of("http.host")),
          Map.entry("APP_PORT", List.of("http.port")),
          Map.entry("CORS_ORIGINS", List.of("http.cors-origins")),
          Map.entry("JWT_SECRET", List.of("auth.jwt-secret")),
          Map.entry("AUTO_APPROVE", List.of("approval.automatic")),
          Map.entry("DATABASE_URL", List.of("postgres.url")),
          Map.entry("PUBLIC_URL", List.of("http.public-url")),
          Map.entry("ELEVENLABS_API_KEY", List.of("speech.elevenlabs-api-key")),
          Map.entry("WORKER_POLL_INTERVAL_SECONDS", List.of("monitor.poll-max")),
          Map.entry("CLASS_MONITOR_NOT_BEFORE", List.of("monitor.not-before")),
          Map.entry("CLASS_TIMEZONE", List.of("monitor.timezone")),
          Map.entry("LLM_KEYS_FILE", List.of("language-model.keys-file")),
          Map.entry("GEMINI_MODEL", List.of("language-model.gemini-model")),
          Map.entry("GROQ_MODEL", List.of("language-model.groq-model")),
          Map.entry("OPENAI_MODEL", List.of("language-model.openai-model")),
          Map.entry("ASSEMBLYAI_BASE_URL", List.of("speech-to-text.assemblyai-base-url")),
          Map.entry("SEED_STARTER_CATALOG", List.of("catalogue.starter")),
          Map.entry("ZOOM_POLL_INTERVAL", List.of("zoom.reconcile-interval")),
          Map.entry("WORKER_MAX_RETRIES", List.of("work.max-attempts")),
          Map.entry(
              "WORKER_BATCH_SIZE",
              List.of(
                  "work.fetch-concurrency",
                  "work.transcribe-concurrency",
                  "work.generate-concurrency")));

  /** Names that say something without being a setting's. */
  private static final Set<String> OTHERWISE_READ =
      Set.of("SUPABASE_URL", "ZOOM_REFRESH_TOKEN", "JAVA_OPTS", "JAVA_HOME");

  private EnvironmentNames() {}

  /**
   * The environment name that the rule gives a key; for {@code services.*} the part after the dot.
   */
  static String of(String key) {
    String bare = key.startsWith("services.") ? key.substring("services.".length()) : key;
    return bare.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * What the environment says, as flat keys.
   *
   * @param keys every known key
   * @param problems gets a line for each {@code NAME_FILE} that can't be read
   */
  static JsonObject read(
      Map<String, String> environment, Set<String> keys, List<SettingsException.Problem> problems) {
    Map<String, Object> found = new LinkedHashMap<>();
    KNOWN_BEFORE.forEach(
        (name, targets) ->
            value(environment, name, problems, v -> targets.forEach(key -> found.put(key, v))));
    // The name by the rule is the more precise one, so it wins over an older name.
    keys.forEach(key -> value(environment, of(key), problems, v -> found.put(key, v)));
    return new JsonObject(found);
  }

  /** A line for each name that looks mistyped; such a name is no reason not to start. */
  static List<String> mistyped(Map<String, String> environment, Set<String> keys) {
    Set<String> known = new HashSet<>(OTHERWISE_READ);
    known.addAll(KNOWN_BEFORE.keySet());
    known.addAll(LanguageModelKeys.names());
    keys.forEach(key -> known.add(of(key)));
    return new MistypedNames(keys, known).in(environment);
  }

  private static void value(
      Map<String, String> environment,
      String name,
      List<SettingsException.Problem> problems,
      java.util.function.Consumer<String> consumer) {
    String value = environment.get(name);
    String file = environment.get(name + "_FILE");
    if (value != null && !value.isBlank()) {
      consumer.accept(value.strip());
    } else if (file != null && !file.isBlank()) {
      try {
        consumer.accept(Files.readString(Path.of(file)).strip());
      } catch (IOException | RuntimeException e) {
        problems.add(
            new SettingsException.Problem(
                name + "_FILE",
                "the file '" + file + "' can't be read",
                "name a readable file or set " + name));
      }
    }
  }
}
