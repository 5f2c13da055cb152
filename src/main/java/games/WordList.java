package games;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A learner's word list.
 *
 * @param wordCount number of its words
 * @param updatedAt last change of the list or of what belongs to it
 */
public record WordList(
    String id,
    String userId,
    Optional<String> classId,
    String name,
    Optional<String> description,
    int wordCount,
    boolean favorite,
    Instant createdAt,
    Instant updatedAt) {

  /** What {@link #read} takes, in its order; {@code l} is the table. */
  static final String COLUMNS =
      "l.id, l.user_id, l.class_id, l.name, l.description, l.word_count, l.is_favorite,"
          + " l.created_at, l.updated_at";

  /** How many {@link #COLUMNS} there are. */
  static final int WIDTH = 9;

  /**
   * @param at index of the first of {@link #COLUMNS}
   */
  static WordList read(Row row, int at) {
    return new WordList(
        row.getString(at),
        row.getString(at + 1),
        Optional.ofNullable(row.getString(at + 2)),
        row.getString(at + 3),
        Optional.ofNullable(row.getString(at + 4)),
        row.getInteger(at + 5),
        row.getBoolean(at + 6),
        row.getLocalDateTime(at + 7).toInstant(ZoneOffset.UTC),
        row.getLocalDateTime(at + 8).toInstant(ZoneOffset.UTC));
  }

  /** This list after a change. */
  public WordList with(WordListChange change, Instant now) {
    return new WordList(
        id,
        userId,
        change.classId() == null ? classId : change.classId(),
        change.name() == null ? name : change.name(),
        change.description() == null ? description : change.description(),
        wordCount,
        change.favorite() == null ? favorite : change.favorite(),
        createdAt,
        now);
  }
}
