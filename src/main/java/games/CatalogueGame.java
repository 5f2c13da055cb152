package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The items of a game that is played from a catalogue: cloze, grammar, sentences. */
public final class CatalogueGame implements GameItems {
  private static final Comparator<CatalogueItem> NEWEST_FIRST =
      Comparator.comparing(CatalogueItem::createdAt).reversed().thenComparing(CatalogueItem::id);

  private final CatalogueStore store;

  /**
   * @param store the game's catalogue
   */
  CatalogueGame(CatalogueStore store) {
    this.store = store;
  }

  @Override
  public GameType game() {
    return store.game();
  }

  @Override
  public Future<List<GameItem>> select(SqlClient db, String learner, Selection selection) {
    return switch (selection.mode()) {
      case CUSTOM -> chosen(db, learner, selection);
      case LESSON -> lesson(db, learner, selection);
      case TOPIC ->
          matching(db, learner, selection, true)
              .map(items -> found(items, "there is nothing to practise in this topic yet"));
      case MISTAKES -> mistakes(db, learner, selection.limit());
      default ->
          Future.failedFuture(
              GameProblem.invalid("mode", "must be topic, lesson, custom or mistakes"));
    };
  }

  private Future<List<GameItem>> chosen(SqlClient db, String learner, Selection selection) {
    if (selection.itemIds().isEmpty()) {
      String noun = game() == GameType.GRAMMAR_CHALLENGE ? "Question" : "Item";
      return Future.failedFuture(
          GameProblem.invalid(
              "selected" + noun + "Ids", "must have at least one id; mode custom needs it"));
    }
    return load(db, learner, selection.itemIds())
        .map(
            found -> {
              List<String> missing =
                  selection.itemIds().stream().filter(id -> !found.containsKey(id)).toList();
              if (!missing.isEmpty()) {
                throw GameProblem.unknownItems(game(), missing);
              }
              List<GameItem> items =
                  new ArrayList<>(selection.itemIds().stream().distinct().map(found::get).toList());
              if (selection.shuffle()) {
                Collections.shuffle(items, ThreadLocalRandom.current());
              }
              return items;
            });
  }

  private Future<List<GameItem>> lesson(SqlClient db, String learner, Selection selection) {
    String id = selection.lessonId().orElse(null);
    if (id == null) {
      return Future.failedFuture(
          GameProblem.invalid("lessonId", "is missing; mode lesson needs it"));
    }
    return matching(db, learner, selection, selection.shuffle())
        .compose(
            items -> {
              if (!items.isEmpty()) {
                return Future.succeededFuture(items);
              }
              return store
                  .sql()
                  .lessonExists(CatalogueViewer.learner(learner), id)
                  .run(db)
                  .map(
                      rows -> {
                        if (rows.size() == 0) {
                          throw GameProblem.lessonNotFound(id);
                        }
                        return found(
                            items,
                            "there is nothing to practise in this lesson with what was asked for");
                      });
            });
  }

  /**
   * @param random whether to pick at random where there are more than wanted
   */
  private Future<List<GameItem>> matching(
      SqlClient db, String learner, Selection selection, boolean random) {
    Optional<String> lesson =
        selection.mode() == Selection.Mode.LESSON ? selection.lessonId() : Optional.empty();
    CatalogueFilter filter =
        new CatalogueFilter(selection.topicId(), lesson, selection.difficulty());
    CatalogueViewer viewer = CatalogueViewer.learner(learner);
    return (random
            ? store.some(db, viewer, filter, selection.limit())
            : store.items(db, viewer, filter, 1, selection.limit()).map(CatalogueListing::rows))
        .map(
            found -> {
              List<CatalogueItem> items = new ArrayList<>(found);
              if (!selection.shuffle()) {
                items.sort(NEWEST_FIRST);
              }
              return List.copyOf(items);
            });
  }

  private Future<List<GameItem>> mistakes(SqlClient db, String learner, int limit) {
    return Mistakes.practice(db, learner, this, Mistakes.Order.WORST, limit)
        .compose(
            worstFirst ->
                load(db, learner, worstFirst)
                    .map(
                        items ->
                            found(
                                worstFirst.stream()
                                    .map(items::get)
                                    .filter(Objects::nonNull)
                                    .toList(),
                                "you have no mistakes to practise")));
  }

  private static List<GameItem> found(List<GameItem> items, String otherwise) {
    if (items.isEmpty()) {
      throw GameProblem.nothingToPlay(otherwise);
    }
    return items;
  }

  @Override
  public Future<Map<String, GameItem>> load(SqlClient db, String learner, Collection<String> ids) {
    return store.items(db, CatalogueViewer.learner(learner), ids).map(LinkedHashMap::new);
  }

  @Override
  public MistakeSources mistakeSources() {
    return new MistakeSources(false, Optional.of(store.sql().items()), true);
  }
}
