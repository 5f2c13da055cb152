package demo;

import demo.ZoomExchange.Asked;
import demo.ZoomExchange.Said;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The token service: a refresh kills the refresh token it was asked with, at once. Every token has
 * {@link #MARK} in it, so that one that got out is found wherever it lies. Safe for several
 * threads.
 */
public final class ZoomGrants {
  /** In every secret the imitation gives. */
  public static final String MARK = "canary";

  private final String credentials;
  private final Map<String, Instant> access = new ConcurrentHashMap<>();
  private final AtomicInteger given = new AtomicInteger();
  private volatile String refresh;
  private volatile Duration life = Duration.ofHours(1);
  private volatile String scopes =
      "cloud_recording:read:list_user_recordings:admin"
          + " cloud_recording:read:list_recording_files:admin";

  ZoomGrants(String clientId, String clientSecret) {
    this.credentials =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
    this.refresh = secret("refresh");
  }

  private static String secret(String kind) {
    return kind + "-" + MARK + "-" + UUID.randomUUID();
  }

  /** The refresh token that is good just now. */
  public String refreshToken() {
    return refresh;
  }

  /** How many tokens were given. */
  public int given() {
    return given.get();
  }

  /** How long access tokens live that are given from now on. */
  public void life(Duration duration) {
    life = duration;
  }

  /** What access tokens may do, separated by blanks; {@code :admin} sees the whole account. */
  public void scopes(String words) {
    scopes = words;
  }

  boolean accountLevel() {
    return scopes.contains(":admin");
  }

  /** Lets every access token end now. */
  public void expireAll() {
    access.clear();
  }

  boolean good(String token) {
    Instant end = access.get(token);
    return end != null && end.isAfter(Instant.now());
  }

  /** A token for the files of one recording, as webhooks carry it. */
  String downloadToken() {
    String token = secret("download");
    access.put(token, Instant.now().plus(Duration.ofHours(24)));
    return token;
  }

  synchronized Said answer(Asked asked) {
    if (!credentials.equals(asked.headers().get("Authorization"))) {
      return Said.json(
          401,
          new JsonObject()
              .put("reason", "Invalid client_id or client_secret")
              .put("error", "invalid_client"));
    }
    Map<String, String> form = asked.form();
    String grant = form.getOrDefault("grant_type", "");
    if (grant.equals("account_credentials")) {
      return Said.json(200, granted());
    }
    if (!grant.equals("refresh_token")) {
      return Said.json(
          400,
          new JsonObject()
              .put("reason", "unsupported grant type")
              .put("error", "unsupported_grant_type"));
    }
    if (!refresh.equals(form.get("refresh_token"))) {
      return Said.json(
          400, new JsonObject().put("reason", "Invalid Token!").put("error", "invalid_grant"));
    }
    refresh = secret("refresh");
    return Said.json(200, granted().put("refresh_token", refresh));
  }

  private JsonObject granted() {
    String token = secret("access");
    access.put(token, Instant.now().plus(life));
    given.incrementAndGet();
    return new JsonObject()
        .put("access_token", token)
        .put("token_type", "bearer")
        .put("expires_in", life.toSeconds())
        .put("scope", scopes);
  }
}
