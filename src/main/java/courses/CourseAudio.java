package courses;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Courses' scripts as sound: recordings, and the pieces they consist of. */
public final class CourseAudio {
  private final Pool pool;

  public CourseAudio(Pool postgres) {
    this.pool = postgres;
  }

  /** How far a script is from being heard. */
  public enum Status {
    /** Nobody asked for it. */
    SCRIPT_ONLY,
    /** It waits to be read, or is being read. */
    SPEAKING,
    READY,
    /** No voice reads the language: the listener's own device does. */
    DEVICE,
    FAILED
  }

  /**
   * How a script of a course can be heard.
   *
   * @param owner whose course it is
   * @param type {@code short_podcast} or {@code full_lecture}
   * @param id of the recording; null while there is none
   * @param bytes of the whole file, {@code millis} how long it is: 0 unless it is ready
   * @param voice null unless it is ready
   * @param linkKey signs the addresses it is played by; null while there is no recording
   */
  public record Recording(
      String owner,
      String type,
      UUID id,
      Status status,
      String voice,
      long bytes,
      long millis,
      Instant updatedAt,
      Buffer linkKey) {}

  /** A recording that is begun, with the pieces that are there already. */
  record Begun(UUID id, Set<Integer> done) {}

  /** A piece's place in the file. */
  public record Piece(int ordinal, int bytes) {}

  /**
   * What is known of the owner's course's scripts, by type.
   *
   * @param course its id
   */
  public Future<Map<String, Recording>> ofCourse(String owner, UUID course) {
    return OwnerScope.of(pool, owner)
        .run(
            """
            SELECT i.owner_id, i.data ->> 'kind' AS type, a.id, a.status, a.voice, a.bytes, a.duration_ms, a.updated_at, a.link_key, t.status AS task
            FROM course_item i
            LEFT JOIN course_audio a ON a.course_id = i.course_id AND a.audio_type = i.data ->> 'kind'
            LEFT JOIN LATERAL (SELECT status FROM course_task t WHERE t.course_id = i.course_id
                AND t.part = 'speech:' || (i.data ->> 'kind') ORDER BY t.id DESC LIMIT 1) t ON true
            WHERE i.owner_id = $1 AND i.course_id = $2 AND i.kind = 'audio'
            """,
            Tuple.of(owner, course))
        .map(
            rows -> {
              Map<String, Recording> recordings = new HashMap<>();
              rows.forEach(row -> recordings.put(row.getString("type"), recording(row)));
              return recordings;
            });
  }

  private static Recording recording(Row row) {
    String stored = row.getString("status");
    String task = row.getString("task");
    Status status =
        "ready".equals(stored)
            ? Status.READY
            : "device".equals(stored)
                ? Status.DEVICE
                : task == null
                    ? Status.SCRIPT_ONLY
                    : List.of("failed", "skipped", "cancelled").contains(task)
                        ? Status.FAILED
                        : Status.SPEAKING;
    boolean ready = status == Status.READY;
    return new Recording(
        row.getString("owner_id"),
        row.getString("type"),
        row.getUUID("id"),
        status,
        ready ? row.getString("voice") : null,
        ready ? row.getLong("bytes") : 0,
        ready ? row.getLong("duration_ms") : 0,
        row.getOffsetDateTime("updated_at") == null
            ? null
            : row.getOffsetDateTime("updated_at").toInstant(),
        row.getBuffer("link_key"));
  }

  /**
   * A recording that can be played, whoever asks: the address is the permission, see {@link
   * AudioLink}.
   */
  public Future<Optional<Recording>> playable(UUID id) {
    return CourseJobs.run(
            pool,
            "SELECT owner_id, audio_type AS type, id, status, voice, bytes, duration_ms,"
                + " updated_at, link_key, NULL::text AS task FROM course_audio WHERE id = $1 AND"
                + " status = 'ready'",
            Tuple.of(id))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(recording(rows.iterator().next())));
  }

  /** The pieces of the owner's recording in order. */
  public Future<List<Piece>> pieces(String owner, UUID id) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT ordinal, bytes FROM course_audio_piece WHERE audio_id = $1 ORDER BY ordinal",
            Tuple.of(id))
        .map(
            rows -> {
              List<Piece> pieces = new ArrayList<>(rows.size());
              rows.forEach(
                  row -> pieces.add(new Piece(row.getInteger("ordinal"), row.getInteger("bytes"))));
              return pieces;
            });
  }

  /**
   * Some bytes of a piece.
   *
   * @param from offset of the first one
   * @param count how many, 1 or more
   */
  public Future<Buffer> content(String owner, UUID id, int ordinal, int from, int count) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT substring(content FROM $3 FOR $4) AS content FROM course_audio_piece WHERE"
                + " audio_id = $1 AND ordinal = $2",
            Tuple.of(id, ordinal, from + 1, count))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture("the recording was removed while it was played")
                    : Future.succeededFuture(rows.iterator().next().getBuffer("content")));
  }

  /** The voice in which a recording of this very script was begun. */
  static Future<Optional<String>> begunIn(
      OwnerScope scope, UUID course, String type, String scriptHash) {
    return scope
        .run(
            "SELECT voice FROM course_audio WHERE course_id = $1 AND audio_type = $2 AND"
                + " script_hash = $3 AND voice IS NOT NULL",
            Tuple.of(course, type, scriptHash))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("voice")));
  }

  /**
   * Begins a recording, or goes on with the one of this script in this voice; pieces of another one
   * are of no use and go.
   */
  static Future<Begun> begin(
      OwnerScope scope,
      UUID course,
      String owner,
      String type,
      String language,
      String scriptHash,
      String voice) {
    return scope.transaction(
        connection ->
            CourseJobs.run(
                    connection,
                    """
                    WITH other AS (DELETE FROM course_audio_piece p USING course_audio a
                      WHERE a.id = p.audio_id AND a.course_id = $1 AND a.audio_type = $3
                        AND (a.script_hash <> $5 OR a.voice IS DISTINCT FROM $6))
                    INSERT INTO course_audio (course_id, owner_id, audio_type, status, language, script_hash, voice)
                    VALUES ($1, $2, $3, 'speaking', $4, $5, $6)
                    ON CONFLICT (course_id, audio_type) DO UPDATE SET status = 'speaking', language = excluded.language,
                        script_hash = excluded.script_hash, voice = excluded.voice, bytes = NULL, duration_ms = NULL, updated_at = now()
                    RETURNING id
                    """,
                    Tuple.of(course, owner, type, language, scriptHash, voice))
                .compose(
                    made -> {
                      UUID id = made.iterator().next().getUUID("id");
                      return CourseJobs.run(
                              connection,
                              "SELECT ordinal FROM course_audio_piece WHERE audio_id = $1",
                              Tuple.of(id))
                          .map(rows -> new Begun(id, ordinals(rows)));
                    }));
  }

  private static Set<Integer> ordinals(RowSet<Row> rows) {
    Set<Integer> ordinals = new HashSet<>();
    rows.forEach(row -> ordinals.add(row.getInteger("ordinal")));
    return ordinals;
  }

  /**
   * Whether a piece is still wanted: its recording is being made, in this voice, and does not have
   * it.
   *
   * @param task that makes the recording
   */
  public Future<Boolean> wanted(long task, UUID id, int ordinal, String voice) {
    return OwnerScope.ofTask(pool, task)
        .run(
            "SELECT FROM course_audio a WHERE a.id = $1 AND a.voice = $3 AND a.status = 'speaking'"
                + " AND NOT EXISTS (SELECT FROM course_audio_piece p WHERE p.audio_id = a.id AND"
                + " p.ordinal = $2)",
            Tuple.of(id, ordinal, voice))
        .map(rows -> rows.size() == 1);
  }

  /**
   * Stores a piece, unless it is there or its recording is no longer made in this voice.
   *
   * @param task that makes the recording
   */
  public Future<Void> add(
      long task, UUID id, int ordinal, String voice, Buffer content, long millis) {
    return OwnerScope.ofTask(pool, task)
        .run(
            "INSERT INTO course_audio_piece (audio_id, ordinal, owner_id, content, duration_ms)"
                + " SELECT a.id, $2, a.owner_id, $4, $5 FROM course_audio a WHERE a.id = $1 AND"
                + " a.voice = $3 AND a.status = 'speaking' ON CONFLICT DO NOTHING",
            Tuple.of(id, ordinal, voice, content, (int) millis))
        .mapEmpty();
  }
}
