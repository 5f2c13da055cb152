package exercises.understanding;

import exercises.language.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sentence as comparable parts: lower case, contractions taken apart ("don't" is {@code do} and
 * {@code n't}), marks dropped; with the way back to written text after some parts were replaced.
 */
public record Parts(List<Token> tokens, List<String> parts, List<Integer> tokenOf) {
  private static final Map<String, String> FULL =
      Map.of(
          "n't", "not", "'m", "am", "'re", "are", "'ll", "will", "'ve", "have", "'s", "is", "'d",
          "would");
  private static final Set<String> LEARNER_FORMS = Set.of("don't", "doesn't", "didn't");

  /** The parts of a sentence, in lower case. */
  public static Parts of(String sentence) {
    List<Token> tokens = Token.split(sentence);
    List<String> parts = new ArrayList<>();
    List<Integer> tokenOf = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isWord() || token.isNumber()) {
        for (String part : partsOf(token.lower())) {
          parts.add(part);
          tokenOf.add(i);
        }
      }
    }
    return new Parts(tokens, parts, tokenOf);
  }

  private static List<String> partsOf(String word) {
    if (word.equals("can't") || word.equals("cannot")) {
      return List.of("can", "n't");
    }
    if (word.equals("won't")) {
      return List.of("will", "n't");
    }
    if (word.endsWith("n't") || LEARNER_FORMS.contains(word)) {
      return List.of(word.substring(0, word.length() - 3), "n't");
    }
    int quote = word.lastIndexOf('\'');
    boolean pronoun =
        quote > 0
            && word.substring(0, quote)
                .matches("i|you|he|she|it|we|they|that|there|what|who|where|here");
    return pronoun ? List.of(word.substring(0, quote), word.substring(quote)) : List.of(word);
  }

  /** Two parts that say the same: "n't" and "not", "'m" and "am". */
  public static boolean same(String one, String other) {
    return one.equals(other) || FULL.getOrDefault(one, one).equals(FULL.getOrDefault(other, other));
  }

  static String full(String part) {
    return FULL.getOrDefault(part, part);
  }

  /**
   * Parts {@code from} (inclusive) to {@code to} (exclusive) as written text, with the edits
   * applied; untouched words and marks stay as they were written.
   */
  String rewrite(int from, int to, List<Edit> edits) {
    List<String> out = new ArrayList<>();
    int firstToken = tokenOf.get(from);
    int lastToken = tokenOf.get(to - 1);
    int part = from;
    for (int token = firstToken; token <= lastToken; token++) {
      if (part >= to || tokenOf.get(part) != token) {
        out.add(tokens.get(token).text());
        continue;
      }
      int end = part;
      while (end < to && tokenOf.get(end) == token) {
        end++;
      }
      boolean touched = false;
      for (Edit edit : edits) {
        touched |=
            edit.from() < end && edit.to() > part
                || edit.from() == edit.to() && edit.from() >= part && edit.from() < end;
      }
      if (touched) {
        emit(part, end, edits, out);
      } else {
        out.add(tokens.get(token).text());
      }
      part = end;
    }
    for (Edit edit : edits) {
      if (edit.from() == to && edit.to() == to) {
        edit.right().forEach(word -> attach(out, word));
      }
    }
    return Token.join(out);
  }

  private void emit(int from, int to, List<Edit> edits, List<String> out) {
    for (int i = from; i < to; i++) {
      boolean replaced = false;
      for (Edit edit : edits) {
        if (edit.from() == i) {
          edit.right().forEach(word -> attach(out, word));
        }
        replaced |= i >= edit.from() && i < edit.to();
      }
      if (!replaced) {
        boolean whole = to - from == 1;
        attach(out, whole ? tokens.get(tokenOf.get(i)).text() : parts.get(i));
      }
    }
  }

  private static void attach(List<String> out, String part) {
    int last = out.size() - 1;
    if (last >= 0 && part.equals("n't")) {
      String verb = out.get(last);
      out.set(
          last,
          verb.equals("can")
              ? "can't"
              : verb.equals("will")
                  ? "won't"
                  : verb.equals("am") || verb.contains("'") ? verb + " not" : verb + part);
    } else if (last >= 0 && part.startsWith("'")) {
      out.set(last, out.get(last) + part);
    } else {
      out.add(part.equals("i") ? "I" : part);
    }
  }

  /** Where {@code part} stands in {@code words}, or -1. */
  public static int indexOf(List<String> words, List<String> part) {
    for (int i = 0; !part.isEmpty() && i + part.size() <= words.size(); i++) {
      if (words.subList(i, i + part.size()).equals(part)) {
        return i;
      }
    }
    return -1;
  }
}
