package zoom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Decides how a text file is encoded: by its byte order mark, else UTF-8 when it is that, else
 * windows-1252.
 */
public final class TextDecoder {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private TextDecoder() {}

  /**
   * Never fails; bytes that are no characters become replacement characters. The byte order mark is
   * left out.
   */
  public static String decode(byte[] bytes) {
    int length = bytes.length;
    if (length >= 3 && at(bytes, 0) == 0xEF && at(bytes, 1) == 0xBB && at(bytes, 2) == 0xBF) {
      return new String(bytes, 3, length - 3, StandardCharsets.UTF_8);
    }
    if (length >= 2 && at(bytes, 0) == 0xFF && at(bytes, 1) == 0xFE) {
      return new String(bytes, 2, length - 2, StandardCharsets.UTF_16LE);
    }
    if (length >= 2 && at(bytes, 0) == 0xFE && at(bytes, 1) == 0xFF) {
      return new String(bytes, 2, length - 2, StandardCharsets.UTF_16BE);
    }
    Charset unmarked = unmarkedUtf16(bytes);
    if (unmarked != null) {
      return new String(bytes, unmarked);
    }
    return new String(bytes, isUtf8(bytes) ? StandardCharsets.UTF_8 : WINDOWS);
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xFF;
  }

  /** Latin text in UTF-16 has a zero in every other byte. */
  private static Charset unmarkedUtf16(byte[] bytes) {
    int pairs = Math.min(bytes.length, 4_096) / 2;
    int evenZeros = 0;
    int oddZeros = 0;
    for (int i = 0; i < pairs; i++) {
      evenZeros += bytes[2 * i] == 0 ? 1 : 0;
      oddZeros += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs >= 4 && oddZeros * 2 > pairs && evenZeros * 10 < pairs) {
      return StandardCharsets.UTF_16LE;
    }
    return pairs >= 4 && evenZeros * 2 > pairs && oddZeros * 10 < pairs
        ? StandardCharsets.UTF_16BE
        : null;
  }

  /**
   * Whether the bytes above 127 form UTF-8 sequences. A few that don't are damage (a file cut in
   * the middle of a character), not another encoding, as long as most do.
   */
  private static boolean isUtf8(byte[] bytes) {
    int good = 0;
    int bad = 0;
    int i = 0;
    while (i < bytes.length) {
      int lead = at(bytes, i++);
      if (lead < 0x80) {
        continue;
      }
      int more =
          lead >= 0xC2 && lead < 0xE0
              ? 1
              : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
      int seen = 0;
      while (seen < more && i < bytes.length && (bytes[i] & 0xC0) == 0x80) {
        i++;
        seen++;
      }
      if (more > 0 && seen == more) {
        good++;
      } else {
        bad++;
      }
    }
    return bad == 0 || bad * 20L < good;
  }
}
