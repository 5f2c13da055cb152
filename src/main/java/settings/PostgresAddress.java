package settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parts of {@code postgresql://user:password@host:port/database?sslmode=require}, user and
 * password percent-decoded.
 *
 * @param sslMode the {@code sslmode} parameter, when given
 */
record PostgresAddress(
    String host,
    int port,
    String user,
    Optional<String> password,
    String database,
    Optional<String> sslMode) {

  private static final int DEFAULT_PORT = 5432;

  /**
   * @throws IllegalArgumentException with a message that never holds the address, because it holds
   *     a password
   */
  static PostgresAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "is not an address; a password with special characters must be percent-encoded");
    }
    if (!"postgres".equals(uri.getScheme()) && !"postgresql".equals(uri.getScheme())) {
      throw new IllegalArgumentException("does not begin with postgresql://");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new IllegalArgumentException(
          "names no host; a password with special characters must be percent-encoded");
    }
    String userInfo = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
    if (userInfo.isEmpty()) {
      throw new IllegalArgumentException("names no user");
    }
    int colon = userInfo.indexOf(':');
    String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    Optional<String> password =
        colon < 0 ? Optional.empty() : Optional.of(decode(userInfo.substring(colon + 1)));
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    String database = path.length() > 1 ? path.substring(1) : user;
    Optional<String> sslMode = Optional.empty();
    for (String parameter : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
      if (parameter.startsWith("sslmode=")) {
        sslMode = Optional.of(decode(parameter.substring("sslmode=".length())));
      }
    }
    return new PostgresAddress(
        uri.getHost().replaceAll("^\\[|]$", ""),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        user,
        password,
        database,
        sslMode);
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
