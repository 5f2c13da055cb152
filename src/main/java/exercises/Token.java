package exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word, number or mark with its place in the text; a contraction is one word. */
record Token(String text, int start, int end) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{L}[\\p{L}\\p{M}]*(?:['’\\-]\\p{L}+)*|\\p{N}+(?:[.,:]\\p{N}+)*|[^\\s\\p{L}\\p{N}]");

  static List<Token> split(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.start(), matcher.end()));
    }
    return tokens;
  }

  /** The lower-case words and numbers of a text, marks left out. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (Token token : split(text)) {
      if (token.isWord() || token.isNumber()) {
        words.add(token.lower());
      }
    }
    return words;
  }

  /** Puts tokens back together the way a sentence is written: no space before a closing mark. */
  static String join(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      if (!text.isEmpty() && !token.matches("[,.!?;:)]")) {
        text.append(' ');
      }
      text.append(token);
    }
    return text.toString();
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT).replace('’', '\'');
  }

  boolean isWord() {
    return Character.isLetter(text.codePointAt(0));
  }

  boolean isNumber() {
    return Character.isDigit(text.codePointAt(0));
  }

  boolean isCapitalised() {
    return Character.isUpperCase(text.codePointAt(0));
  }
}
