package http;

import java.util.Locale;
import java.util.Optional;

/** What courses have beside lessons, by the names that each generation of clients knows it by. */
enum CourseItemKind {
  FLASHCARD("flashcards"),
  MCQ("mcqs"),
  QNA("qnas"),
  ARTICLE("articles"),
  WORD_GAME("wordGames"),
  AUDIO("audio"),
  RESOURCE("resources"),
  SUGGESTION("suggestions"),
  NOTEBOOK("notebooks");

  private final String member;

  CourseItemKind(String member) {
    this.member = member;
  }

  /** Of a stored item's kind; empty for exercises, which stand below their lessons. */
  static Optional<CourseItemKind> of(String stored) {
    for (CourseItemKind kind : values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(stored)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The native interface's member. */
  String member() {
    return member;
  }

  /** The member for clients of topic courses. */
  String rows() {
    return this == WORD_GAME ? "word_games" : member;
  }
}
