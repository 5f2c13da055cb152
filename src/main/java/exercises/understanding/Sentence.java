package exercises.understanding;

import exercises.language.Token;
import java.util.List;

/**
 * A clean English sentence of the lesson that may serve as a model.
 *
 * @param text with capital letter and terminator
 * @param tags one Universal Dependencies tag a token; a contraction has its first part's tag
 * @param source where in the lesson it was said
 * @param corrected true when it is a student's sentence in the teacher's corrected form
 * @param rank how well it stands alone; see {@link SentenceRank}
 */
public record Sentence(
    String text,
    List<Token> tokens,
    List<String> tags,
    Provenance source,
    boolean corrected,
    double rank) {

  static Sentence of(
      String text, List<Token> tokens, List<String> tags, Provenance source, boolean corrected) {
    Sentence plain = new Sentence(text, tokens, tags, source, corrected, 0);
    return new Sentence(text, tokens, tags, source, corrected, SentenceRank.of(plain));
  }

  /** Without marks. */
  public int wordCount() {
    return (int) tokens.stream().filter(t -> t.isWord() || t.isNumber()).count();
  }

  /** Whether it ends as a question. */
  public boolean isQuestion() {
    return text.endsWith("?");
  }

  /** A token in lower case; empty beyond the ends. */
  public String lower(int i) {
    return i < 0 || i >= tokens.size() ? "" : tokens.get(i).lower();
  }

  /** A token's universal tag; empty beyond the ends. */
  public String tag(int i) {
    return i < 0 || i >= tags.size() ? "" : tags.get(i);
  }

  /** The sentence with one token replaced by a text, everything else untouched. */
  public String replace(int token, String with) {
    Token at = tokens.get(token);
    return text.substring(0, at.start()) + with + text.substring(at.end());
  }

  /** The sentence with several tokens replaced; {@code indexes} in rising order. */
  public String replace(List<Integer> indexes, String with) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int index : indexes) {
      Token at = tokens.get(index);
      out.append(text, from, at.start()).append(with);
      from = at.end();
    }
    return out.append(text.substring(from)).toString();
  }
}
