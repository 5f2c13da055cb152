package speech;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** {@link SpokenTexts} from MySQL, one round trip each. */
public final class StoredTexts implements SpokenTexts {
  private static final String WORD =
      """
      SELECT w.word AS spoken, w.pronunciation_audio_url AS recording
        FROM words w JOIN word_lists l ON l.id = w.list_id
       WHERE w.id = ? AND l.user_id = ?
      """;

  // Both halves are looked up by primary key; an id stands in one of them.
  private static final String SENTENCE =
      """
      SELECT s.english_sentence AS spoken, s.tts_audio_url AS recording, NULL AS exercise
        FROM sentence_items s
       WHERE s.id = ?
      UNION ALL
      SELECT NULL, NULL, e.exercise_data
        FROM lesson_exercises e JOIN lessons l ON l.id = e.lesson_id
       WHERE e.id = ? AND e.exercise_type = 'sentence_builder'
         AND l.status = 'approved' AND (l.student_id IS NULL OR l.student_id = ?)
      """;

  private final Pool mysql;

  public StoredTexts(Pool mysql) {
    this.mysql = mysql;
  }

  @Override
  public Future<Optional<SpokenText>> word(String learner, String wordId) {
    return mysql
        .preparedQuery(WORD)
        .execute(Tuple.of(wordId, learner))
        .map(
            rows ->
                first(rows).map(row -> new SpokenText(row.getString("spoken"), recording(row))));
  }

  @Override
  public Future<Optional<SpokenText>> sentence(Optional<String> learner, String itemId) {
    return mysql
        .preparedQuery(SENTENCE)
        .execute(Tuple.of(itemId, itemId, learner.orElse(null)))
        .map(rows -> first(rows).flatMap(StoredTexts::sentence));
  }

  private static Optional<SpokenText> sentence(Row row) {
    Object exercise = row.getValue("exercise");
    if (exercise == null) {
      return Optional.of(new SpokenText(row.getString("spoken"), recording(row)));
    }
    // MariaDB gives JSON columns as text, MySQL as what they hold.
    JsonObject data =
        exercise instanceof JsonObject parsed ? parsed : new JsonObject(exercise.toString());
    return Optional.ofNullable(data.getString("english"))
        .map(english -> new SpokenText(english, Optional.empty()));
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
  }

  private static Optional<String> recording(Row row) {
    return Optional.ofNullable(row.getString("recording"))
        .map(String::strip)
        .filter(url -> url.startsWith("https://") || url.startsWith("http://"));
  }
}
