package courses.content;

import courses.content.SourceText.Unit;

/**
 * A definition found in the text.
 *
 * @param article with which the term is asked for: {@code "a "}, {@code "an "}, {@code "the "} or
 *     nothing
 * @param meaning without a full stop, beginning with a small letter
 */
record Definition(
    String lemma, String term, String article, boolean plural, String meaning, Unit unit) {
  String question() {
    return "What " + (plural ? "are " : "is ") + article + term + "?";
  }

  /** The definition as a sentence of its own. */
  String answer() {
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
  }

  String titled() {
    return Character.toUpperCase(term.charAt(0)) + term.substring(1);
  }
}
