package zoom;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.ZoomSettings;

/**
 * Finds recordings whose webhook never came: Zoom tries four times within an hour and a half and
 * then never again. One list for each teacher with waiting lessons, however many those are; one
 * node of the fleet does it at a time.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration EVENTS_KEPT = Duration.ofDays(7);
  private static final double DAY_SECONDS = 86_400;
  private static final int UNBOUNDED_BUDGET = 20_000;

  private final Vertx vertx;
  private final ZoomApi api;
  private final Pool pool;
  private final String account;
  private final ZoomSettings settings;
  private final EventStore events;

  Reconciler(
      Vertx vertx,
      ZoomApi api,
      Pool postgres,
      String account,
      ZoomSettings settings,
      EventStore events) {
    this.vertx = vertx;
    this.api = api;
    this.pool = postgres;
    this.account = account;
    this.settings = settings;
    this.events = events;
  }

  /** A lesson that waits for its recording. */
  public record Waiting(long id, RecordingQuery query) {}

  /**
   * How often a list of each of so many teachers fits into half of what the account may ask in a
   * day; never more often than the settings say.
   */
  Duration interval(int teachers) {
    int perDay = RateLabel.MEDIUM.perDay(settings.plan()) * settings.ratePercent() / 100;
    double budget = (perDay == 0 ? UNBOUNDED_BUDGET : perDay) / 2.0;
    Duration affordable = Duration.ofSeconds(Math.round(DAY_SECONDS * teachers / budget));
    return affordable.compareTo(settings.reconcileInterval()) > 0
        ? affordable
        : settings.reconcileInterval();
  }

  /**
   * Looks for recordings of lessons that wait, if it is time and no other node just did.
   *
   * @return ids of lessons whose recording is there
   */
  public Future<List<Long>> look(List<Waiting> waiting) {
    Map<String, List<Waiting>> byTeacher = new TreeMap<>();
    for (Waiting lesson : waiting) {
      if (!lesson.query().teacherEmail().isEmpty()) {
        byTeacher
            .computeIfAbsent(
                lesson.query().teacherEmail().toLowerCase(java.util.Locale.ROOT),
                email -> new ArrayList<>())
            .add(lesson);
      }
    }
    return turn(interval(byTeacher.size()))
        .compose(
            mine ->
                mine
                    ? tidy()
                        .compose(
                            done -> look(new ArrayList<>(byTeacher.values()), 0, new ArrayList<>()))
                    : Future.succeededFuture(List.of()));
  }

  private Future<Boolean> turn(Duration interval) {
    return pool.preparedQuery(
            """
            UPDATE zoom_tokens SET reconciled_at = now()
            WHERE account = $1 AND (reconciled_at IS NULL OR reconciled_at < now() - make_interval(secs => $2))
            """)
        .execute(Tuple.of(account, interval.toMillis() / 1_000.0))
        .map(rows -> rows.rowCount() == 1);
  }

  private Future<List<Long>> look(List<List<Waiting>> teachers, int at, List<Long> found) {
    if (at == teachers.size()) {
      return Future.succeededFuture(found);
    }
    List<Waiting> lessons = teachers.get(at);
    LocalDate first =
        lessons.stream().map(each -> each.query().date()).min(LocalDate::compareTo).orElseThrow();
    LocalDate last =
        lessons.stream().map(each -> each.query().date()).max(LocalDate::compareTo).orElseThrow();
    return api.ofUser(lessons.get(0).query().teacherEmail(), first.minusDays(1), last.plusDays(1))
        .map(
            meetings -> {
              for (Waiting lesson : lessons) {
                if (CloudMatch.choose(lesson.query(), meetings, List.of()).meeting().isPresent()) {
                  found.add(lesson.id());
                }
              }
              return found;
            })
        .recover(
            error -> {
              // One teacher's trouble is not the others'.
              LOG.debug("a teacher's recordings could not be listed: {}", error.toString());
              return Future.succeededFuture(found);
            })
        .compose(done -> look(teachers, at + 1, found));
  }

  private Future<Void> tidy() {
    return events
        .forget(EVENTS_KEPT)
        .recover(
            error -> {
              LOG.debug("old events could not be deleted: {}", error.toString());
              return Future.succeededFuture();
            });
  }
}
