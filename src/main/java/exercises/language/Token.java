package exercises.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A word, number or mark with its place in the text; a contraction is one word. */
public record Token(String text, int start, int end) {
  /** Words, numbers and marks in the order of the text. */
  public static List<Token> split(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int first = text.codePointAt(at);
      int end = at + Character.charCount(first);
      if (Character.isLetter(first)) {
        end = wordEnd(text, end);
      } else if (isNumeral(first)) {
        end = numberEnd(text, at);
      }
      if (!isSpace(first)) {
        tokens.add(new Token(text.substring(at, end), at, end));
      }
      at = end;
    }
    return tokens;
  }

  /** Letters with their accents, then any number of parts behind an apostrophe or a hyphen. */
  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isLetterOrAccent(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    while (end < text.length() && isJoint(text.charAt(end))) {
      int part = end + 1;
      while (part < text.length() && Character.isLetter(text.codePointAt(part))) {
        part += Character.charCount(text.codePointAt(part));
      }
      if (part == end + 1) {
        return end;
      }
      end = part;
    }
    return end;
  }

  /** Numerals, then any number of groups behind a point, a comma or a colon. */
  private static int numberEnd(String text, int from) {
    int end = numeralsEnd(text, from);
    while (end < text.length() && isGroupMark(text.charAt(end))) {
      int group = numeralsEnd(text, end + 1);
      if (group == end + 1) {
        return end;
      }
      end = group;
    }
    return end;
  }

  private static int numeralsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isNumeral(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isJoint(char c) {
    return c == '\'' || c == '’' || c == '-';
  }

  private static boolean isGroupMark(char c) {
    return c == '.' || c == ',' || c == ':';
  }

  /** Only the plain ones: any other white space is a mark, as it always was. */
  private static boolean isSpace(int c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private static boolean isLetterOrAccent(int c) {
    int type = Character.getType(c);
    return Character.isLetter(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isNumeral(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
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
