package courses;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a script into pieces that are short enough for a voice: at the ends of sentences, within a
 * sentence only when that alone is too long. The same script always gives the same pieces.
 */
final class ScriptPieces {
  private ScriptPieces() {}

  /**
   * The pieces in order, each one line; without those in which nothing can be spoken.
   *
   * @param language BCP 47 tag
   * @param most characters (code points) of one piece, 1 or more
   */
  static List<String> of(String script, String language, int most) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String sentence : sentences(script, Locale.forLanguageTag(language))) {
      for (String part : cut(sentence, most)) {
        if (!piece.isEmpty() && length(piece) + 1 + length(part) > most) {
          pieces.add(piece.toString());
          piece.setLength(0);
        }
        piece.append(piece.isEmpty() ? "" : " ").append(part);
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece.toString());
    }
    pieces.removeIf(text -> text.codePoints().noneMatch(Character::isLetterOrDigit));
    return pieces;
  }

  private static List<String> sentences(String script, Locale locale) {
    List<String> sentences = new ArrayList<>();
    for (String paragraph : script.split("\\R\\s*\\R")) {
      String line = paragraph.replaceAll("[\\s\\p{Z}\\p{Cntrl}]+", " ").strip();
      BreakIterator ends = BreakIterator.getSentenceInstance(locale);
      ends.setText(line);
      int begin = ends.first();
      for (int end = ends.next(); end != BreakIterator.DONE; begin = end, end = ends.next()) {
        String sentence = line.substring(begin, end).strip();
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
      }
    }
    return sentences;
  }

  /** A sentence that is too long, at a comma or a space where there is one in its second half. */
  private static List<String> cut(String sentence, int most) {
    List<String> parts = new ArrayList<>();
    String rest = sentence;
    while (length(rest) > most) {
      int end = rest.offsetByCodePoints(0, most);
      String head = rest.substring(0, end);
      int comma = Math.max(head.lastIndexOf(", "), head.lastIndexOf("; ")) + 1;
      int space = head.lastIndexOf(' ');
      int at = comma > end / 2 ? comma : space > end / 2 ? space : end;
      parts.add(rest.substring(0, at).strip());
      rest = rest.substring(at).strip();
    }
    if (!rest.isEmpty()) {
      parts.add(rest);
    }
    return parts;
  }

  private static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }
}
