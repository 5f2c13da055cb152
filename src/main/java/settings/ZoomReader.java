package settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The settings of {@code zoom}. */
final class ZoomReader {
  private static final int KEY_BYTES = 32;
  private static final String NEW_KEY = "write one made by 'openssl rand -base64 32'";

  private final Values values;
  private final List<String> warnings;

  ZoomReader(Values values, List<String> warnings) {
    this.values = values;
    this.warnings = warnings;
  }

  ZoomSettings zoom(Path dataDir) {
    ZoomSettings none = ZoomSettings.none(dataDir);
    Optional<String> account = values.text("zoom.account-id");
    Optional<String> client = values.text("zoom.client-id");
    Optional<Secret> secret = values.secret("zoom.client-secret");
    Optional<Secret> refresh = values.secret("zoom.refresh-token");
    List<Secret> keys = keys();
    if (client.isPresent() != secret.isPresent()) {
      values.problem(
          client.isPresent() ? "zoom.client-secret" : "zoom.client-id",
          "is missing",
          "a Zoom app has both: set the other one too, or neither");
    }
    if (client.isEmpty() && (account.isPresent() || refresh.isPresent())) {
      values.problem(
          "zoom.client-id",
          "is missing",
          "set zoom.client-id and zoom.client-secret of the Zoom app, or leave all of zoom.* out");
    }
    if (client.isPresent() && account.isEmpty() && keys.isEmpty()) {
      values.problem(
          "zoom.token-keys",
          "is missing, and refresh tokens are only stored encrypted",
          NEW_KEY + ", or set zoom.account-id for a server-to-server app, which has no such token");
    }
    if (values.text("zoom.access-token").isPresent()) {
      warnings.add("zoom.access-token is not used: lessonweave asks Zoom for its own");
    }
    if (account.isPresent() && refresh.isPresent()) {
      warnings.add("zoom.refresh-token is not used: zoom.account-id says server-to-server");
    }
    Duration tokenTimeout =
        values.duration("zoom.token-timeout", Duration.ofSeconds(1), Duration.ofSeconds(40));
    String folder = values.text("zoom.audio-folder").orElse("");
    return new ZoomSettings(
        account,
        client,
        secret,
        refresh,
        url("zoom.api-url").orElse(none.apiUrl()),
        url("zoom.token-url").orElse(none.tokenUrl()),
        values.text("zoom.user-email"),
        values.list("zoom.download-domains").stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .toList(),
        values.secret("zoom.webhook-secret"),
        values.duration("zoom.webhook-tolerance", Duration.ofSeconds(10), Duration.ofHours(24)),
        keys,
        values.choice("zoom.plan", ZoomSettings.Plan.class, ZoomSettings.Plan.PRO),
        values.integer("zoom.rate-percent", 1, 100),
        values.duration("zoom.transcript-wait", Duration.ZERO, Duration.ofHours(48)),
        values.flag("zoom.audio"),
        folder.isEmpty() ? none.audioFolder() : values.path("zoom.audio-folder", folder),
        values.number("zoom.max-audio-bytes", 1 << 20, 1L << 36),
        values.duration("zoom.reconcile-interval", Duration.ofMillis(100), Duration.ofHours(1)),
        values.duration("zoom.longest-pause", Duration.ofMillis(100), Duration.ofHours(2)),
        tokenTimeout,
        values.duration("zoom.request-timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
        grace(tokenTimeout));
  }

  /** Within it Zoom's answer has to come, and to be stored. */
  private Duration grace(Duration tokenTimeout) {
    String key = "zoom.renewal-grace";
    Duration grace = values.duration(key, Duration.ofSeconds(1), Duration.ofMinutes(10));
    if (grace.compareTo(tokenTimeout) <= 0) {
      values.problem(
          key,
          "is not longer than zoom.token-timeout, so tokens would be called lost that Zoom is still"
              + " about to send",
          "set it to more than " + Values.words(tokenTimeout) + ", or zoom.token-timeout to less");
    }
    return grace;
  }

  private List<Secret> keys() {
    List<Secret> keys = new ArrayList<>();
    for (String key : values.list("zoom.token-keys")) {
      boolean good;
      try {
        good = Base64.getDecoder().decode(key).length == KEY_BYTES;
      } catch (IllegalArgumentException e) {
        good = false;
      }
      if (good) {
        keys.add(new Secret(key));
      } else {
        // the key itself is not repeated
        values.problem("zoom.token-keys", "has a key that is not 32 bytes in base64", NEW_KEY);
      }
    }
    return keys;
  }

  private Optional<URI> url(String key) {
    return values.parsed(
        key,
        text -> {
          URI uri = URI.create(text.replaceAll("/+$", ""));
          if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException();
          }
          return uri;
        },
        "write https://host/path");
  }
}
