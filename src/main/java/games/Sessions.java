package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Starts and shows learners' sessions. */
public final class Sessions {
  /**
   * A session with its items in play order; items that are gone meanwhile are missing.
   *
   * @param items see {@link GameItem#json}
   */
  public record Play(Session session, List<GameItem> items) {}

  /**
   * A first-generation client's start of any game.
   *
   * @param mode what the client calls it, at most 50 characters
   * @param referenceId the topic, category or list it was played from; or null
   * @param itemIds null or empty: every item that is answered becomes one of the session
   */
  public record PlainStart(
      GameType game, String mode, String classId, String referenceId, List<String> itemIds) {}

  private final Pool mysql;
  private final Games games;
  private final OptionalProcedure begin;

  public Sessions(Pool mysql, Games games) {
    this.mysql = mysql;
    this.games = games;
    this.begin =
        new OptionalProcedure(
            mysql,
            "lessonweave_begin_session_1",
            SessionRows.COLUMNS_STORED,
            "starting a game takes a round trip to the database and a commit more than it might");
  }

  /**
   * Selects items and starts a session with them; fails as {@link GameItems#select} does.
   *
   * @param settle stores what will be answered, in the transaction that stores the session; empty
   *     when there is nothing to store but the session
   */
  public Future<Play> start(
      String learner,
      GameType game,
      String classId,
      Selection selection,
      Optional<BiFunction<SqlConnection, Play, Future<Void>>> settle) {
    return games
        .items(game)
        .select(mysql, learner, selection)
        .compose(
            items -> {
              boolean words = game.playsWords();
              String topic = selection.topicId().orElse(null);
              boolean category = game == GameType.GRAMMAR_CHALLENGE;
              Session session =
                  fresh(
                      learner,
                      game,
                      selection.mode().wireName(),
                      new Origin(
                          words ? selection.wordListId().orElse(null) : null,
                          category ? null : topic,
                          category ? topic : null),
                      selection.lessonId().orElse(null),
                      classId,
                      null,
                      selection.difficulty().orElse(null),
                      items.stream().map(GameItem::id).toList(),
                      null);
              return store(new Play(session, items), settle);
            });
  }

  private Future<Play> store(
      Play play, Optional<BiFunction<SqlConnection, Play, Future<Void>>> settle) {
    if (settle.isEmpty()) {
      return LearnerChanges.begin(
              mysql,
              play.session().userId(),
              begin,
              () -> SessionRows.stored(play.session()),
              SessionRows.INSERT)
          .map(play);
    }
    return LearnerChanges.run(
        mysql,
        play.session().userId(),
        transaction ->
            SessionRows.insert(transaction, play.session())
                .compose(stored -> settle.get().apply(transaction, play))
                .map(play));
  }

  /** Starts a session the first-generation way; {@code settle} as above. */
  public Future<Play> start(
      String learner,
      PlainStart start,
      Optional<BiFunction<SqlConnection, Play, Future<Void>>> settle) {
    GameItems items = games.items(start.game());
    List<String> ids =
        start.itemIds() == null ? List.of() : start.itemIds().stream().distinct().toList();
    return items
        .load(mysql, learner, ids)
        .compose(
            found -> {
              List<String> unknown = ids.stream().filter(id -> !found.containsKey(id)).toList();
              if (!unknown.isEmpty()) {
                throw GameProblem.unknownItems(start.game(), unknown);
              }
              return Origin.of(mysql, learner, start.game(), start.referenceId())
                  .compose(
                      origin -> {
                        JsonObject metadata = ids.isEmpty() ? Session.openEndedMetadata() : null;
                        Session session =
                            fresh(
                                learner,
                                start.game(),
                                start.mode(),
                                origin,
                                null,
                                start.classId(),
                                start.referenceId(),
                                null,
                                ids,
                                metadata);
                        return store(new Play(session, ordered(ids, found)), settle);
                      });
            });
  }

  /**
   * A learner's session.
   *
   * @param game empty when any will do
   */
  public Future<Play> find(String learner, Optional<GameType> game, String id) {
    return SessionRows.find(mysql, learner, game, id)
        .compose(
            session ->
                games
                    .items(session.game())
                    .load(mysql, learner, session.itemIds())
                    .map(found -> new Play(session, ordered(session.itemIds(), found))));
  }

  private static List<GameItem> ordered(List<String> ids, Map<String, GameItem> found) {
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private static Session fresh(
      String learner,
      GameType game,
      String mode,
      Origin origin,
      String lessonId,
      String classId,
      String referenceId,
      String difficulty,
      List<String> itemIds,
      JsonObject metadata) {
    Instant now = Columns.now();
    return new Session(
        RowIds.next(),
        learner,
        game,
        mode,
        origin.wordListId(),
        origin.topicId(),
        origin.categoryId(),
        lessonId,
        classId,
        referenceId,
        difficulty,
        itemIds,
        new Session.Progress(0, itemIds.size(), 0, 0),
        List.of(),
        List.of(),
        null,
        Session.ACTIVE,
        metadata,
        now,
        null);
  }
}
