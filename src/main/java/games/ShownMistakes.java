package games;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which mistakes there are to see in some games: those whose items exist and are visible to the
 * learner. Joins by key, since as many subqueries cost the server more than twice as much.
 */
final class ShownMistakes {
  private final String sql;
  private final int places;

  private ShownMistakes(String sql, int places) {
    this.sql = sql;
    this.places = places;
  }

  /** From FROM on: the learner's mistakes {@code m}. */
  GameItems.Condition of(String learner) {
    return new GameItems.Condition(sql, Collections.nCopies(places, learner));
  }

  /** Those of these games. */
  static ShownMistakes in(List<GameItems> games) {
    int places = 0;
    StringBuilder sql = new StringBuilder(" FROM user_mistakes m");
    List<String> found = new ArrayList<>();
    String words = named(games, game -> game.mistakeSources().words());
    if (!words.isEmpty()) {
      sql.append(" LEFT JOIN words w ON m.game_type IN (" + words + ") AND w.id = m.item_id")
          .append(" LEFT JOIN word_lists l ON l.id = w.list_id AND l.user_id = ?");
      places++;
      found.add("l.id");
    }
    for (GameItems game : games) {
      game.mistakeSources()
          .authored()
          .ifPresent(
              table -> {
                String name = "i" + found.size();
                sql.append(" LEFT JOIN " + table + " " + name + " ON m.game_type = ")
                    .append("'" + game.game().wireName() + "' AND " + name + ".id = m.item_id AND ")
                    .append(name + ".playable = 1");
                found.add(name + ".id");
              });
    }
    String lessons = named(games, game -> game.mistakeSources().lessons());
    if (!lessons.isEmpty()) {
      sql.append(" LEFT JOIN lesson_exercises e ON m.game_type IN (" + lessons + ")")
          .append(" AND e.id = m.item_id AND e.exercise_type = m.game_type AND e.playable = 1")
          .append(" LEFT JOIN lessons s ON s.id = e.lesson_id AND s.status = 'approved'")
          .append(" AND (s.student_id IS NULL OR s.student_id = ?)");
      places++;
      found.add("s.id");
    }
    sql.append(" WHERE m.user_id = ? AND m.game_type IN (" + named(games, game -> true) + ")")
        .append(" AND COALESCE(" + String.join(", ", found) + ") IS NOT NULL");
    return new ShownMistakes(sql.toString(), places + 1);
  }

  /** The program's own names of games, as a list in SQL. */
  private static String named(List<GameItems> games, Predicate<GameItems> wanted) {
    return games.stream()
        .filter(wanted)
        .map(game -> "'" + game.game().wireName() + "'")
        .collect(Collectors.joining(", "));
  }
}
