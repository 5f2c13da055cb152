package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one game brings to sessions: which items there are to play. Sessions, results, counters and
 * mistakes are the same for all games and never ask which one they serve. Implementations keep no
 * state; they run on any event loop.
 */
public interface GameItems {
  GameType game();

  /**
   * The items of a new session, in play order, without repetition.
   *
   * @return never empty: fails with {@link GameProblem} when there is nothing to play, or when what
   *     the request names is not the learner's, not visible or does not exist
   */
  Future<List<GameItem>> select(SqlClient db, String learner, Selection selection);

  /**
   * The items with these ids as far as they exist and the learner may see them, by id; the others
   * are left out. The number of statements does not depend on the number of ids. No ids: an empty
   * map.
   */
  Future<Map<String, GameItem>> load(SqlClient db, String learner, Collection<String> ids);

  /**
   * One item for an answer, inside the transaction that will store it. What {@link #practised}
   * changes is to be locked here.
   *
   * @param noWord whether it is known already that the id names no word of the learner's lists
   */
  default Future<Optional<GameItem>> take(
      SqlConnection transaction, String learner, String id, boolean noWord) {
    return answered(transaction, learner, id);
  }

  /**
   * One item as far as an answer to it can be judged, without a lock; empty when there is none that
   * the learner may see. It may be older than the last change of it.
   */
  default Future<Optional<GameItem>> answered(SqlClient db, String learner, String id) {
    return load(db, learner, List.of(id)).map(found -> Optional.ofNullable(found.get(id)));
  }

  /** A judgement of what {@link #answered} gave was not taken: the item may be another by now. */
  default void refused(String learner, String id) {}

  /**
   * The item after an answer: with the practice counted where the game does so.
   *
   * @param item as {@link #take} gave it
   */
  default GameItem practised(GameItem item, boolean correct, Instant at) {
    return item instanceof WordCard word ? word.with(word.practice().and(correct, at)) : item;
  }

  /** Where the items are that this game's mistakes may be of. */
  MistakeSources mistakeSources();

  /**
   * Whether a right answer takes one off the item's mistakes, as in the word games, or they stay as
   * a history.
   */
  default boolean rightAnswerClearsMistake() {
    return game().playsWords();
  }

  /**
   * Where a mistake's item may be.
   *
   * @param words among the words of the learner's lists
   * @param authored in this table of the catalogue
   * @param lessons among the exercises of approved lessons
   */
  record MistakeSources(boolean words, Optional<String> authored, boolean lessons) {}

  /**
   * A condition for a WHERE clause.
   *
   * @param sql with a {@code ?} for each argument; in parentheses where that matters
   */
  record Condition(String sql, List<Object> arguments) {}
}
