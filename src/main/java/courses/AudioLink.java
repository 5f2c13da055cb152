package courses;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The permission to play one recording until a moment, as two members of its address: HMAC-SHA256
 * over id and moment, with a key of the recording's own. So links need no setting, hold on every
 * node, and die with the recording.
 *
 * @param expires seconds since 1970
 * @param signature hexadecimal
 */
public record AudioLink(long expires, String signature) {
  private static final String ALGORITHM = "HmacSHA256";

  /**
   * A link that holds for {@code lifetime} at least and twice as long at most: within that time the
   * same address comes out again, so that players' caches are of use.
   */
  public static AudioLink of(UUID id, Buffer key, Instant now, Duration lifetime) {
    long seconds = Math.max(1, lifetime.toSeconds());
    long expires = (now.getEpochSecond() / seconds + 2) * seconds;
    return new AudioLink(expires, sign(id, key, expires));
  }

  /** Whether it opens the recording now. Takes the same time however much of it is right. */
  public boolean opens(UUID id, Buffer key, Instant now) {
    boolean right =
        MessageDigest.isEqual(
            sign(id, key, expires).getBytes(StandardCharsets.US_ASCII),
            signature.getBytes(StandardCharsets.UTF_8));
    return right && now.getEpochSecond() < expires;
  }

  private static String sign(UUID id, Buffer key, long expires) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(), ALGORITHM));
      return HexFormat.of()
          .formatHex(
              mac.doFinal(
                  ("course-audio " + id + " " + expires).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
