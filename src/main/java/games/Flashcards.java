package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Flashcards: words of the learner's own lists and cards of approved lessons. The learner says what
 * was known.
 */
public final class Flashcards implements GameItems {
  private final ListWords words = new ListWords(GameType.FLASHCARDS);

  @Override
  public GameType game() {
    return GameType.FLASHCARDS;
  }

  @Override
  public Future<List<GameItem>> select(SqlClient db, String learner, Selection selection) {
    return switch (selection.mode()) {
      case CUSTOM ->
          words
              .ofList(db, learner, SpellingBee.requiredList(selection), selection)
              .map(found -> SpellingBee.arranged(found, selection));
      case LESSON -> LessonCards.ofLesson(db, learner, selection);
      case TOPIC -> LessonCards.ofTopic(db, learner, selection);
      case MISTAKES -> SpellingBee.ofMistakes(db, learner, this, selection);
      case UNKNOWN -> words.unpractised(db, learner, selection);
    };
  }

  @Override
  public Future<Map<String, GameItem>> load(SqlClient db, String learner, Collection<String> ids) {
    return words
        .load(db, learner, ids)
        .compose(
            listed ->
                LessonCards.load(
                        db, learner, ids.stream().filter(id -> !listed.containsKey(id)).toList())
                    .map(
                        cards -> {
                          Map<String, GameItem> all = new HashMap<>(cards);
                          all.putAll(listed);
                          return all;
                        }));
  }

  @Override
  public Future<Optional<GameItem>> take(
      SqlConnection transaction, String learner, String id, boolean noWord) {
    Future<Optional<GameItem>> listed =
        noWord ? Future.succeededFuture(Optional.empty()) : words.lock(transaction, learner, id);
    return listed.compose(
        word ->
            word.isPresent()
                ? Future.succeededFuture(word)
                : LessonCards.load(transaction, learner, List.of(id))
                    .map(cards -> Optional.ofNullable(cards.get(id))));
  }

  /** The learner is the judge, so the card needs no look. */
  @Override
  public Future<Optional<GameItem>> answered(SqlClient db, String learner, String id) {
    return Future.succeededFuture(Optional.of(WordCard.unread(game(), id)));
  }

  @Override
  public MistakeSources mistakeSources() {
    return new MistakeSources(true, Optional.empty(), true);
  }
}
