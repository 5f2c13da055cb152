package games;

import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** A word to play: one of the learner's lists, or a card of a published lesson. */
record WordCard(
    GameType game,
    String id,
    String listId,
    String word,
    String translation,
    String notes,
    String difficulty,
    String exampleSentence,
    String explanation,
    boolean favorite,
    String lessonId,
    String topicId,
    Practice practice,
    Instant createdAt,
    Instant updatedAt)
    implements GameItem {

  static WordCard of(GameType game, Word word) {
    return new WordCard(
        game,
        word.id(),
        word.listId(),
        word.word(),
        word.translation(),
        word.notes().orElse(null),
        word.difficulty().orElse(null),
        word.exampleSentence().orElse(null),
        null,
        word.favorite(),
        null,
        null,
        new Practice(
            word.practiceCount(),
            word.correctCount(),
            word.accuracy(),
            word.lastPracticed().orElse(null)),
        word.createdAt(),
        word.updatedAt());
  }

  /** A card of which nothing but its id is known. */
  static WordCard unread(GameType game, String id) {
    return dealt(game, id, null);
  }

  /** A card of which only the id and what it says are known, enough to judge an answer. */
  static WordCard dealt(GameType game, String id, String word) {
    return new WordCard(
        game,
        id,
        null,
        word,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        Practice.NONE,
        null,
        null);
  }

  boolean fromLesson() {
    return lessonId != null;
  }

  WordCard with(Practice counted) {
    return new WordCard(
        game,
        id,
        listId,
        word,
        translation,
        notes,
        difficulty,
        exampleSentence,
        explanation,
        favorite,
        lessonId,
        topicId,
        counted,
        createdAt,
        updatedAt);
  }

  @Override
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("listId", listId)
            .put("word", word)
            .put("translation", translation)
            .put("notes", notes)
            .put("difficulty", difficulty)
            .put("exampleSentence", exampleSentence)
            .put("isFavorite", favorite);
    counters(json);
    json.put("createdAt", Columns.iso(createdAt)).put("updatedAt", Columns.iso(updatedAt));
    if (fromLesson()) {
      json.put("source", "lesson")
          .put("explanation", explanation)
          .put("lessonId", lessonId)
          .put("topicId", topicId);
    }
    return json;
  }

  private JsonObject counters(JsonObject json) {
    return json.put("practiceCount", practice.count())
        .put("correctCount", practice.correct())
        .put("accuracy", practice.accuracy())
        .put("lastPracticed", Columns.iso(practice.last()));
  }

  @Override
  public Judgement judge(Answer answer) {
    if (game == GameType.FLASHCARDS) {
      return Judgement.plain(answer.selfAssessed("isCorrect"), null);
    }
    String typed = answer.userAnswer();
    boolean skipped = answer.skipped() || Answer.PASSED.equals(typed);
    if (typed == null && !skipped && answer.isCorrect() != null) {
      return Judgement.plain(answer.isCorrect(), word);
    }
    boolean right =
        !skipped
            && typed != null
            && !normalised(typed).isEmpty()
            && normalised(typed).equals(normalised(word));
    return new Judgement(right, typed, null, null, null, null, word);
  }

  /** Composed, without outer white space, inner white space one space, lower-case. */
  private static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .replaceAll("(?U)\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public JsonObject outcome(RecordedResult result) {
    JsonObject outcome = new JsonObject().put("word", counters(new JsonObject().put("id", id)));
    return game == GameType.FLASHCARDS
        ? outcome
        : outcome.put("isCorrect", result.correct()).put("correctAnswer", word);
  }

  @Override
  public JsonObject mistakeMembers() {
    return new JsonObject()
        .put("word", Objects.requireNonNull(word))
        .put("translation", translation);
  }
}
