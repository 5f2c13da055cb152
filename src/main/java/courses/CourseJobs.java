package courses;

import courses.content.Subject;
import courses.sources.SourceRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The jobs of all owners. Every method takes the owner and finds nothing of anybody else's. Safe
 * for use by several threads.
 */
public final class CourseJobs {
  private static final String FIND =
      "SELECT " + CourseJob.COLUMNS + " FROM course_job j JOIN course c ON c.id = j.course_id ";

  private final Pool pool;
  private final JobStatuses statuses;

  /** For callers that hear of no changes; see {@link #listening}. */
  public CourseJobs(Pool postgres) {
    this(postgres, new JobStatuses(new JobLookup(postgres)::find, System::nanoTime));
  }

  private CourseJobs(Pool postgres, JobStatuses statuses) {
    this.pool = postgres;
    this.statuses = statuses;
  }

  /**
   * With what all of this Vert.x instance know of this database's jobs, kept up by what the
   * database tells as long as the calling context lives.
   *
   * @param looks connections to the same database by which it is asked where jobs stand
   */
  public static CourseJobs listening(Vertx vertx, Pool postgres, Pool looks) {
    JobStatuses statuses = JobStatuses.of(vertx, postgres, looks);
    statuses.listen(vertx);
    return new CourseJobs(postgres, statuses);
  }

  /**
   * A job that was asked for.
   *
   * @param existed whether it was there already, by an equal request with the same process id
   */
  public record Opened(CourseJob job, boolean existed) {}

  /** The same process id stands for another request. */
  public static final class OtherRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    OtherRequest() {
      super("this generationProcessId was used for another request", null, false, false);
    }
  }

  /** More jobs wait than this installation takes. */
  public static final class QueueFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    QueueFull(int most) {
      super("there are " + most + " unfinished courses already", null, false, false);
    }
  }

  /** What the source names is not there, or not the owner's. */
  public static final class NoSource extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean lesson;

    NoSource(boolean lesson, String message) {
      super(message, null, false, false);
      this.lesson = lesson;
    }

    /** Whether it is a lesson; a file otherwise. */
    public boolean lesson() {
      return lesson;
    }
  }

  /** Only a language model can write about a bare topic, and none is set up. */
  public static final class NoModel extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoModel() {
      super(
          "a topic alone needs a language model, and none is set up: set one up (see"
              + " language-model in the settings, e.g. GEMINI_API_KEY), or give a text, a file or a"
              + " video",
          null,
          false,
          false);
    }
  }

  /**
   * Opens a job with its course, both or neither. However often it is called with one process id,
   * and however many callers do it at the same moment, there is one.
   *
   * <p>Fails with {@link OtherRequest}, {@link QueueFull}, {@link NoSource} and {@link NoModel}.
   *
   * @param models whether any language model is set up
   * @param mostOpen unfinished jobs of all owners above which no further one is taken
   */
  public Future<Opened> open(
      String owner,
      Optional<String> processId,
      CourseRequest request,
      boolean models,
      int mostOpen) {
    String process = processId.orElseGet(() -> UUID.randomUUID().toString());
    String hash = request.hash();
    JobStatuses.Mark before = statuses.mark();
    return open(owner, process, hash, request, models, mostOpen)
        .onSuccess(
            opened -> {
              if (!opened.existed()) {
                statuses.made(opened.job(), before);
              }
            });
  }

  private Future<Opened> open(
      String owner,
      String process,
      String hash,
      CourseRequest request,
      boolean models,
      int mostOpen) {
    return pool.withTransaction(
        connection ->
            run(
                    connection,
                    "SELECT pg_advisory_xact_lock(hashtextextended($1, 8))",
                    Tuple.of(owner + " " + process))
                .compose(
                    locked ->
                        run(
                            connection,
                            FIND + "WHERE j.owner_id = $1 AND j.generation_process_id = $2",
                            Tuple.of(owner, process)))
                .compose(
                    found -> {
                      Optional<CourseJob> there = first(found);
                      if (there.isEmpty()) {
                        return SourceAdmission.check(connection, owner, request.source(), models)
                            .compose(
                                fit -> insert(connection, owner, process, hash, request, mostOpen));
                      }
                      return there.get().requestHash().equals(hash)
                          ? Future.succeededFuture(new Opened(there.get(), true))
                          : Future.failedFuture(new OtherRequest());
                    }));
  }

  private Future<Opened> insert(
      SqlConnection connection,
      String owner,
      String process,
      String hash,
      CourseRequest request,
      int mostOpen) {
    SourceRequest source = request.source();
    String title =
        request
            .title()
            .orElse(source instanceof SourceRequest.Topic line ? line.text() : "Untitled course");
    return run(
            connection,
            "SELECT count(*) AS open FROM (SELECT FROM course_job WHERE finished_at IS NULL LIMIT"
                + " $1::int) j",
            Tuple.of(mostOpen))
        .compose(
            open ->
                open.iterator().next().getLong("open") >= mostOpen
                    ? Future.failedFuture(new QueueFull(mostOpen))
                    : Future.succeededFuture())
        .compose(
            room ->
                run(
                    connection,
                    """
                    WITH c AS (
                      INSERT INTO course (owner_id, source_type, title, summary, target_language, difficulty, purpose, country, custom_prompt)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)
                    INSERT INTO course_job (owner_id, course_id, generation_process_id, request_hash, request, priority)
                    SELECT $1, id, $10, $11, $12, $13 FROM c
                    RETURNING id, course_id
                    """,
                    Tuple.tuple()
                        .addString(owner)
                        .addString(source.type())
                        .addString(title)
                        .addString(Subject.summary(title))
                        .addString(request.targetLanguage().orElse(null))
                        .addString(request.difficulty().name().toLowerCase(java.util.Locale.ROOT))
                        .addString(request.purpose())
                        .addString(request.country().orElse(null))
                        .addString(request.customPrompt().orElse(null))
                        .addString(process)
                        .addString(hash)
                        .addValue(request.toJson())
                        .addInteger(request.priority())))
        .compose(
            made -> {
              UUID job = made.iterator().next().getUUID("id");
              return TaskPlan.insert(
                      connection, job, List.of(TaskPlan.extract(request.source())), hash)
                  .compose(
                      done ->
                          run(
                              connection,
                              "SELECT course_tell($1, 'state', '{\"status\": \"queued\"}')::text",
                              Tuple.of(job)))
                  .compose(told -> run(connection, FIND + "WHERE j.id = $1", Tuple.of(job)));
            })
        .map(rows -> new Opened(first(rows).orElseThrow(), false));
  }

  /**
   * The owner's job of any of its names, as it stood at most {@link JobStatuses#MAX_AGE two seconds}
   * ago; what this process itself changed is seen at once.
   *
   * @param name job id, task id or process id
   */
  public Future<Optional<CourseJob>> find(String owner, String name) {
    return statuses.find(owner, name);
  }

  /** As it stands now, for who was told of a change. */
  public Future<Optional<CourseJob>> now(String owner, UUID job) {
    return statuses.now(owner, job);
  }

  /** A job was changed: to be called before the change is answered. */
  public void changed(UUID job) {
    statuses.forget(job);
  }

  /** As {@link #changed}, of all jobs of a course. */
  public void courseChanged(UUID course) {
    statuses.forgetCourse(course);
  }

  /** The newest job of the owner's course. */
  public Future<Optional<CourseJob>> ofCourse(String owner, UUID course) {
    return run(
            owner,
            FIND + "WHERE j.owner_id = $1 AND j.course_id = $2 ORDER BY j.created_at DESC LIMIT 1",
            Tuple.of(owner, course))
        .map(CourseJobs::first);
  }

  /**
   * The owner's jobs, newest first.
   *
   * @param before only older ones than this job
   */
  public Future<List<CourseJob>> list(
      String owner, Optional<String> status, Optional<UUID> before, int limit) {
    return run(
            owner,
            FIND
                + """
                WHERE j.owner_id = $1 AND ($2::text IS NULL OR j.status = $2)
                  AND ($3::uuid IS NULL OR (j.created_at, j.id) < (SELECT b.created_at, b.id FROM course_job b WHERE b.id = $3 AND b.owner_id = $1))
                ORDER BY j.created_at DESC, j.id DESC LIMIT $4::int
                """,
            Tuple.of(owner, status.orElse(null), before.orElse(null), limit))
        .map(
            rows -> {
              List<CourseJob> jobs = new ArrayList<>();
              rows.forEach(row -> jobs.add(CourseJob.of(row)));
              return jobs;
            });
  }

  /** A task of a job, for people. */
  public record Part(
      String step,
      String part,
      Optional<Integer> chapter,
      String status,
      int attempts,
      Optional<Long> durationMs,
      Optional<String> error,
      Optional<String> leftOut) {}

  /** The job's tasks in the order they were planned. */
  public Future<List<Part>> parts(String owner, UUID job) {
    return run(
            owner,
            """
            SELECT t.step, t.part, c.order_index AS chapter, t.status, t.processing_attempts, t.duration_ms, t.last_error,
                t.output ->> 'leftOut' AS left_out
            FROM course_task t
            LEFT JOIN course_lesson l ON l.course_id = t.course_id AND t.part = t.kind || ':' || l.ordinal
            LEFT JOIN course_chapter c ON c.id = l.chapter_id
            WHERE t.owner_id = $1 AND t.job_id = $2 ORDER BY t.id
            """,
            Tuple.of(owner, job))
        .map(
            rows -> {
              List<Part> parts = new ArrayList<>();
              for (Row row : rows) {
                parts.add(
                    new Part(
                        row.getString("step"),
                        row.getString("part"),
                        Optional.ofNullable(row.getInteger("chapter")),
                        row.getString("status"),
                        row.getInteger("processing_attempts"),
                        Optional.ofNullable(row.getLong("duration_ms")),
                        Optional.ofNullable(row.getString("last_error")),
                        Optional.ofNullable(row.getString("left_out"))));
              }
              return parts;
            });
  }

  /** Something that happened to a job. */
  public record Event(long seq, String type, JsonObject data, OffsetDateTime at) {}

  /** What happened to the owner's job after an event, oldest first, at most 500 at a time. */
  public Future<List<Event>> events(String owner, UUID job, long after) {
    return run(
            owner,
            "SELECT seq, type, data, at FROM course_event WHERE owner_id = $1 AND job_id = $2 AND"
                + " seq > $3 ORDER BY seq LIMIT 500",
            Tuple.of(owner, job, after))
        .map(
            rows -> {
              List<Event> events = new ArrayList<>();
              for (Row row : rows) {
                events.add(
                    new Event(
                        row.getLong("seq"),
                        row.getString("type"),
                        row.getJsonObject("data"),
                        row.getOffsetDateTime("at")));
              }
              return events;
            });
  }

  /** The status of the owner's job, in one look at its key; empty when there is none. */
  public Future<Optional<String>> status(String owner, UUID job) {
    return run(
            owner,
            "SELECT status FROM course_job WHERE id = $1 AND owner_id = $2",
            Tuple.of(job, owner))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("status")));
  }

  static Optional<CourseJob> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(CourseJob.of(rows.iterator().next()));
  }

  /** A UUID in its usual form; anything else names nothing. */
  public static Optional<UUID> uuid(String text) {
    return text != null && text.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private Future<RowSet<Row>> run(String owner, String sql, Tuple parameters) {
    return OwnerScope.of(pool, owner).run(sql, parameters);
  }

  static Future<RowSet<Row>> run(
      io.vertx.sqlclient.SqlClient client, String sql, Tuple parameters) {
    return client.preparedQuery(sql).execute(parameters);
  }
}
