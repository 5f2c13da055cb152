package transcripts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes tags and entities out of a cue and tells voices apart: {@code <v Dana>Hello</v> <v
 * Omar>Hi</v>} is two pieces. One pass over the characters; a {@code <} that opens no tag stays a
 * character.
 */
final class Markup {
  private static final int MAX_TAG = 200;
  private static final int MAX_ENTITY = 10;
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("lrm", ""),
          Map.entry("rlm", ""),
          Map.entry("hellip", "…"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("rsquo", "'"),
          Map.entry("lsquo", "'"),
          Map.entry("rdquo", "\""),
          Map.entry("ldquo", "\""),
          Map.entry("eacute", "é"));

  /**
   * @param voice the voice tag's name, null when there was none
   */
  record Piece(String voice, String text) {}

  private Markup() {}

  static List<Piece> pieces(String text) {
    if (text.indexOf('<') < 0) {
      return List.of(new Piece(null, decode(text)));
    }
    List<Piece> pieces = new ArrayList<>(2);
    StringBuilder words = new StringBuilder(text.length());
    String voice = null;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int close = c == '<' ? tagEnd(text, at) : -1;
      if (close < 0) {
        words.append(c);
        at++;
        continue;
      }
      if (isVoice(text, at, close)) {
        close(pieces, voice, words);
        voice = voiceName(text, at, close);
      } else if (text.startsWith("</v", at)) {
        close(pieces, voice, words);
        voice = null;
      } else if (text.regionMatches(true, at, "<br", 0, 3)) {
        words.append('\n');
      }
      at = close + 1;
    }
    close(pieces, voice, words);
    return pieces;
  }

  private static void close(List<Piece> pieces, String voice, StringBuilder words) {
    String text = decode(words.toString());
    if (!text.isBlank()) {
      pieces.add(new Piece(voice, text));
    }
    words.setLength(0);
  }

  /** Index of the {@code >} that ends the tag at {@code open}, or -1 when none begins there. */
  private static int tagEnd(String text, int open) {
    if (open + 1 >= text.length()) {
      return -1;
    }
    char first = text.charAt(open + 1);
    boolean tag =
        first == '/' || Character.isDigit(first) || (first < 128 && Character.isLetter(first));
    if (!tag) {
      return -1;
    }
    int limit = Math.min(text.length(), open + MAX_TAG);
    for (int i = open + 1; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return i;
      }
      if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isVoice(String text, int open, int close) {
    char kind = text.charAt(open + 1);
    char after = open + 2 <= close ? text.charAt(open + 2) : '>';
    return (kind == 'v' || kind == 'V')
        && (after == ' ' || after == '\t' || after == '.' || after == '\n');
  }

  /** The annotation of {@code <v.class.class Name>}. */
  private static String voiceName(String text, int open, int close) {
    int space = open;
    while (space < close && text.charAt(space) > ' ') {
      space++;
    }
    return Words.clean(decode(text.substring(space, close)));
  }

  /** Replaces character references once; what is not one stays as it is. */
  static String decode(String text) {
    int ampersand = text.indexOf('&');
    if (ampersand < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int at = 0;
    while (ampersand >= 0) {
      decoded.append(text, at, ampersand);
      int semicolon = -1;
      for (int i = ampersand + 1; i < Math.min(text.length(), ampersand + MAX_ENTITY); i++) {
        if (text.charAt(i) == ';') {
          semicolon = i;
          break;
        }
      }
      String value = semicolon < 0 ? null : entity(text.substring(ampersand + 1, semicolon));
      decoded.append(value == null ? "&" : value);
      at = value == null ? ampersand + 1 : semicolon + 1;
      ampersand = text.indexOf('&', at);
    }
    return decoded.append(text, at, text.length()).toString();
  }

  private static String entity(String name) {
    if (!name.startsWith("#")) {
      return ENTITIES.get(name);
    }
    try {
      boolean hex = name.startsWith("#x") || name.startsWith("#X");
      int codePoint =
          hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
      return codePoint > 0 && Character.isValidCodePoint(codePoint)
          ? Character.toString(codePoint)
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
