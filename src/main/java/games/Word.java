package games;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A word of a list, with how its owner did with it.
 *
 * @param practiceCount answers given
 * @param correctCount right ones among them
 * @param accuracy percent, 0 to 100; 0 before the first answer
 */
public record Word(
    String id,
    String listId,
    String word,
    String translation,
    Optional<String> notes,
    Optional<String> difficulty,
    Optional<String> exampleSentence,
    Optional<String> audioUrl,
    boolean favorite,
    int practiceCount,
    int correctCount,
    int accuracy,
    Optional<Instant> lastPracticed,
    Instant createdAt,
    Instant updatedAt) {

  /** What {@link #read} takes, in its order; {@code w} is the table. */
  public static final String COLUMNS =
      "w.id, w.list_id, w.word, w.translation, w.notes, w.difficulty, w.example_sentence,"
          + " w.pronunciation_audio_url, w.is_favorite, w.practice_count, w.correct_count,"
          + " w.accuracy, w.last_practiced, w.created_at, w.updated_at";

  /**
   * @param at index of the first of {@link #COLUMNS}
   */
  public static Word read(Row row, int at) {
    return new Word(
        row.getString(at),
        row.getString(at + 1),
        row.getString(at + 2),
        row.getString(at + 3),
        Optional.ofNullable(row.getString(at + 4)),
        Optional.ofNullable(row.getString(at + 5)),
        Optional.ofNullable(row.getString(at + 6)),
        Optional.ofNullable(row.getString(at + 7)),
        row.getBoolean(at + 8),
        row.getInteger(at + 9),
        row.getInteger(at + 10),
        row.getInteger(at + 11),
        Optional.ofNullable(row.getLocalDateTime(at + 12)).map(Word::utc),
        utc(row.getLocalDateTime(at + 13)),
        utc(row.getLocalDateTime(at + 14)));
  }

  /**
   * As lists and sessions show it, in the canonical rendering: section 1.13 of the wire contract. A
   * new object each time.
   */
  public JsonObject json() {
    return WordCard.of(GameType.FLASHCARDS, this).json();
  }

  private static Instant utc(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }

  /** This word after a change; another text has no recorded pronunciation yet. */
  public Word with(WordChange change, Instant now) {
    return new Word(
        id,
        listId,
        change.word() == null ? word : change.word(),
        change.translation() == null ? translation : change.translation(),
        change.notes() == null ? notes : change.notes(),
        change.difficulty() == null ? difficulty : change.difficulty(),
        change.exampleSentence() == null ? exampleSentence : change.exampleSentence(),
        change.word() == null || change.word().equals(word) ? audioUrl : Optional.empty(),
        change.favorite() == null ? favorite : change.favorite(),
        practiceCount,
        correctCount,
        accuracy,
        lastPracticed,
        createdAt,
        now);
  }
}
