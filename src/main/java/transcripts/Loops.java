package transcripts;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes the loops speech recognisers fall into: a word, a phrase of up to {@value #MAX_PHRASE}
 * words or a syllable said three times or more in a row becomes one. Each length is one linear
 * pass.
 */
final class Loops {
  private static final int MAX_PHRASE = 6;
  private static final int MAX_SYLLABLE = 5;

  /**
   * A single letter is no syllable, so "sooo" and "hmmm" stay; this many of one letter are a loop.
   */
  private static final int MIN_LETTERS = 6;

  private Loops() {}

  /**
   * @param text cleaned by {@link Words#clean}
   */
  static String collapse(String text) {
    String[] split = text.split(" ");
    List<String> tokens = new ArrayList<>(split.length);
    for (String token : split) {
      tokens.add(token.length() > 4 ? syllables(token) : token);
    }
    for (int length = 1; length <= MAX_PHRASE && tokens.size() >= 3 * length; length++) {
      tokens = phrases(tokens, length);
    }
    return String.join(" ", tokens);
  }

  private static List<String> phrases(List<String> tokens, int length) {
    int size = tokens.size();
    String[] bare = new String[size];
    for (int i = 0; i < size; i++) {
      bare[i] = Words.bare(tokens.get(i));
    }
    // same[i]: how many tokens from i on equal the token one phrase later
    int[] same = new int[size + 1];
    boolean any = false;
    for (int i = size - length - 1; i >= 0; i--) {
      same[i] = !bare[i].isEmpty() && bare[i].equals(bare[i + length]) ? same[i + 1] + 1 : 0;
      any |= same[i] >= 2 * length;
    }
    if (!any) {
      return tokens;
    }
    List<String> kept = new ArrayList<>(size);
    int at = 0;
    while (at < size) {
      if (same[at] < 2 * length) {
        kept.add(tokens.get(at++));
        continue;
      }
      int last = at + same[at] / length * length;
      // The last copy carries the punctuation of what follows, the first one the capital letter.
      kept.add(capitalisedLike(tokens.get(at), tokens.get(last)));
      for (int i = 1; i < length; i++) {
        kept.add(tokens.get(last + i));
      }
      at = last + length;
    }
    return kept;
  }

  private static String capitalisedLike(String first, String token) {
    boolean raise =
        Character.isUpperCase(first.charAt(0)) && Character.isLowerCase(token.charAt(0));
    return raise ? Character.toUpperCase(token.charAt(0)) + token.substring(1) : token;
  }

  private static String syllables(String token) {
    String hyphenated = hyphenated(token);
    String collapsed = hyphenated;
    for (int length = 1; length <= MAX_SYLLABLE && collapsed.length() >= 3 * length; length++) {
      collapsed = syllables(collapsed, length);
    }
    return collapsed;
  }

  /** {@code no-no-no} is one word said three times. */
  private static String hyphenated(String token) {
    int hyphen = token.indexOf('-');
    if (hyphen <= 0 || token.indexOf('-', hyphen + 1) < 0) {
      return token;
    }
    String[] parts = token.split("-");
    String first = Words.bare(parts[0]);
    for (String part : parts) {
      if (first.isEmpty() || !Words.bare(part).equals(first)) {
        return token;
      }
    }
    return capitalisedLike(parts[0], parts[parts.length - 1]);
  }

  private static String syllables(String token, int length) {
    int size = token.length();
    int[] same = new int[size + 1];
    int needed = length == 1 ? MIN_LETTERS - 1 : 2 * length;
    boolean any = false;
    for (int i = size - length - 1; i >= 0; i--) {
      char c = Character.toLowerCase(token.charAt(i));
      boolean equal = Character.isLetter(c) && c == Character.toLowerCase(token.charAt(i + length));
      same[i] = equal ? same[i + 1] + 1 : 0;
      any |= same[i] >= needed;
    }
    if (!any) {
      return token;
    }
    StringBuilder kept = new StringBuilder(size);
    int at = 0;
    while (at < size) {
      if (same[at] < needed) {
        kept.append(token.charAt(at++));
        continue;
      }
      kept.append(token, at, at + length);
      at += same[at] / length * length + length;
    }
    return kept.toString();
  }
}
