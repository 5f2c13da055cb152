package zoom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import settings.Secret;

/**
 * Seals what must not be stored in clear: AES-256 in Galois/Counter mode with a fresh nonce for
 * each value. A sealed value is one byte of format, four bytes that name the key, the nonce, and
 * the ciphertext with its tag. What the value belongs to is authenticated with it, so that a sealed
 * value can't be moved to another row or column.
 */
public final class TokenCipher {
  private static final byte FORMAT = 1;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD = 1 + KEY_ID_BYTES + NONCE_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

  /**
   * @param base64Keys 32 bytes each; the first seals, all open; none: {@link #available} is false
   */
  public TokenCipher(List<Secret> base64Keys) {
    for (Secret key : base64Keys) {
      byte[] bytes = Base64.getDecoder().decode(key.reveal());
      keys.put(id(bytes), new SecretKeySpec(bytes, "AES"));
    }
  }

  /** Whether there is a key at all. */
  public boolean available() {
    return !keys.isEmpty();
  }

  /** The id of the key that seals, for people who change keys; says nothing about the key. */
  public String keyId() {
    return keys.keySet().iterator().next();
  }

  /** The id of the key that sealed a value. */
  static String keyId(byte[] sealed) {
    return sealed.length < HEAD ? "none" : HexFormat.of().formatHex(sealed, 1, 1 + KEY_ID_BYTES);
  }

  /**
   * @param belongsTo what the value is and whose, which must be the same when it is opened
   */
  byte[] seal(String value, String belongsTo) {
    String id = keyId();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(id), nonce, belongsTo);
      byte[] sealed = cipher.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(HEAD + sealed.length)
          .put(FORMAT)
          .put(HexFormat.of().parseHex(id))
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from this JVM", e);
    }
  }

  /**
   * @throws UnreadableTokenException when the key is not among ours, or the value was changed
   */
  Secret open(byte[] sealed, String belongsTo) {
    if (sealed.length < HEAD || sealed[0] != FORMAT) {
      throw new UnreadableTokenException("a stored token is not one that lessonweave stored");
    }
    String id = keyId(sealed);
    SecretKeySpec key = keys.get(id);
    if (key == null) {
      throw new UnreadableTokenException(
          "a stored token was encrypted with key "
              + id
              + ", which is not among zoom.token-keys: add that key at the end of the list");
    }
    try {
      Cipher cipher =
          cipher(
              Cipher.DECRYPT_MODE,
              key,
              Arrays.copyOfRange(sealed, 1 + KEY_ID_BYTES, HEAD),
              belongsTo);
      byte[] value = cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
      return new Secret(new String(value, StandardCharsets.UTF_8));
    } catch (AEADBadTagException changed) {
      throw new UnreadableTokenException(
          "a stored token was changed by somebody else, or moved from another row");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from this JVM", e);
    }
  }

  /**
   * What tells two values apart without telling what they are: the same for the same value, and not
   * to be tried out without the key.
   */
  String fingerprint(String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(keys.get(keyId()).getEncoded(), "HmacSHA256"));
      return keyId()
          + ":"
          + HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from this JVM", e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String belongsTo)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static String id(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(hash, 0, KEY_ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this JVM", e);
    }
  }
}
