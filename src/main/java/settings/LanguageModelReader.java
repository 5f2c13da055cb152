package settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import settings.LanguageModel.ResponseFormat;

/** The settings of {@code language-model}; its keys come from {@link LanguageModelKeys}. */
final class LanguageModelReader {
  static final List<String> PROVIDERS = List.of("gemini", "groq", "openai", "local");

  private final Values values;
  private final Map<String, String> environment;

  LanguageModelReader(Values values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  LanguageModel languageModel() {
    LanguageModelKeys reader = new LanguageModelKeys(values, environment);
    List<LanguageModel.Key> keys = reader.keys();
    List<LanguageModel.Provider> providers = new ArrayList<>();
    for (String name : order("language-model.order")) {
      if (keys.stream().anyMatch(key -> key.provider().equals(name))) {
        providers.add(provider(name));
      }
    }
    List<String> known = providers.stream().map(LanguageModel.Provider::name).toList();
    return new LanguageModel(
        List.copyOf(providers),
        order("language-model.audio-order"),
        keys.stream().filter(key -> known.contains(key.provider())).toList(),
        weights(),
        values.integer("language-model.queue", 1, 100_000),
        values.duration(
            "language-model.call-timeout", Duration.ofMillis(100), Duration.ofMinutes(30)),
        values.duration("language-model.patience", Duration.ZERO, Duration.ofMinutes(10)),
        values.duration(
            "language-model.quota-margin", Duration.ofMillis(1), Duration.ofSeconds(30)),
        amount("language-model.daily-spend-cap"),
        amount("language-model.lesson-spend-cap"),
        amount("language-model.user-daily-spend-cap"),
        values.integer("language-model.retry-percent", 0, 100) / 100.0,
        files(reader.files()));
  }

  private KeyFiles files(List<Path> paths) {
    return new KeyFiles() {
      @Override
      public List<Path> paths() {
        return paths;
      }

      @Override
      public LanguageModel read() {
        List<SettingsException.Problem> problems = new ArrayList<>();
        LanguageModel read =
            new LanguageModelReader(values.withProblemsIn(problems), environment).languageModel();
        if (!problems.isEmpty()) {
          throw new SettingsException(problems);
        }
        return read;
      }
    };
  }

  private LanguageModel.Provider provider(String name) {
    String at = "language-model." + name + "-";
    return new LanguageModel.Provider(
        name,
        url(at + "base-url"),
        models(at + "model"),
        values.integer(at + "requests-per-minute", 0, 1_000_000),
        values.integer(at + "tokens-per-minute", 0, 1_000_000_000),
        values.integer(at + "requests-per-day", 0, 1_000_000_000),
        values.integer(at + "tokens-per-day", 0, Integer.MAX_VALUE),
        values.integer(at + "concurrency", 1, 10_000),
        values.integer(at + "context-tokens", 512, 100_000_000),
        amount(at + "input-price").orElse(0),
        amount(at + "output-price").orElse(0),
        values.choice(at + "response-format", ResponseFormat.class, ResponseFormat.AUTO),
        oneOf(at + "max-tokens-name", Set.of("max_tokens", "max_completion_tokens")),
        oneOf(
            at + "reasoning-effort", Set.of("none", "minimal", "low", "medium", "high", "default")),
        amount(at + "temperature"));
  }

  private List<String> models(String key) {
    List<String> models = values.list(key);
    if (models.isEmpty()) {
      values.problem(key, "is missing", "name the provider's model, e.g. as its console shows it");
    }
    return models;
  }

  private String oneOf(String key, Set<String> words) {
    String value = values.text(key).orElse("auto");
    if (value.equals("auto")) {
      return "";
    }
    if (!words.contains(value)) {
      values.problem(
          key, "'" + value + "' is not known", "use auto or " + String.join(", ", words));
    }
    return value;
  }

  private URI url(String key) {
    return values
        .parsed(
            key,
            text -> {
              URI uri = URI.create(text.replaceAll("/+$", ""));
              if (uri.getHost() == null
                  || !Set.of("http", "https").contains(uri.getScheme())
                  || uri.getUserInfo() != null) {
                throw new IllegalArgumentException();
              }
              return uri;
            },
            "write http://host:port/path or https://host/path, what stands before"
                + " /chat/completions")
        .orElse(URI.create("http://127.0.0.1"));
  }

  private OptionalDouble amount(String key) {
    return values
        .parsed(
            key,
            text -> {
              double amount = Double.parseDouble(text);
              if (!(amount >= 0 && amount <= 1e9)) {
                throw new IllegalArgumentException();
              }
              return amount;
            },
            "write a number such as 0.15")
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private List<String> order(String key) {
    List<String> order = new ArrayList<>();
    for (String name : values.list(key)) {
      if (!PROVIDERS.contains(name)) {
        values.problem(
            key, "'" + name + "' is not a provider", "known are " + String.join(", ", PROVIDERS));
      } else if (!order.contains(name)) {
        order.add(name);
      }
    }
    return List.copyOf(order);
  }

  private Map<String, Integer> weights() {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String entry : values.list("language-model.weights")) {
      String[] parts = Arrays.stream(entry.split(":", 2)).map(String::strip).toArray(String[]::new);
      if (parts.length == 2 && parts[1].matches("[1-9]\\d{0,2}")) {
        weights.put(parts[0], Integer.parseInt(parts[1]));
      } else {
        values.problem(
            "language-model.weights", "'" + entry + "' is no weight", "write e.g. chapter:4");
      }
    }
    return Map.copyOf(weights);
  }
}
