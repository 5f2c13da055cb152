package settings;

import java.util.Map;
import java.util.Optional;
import settings.Settings.Pooler;
import settings.Settings.Tls;

/** Reads where the two databases are and how to reach them. */
final class DatabaseReader {
  private static final int TRANSACTION_POOLER_PORT = 6543;
  private static final int MAX_POOL = 200;

  private final Values values;
  private final Map<String, String> environmentVariables;

  DatabaseReader(Values values, Map<String, String> environmentVariables) {
    this.values = values;
    this.environmentVariables = environmentVariables;
  }

  Settings.MySql mysql() {
    Optional<String> host = values.text("mysql.host");
    String user = values.text("mysql.user").orElse("");
    if (host.isPresent() && user.isEmpty()) {
      values.problem(
          "mysql.user",
          "is missing",
          "MYSQL_HOST is set, so set MYSQL_USER and MYSQL_PASSWORD too");
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

  Settings.Postgres postgres() {
    Optional<PostgresAddress> address =
        values
            .text("postgres.url")
            .flatMap(
                url -> {
                  try {
                    return Optional.of(PostgresAddress.parse(url));
                  } catch (IllegalArgumentException e) {
                    values.problem(
                        "postgres.url",
                        e.getMessage(),
                        "DATABASE_URL=postgresql://user:password@host:5432/database");
                    return Optional.empty();
                  }
                });
    String supabase = environmentVariables.getOrDefault("SUPABASE_URL", "");
    if (!supabase.isBlank() && values.text("postgres.url").isEmpty()) {
      values.problem(
          "postgres.url",
          "is missing, and SUPABASE_URL is only the address of the REST interface",
          "set DATABASE_URL to the connection string of the same project (its dashboard, Connect,"
              + " Session pooler): postgresql://postgres.<project>:<password>@<pooler"
              + " host>:5432/postgres");
    }
    int port = address.map(PostgresAddress::port).orElse(5432);
    String pooler = values.text("postgres.pooler").orElse("auto");
    return new Settings.Postgres(
        address.map(PostgresAddress::host),
        port,
        address.map(PostgresAddress::user).orElse("lessonweave"),
        values
            .secret("postgres.password")
            .or(() -> address.flatMap(PostgresAddress::password).map(Secret::new)),
        address.map(PostgresAddress::database).orElse("lessonweave"),
        values.integer("postgres.pool-size", 1, MAX_POOL),
        tls(
            "postgres",
            address.map(PostgresAddress::host),
            address.flatMap(PostgresAddress::sslMode)),
        values.file("postgres.tls-ca"),
        pooler.equalsIgnoreCase("auto")
            ? port == TRANSACTION_POOLER_PORT ? Pooler.TRANSACTION : Pooler.NONE
            : values.choice("postgres.pooler", Pooler.class, Pooler.NONE, pooler));
  }

  private Tls tls(String database, Optional<String> host, Optional<String> sslMode) {
    String word = values.text(database + ".tls").orElse("auto");
    if (!word.equalsIgnoreCase("auto")) {
      // YAML reads a bare off as false.
      return values.choice(
          database + ".tls", Tls.class, Tls.REQUIRE, word.equals("false") ? "off" : word);
    }
    if (sslMode.isPresent()) {
      return switch (sslMode.get()) {
        case "disable" -> Tls.OFF;
        case "allow", "prefer", "require" -> Tls.REQUIRE;
        case "verify-ca", "verify-full" -> Tls.VERIFY;
        default -> {
          values.problem(
              "postgres.url",
              "sslmode '" + sslMode.get() + "' is not known",
              "use disable, require or verify-full");
          yield Tls.REQUIRE;
        }
      };
    }
    // A bare name is a neighbour in a container network; anything else may be across the internet.
    return host.filter(h -> !Loopback.is(h) && h.contains(".")).isPresent() ? Tls.REQUIRE : Tls.OFF;
  }
}
