package lessons;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The outbox of the school's workflow: a class is a row here before it is told, and stays until the
 * workflow has delivered its lesson.
 */
public final class WorkflowTriggers {
  private static final String COLUMNS =
      "id, event_id, class_id, meeting_date, start_time, payload, opened_by, accepted_at,"
          + " created_at, status";

  private final Pool pool;

  public WorkflowTriggers(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * A class the workflow is or was told of.
   *
   * @param eventId the same in every attempt, for the workflow to drop what it has had
   * @param payload what is sent
   * @param acceptedAt when the workflow said it would do it
   * @param status {@code pending}, {@code processing}, {@code accepted}, {@code completed} or
   *     {@code failed}
   */
  public record Trigger(
      long id,
      UUID eventId,
      String classId,
      LocalDate date,
      String startTime,
      JsonObject payload,
      String openedBy,
      Optional<OffsetDateTime> acceptedAt,
      OffsetDateTime createdAt,
      String status) {}

  /**
   * Opens many in one statement.
   *
   * @param payload of each lesson
   * @return ids of the rows that are new; classes that were there already are left as they are
   */
  public Future<List<Long>> openAll(
      List<NewLesson> lessons, Function<NewLesson, JsonObject> payload) {
    int n = lessons.size();
    var classes = new String[n];
    var dates = new LocalDate[n];
    var starts = new String[n];
    var payloads = new JsonObject[n];
    var openers = new String[n];
    for (int i = 0; i < n; i++) {
      NewLesson lesson = lessons.get(i);
      classes[i] = lesson.classId();
      dates[i] = lesson.date();
      starts[i] = lesson.startTime();
      payloads[i] = payload.apply(lesson);
      openers[i] = lesson.openedBy();
    }
    return pool.preparedQuery(
            """
            INSERT INTO workflow_triggers (class_id, meeting_date, start_time, payload, opened_by)
            SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::jsonb[], $5::text[])
            ON CONFLICT (class_id, meeting_date, start_time) DO NOTHING
            RETURNING id
            """)
        .execute(Tuple.of(classes, dates, starts, payloads, openers))
        .map(rows -> LessonStore.list(rows, row -> row.getLong("id")));
  }

  /**
   * A class that somebody wants told right now.
   *
   * @param ours whether the caller is to tell it; otherwise it was told, or is being told
   */
  public record Taken(Trigger trigger, boolean ours) {}

  /**
   * Takes the telling of a class: its row is made when it is missing. Only one of several callers
   * gets it.
   *
   * @param hold after this a worker tells it, should the caller have died
   * @param remembered a class that was accepted longer ago is told once more
   */
  public Future<Taken> take(
      NewLesson lesson, JsonObject payload, Duration hold, Duration remembered) {
    return pool.preparedQuery(
            """
            INSERT INTO workflow_triggers AS t (class_id, meeting_date, start_time, payload, opened_by, due_at)
            VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')
            ON CONFLICT (class_id, meeting_date, start_time) DO UPDATE
              SET payload = excluded.payload, due_at = excluded.due_at, stage = 'trigger', status = 'pending', accepted_at = NULL,
                  lease_token = t.lease_token + 1, lease_owner = NULL, processing_attempts = 0, last_error = NULL, next_retry_at = NULL,
                  updated_at = now()
              WHERE t.accepted_at < now() - $7 * interval '1 millisecond'
                 OR (t.accepted_at IS NULL AND (t.status = 'failed' OR t.next_retry_at IS NOT NULL))
            RETURNING\s\
            """
                + COLUMNS)
        .execute(
            Tuple.of(
                lesson.classId(),
                lesson.date(),
                lesson.startTime(),
                payload,
                lesson.openedBy(),
                (double) hold.toMillis(),
                (double) remembered.toMillis()))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture(new Taken(trigger(rows.iterator().next()), true))
                    : pool.preparedQuery(
                            "SELECT "
                                + COLUMNS
                                + " FROM workflow_triggers WHERE class_id = $1 AND meeting_date ="
                                + " $2 AND start_time = $3")
                        .execute(Tuple.of(lesson.classId(), lesson.date(), lesson.startTime()))
                        .map(found -> new Taken(trigger(found.iterator().next()), false)));
  }

  public Future<Optional<Trigger>> find(long id) {
    return pool.preparedQuery("SELECT " + COLUMNS + " FROM workflow_triggers WHERE id = $1")
        .execute(Tuple.of(id))
        .map(WorkflowTriggers::first);
  }

  private static Optional<Trigger> first(RowSet<Row> rows) {
    RowIterator<Row> rest = rows.iterator();
    return rest.hasNext() ? Optional.of(trigger(rest.next())) : Optional.empty();
  }

  private static Trigger trigger(Row row) {
    return new Trigger(
        row.getLong("id"),
        row.getUUID("event_id"),
        row.getString("class_id"),
        row.getLocalDate("meeting_date"),
        row.getString("start_time"),
        row.getJsonObject("payload"),
        row.getString("opened_by"),
        Optional.ofNullable(row.getOffsetDateTime("accepted_at")),
        row.getOffsetDateTime("created_at"),
        row.getString("status"));
  }

  /** Notes inside the work engine's transaction that the workflow accepted. */
  public static Future<?> writeAccepted(SqlConnection connection, long id) {
    return connection
        .preparedQuery("UPDATE workflow_triggers SET accepted_at = now() WHERE id = $1")
        .execute(Tuple.of(id));
  }

  /**
   * Notes that the workflow accepted what was told outside the work engine; from now on the lesson
   * is awaited. Moves the fencing token, so that a worker that told it meanwhile is refused.
   */
  public Future<Void> accepted(long id) {
    return pool.preparedQuery(
            """
            UPDATE workflow_triggers
            SET accepted_at = now(), stage = 'deliver', status = 'accepted', due_at = now(), last_error = NULL, next_retry_at = NULL,
                processing_attempts = 0, lease_owner = NULL, lease_token = lease_token + 1, updated_at = now()
            WHERE id = $1 AND stage = 'trigger'
            """)
        .execute(Tuple.of(id))
        .mapEmpty();
  }

  /** Notes that telling it outside the work engine came to nothing, and that nobody will go on. */
  public Future<Void> refused(long id, String reason) {
    return pool.preparedQuery(
            """
            UPDATE workflow_triggers
            SET status = 'failed', due_at = NULL, last_error = left($2, 500), lease_token = lease_token + 1, updated_at = now()
            WHERE id = $1 AND stage = 'trigger' AND status IN ('pending', 'failed')
            """)
        .execute(Tuple.of(id, reason))
        .mapEmpty();
  }

  /** The lesson with a transcript that came of it; empty while there is none. */
  public Future<Optional<Long>> delivered(Trigger trigger) {
    // The workflow may leave out the start; of a class and a day there is hardly ever another
    // lesson.
    return pool.preparedQuery(
            """
            SELECT id FROM zoom_summaries
            WHERE class_id = $1 AND meeting_date BETWEEN $2::date - 1 AND $2::date + 1 AND (start_time IS NULL OR start_time = $3 OR start_time = $4)
              AND length(btrim(coalesce(transcript, transcript_original, ''))) > 0
            ORDER BY id LIMIT 1
            """)
        .execute(
            Tuple.of(
                trigger.classId(),
                trigger.date(),
                trigger.startTime(),
                trigger.payload().getString("start_time", trigger.startTime())))
        .map(
            rows -> {
              RowIterator<Row> rest = rows.iterator();
              return rest.hasNext() ? Optional.of(rest.next().getLong("id")) : Optional.empty();
            });
  }
}
