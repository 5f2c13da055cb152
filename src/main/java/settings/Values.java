package settings;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Typed reading of flat settings. A wrong value is noted as a problem and answered with a harmless
 * stand-in, so that reading goes on and all problems come out together.
 */
final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");

  private final JsonObject flat;
  private final List<SettingsException.Problem> problems;

  Values(JsonObject flat, List<SettingsException.Problem> problems) {
    this.flat = flat;
    this.problems = problems;
  }

  /** The same values, whose problems are noted elsewhere. */
  Values withProblemsIn(List<SettingsException.Problem> others) {
    return new Values(flat, others);
  }

  void problem(String key, String problem, String remedy) {
    problems.add(new SettingsException.Problem(key, problem, remedy));
  }

  Optional<String> text(String key) {
    Object value = flat.getValue(key);
    return value == null || value.toString().isBlank()
        ? Optional.empty()
        : Optional.of(value.toString().strip());
  }

  String required(String key, String remedy) {
    return text(key)
        .orElseGet(
            () -> {
              problem(key, "is missing", remedy);
              return "";
            });
  }

  Optional<Secret> secret(String key) {
    return text(key).map(Secret::new);
  }

  /** A secret that, when set, has at least so many characters. */
  Optional<Secret> secret(String key, int minimum) {
    Optional<Secret> secret = secret(key);
    secret.ifPresent(
        s -> {
          if (s.reveal().length() < minimum) {
            problem(
                key,
                "is too short to be a secret",
                "use at least " + minimum + " characters, e.g. from 'openssl rand -hex 32'");
          }
        });
    return secret;
  }

  int integer(String key, int min, int max) {
    return (int) number(key, min, max);
  }

  long number(String key, long min, long max) {
    String value = text(key).orElse("");
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    problem(
        key,
        "'" + value + "' is not a whole number from " + min + " to " + max,
        "e.g. " + key + ": " + Math.max(min, Math.min(max, key.endsWith("port") ? 8000 : 10)));
    return min;
  }

  boolean flag(String key) {
    String value = text(key).orElse("").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> {
        problem(key, "'" + value + "' is neither true nor false", "set true or false");
        yield false;
      }
    };
  }

  Duration duration(String key, Duration min, Duration max) {
    String value = text(key).orElse("");
    Matcher matcher = DURATION.matcher(value.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
          };
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    problem(
        key,
        "'" + value + "' is not a duration from " + words(min) + " to " + words(max),
        "write 250ms, 10s, 5m or 24h");
    return min;
  }

  static String words(Duration duration) {
    if (duration.toMillis() % 1000 != 0 || duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    return choice(key, type, fallback, text(key).orElse(""));
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E fallback, String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    problem(
        key,
        "'" + value + "' is not known",
        "use one of "
            + Arrays.stream(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    return fallback;
  }

  /** A value that a JDK parser understands, or nothing when it is not set. */
  <T> Optional<T> parsed(String key, Function<String, T> parser, String remedy) {
    return text(key)
        .flatMap(
            value -> {
              try {
                return Optional.of(parser.apply(value));
              } catch (RuntimeException e) {
                problem(key, "'" + value + "' can't be understood", remedy);
                return Optional.empty();
              }
            });
  }

  Path path(String key, String fallback) {
    String value = text(key).orElse(fallback);
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      problem(key, "'" + value + "' is not a path", "name a folder");
      return Path.of(".");
    }
  }

  /** A file that must be there when it is named. */
  Optional<Path> file(String key) {
    Optional<Path> path = text(key).map(value -> path(key, value));
    path.filter(p -> !Files.isReadable(p))
        .ifPresent(p -> problem(key, "the file '" + p + "' can't be read", "name a readable file"));
    return path;
  }

  List<String> list(String key) {
    Object value = flat.getValue(key);
    List<?> parts =
        value instanceof io.vertx.core.json.JsonArray array
            ? array.getList()
            : Arrays.asList(text(key).orElse("").split(","));
    return parts.stream()
        .map(Object::toString)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
