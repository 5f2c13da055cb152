package exercises.understanding;

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
      rank += s.tag(i).matches("NOUN|VERB|ADJ") ? 0.6 : 0;
    }
    String first = s.lower(0);
    if (first.matches("this|that|it|it's|that's|these|those|there|there's|here|here's")) {
      rank -= 2;
    }
    if (first.matches("he|she|they|he's|she's|they're|him|her")) {
      rank -= 0.5;
    }
    if (s.isQuestion()) {
      rank -= 1.5;
    }
    if (first.matches("you|you're|do|did|are|have|if")) {
      rank -= 1;
    }
    if (s.text().matches("(?i).*\\b(?:it|that|this|there|one|too|also)\\b[.?]$")) {
      rank -= 1;
    }
    if (first.matches("an?") && s.tag(1).equals("NOUN") && s.lower(2).matches("is|are|means")) {
      // A definition explains the word; another sentence shows it in use.
      rank -= 1.5;
    }
    return rank;
  }
}
