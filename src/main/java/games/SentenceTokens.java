package games;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes sentences apart into tokens and puts them together again: contractions are one token, each
 * punctuation mark is its own.
 */
final class SentenceTokens {
  private static final String MARKS = ".,?!;:";

  private SentenceTokens() {}

  static List<String> of(String sentence) {
    List<String> tokens = new ArrayList<>();
    for (String word : sentence.strip().split("\\s+")) {
      int end = word.length();
      while (end > 1 && MARKS.indexOf(word.charAt(end - 1)) >= 0) {
        end--;
      }
      tokens.add(word.substring(0, end));
      for (int i = end; i < word.length(); i++) {
        tokens.add(word.substring(i, i + 1));
      }
    }
    return List.copyOf(tokens);
  }

  static String join(List<String> tokens) {
    StringBuilder sentence = new StringBuilder();
    for (String token : tokens) {
      boolean mark = token.length() == 1 && MARKS.contains(token);
      if (!sentence.isEmpty() && !mark) {
        sentence.append(' ');
      }
      sentence.append(token);
    }
    return sentence.toString();
  }
}
