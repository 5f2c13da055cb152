package exercises.understanding;

import exercises.language.Expressions;

/** How well a model sentence stands alone, away from its conversation. */
final class SentenceRank {
  private SentenceRank() {}

  /**
   * Higher is better: some length, content words, no pointing, a statement rather than a question.
   */
  static double of(Sentence s) {
    double rank = 0;
    int words = s.wordCount();
    rank -= Math.abs(words - 8) * 0.4;
    for (int i = 0; i < s.tokens().size(); i++) {
      rank += Expressions.matches(s.tag(i), "NOUN|VERB|ADJ") ? 0.6 : 0;
    }
    String first = s.lower(0);
    if (Expressions.matches(
        first, "this|that|it|it's|that's|these|those|there|there's|here|here's")) {
      rank -= 2;
    }
    if (Expressions.matches(first, "he|she|they|he's|she's|they're|him|her")) {
      rank -= 0.5;
    }
    if (s.isQuestion()) {
      rank -= 1.5;
    }
    if (Expressions.matches(first, "you|you're|do|did|are|have|if")) {
      rank -= 1;
    }
    if (Expressions.matches(s.text(), "(?i).*\\b(?:it|that|this|there|one|too|also)\\b[.?]$")) {
      rank -= 1;
    }
    if (Expressions.matches(first, "an?")
        && s.tag(1).equals("NOUN")
        && Expressions.matches(s.lower(2), "is|are|means")) {
      // A definition explains the word; another sentence shows it in use.
      rank -= 1.5;
    }
    return rank;
  }
}
