package settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of language models by the names operators know (section 4.1 of the courses' contract), from
 * the environment, from files named by {@code NAME_FILE}, or from one file of {@code NAME=value}
 * lines. A secret that stands under several names is one key.
 */
final class LanguageModelKeys {
  /**
   * Services with {@code GEMINI_<SERVICE>_KEY} and {@code GEMINI_<SERVICE>_KEY_1} to {@code _10}.
   */
  private static final List<String> SERVICES =
      List.of("chapter", "quiz", "flashcard", "game", "article", "audio", "lesson");

  private static final List<String> QUOTAS = List.of("shared", "per-key");
  private static final int MOST_NUMBERED = 10;
  private static final String POOL = "LLM_POOL_";

  private final Values values;
  private final Map<String, String> environment;
  private final Map<String, LanguageModel.Key> bySecret = new LinkedHashMap<>();
  private final Set<Path> files = new LinkedHashSet<>();

  LanguageModelKeys(Values values, Map<String, String> environment) {
    this.values = values;
    this.environment = new LinkedHashMap<>(environment);
    values.text("language-model.keys-file").ifPresent(this::readFile);
  }

  private void readFile(String name) {
    try {
      files.add(Path.of(name));
      for (String line : Files.readAllLines(Path.of(name))) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          environment.putIfAbsent(
              line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (IOException | RuntimeException e) {
      values.problem(
          "language-model.keys-file",
          "'" + name + "' can't be read",
          "name a text file of lines NAME=value");
    }
  }

  /** Every file that was read, or was to be; complete when {@link #keys} has been called. */
  List<Path> files() {
    return List.copyOf(files);
  }

  List<LanguageModel.Key> keys() {
    for (String service : SERVICES) {
      numbered("GEMINI_" + service.toUpperCase(Locale.ROOT) + "_KEY")
          .forEach((name, secret) -> add(alias(name), "gemini", "", Set.of(service), secret));
    }
    for (String provider : List.of("gemini", "groq", "openai")) {
      Map<String, Secret> shared = numbered(provider.toUpperCase(Locale.ROOT) + "_API_KEY");
      values
          .secret("services." + provider + "-api-key")
          .ifPresent(
              secret -> shared.putIfAbsent(provider.toUpperCase(Locale.ROOT) + "_API_KEY", secret));
      shared.forEach((name, secret) -> add(alias(name), provider, "", Set.of(), secret));
    }
    pools();
    if (values.text("language-model.local-base-url").isPresent()) {
      // Many local servers take any key or none.
      bySecret.put(
          "local",
          new LanguageModel.Key("local", "local", "local", Set.of(), secret("LOCAL_LLM_API_KEY")));
    }
    return List.copyOf(bySecret.values());
  }

  /** {@code LLM_POOL_<SERVICE>=alias:provider:quota group:name of the secret, ...}. */
  private void pools() {
    for (Map.Entry<String, String> pool : Map.copyOf(environment).entrySet()) {
      if (!pool.getKey().startsWith(POOL) || pool.getValue().isBlank()) {
        continue;
      }
      String service = pool.getKey().substring(POOL.length()).toLowerCase(Locale.ROOT);
      int place = 0;
      for (String entry : pool.getValue().split(",")) {
        place++;
        String[] parts = entry.strip().split(":");
        Optional<Secret> secret = parts.length == 4 ? secret(parts[3].strip()) : Optional.empty();
        if (parts.length != 4 || !LanguageModelReader.PROVIDERS.contains(parts[1].strip())) {
          // Not shown: it may be the key itself that stands there.
          values.problem(
              pool.getKey(),
              "entry " + place + " can't be understood",
              "write alias:provider:quota group:name of the environment variable with the key;"
                  + " providers are "
                  + String.join(", ", LanguageModelReader.PROVIDERS));
        } else if (secret.isEmpty()) {
          values.problem(
              pool.getKey(),
              "entry " + place + " names a variable that is not set",
              "its fourth part is the name of the environment variable with the key, never the"
                  + " key");
        } else {
          add(parts[0].strip(), parts[1].strip(), parts[2].strip(), Set.of(service), secret.get());
        }
      }
    }
  }

  private void add(
      String alias, String provider, String group, Set<String> services, Secret secret) {
    bySecret.merge(
        provider + "\n" + secret.reveal(),
        new LanguageModel.Key(
            alias, provider, group(provider, group, alias), services, Optional.of(secret)),
        (known, also) -> {
          Set<String> both = new LinkedHashSet<>(known.services());
          both.addAll(also.services());
          boolean shared = known.services().isEmpty() || also.services().isEmpty();
          return new LanguageModel.Key(
              known.alias(),
              provider,
              group.isEmpty() ? known.group() : also.group(),
              shared ? Set.of() : Set.copyOf(both),
              known.secret());
        });
  }

  private String group(String provider, String named, String alias) {
    if (!named.isEmpty()) {
      return provider + "." + named;
    }
    String quota = values.text("language-model." + provider + "-quota").orElse("shared");
    if (!QUOTAS.contains(quota)) {
      values.problem(
          "language-model." + provider + "-quota",
          "'" + quota + "' is not known",
          "use one of " + String.join(", ", QUOTAS));
    }
    return quota.equals("per-key") ? provider + "." + alias : provider;
  }

  /** Every name that a key may stand under, but for those of pools. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    SERVICES.forEach(
        service -> names.addAll(numbers("GEMINI_" + service.toUpperCase(Locale.ROOT) + "_KEY")));
    List.of("GEMINI", "GROQ", "OPENAI")
        .forEach(provider -> names.addAll(numbers(provider + "_API_KEY")));
    return names;
  }

  private static List<String> numbers(String name) {
    List<String> names = new ArrayList<>(List.of(name));
    for (int i = 1; i <= MOST_NUMBERED; i++) {
      names.add(name + "_" + i);
    }
    return names;
  }

  private Map<String, Secret> numbered(String name) {
    Map<String, Secret> found = new LinkedHashMap<>();
    numbers(name).forEach(n -> secret(n).ifPresent(secret -> found.put(n, secret)));
    return found;
  }

  private Optional<Secret> secret(String name) {
    String value = environment.get(name);
    if (value != null && !value.isBlank()) {
      return Optional.of(new Secret(value.strip()));
    }
    String file = environment.get(name + "_FILE");
    if (file == null || file.isBlank()) {
      return Optional.empty();
    }
    try {
      files.add(Path.of(file));
      String secret = Files.readString(Path.of(file)).strip();
      return secret.isEmpty() ? Optional.empty() : Optional.of(new Secret(secret));
    } catch (IOException | RuntimeException e) {
      values.problem(
          name + "_FILE",
          "the file '" + file + "' can't be read",
          "name a readable file or set " + name);
      return Optional.empty();
    }
  }

  private static String alias(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("_api_key", "")
        .replace("_key", "")
        .replace('_', '-');
  }
}
