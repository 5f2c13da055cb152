package exercises.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word, number or mark with its place in the text; a contraction is one word. */
public record Token(String text, int start, int end) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{L}[\\p{L}\\p{M}]*(?:['’\\-]\\p{L}+)*|\\p{N}+(?:[.,:]\\p{N}+)*|[^\\s\\p{L}\\p{N}]");

  /** Words, numbers and marks in the order of the text. */
  public static List<Token> split(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.start(), matcher.end()));
    }
    return tokens;
  }

  /** The lower-case words and numbers of a text, marks left out. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (Token token : split(text)) {
      if (token.isWord() || token.isNumber()) {
        words.add(token.lower());
      }
    }
    return words;
  }

  /** Puts tokens back together the way a sentence is written: no space before a closing mark. */
  public static String join(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      if (!text.isEmpty() && !token.matches("[,.!?;:)]")) {
        text.append(' ');
      }
      text.append(token);
    }
    return text.toString();
  }

  /** The word with a capital first letter. */
  public static String capitalised(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** In lower case, with a straight apostrophe. */
  public String lower() {
    return text.toLowerCase(Locale.ROOT).replace('’', '\'');
  }

  /** Whether it begins with a letter. */
  public boolean isWord() {
    return Character.isLetter(text.codePointAt(0));
  }

  /** Whether it begins with a digit. */
  public boolean isNumber() {
    return Character.isDigit(text.codePointAt(0));
  }

  /** Whether it begins with a capital letter. */
  public boolean isCapitalised() {
    return Character.isUpperCase(text.codePointAt(0));
  }
}
