package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The spelling bee: words of the learner's own lists, typed and compared. */
public final class SpellingBee implements GameItems {
  private final ListWords words = new ListWords(GameType.SPELLING_BEE);
  private final KnownWords known;

  /**
   * @param known one for all event loops
   */
  SpellingBee(KnownWords known) {
    this.known = known;
  }

  @Override
  public GameType game() {
    return GameType.SPELLING_BEE;
  }

  @Override
  public Future<List<GameItem>> select(SqlClient db, String learner, Selection selection) {
    if (selection.mode() == Selection.Mode.MISTAKES) {
      return ofMistakes(db, learner, this, selection);
    }
    return words
        .ofList(db, learner, requiredList(selection), selection)
        .onSuccess(found -> known.dealt(learner, found))
        .map(found -> arranged(found, selection));
  }

  /** The list to play, which mode {@code custom} of the word games demands. */
  static String requiredList(Selection selection) {
    return selection
        .wordListId()
        .orElseThrow(() -> GameProblem.invalid("wordListId", "is missing; mode custom needs it"));
  }

  /** The items of the learner's mistakes, newest first. */
  static Future<List<GameItem>> ofMistakes(
      SqlClient db, String learner, GameItems items, Selection selection) {
    return Mistakes.practice(db, learner, items, Mistakes.Order.NEWEST, selection.limit())
        .compose(
            ids ->
                items
                    .load(db, learner, ids)
                    .map(
                        found -> {
                          List<GameItem> ordered =
                              ids.stream().map(found::get).filter(Objects::nonNull).toList();
                          if (ordered.isEmpty()) {
                            throw GameProblem.nothingToPlay("there are no mistakes to practise");
                          }
                          return ordered;
                        }));
  }

  /** Chosen words come in the order of choice; shuffling applies to them as to others. */
  static List<GameItem> arranged(List<GameItem> found, Selection selection) {
    if (!selection.shuffle() || selection.itemIds().isEmpty()) {
      return found;
    }
    List<GameItem> shuffled = new ArrayList<>(found);
    java.util.Collections.shuffle(shuffled);
    return List.copyOf(shuffled);
  }

  @Override
  public Future<Map<String, GameItem>> load(SqlClient db, String learner, Collection<String> ids) {
    return words.load(db, learner, ids).onSuccess(found -> known.dealt(learner, found.values()));
  }

  @Override
  public Future<Optional<GameItem>> answered(SqlClient db, String learner, String id) {
    Optional<String> text = known.text(learner, id);
    return text.isPresent()
        ? Future.succeededFuture(text.map(word -> WordCard.dealt(game(), id, word)))
        : GameItems.super.answered(db, learner, id);
  }

  @Override
  public void refused(String learner, String id) {
    known.forget(learner, id);
  }

  @Override
  public Future<Optional<GameItem>> take(
      SqlConnection transaction, String learner, String id, boolean noWord) {
    return noWord ? Future.succeededFuture(Optional.empty()) : words.lock(transaction, learner, id);
  }

  @Override
  public MistakeSources mistakeSources() {
    return new MistakeSources(true, Optional.empty(), false);
  }
}
