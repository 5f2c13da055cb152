package lessons;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What teachers decide about generated sets. A decision and the order to publish it are one
 * transaction in Postgres; {@link PublishLesson} carries the order out.
 */
public final class ApprovalStore {
  /** Who approves where the school wants no approval. */
  public static final String AUTOMATIC = "auto";

  private static final String FROM =
      " FROM lesson_exercises e LEFT JOIN lesson_publications p ON p.id = e.id ";
  private static final String PENDING =
      "(e.status IS NULL OR e.status NOT IN ('approved', 'rejected'))";

  private final Pool pool;

  public ApprovalStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * Sets that wait for a decision, newest generation first.
   *
   * @param page from 1
   * @param limit 1 to 100
   */
  public Future<Page<StoredSet>> pending(
      Optional<String> classId, Optional<String> teacherId, int page, int limit) {
    String where =
        " FROM lesson_exercises e WHERE "
            + PENDING
            + " AND ($1::text IS NULL OR e.class_id = $1) AND ($2::text IS NULL OR e.teacher_id ="
            + " $2)";
    List<Object> arguments =
        new ArrayList<>(Arrays.asList(classId.orElse(null), teacherId.orElse(null)));
    Future<Long> total =
        pool.preparedQuery("SELECT count(*) AS total" + where)
            .execute(Tuple.from(arguments))
            .map(rows -> rows.iterator().next().getLong("total"));
    List<Object> paged = new ArrayList<>(arguments);
    paged.add(limit);
    paged.add((page - 1L) * limit);
    Future<List<StoredSet>> rows =
        pool.preparedQuery(
                "SELECT "
                    + StoredSet.COLUMNS
                    + where
                    + " ORDER BY e.generated_at DESC, e.id DESC LIMIT $3 OFFSET $4")
            .execute(Tuple.from(paged))
            .map(found -> LessonStore.list(found, StoredSet::of));
    return Future.all(total, rows).map(both -> new Page<>(rows.result(), total.result()));
  }

  /**
   * Approves a set and orders its publication. Approving an approved set changes nothing, but
   * orders the publication again when that failed or was never ordered.
   *
   * @param by who decides, when known
   * @param present brings a set of an older producer into today's form, in which it is then stored
   * @return empty when there is no such set; fails with {@link ApprovalRefused} when no learner
   *     could be shown it
   */
  public Future<Optional<Approval>> approve(
      long id, Optional<String> by, UnaryOperator<JsonObject> present) {
    return pool.withTransaction(
        connection ->
            locked(connection, id)
                .compose(
                    found -> {
                      if (found.isEmpty()) {
                        return Future.succeededFuture(found);
                      }
                      Optional<String> flaw = found.get().flaw();
                      if (flaw.isPresent()) {
                        return Future.failedFuture(
                            new ApprovalRefused("this set can't be approved: " + flaw.get()));
                      }
                      return approve(connection, found.get(), by, present)
                          .compose(done -> read(connection, id));
                    }));
  }

  /**
   * Approves a set that was stored a moment ago in the same transaction; one that no learner could
   * be shown stays pending.
   */
  public static Future<?> approveAutomatically(SqlClient connection, long id) {
    return locked(connection, id)
        .compose(
            found ->
                found.isEmpty() || found.get().flaw().isPresent()
                    ? Future.succeededFuture()
                    : approve(
                        connection, found.get(), Optional.of(AUTOMATIC), UnaryOperator.identity()));
  }

  private static Future<?> approve(
      SqlClient connection, Approval now, Optional<String> by, UnaryOperator<JsonObject> present) {
    long id = now.set().id();
    if (now.set().status().equals("approved")) {
      return now.settled() ? Future.succeededFuture() : order(connection, id);
    }
    return connection
        .preparedQuery(
            """
            UPDATE lesson_exercises
            SET status = 'approved', approved_by = $2, approved_at = now(), rejected_by = NULL, rejected_at = NULL,
                rejection_reason = NULL, exercises = $3, updated_at = now()
            WHERE id = $1
            """)
        .execute(Tuple.of(id, by.orElse(null), present.apply(now.set().exercises())))
        .compose(done -> order(connection, id));
  }

  /**
   * Rejects a set; one that was published is ordered to be taken back. Rejecting a rejected set
   * changes at most the reason.
   *
   * @return empty when there is no such set
   */
  public Future<Optional<Approval>> reject(long id, Optional<String> by, Optional<String> reason) {
    return pool.withTransaction(
        connection ->
            locked(connection, id)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(found)
                            : reject(connection, found.get(), by, reason)
                                .compose(done -> read(connection, id))));
  }

  private static Future<?> reject(
      SqlClient connection, Approval now, Optional<String> by, Optional<String> reason) {
    long id = now.set().id();
    boolean again = now.set().status().equals("rejected");
    if (again
        && (reason.isEmpty() || reason.equals(now.reason()))
        && (now.publication().isEmpty() || now.settled())) {
      return Future.succeededFuture();
    }
    Future<?> written =
        connection
            .preparedQuery(
                """
                UPDATE lesson_exercises
                SET status = 'rejected', rejected_by = $2, rejected_at = now(), rejection_reason = coalesce($3, rejection_reason),
                    approved_by = NULL, approved_at = NULL, updated_at = now()
                WHERE id = $1
                """)
            .execute(Tuple.of(id, by.orElse(null), reason.orElse(null)));
    // also when somebody approved it by hand and nothing of ours was ever published: MySQL may have
    // it by hand as well
    boolean mayBePublished = now.publication().isPresent() || now.set().status().equals("approved");
    return mayBePublished ? written.compose(done -> order(connection, id)) : written;
  }

  /**
   * Changes one item of a set that is not approved.
   *
   * @param present as in {@link #approve}
   * @param change gives the changed set from the set and the turns of its lesson, which may be
   *     none; what it fails with is what the future fails with
   * @return empty when there is no such set; fails with {@link ApprovalRefused} when it is approved
   */
  public Future<Optional<Approval>> edit(
      long id,
      UnaryOperator<JsonObject> present,
      BiFunction<JsonObject, JsonArray, Future<JsonObject>> change) {
    return pool.withTransaction(
        connection ->
            locked(connection, id)
                .compose(
                    found -> {
                      if (found.isEmpty()) {
                        return Future.succeededFuture(found);
                      }
                      if (found.get().set().status().equals("approved")) {
                        return Future.failedFuture(
                            new ApprovalRefused(
                                "this set is approved: reject it before changing its items"));
                      }
                      return turns(connection, found.get().set())
                          .compose(
                              turns ->
                                  change.apply(present.apply(found.get().set().exercises()), turns))
                          .compose(changed -> store(connection, id, changed))
                          .compose(done -> read(connection, id));
                    }));
  }

  private static Future<?> store(SqlClient connection, long id, JsonObject changed) {
    return connection
        .preparedQuery(
            "UPDATE lesson_exercises SET exercises = $2, updated_at = now() WHERE id = $1")
        .execute(Tuple.of(id, changed));
  }

  /** What was said in the lesson that a set was made from; empty when nobody knows. */
  private static Future<JsonArray> turns(SqlClient connection, StoredSet set) {
    return connection
        .preparedQuery("SELECT utterances FROM zoom_summaries WHERE id = $1")
        .execute(Tuple.of(set.lessonId().orElse(null)))
        .map(
            rows ->
                LessonStore.first(rows, row -> row)
                    .map(row -> row.getJsonArray("utterances"))
                    .orElseGet(JsonArray::new));
  }

  private static Future<Optional<Approval>> locked(SqlClient connection, long id) {
    return find(connection, id, " FOR UPDATE OF e");
  }

  private static Future<Optional<Approval>> read(SqlClient connection, long id) {
    return find(connection, id, "");
  }

  private static Future<Optional<Approval>> find(SqlClient connection, long id, String lock) {
    return connection
        .preparedQuery("SELECT " + Approval.COLUMNS + FROM + "WHERE e.id = $1" + lock)
        .execute(Tuple.of(id))
        .map(rows -> LessonStore.first(rows, Approval::of));
  }

  /**
   * Whoever is publishing the set at this moment loses its lease; what it does to MySQL it does by
   * the decision of now all the same.
   */
  private static Future<?> order(SqlClient connection, long id) {
    return connection
        .preparedQuery(
            """
            INSERT INTO lesson_publications AS p (id) VALUES ($1)
            ON CONFLICT (id) DO UPDATE
            SET stage = 'publish', status = 'pending', due_at = now(), lease_token = p.lease_token + 1, lease_owner = NULL,
                processing_attempts = 0, last_error = NULL, next_retry_at = NULL, paused_at = NULL, processed_at = NULL,
                updated_at = now()
            """)
        .execute(Tuple.of(id));
  }
}
