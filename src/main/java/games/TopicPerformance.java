package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a learner does in one topic of advanced cloze, from the recorded results of items the learner
 * may still see.
 */
public final class TopicPerformance {
  /**
   * A learner's results of a while.
   *
   * @param attempts recorded results
   * @param accuracy percent of right ones, 0 to 100; 0 without any
   * @param mistakes the items that were most often wrong, worst first, at most five
   * @param change percentage points by which the later half of the while is better than the earlier
   *     one; 0 where one of them has no results
   */
  public record Performance(
      long attempts, int accuracy, List<CommonMistake> mistakes, int change) {}

  /**
   * An item that was answered wrong.
   *
   * @param count wrong results
   * @param wrongAnswer the words that were chosen most often of the wrong ones; empty when only the
   *     client's verdicts are known
   */
  public record CommonMistake(String itemId, long count, Optional<JsonArray> wrongAnswer) {}

  private static final int MOST_MISTAKES = 5;
  private static final String AUTHORED =
      "EXISTS (SELECT 1 FROM cloze_items i WHERE i.id = m.item_id AND i.playable = 1";
  private static final String OF_LESSONS =
      "EXISTS (SELECT 1 FROM lesson_exercises e JOIN lessons l ON l.id = e.lesson_id WHERE e.id ="
          + " m.item_id AND e.exercise_type = '"
          + GameType.ADVANCED_CLOZE.wireName()
          + "' AND e.playable = 1 AND ";
  private static final String TOTALS =
      "SELECT COUNT(*) AS attempts, COALESCE(SUM(m.is_correct), 0) AS rights,"
          + " COALESCE(SUM(m.created_at >= ?), 0) AS late, COALESCE(SUM(m.created_at >= ? AND"
          + " m.is_correct), 0) AS late_rights FROM game_results m WHERE ";
  // one row an item, with the wrong answer that came most often; the latest of equals
  private static final String MISTAKES =
      "g.item, g.wrongs, g.answer FROM (SELECT a.item, a.answer, SUM(a.times) OVER (PARTITION BY"
          + " a.item) AS wrongs, ROW_NUMBER() OVER (PARTITION BY a.item ORDER BY a.answer IS NULL,"
          + " a.times DESC, a.latest DESC) AS nth FROM (SELECT m.item_id AS item,"
          + " CAST(m.selected_answers AS CHAR) AS answer, COUNT(*) AS times, MAX(m.id) AS latest"
          + " FROM game_results m WHERE ";
  private static final String GROUPED =
      " AND NOT m.is_correct GROUP BY m.item_id, CAST(m.selected_answers AS CHAR)) a) g WHERE g.nth"
          + " = 1 ORDER BY g.wrongs DESC, g.item LIMIT "
          + MOST_MISTAKES;

  private final Pool mysql;

  public TopicPerformance(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * Looks at the results from {@code frame} ago until now.
   *
   * @param topic empty for all topics; one without results of the learner gives zeros
   */
  public Future<Performance> of(String learner, Optional<String> topic, Duration frame) {
    Instant now = Columns.now();
    GameItems.Condition lessons = CatalogueViewer.learner(learner).lessons();
    String where =
        "m.user_id = ? AND m.game_type = '"
            + GameType.ADVANCED_CLOZE.wireName()
            + "' AND m.created_at >= ? AND ("
            + AUTHORED
            + (topic.isPresent() ? " AND i.topic_id = ?" : "")
            + ") OR "
            + OF_LESSONS
            + lessons.sql()
            + (topic.isPresent()
                ? " AND COALESCE(NULLIF(e.topic_id, ''), '" + CatalogueEntry.GENERAL + "') = ?"
                : "")
            + "))";
    List<Object> wanted = new ArrayList<>();
    wanted.add(learner);
    wanted.add(Columns.time(now.minus(frame)));
    topic.ifPresent(wanted::add);
    wanted.addAll(lessons.arguments());
    topic.ifPresent(wanted::add);
    Object half = Columns.time(now.minus(frame.dividedBy(2)));
    List<Object> counted = new ArrayList<>(List.of(half, half));
    counted.addAll(wanted);
    return TotalAndPage.run(
            mysql,
            new GameItems.Condition(TOTALS + where, counted),
            new GameItems.Condition(MISTAKES + where + GROUPED, wanted),
            "p.wrongs DESC, p.item")
        .map(found -> performance(found.totals(), found.map(TopicPerformance::mistake)));
  }

  private static Performance performance(Row totals, List<CommonMistake> mistakes) {
    long attempts = totals.getLong("attempts");
    long rights = totals.getLong("rights");
    long late = totals.getLong("late");
    long lateRights = totals.getLong("late_rights");
    boolean comparable = late > 0 && attempts > late;
    int change =
        comparable
            ? Practice.percent(lateRights, late)
                - Practice.percent(rights - lateRights, attempts - late)
            : 0;
    return new Performance(attempts, Practice.percent(rights, attempts), mistakes, change);
  }

  private static CommonMistake mistake(Row row) {
    return new CommonMistake(
        row.getString("item"),
        row.getLong("wrongs"),
        Optional.ofNullable(row.getString("answer")).map(JsonArray::new));
  }
}
