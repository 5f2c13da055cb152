package settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import settings.Settings.AuthMode;
import settings.Settings.Environment;

/** Reads how callers prove who they are, and refuses what would let strangers in unasked. */
final class AuthReader {
  private static final int SECRET_LENGTH = 16;

  private final Values values;
  private final List<String> warnings;

  /**
   * @param warnings gets what an operator should know
   */
  AuthReader(Values values, List<String> warnings) {
    this.values = values;
    this.warnings = warnings;
  }

  Settings.Tokens tokens() {
    return new Settings.Tokens(
        values.parsed(
            "auth.jwks-url",
            text -> {
              URI uri = URI.create(text);
              // whoever can change the keys on their way can make tokens for anybody
              boolean safe =
                  "https".equals(uri.getScheme())
                      || ("http".equals(uri.getScheme())
                          && uri.getHost() != null
                          && Loopback.is(uri.getHost()));
              if (uri.getHost() == null || !safe) {
                throw new IllegalArgumentException();
              }
              return uri;
            },
            "write https://host/path (http only for this machine)"),
        values.text("auth.issuer"),
        values.list("auth.audience"));
  }

  Settings.Auth auth(Environment environment, String host, Settings.Tokens tokens) {
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
      values.problem(
          "auth.jwt-secret",
          "is missing",
          "auth.mode jwt checks tokens with it: set JWT_SECRET, or AUTH_JWKS_URL");
    }
    if (mode == AuthMode.GATEWAY && gatewaySecret.isEmpty()) {
      values.problem(
          "auth.gateway-secret",
          "is missing",
          "auth.mode gateway needs it: set AUTH_GATEWAY_SECRET");
    }
    if (mode == AuthMode.COMPAT && environment == Environment.PRODUCTION) {
      if (inProduction) {
        warnings.add("auth.mode compat in production: callers are believed without proof");
      } else {
        values.problem(
            "auth.mode",
            "compat believes every caller and this is production",
            "use jwt or gateway, or set AUTH_COMPAT_IN_PRODUCTION=true");
      }
    }
    if (mode == AuthMode.COMPAT && !Loopback.is(host)) {
      if (offLoopback || inProduction) {
        warnings.add("auth.mode compat on " + host + ": anybody who reaches this port is believed");
      } else {
        values.problem(
            "auth.mode",
            "compat believes every caller and http.host "
                + host
                + " can be reached from other machines",
            "use jwt or gateway, listen on 127.0.0.1, or set AUTH_COMPAT_OFF_LOOPBACK=true");
      }
    }
    return new Settings.Auth(mode, jwtSecret, gatewaySecret);
  }
}
