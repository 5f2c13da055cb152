package settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import settings.Settings.Environment;

/** Turns flat values into {@link Settings}, and says everything that is wrong with them at once. */
final class SettingsFactory {
  /** Compared character by character: what no browser sends would never match. */
  private static final Pattern ORIGIN = Pattern.compile("null|[a-z][a-z0-9+.-]*://[^/?#@*\\sA-Z]+");

  private static final int MAX_INSTANCES = 64;
  private static final int MAX_RATE = 1_000_000;

  private final Values values;
  private final Set<String> knownVerticles;
  private final Map<String, String> environmentVariables;
  private final List<String> warnings;

  SettingsFactory(
      Values values,
      Set<String> knownVerticles,
      Map<String, String> environmentVariables,
      List<String> warnings) {
    this.values = values;
    this.knownVerticles = knownVerticles;
    this.environmentVariables = environmentVariables;
    this.warnings = new ArrayList<>(warnings);
  }

  Settings settings() {
    Environment environment =
        values.choice("environment", Environment.class, Environment.DEVELOPMENT);
    Path dataDir = values.path("data-dir", "data");
    Settings.Http http =
        new Settings.Http(
            values.required("http.host", "127.0.0.1, or 0.0.0.0 for every interface"),
            values.integer("http.port", 0, 65_535),
            corsOrigins(),
            rateLimits(),
            trustedProxies());
    DatabaseReader databases = new DatabaseReader(values, environmentVariables);
    ZoomSettings zoom = new ZoomReader(values, warnings).zoom(dataDir);
    Settings.Tokens tokens = new AuthReader(values, warnings).tokens();
    return new Settings(
        environment,
        dataDir,
        verticles(),
        http,
        new AuthReader(values, warnings).auth(environment, http.host(), tokens),
        databases.mysql(),
        databases.postgres(),
        monitor(),
        recordings(dataDir),
        new Settings.Transcripts(
            values.integer("transcripts.max-characters", 1_000, 50_000_000),
            values.duration(
                "transcripts.max-duration", Duration.ofMinutes(1), Duration.ofHours(24))),
        new Settings.Exercises(
            values
                .parsed(
                    "exercises.language",
                    SettingsFactory::language,
                    "use a language code such as he, ar or es")
                .orElse("he"),
            values.flag("exercises.model"),
            values.duration(
                "exercises.model-patience", Duration.ofSeconds(1), Duration.ofMinutes(15)),
            values.duration(
                "exercises.request-patience", Duration.ofSeconds(1), Duration.ofSeconds(50))),
        work(),
        new Settings.Cluster(
            values.flag("cluster.enabled"),
            values.required("cluster.host", "this node's address, e.g. 127.0.0.1"),
            values.integer("cluster.port", 1, 65_535),
            values.list("cluster.members")),
        log(environment),
        values.duration("drain-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
        List.copyOf(warnings),
        tokens,
        new Settings.Approval(values.flag("approval.automatic")),
        new SpeechReader(values).speech(),
        new Settings.Catalogue(
            values.flag("catalogue.starter"),
            values.duration("catalogue.age", Duration.ZERO, Duration.ofHours(1))),
        new WorkflowReader(values).workflow(),
        new LanguageModelReader(values, environmentVariables).languageModel(),
        new SpeechToTextReader(values).settings(),
        zoom,
        new CourseReader(values).settings(),
        new CourseSourceReader(values).settings());
  }

  private Settings.RateLimits rateLimits() {
    Map<String, Integer> perMinute = new LinkedHashMap<>();
    for (String group : Settings.RATE_GROUPS) {
      perMinute.put(group, values.integer("http.rate-limits." + group, 1, MAX_RATE));
    }
    return new Settings.RateLimits(
        values.flag("http.rate-limits.enabled"), Collections.unmodifiableMap(perMinute));
  }

  private List<String> corsOrigins() {
    List<String> origins = values.list("http.cors-origins");
    origins.stream()
        .filter(origin -> !ORIGIN.matcher(origin).matches())
        .forEach(
            origin ->
                values.problem(
                    "http.cors-origins",
                    "'" + origin + "' is not an origin as browsers send it",
                    "write https://app.school.example, in lower case and with nothing behind the"
                        + " host and port, or leave it empty for any origin"));
    return origins;
  }

  private List<AddressRange> trustedProxies() {
    List<AddressRange> ranges = new ArrayList<>();
    for (String range : values.list("http.trusted-proxies")) {
      try {
        ranges.add(AddressRange.parse(range));
      } catch (IllegalArgumentException none) {
        values.problem(
            "http.trusted-proxies",
            "'" + range + "' is neither an address nor a range of addresses",
            "list addresses or CIDR ranges, e.g. 10.0.0.0/8, fd00::/8");
      }
    }
    return List.copyOf(ranges);
  }

  private static String language(String code) {
    if (!code.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
      throw new IllegalArgumentException();
    }
    return code;
  }

  /** {@code all}, or names with instance counts, as text or as a YAML list. */
  private Map<String, Integer> verticles() {
    Map<String, Integer> chosen = new LinkedHashMap<>();
    List<String> entries = values.list("verticles");
    if (entries.isEmpty() || entries.equals(List.of("all"))) {
      knownVerticles.forEach(name -> chosen.put(name, 0));
      return chosen;
    }
    for (String entry : entries) {
      String[] parts = entry.split(":", 2);
      String name = parts[0].strip();
      if (!knownVerticles.contains(name)) {
        values.problem(
            "verticles",
            "'" + name + "' is not a verticle",
            "known are " + String.join(", ", knownVerticles));
        continue;
      }
      int count = 0;
      try {
        count = parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 0;
      } catch (NumberFormatException e) {
        count = -1;
      }
      if (count < 0 || count > MAX_INSTANCES || (count == 0 && parts.length > 1)) {
        values.problem(
            "verticles",
            "'" + entry + "' has no usable instance count",
            "write e.g. " + name + ":2, from 1 to " + MAX_INSTANCES);
      }
      if (chosen.put(name, Math.max(0, count)) != null) {
        values.problem(
            "verticles",
            "'" + name + "' stands there twice",
            "name it once, with a count: " + name + ":2");
      }
    }
    return chosen;
  }

  private Settings.Monitor monitor() {
    Duration min = values.duration("monitor.poll-min", Duration.ofMillis(5), Duration.ofHours(1));
    Duration max = values.duration("monitor.poll-max", Duration.ofMillis(5), Duration.ofHours(1));
    return new Settings.Monitor(
        min.compareTo(max) > 0 ? max : min,
        max,
        values.integer("monitor.batch", 1, 500),
        values.parsed(
            "monitor.not-before", SettingsFactory::localDateTime, "write 2026-02-01T00:00:00"),
        values
            .parsed("monitor.timezone", ZoneId::of, "write a zone such as Asia/Jerusalem or UTC")
            .orElse(ZoneId.of("UTC")),
        values.integer("monitor.max-attempts", 1, 1_000),
        values.choice("monitor.source", Settings.Source.class, Settings.Source.AUTO),
        values.duration("monitor.safety-poll", Duration.ofMillis(100), Duration.ofHours(1)));
  }

  private static LocalDateTime localDateTime(String text) {
    String value = text.replace(' ', 'T').replaceAll("Z$", "");
    return LocalDateTime.parse(value.length() == 10 ? value + "T00:00:00" : value);
  }

  private Settings.Recordings recordings(Path dataDir) {
    return new Settings.Recordings(
        values.path("recordings.folder", dataDir.resolve("recordings").toString()),
        values.duration("recordings.settle", Duration.ZERO, Duration.ofMinutes(10)),
        values.duration("recordings.wait-for", Duration.ZERO, Duration.ofDays(31)),
        values.number("recordings.max-bytes", 1_024, 256L << 20));
  }

  private Settings.Work work() {
    Duration base =
        values.duration("work.backoff-base", Duration.ofMillis(10), Duration.ofHours(1));
    Duration max = values.duration("work.backoff-max", Duration.ofMillis(10), Duration.ofHours(24));
    return new Settings.Work(
        values.duration("work.poll-interval", Duration.ofMillis(10), Duration.ofMinutes(10)),
        values.duration("work.lease", Duration.ofMillis(500), Duration.ofHours(1)),
        values.integer("work.max-attempts", 1, 100),
        base,
        max.compareTo(base) < 0 ? base : max,
        Map.of(
            "fetch", values.integer("work.fetch-concurrency", 1, 256),
            "transcribe", values.integer("work.transcribe-concurrency", 1, 64),
            "generate", values.integer("work.generate-concurrency", 1, 64)));
  }

  private Settings.Log log(Environment environment) {
    String level = values.text("log.level").orElse("info").toLowerCase(java.util.Locale.ROOT);
    if (!Set.of("error", "warn", "info", "debug", "trace").contains(level)) {
      values.problem(
          "log.level", "'" + level + "' is not known", "use error, warn, info, debug or trace");
    }
    String format = values.text("log.format").orElse("auto");
    if (!Set.of("auto", "json", "text").contains(format)) {
      values.problem("log.format", "'" + format + "' is not known", "use json, text or auto");
    }
    return new Settings.Log(
        level,
        format.equals("json") || (format.equals("auto") && environment == Environment.PRODUCTION));
  }
}
