package settings;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the settings: the defaults packed with the program, the user's file over them, the
 * environment over both, and what the command line says over everything.
 */
public final class SettingsLoader {
  private static final String DEFAULTS = "conf/application.yaml";
  private static final Pattern PLACE = Pattern.compile("line:? ([0-9]+), column:? ([0-9]+)");
  private static final int MOST_CAUSES = 10;

  private final Vertx vertx;
  private final Set<String> knownVerticles;

  /**
   * @param knownVerticles every verticle there is, in deployment order
   */
  public SettingsLoader(Vertx vertx, Set<String> knownVerticles) {
    this.vertx = vertx;
    this.knownVerticles = knownVerticles;
  }

  /**
   * @param userFile a YAML or JSON file
   * @param environment environment variables
   * @param commandLine flat keys, such as {@code http.port}
   * @return fails with {@link SettingsException}, which names every problem
   */
  public Future<Settings> load(
      Optional<Path> userFile, Map<String, String> environment, Map<String, String> commandLine) {
    List<SettingsException.Problem> problems = new ArrayList<>();
    if (userFile.filter(file -> !Files.isReadable(file) || Files.isDirectory(file)).isPresent()) {
      problems.add(
          new SettingsException.Problem(
              "--conf",
              "the file '" + userFile.get() + "' can't be read",
              "name a readable YAML or JSON file"));
      return Future.failedFuture(new SettingsException(problems));
    }
    return file(DEFAULTS)
        .compose(
            defaults -> {
              JsonObject flatDefaults = flatten(defaults);
              Future<JsonObject> user =
                  userFile
                      .map(path -> file(path.toString()).recover(error -> unreadable(path, error)))
                      .orElse(Future.succeededFuture(new JsonObject()));
              return user.compose(
                  own -> {
                    JsonObject flatOwn = flatten(own);
                    unknownKeys(flatOwn, flatDefaults.fieldNames(), problems);
                    return merged(
                        flatDefaults,
                        flatOwn,
                        EnvironmentNames.read(environment, flatDefaults.fieldNames(), problems),
                        new JsonObject(new LinkedHashMap<>(commandLine)));
                  });
            })
        .compose(
            flat -> {
              Settings settings =
                  new SettingsFactory(
                          new Values(flat, problems),
                          knownVerticles,
                          environment,
                          EnvironmentNames.mistyped(environment, flat.fieldNames()))
                      .settings();
              return problems.isEmpty()
                  ? Future.succeededFuture(settings)
                  : Future.failedFuture(new SettingsException(withoutRepetitions(problems)));
            });
  }

  /** One variable may stand for several settings, and one setting be read for several purposes. */
  private static List<SettingsException.Problem> withoutRepetitions(
      List<SettingsException.Problem> problems) {
    Map<List<String>, SettingsException.Problem> first = new LinkedHashMap<>();
    problems.forEach(
        problem -> first.putIfAbsent(List.of(problem.key(), problem.problem()), problem));
    return List.copyOf(first.values());
  }

  private Future<JsonObject> file(String path) {
    String format = path.endsWith(".json") ? "json" : "yaml";
    return retrieve(
        List.of(
            new ConfigStoreOptions()
                .setType("file")
                .setFormat(format)
                .setConfig(new JsonObject().put("path", path).put("raw-data", true))));
  }

  private Future<JsonObject> merged(JsonObject... layers) {
    List<ConfigStoreOptions> stores = new ArrayList<>();
    for (JsonObject layer : layers) {
      stores.add(new ConfigStoreOptions().setType("json").setConfig(layer));
    }
    return retrieve(stores);
  }

  private Future<JsonObject> retrieve(List<ConfigStoreOptions> stores) {
    // Only the stores declared here: the retriever's own list would let a stray conf/config.json
    // beat the environment.
    ConfigRetriever retriever =
        ConfigRetriever.create(
            vertx,
            new ConfigRetrieverOptions()
                .setIncludeDefaultStores(false)
                .setScanPeriod(-1)
                .setStores(stores));
    return retriever.getConfig().eventually(retriever::close);
  }

  private static Future<JsonObject> unreadable(Path path, Throwable error) {
    List<Throwable> causes =
        Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES).toList();
    if (causes.stream().anyMatch(ClassCastException.class::isInstance)) {
      return Future.failedFuture(
          new SettingsException(
              List.of(
                  new SettingsException.Problem(
                      "--conf",
                      "the file '" + path + "' is, from its first line on, a list or a text",
                      "write names and what they are set to, such as 'http:' and under it"
                          + " '  port: 8000', without '-' before them"))));
    }
    String where =
        causes.stream()
            .map(cause -> PLACE.matcher(String.valueOf(cause.getMessage())))
            .filter(Matcher::find)
            .map(place -> "line " + place.group(1) + ", column " + place.group(2))
            .reduce((outer, inner) -> inner)
            .orElseGet(() -> String.valueOf(error.getMessage()).lines().findFirst().orElse(""));
    return Future.failedFuture(
        new SettingsException(
            List.of(
                new SettingsException.Problem(
                    "--conf",
                    "the file '" + path + "' is not valid YAML or JSON (" + where + ")",
                    "mend it at the place named"))));
  }

  private static void unknownKeys(
      JsonObject own, Set<String> known, List<SettingsException.Problem> problems) {
    for (String key : own.fieldNames()) {
      if (!known.contains(key)) {
        boolean isSection = known.stream().anyMatch(k -> k.startsWith(key + "."));
        String section =
            isSection ? key + "." : key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : "";
        String there =
            known.stream()
                .filter(k -> k.startsWith(section) && (!section.isEmpty() || !k.contains(".")))
                .collect(Collectors.joining(", "));
        problems.add(
            new SettingsException.Problem(
                key,
                isSection
                    ? "is a section, not a setting"
                        + (own.getValue(key) instanceof JsonArray
                            ? ", but the file has a list there"
                            : "")
                    : "is not a setting",
                there.isEmpty()
                    ? "see conf/application.yaml for all of them"
                    : "there are " + there));
      }
    }
  }

  /** {@code {http: {port: 1}}} becomes {@code {"http.port": 1}}; lists stay what they are. */
  private static JsonObject flatten(JsonObject nested) {
    JsonObject flat = new JsonObject(new LinkedHashMap<>());
    flatten("", nested, flat);
    return flat;
  }

  private static void flatten(String prefix, JsonObject nested, JsonObject flat) {
    for (Map.Entry<String, Object> entry : nested) {
      String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      if (entry.getValue() instanceof JsonObject inner) {
        flatten(key, inner, flat);
      } else {
        flat.put(key, entry.getValue());
      }
    }
  }
}
