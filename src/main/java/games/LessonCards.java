package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The flashcards of approved lessons, with each learner's own counters. */
final class LessonCards {
  /** Cards {@code e} of lessons {@code s} that the learner may see. */
  static final String VISIBLE =
      "e.exercise_type = 'flashcards' AND s.status = 'approved' AND (s.student_id IS NULL OR"
          + " s.student_id = ?)";

  /** The topic of cards that have none. */
  static final String GENERAL = "general";

  private static final Logger LOG = LoggerFactory.getLogger(LessonCards.class);
  private static final String COLUMNS =
      "SELECT e.id, e.lesson_id, COALESCE(e.topic_id, 'general') AS topic, e.exercise_data,"
          + " e.difficulty, e.explanation, e.created_at, e.updated_at, (SELECT COUNT(*) FROM"
          + " game_results r WHERE r.user_id = ? AND r.game_type = 'flashcards' AND r.item_id ="
          + " e.id) AS practised, (SELECT COALESCE(SUM(r.is_correct), 0) FROM game_results r WHERE"
          + " r.user_id = ? AND r.game_type = 'flashcards' AND r.item_id = e.id) AS rights, (SELECT"
          + " MAX(r.created_at) FROM game_results r WHERE r.user_id = ? AND r.game_type ="
          + " 'flashcards' AND r.item_id = e.id) AS last";
  private static final String SELECT =
      COLUMNS + " FROM lesson_exercises e JOIN lessons s ON s.id = e.lesson_id WHERE " + VISIBLE;

  private LessonCards() {}

  static Future<List<GameItem>> ofLesson(SqlClient db, String learner, Selection selection) {
    String lesson = selection.requiredLesson();
    return select(db, learner, " AND e.lesson_id = ?", lesson, selection)
        .compose(
            cards ->
                cards.isEmpty()
                    ? exists(db, learner, "s.id = ?", lesson, false)
                        .map(there -> none(there, GameProblem.lessonNotFound(lesson), "lesson"))
                    : Future.succeededFuture(cards));
  }

  static Future<List<GameItem>> ofTopic(SqlClient db, String learner, Selection selection) {
    String topic = selection.requiredTopic();
    return select(db, learner, " AND COALESCE(e.topic_id, 'general') = ?", topic, selection)
        .compose(
            cards ->
                cards.isEmpty()
                    ? exists(db, learner, "COALESCE(e.topic_id, 'general') = ?", topic, true)
                        .map(there -> none(there, GameProblem.topicNotFound(topic), "topic"))
                    : Future.succeededFuture(cards));
  }

  private static List<GameItem> none(boolean there, GameProblem missing, String what) {
    throw there
        ? GameProblem.nothingToPlay("this " + what + " has no flashcards of the kind asked for")
        : missing;
  }

  private static Future<Boolean> exists(
      SqlClient db, String learner, String condition, String id, boolean withCards) {
    String sql =
        withCards
            ? "SELECT 1 FROM lesson_exercises e JOIN lessons s ON s.id = e.lesson_id WHERE "
                + VISIBLE
                + " AND "
                + condition
                + " LIMIT 1"
            : "SELECT 1 FROM lessons s WHERE s.status = 'approved' AND (s.student_id IS NULL OR"
                + " s.student_id = ?) AND "
                + condition;
    return db.preparedQuery(sql).execute(Tuple.of(learner, id)).map(rows -> rows.size() > 0);
  }

  private static Future<List<GameItem>> select(
      SqlClient db, String learner, String condition, String id, Selection selection) {
    List<Object> arguments = new ArrayList<>(List.of(learner, learner, learner, learner, id));
    String wanted = VISIBLE + condition;
    if (selection.difficulty().isPresent()) {
      wanted += " AND e.difficulty = ?";
      arguments.add(selection.difficulty().get());
    }
    arguments.add(selection.limit());
    String place =
        selection.shuffle()
            ? "RAND()"
            : "ROW_NUMBER() OVER (ORDER BY e.created_at DESC, e.id DESC)";
    // picked by their ids: a sort of rows with long texts is a file on MariaDB
    return db.preparedQuery(
            COLUMNS
                + ", p.place FROM (SELECT e.id, "
                + place
                + " AS place FROM lesson_exercises e JOIN lessons s ON s.id = e.lesson_id WHERE "
                + wanted
                + " ORDER BY place LIMIT ?) p JOIN lesson_exercises e ON e.id = p.id")
        .execute(Tuple.from(arguments))
        .map(rows -> List.copyOf(byId(TotalAndPage.inPlace(rows)).values()));
  }

  /** The visible cards among these ids. */
  static Future<Map<String, GameItem>> load(SqlClient db, String learner, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Object> arguments = new ArrayList<>(List.of(learner, learner, learner, learner));
    arguments.addAll(ids);
    return db.preparedQuery(SELECT + " AND e.id IN (" + Columns.placeholders(ids.size()) + ")")
        .execute(Tuple.from(arguments))
        .map(LessonCards::byId);
  }

  private static Map<String, GameItem> byId(Iterable<Row> rows) {
    Map<String, GameItem> cards = new LinkedHashMap<>();
    rows.forEach(
        row -> {
          JsonObject data = Columns.object(row, "exercise_data");
          if (data.getValue("word") instanceof String word
              && data.getValue("translation") instanceof String translation) {
            cards.put(row.getString("id"), card(row, data, word, translation));
          } else {
            LOG.warn(
                "flashcard {} of lesson {} lacks word or translation and is not shown",
                row.getString("id"),
                row.getString("lesson_id"));
          }
        });
    return cards;
  }

  private static WordCard card(Row row, JsonObject data, String word, String translation) {
    return new WordCard(
        GameType.FLASHCARDS,
        row.getString("id"),
        null,
        word,
        translation,
        text(data, "notes"),
        row.getString("difficulty"),
        text(data, "exampleSentence"),
        row.getString("explanation"),
        false,
        row.getString("lesson_id"),
        row.getString("topic"),
        Practice.of(
            row.getInteger("practised"), row.getInteger("rights"), Columns.instant(row, "last")),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "updated_at"));
  }

  private static String text(JsonObject data, String member) {
    return data.getValue(member) instanceof String text ? text : null;
  }
}
