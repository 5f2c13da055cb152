package transcripts;

import java.util.Locale;
import java.util.Set;

/** Cleaning and counting of spoken words. */
final class Words {
  private static final char ZERO_WIDTH_JOINER = '\u200D'; // holds emoji together

  private Words() {}

  /** The words of a list written with blanks between them. */
  static Set<String> set(String words) {
    return Set.of(words.strip().split("\\s+"));
  }

  /**
   * One line of text: white space collapsed; control characters, invisible formatting marks,
   * replacement characters and broken surrogates gone, so that any database takes it.
   */
  static String clean(String text) {
    int length = text.length();
    StringBuilder cleaned = new StringBuilder(length);
    boolean space = false;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 127) {
        if (space && cleaned.length() > 0) {
          cleaned.append(' ');
        }
        space = false;
        cleaned.append(c);
        continue;
      }
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        space = true;
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < length
              && Character.isLowSurrogate(text.charAt(i + 1));
      boolean junk =
          Character.isISOControl(c)
              || c == '\uFFFD'
              || c == '\uFFFE'
              || c == '\uFFFF'
              || (Character.isSurrogate(c) && !pair)
              || (c != ZERO_WIDTH_JOINER && Character.getType(c) == Character.FORMAT);
      if (junk) {
        continue;
      }
      if (space && cleaned.length() > 0) {
        cleaned.append(' ');
      }
      space = false;
      cleaned.append(c);
      if (pair) {
        cleaned.append(text.charAt(++i));
      }
    }
    return cleaned.toString();
  }

  /** Tokens that hold a letter or a digit. */
  static int count(String text) {
    int words = 0;
    boolean inToken = false;
    boolean counted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ') {
        inToken = false;
      } else {
        if (!inToken) {
          inToken = true;
          counted = false;
        }
        if (!counted && Character.isLetterOrDigit(c)) {
          counted = true;
          words++;
        }
      }
    }
    return words;
  }

  /**
   * The token in lower case without punctuation at its borders; empty when there is nothing else.
   */
  static String bare(String token) {
    int start = 0;
    int end = token.length();
    while (start < end
        && !Character.isLetterOrDigit(token.charAt(start))
        && !Character.isSurrogate(token.charAt(start))) {
      start++;
    }
    while (end > start
        && !Character.isLetterOrDigit(token.charAt(end - 1))
        && !Character.isSurrogate(token.charAt(end - 1))) {
      end--;
    }
    return token.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /** Whether the text ends as a sentence does, closing quotes and brackets apart. */
  static boolean endsSentence(String text) {
    int at = text.length() - 1;
    while (at >= 0 && "\"')]”’»".indexOf(text.charAt(at)) >= 0) {
      at--;
    }
    return at >= 0 && ".?!…。？！؟".indexOf(text.charAt(at)) >= 0;
  }
}
