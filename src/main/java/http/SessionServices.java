package http;

import games.Completions;
import games.GameStats;
import games.Games;
import games.LearnerTotals;
import games.Mistakes;
import games.Results;
import games.SessionHistory;
import games.Sessions;
import io.vertx.sqlclient.Pool;

/** What the endpoints of all games work with. */
record SessionServices(
    Sessions sessions,
    Results results,
    Completions completions,
    Mistakes mistakes,
    GameStats stats,
    SessionHistory history) {

  static SessionServices of(Pool mysql, Games games) {
    LearnerTotals totals = new LearnerTotals(mysql);
    return new SessionServices(
        new Sessions(mysql, games),
        new Results(mysql, games),
        new Completions(mysql),
        new Mistakes(mysql, games),
        new GameStats(mysql, games, totals),
        new SessionHistory(mysql, totals));
  }
}
