package http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as a Range header asks for it.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, included; below {@code first} when the file has none of what
 *     was asked for
 */
record AudioRange(int first, int last) {
  private static final Pattern ONE =
      Pattern.compile(
          "bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*", Pattern.CASE_INSENSITIVE);

  /**
   * Empty for what is to be answered with the whole file: several ranges, other units, nonsense.
   */
  static Optional<AudioRange> of(String header, int length) {
    Matcher one = ONE.matcher(header);
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long wanted = Long.parseLong(one.group(2));
      return Optional.of(
          new AudioRange((int) Math.max(0, length - wanted), wanted == 0 ? -1 : length - 1));
    }
    long first = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(one.group(2));
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(
        first >= length
            ? new AudioRange(length, -1)
            : new AudioRange((int) first, (int) Math.min(last, length - 1L)));
  }

  boolean isEmpty() {
    return last < first;
  }
}
