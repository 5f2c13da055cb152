package settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import settings.Settings.AuthMode;
import settings.Settings.Environment;
import settings.Settings.Pooler;
import settings.Settings.Tls;

/** Turns flat values into {@link Settings}, and says everything that is wrong with them at once. */
final class SettingsFactory {
  private static final int SECRET_LENGTH = 16;
  private static final int TRANSACTION_POOLER_PORT = 6543;
  private static final int MAX_INSTANCES = 64;
  private static final int MAX_POOL = 200;
  private static final int MAX_RATE = 1_000_000;

  private final Values values;
  private final Set<String> knownVerticles;
  private final Map<String, String> environmentVariables;
  private final List<String> warnings = new ArrayList<>();

  SettingsFactory(Values values, Set<String> knownVerticles, Map<String, String> environmentVariables) {
    this.values = values;
    this.knownVerticles = knownVerticles;
    this.environmentVariables = environmentVariables;
  }

  Settings settings() {
    Environment environment = values.choice("environment", Environment.class, Environment.DEVELOPMENT);
    Path dataDir = values.path("data-dir", "data");
    Settings.Http http =
        new Settings.Http(
            values.required("http.host", "127.0.0.1, or 0.0.0.0 for every interface"),
            values.integer("http.port", 0, 65_535),
            values.list("http.cors-origins"),
            rateLimits());
    Settings.Tokens tokens = tokens();
    return new Settings(
        environment,
        dataDir,
        verticles(),
        http,
        auth(environment, http.host(), tokens),
        mysql(),
        postgres(),
        monitor(),
        recordings(dataDir),
        new Settings.Transcripts(
            values.integer("transcripts.max-characters", 1_000, 50_000_000),
            values.duration("transcripts.max-duration", Duration.ofMinutes(1), Duration.ofHours(24))),
        new Settings.Exercises(
            values
                .parsed("exercises.language", SettingsFactory::language, "use a language code such as he, ar or es")
                .orElse("he")),
        work(),
        new Settings.Cluster(
            values.flag("cluster.enabled"),
            values.required("cluster.host", "this node's address, e.g. 127.0.0.1"),
            values.integer("cluster.port", 1, 65_535),
            values.list("cluster.members")),
        log(environment),
        values.duration("drain-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
        services(),
        List.copyOf(warnings),
        tokens,
        new Settings.Approval(values.flag("approval.automatic")),
        new SpeechReader(values).speech(),
        new Settings.Catalogue(values.flag("catalogue.starter")));
  }

  private Settings.Tokens tokens() {
    return new Settings.Tokens(
        values.parsed("auth.jwks-url", text -> {
          URI uri = URI.create(text);
          // whoever can change the keys on their way can make tokens for anybody
          boolean safe = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && uri.getHost() != null && loopback(uri.getHost()));
          if (uri.getHost() == null || !safe) {
            throw new IllegalArgumentException();
          }
          return uri;
        }, "write https://host/path (http only for this machine)"),
        values.text("auth.issuer"),
        values.list("auth.audience"));
  }

  private Settings.RateLimits rateLimits() {
    Map<String, Integer> perMinute = new LinkedHashMap<>();
    for (String group : Settings.RATE_GROUPS) {
      perMinute.put(group, values.integer("http.rate-limits." + group, 1, MAX_RATE));
    }
    return new Settings.RateLimits(values.flag("http.rate-limits.enabled"), Collections.unmodifiableMap(perMinute));
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
        values.problem("verticles", "'" + name + "' is not a verticle", "known are " + String.join(", ", knownVerticles));
        continue;
      }
      int count = 0;
      try {
        count = parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 0;
      } catch (NumberFormatException e) {
        count = -1;
      }
      if (count < 0 || count > MAX_INSTANCES || (count == 0 && parts.length > 1)) {
        values.problem("verticles", "'" + entry + "' has no usable instance count", "write e.g. " + name + ":2, from 1 to " + MAX_INSTANCES);
      }
      if (chosen.put(name, Math.max(0, count)) != null) {
        values.problem("verticles", "'" + name + "' stands there twice", "name it once, with a count: " + name + ":2");
      }
    }
    return chosen;
  }

  private Settings.Auth auth(Environment environment, String host, Settings.Tokens tokens) {
    String word = values.text("auth.mode").orElse("auto");
    AuthMode mode =
        word.equalsIgnoreCase("auto")
            ? environment == Environment.PRODUCTION ? AuthMode.JWT : AuthMode.COMPAT
            : values.choice("auth.mode", AuthMode.class, AuthMode.JWT, word);
    Optional<Secret> jwtSecret = values.secret("auth.jwt-secret", SECRET_LENGTH);
    Optional<Secret> gatewaySecret = values.secret("auth.gateway-secret", SECRET_LENGTH);
    boolean inProduction = values.flag("auth.compat-in-production");
    boolean offLoopback = values.flag("auth.compat-off-loopback");
    if (mode == AuthMode.JWT && jwtSecret.isEmpty() && tokens.jwksUrl().isEmpty()) {
      values.problem("auth.jwt-secret", "is missing", "auth.mode jwt checks tokens with it: set JWT_SECRET, or AUTH_JWKS_URL");
    }
    if (mode == AuthMode.GATEWAY && gatewaySecret.isEmpty()) {
      values.problem("auth.gateway-secret", "is missing", "auth.mode gateway needs it: set AUTH_GATEWAY_SECRET");
    }
    if (mode == AuthMode.COMPAT && environment == Environment.PRODUCTION) {
      if (inProduction) {
        warnings.add("auth.mode compat in production: callers are believed without proof");
      } else {
        values.problem(
            "auth.mode", "compat believes every caller and this is production", "use jwt or gateway, or set AUTH_COMPAT_IN_PRODUCTION=true");
      }
    }
    if (mode == AuthMode.COMPAT && !loopback(host)) {
      if (offLoopback || inProduction) {
        warnings.add("auth.mode compat on " + host + ": anybody who reaches this port is believed");
      } else {
        values.problem(
            "auth.mode",
            "compat believes every caller and http.host " + host + " can be reached from other machines",
            "use jwt or gateway, listen on 127.0.0.1, or set AUTH_COMPAT_OFF_LOOPBACK=true");
      }
    }
    return new Settings.Auth(mode, jwtSecret, gatewaySecret);
  }

  private Settings.MySql mysql() {
    Optional<String> host = values.text("mysql.host");
    String user = values.text("mysql.user").orElse("");
    if (host.isPresent() && user.isEmpty()) {
      values.problem("mysql.user", "is missing", "MYSQL_HOST is set, so set MYSQL_USER and MYSQL_PASSWORD too");
    }
    return new Settings.MySql(
        host,
        values.integer("mysql.port", 1, 65_535),
        user,
        values.secret("mysql.password"),
        values.required("mysql.database", "the school's database, e.g. tulkka9"),
        values.integer("mysql.pool-size", 1, MAX_POOL),
        tls("mysql", host, Optional.empty()),
        values.file("mysql.tls-ca"));
  }

  private Settings.Postgres postgres() {
    Optional<PostgresAddress> address = values.text("postgres.url").flatMap(url -> {
      try {
        return Optional.of(PostgresAddress.parse(url));
      } catch (IllegalArgumentException e) {
        values.problem("postgres.url", e.getMessage(), "DATABASE_URL=postgresql://user:password@host:5432/database");
        return Optional.empty();
      }
    });
    String supabase = environmentVariables.getOrDefault("SUPABASE_URL", "");
    if (!supabase.isBlank() && values.text("postgres.url").isEmpty()) {
      values.problem(
          "postgres.url",
          "is missing, and SUPABASE_URL is only the address of the REST interface",
          "set DATABASE_URL to the connection string of the same project (its dashboard, Connect, Session pooler):"
              + " postgresql://postgres.<project>:<password>@<pooler host>:5432/postgres");
    }
    int port = address.map(PostgresAddress::port).orElse(5432);
    String pooler = values.text("postgres.pooler").orElse("auto");
    return new Settings.Postgres(
        address.map(PostgresAddress::host),
        port,
        address.map(PostgresAddress::user).orElse("lessonweave"),
        values.secret("postgres.password").or(() -> address.flatMap(PostgresAddress::password).map(Secret::new)),
        address.map(PostgresAddress::database).orElse("lessonweave"),
        values.integer("postgres.pool-size", 1, MAX_POOL),
        tls("postgres", address.map(PostgresAddress::host), address.flatMap(PostgresAddress::sslMode)),
        values.file("postgres.tls-ca"),
        pooler.equalsIgnoreCase("auto")
            ? port == TRANSACTION_POOLER_PORT ? Pooler.TRANSACTION : Pooler.NONE
            : values.choice("postgres.pooler", Pooler.class, Pooler.NONE, pooler));
  }

  private Tls tls(String database, Optional<String> host, Optional<String> sslMode) {
    String word = values.text(database + ".tls").orElse("auto");
    if (!word.equalsIgnoreCase("auto")) {
      // YAML reads a bare off as false.
      return values.choice(database + ".tls", Tls.class, Tls.REQUIRE, word.equals("false") ? "off" : word);
    }
    if (sslMode.isPresent()) {
      return switch (sslMode.get()) {
        case "disable" -> Tls.OFF;
        case "allow", "prefer", "require" -> Tls.REQUIRE;
        case "verify-ca", "verify-full" -> Tls.VERIFY;
        default -> {
          values.problem("postgres.url", "sslmode '" + sslMode.get() + "' is not known", "use disable, require or verify-full");
          yield Tls.REQUIRE;
        }
      };
    }
    // A bare name is a neighbour in a container network; anything else may be across the internet.
    return host.filter(h -> !loopback(h) && h.contains(".")).isPresent() ? Tls.REQUIRE : Tls.OFF;
  }

  private Settings.Monitor monitor() {
    Duration min = values.duration("monitor.poll-min", Duration.ofMillis(5), Duration.ofHours(1));
    Duration max = values.duration("monitor.poll-max", Duration.ofMillis(5), Duration.ofHours(1));
    return new Settings.Monitor(
        min.compareTo(max) > 0 ? max : min,
        max,
        values.integer("monitor.batch", 1, 500),
        values.parsed("monitor.not-before", SettingsFactory::localDateTime, "write 2026-02-01T00:00:00"),
        values.parsed("monitor.timezone", ZoneId::of, "write a zone such as Asia/Jerusalem or UTC").orElse(ZoneId.of("UTC")),
        values.integer("monitor.max-attempts", 1, 1_000));
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
    Duration base = values.duration("work.backoff-base", Duration.ofMillis(10), Duration.ofHours(1));
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
      values.problem("log.level", "'" + level + "' is not known", "use error, warn, info, debug or trace");
    }
    String format = values.text("log.format").orElse("auto");
    if (!Set.of("auto", "json", "text").contains(format)) {
      values.problem("log.format", "'" + format + "' is not known", "use json, text or auto");
    }
    return new Settings.Log(level, format.equals("json") || (format.equals("auto") && environment == Environment.PRODUCTION));
  }

  private Settings.Services services() {
    Optional<URI> webhook =
        values.parsed("services.n8n-webhook-url", text -> {
          URI uri = URI.create(text);
          if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException();
          }
          return uri;
        }, "write http://host/path or https://host/path");
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (String name :
        List.of(
            "zoom-account-id", "zoom-client-id", "zoom-client-secret", "zoom-access-token", "zoom-refresh-token",
            "assemblyai-api-key", "groq-api-key", "openai-api-key", "gemini-api-key")) {
      values.secret("services." + name).ifPresent(secret -> secrets.put(name, secret));
    }
    List<String> unused = new ArrayList<>(secrets.keySet());
    webhook.ifPresent(uri -> unused.add(0, "n8n-webhook-url"));
    if (!unused.isEmpty()) {
      warnings.add("set but not used by this version: " + String.join(", ", unused));
    }
    return new Settings.Services(webhook, Map.copyOf(secrets));
  }

  private static boolean loopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    // Only literal addresses: a name must not be looked up while settings are read.
    boolean literal = host.matches("[0-9.]+") || host.contains(":");
    try {
      return literal && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
