package zoom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import settings.Secret;

/**
 * Whether a webhook comes from Zoom: {@code v0=} and the HMAC-SHA256 of {@code v0:timestamp:body}
 * over the bytes as they came. Parsing and writing them again would change them.
 */
public final class WebhookSignature {
  /** Header with the seconds (or milliseconds) since 1970 at which it was signed. */
  public static final String TIMESTAMP = "x-zm-request-timestamp";

  /** Header with the signature. */
  public static final String SIGNATURE = "x-zm-signature";

  private final Secret secret;
  private final Duration tolerance;

  /**
   * @param tolerance how far the timestamp may lie in the past or future
   */
  public WebhookSignature(Secret secret, Duration tolerance) {
    this.secret = secret;
    this.tolerance = tolerance;
  }

  /** Takes as long for a wrong signature as for a right one. */
  public boolean valid(String timestamp, String signature, byte[] body, Instant now) {
    if (timestamp == null
        || signature == null
        || signature.length() > 128
        || !timestamp.matches("[0-9]{9,13}")) {
      return false;
    }
    boolean right =
        MessageDigest.isEqual(
            sign(timestamp, body).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
    long number = Long.parseLong(timestamp);
    Instant signed =
        timestamp.length() == 13 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    return right && Duration.between(signed, now).abs().compareTo(tolerance) <= 0;
  }

  /** The signature of a body that is sent at {@code timestamp}. */
  public String sign(String timestamp, byte[] body) {
    Mac mac = mac();
    mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
    return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  /** What proves to Zoom that this endpoint knows the secret. */
  public String answer(String plainToken) {
    return HexFormat.of().formatHex(mac().doFinal(plainToken.getBytes(StandardCharsets.UTF_8)));
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from this JVM", e);
    }
  }
}
