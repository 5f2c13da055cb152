package lessons;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import transcripts.AudioPart;

/**
 * Lessons and their transcripts in Postgres. Who may work on a lesson, and when, is the work
 * engine's business; the {@code write*} methods belong inside its transactions.
 */
public final class LessonStore {
  private final Pool pool;

  public LessonStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * What opening a lesson found.
   *
   * @param existed true when somebody had opened it before: then nothing was written
   */
  public record Opened(Lesson lesson, boolean existed) {}

  /**
   * Opens a lesson, or finds the one that class, date and start time already have: two simultaneous
   * calls make one row.
   */
  public Future<Opened> open(NewLesson lesson) {
    return openAll(List.of(lesson))
        .compose(
            inserted ->
                pool.preparedQuery(
                        "SELECT "
                            + Lesson.COLUMNS
                            + " FROM zoom_summaries z WHERE z.class_id = $1 AND z.meeting_date = $2"
                            + " AND z.start_time = $3")
                    .execute(Tuple.of(lesson.classId(), lesson.date(), lesson.startTime()))
                    .map(
                        rows -> new Opened(Lesson.of(rows.iterator().next()), inserted.isEmpty())));
  }

  /**
   * Opens many lessons in one statement.
   *
   * @return ids of the rows that are new; lessons that were there already are left as they are
   */
  public Future<List<Long>> openAll(List<NewLesson> lessons) {
    int n = lessons.size();
    var columns = new String[9][n];
    var dates = new LocalDate[n];
    var numbers = new Integer[n];
    for (int i = 0; i < n; i++) {
      NewLesson lesson = lessons.get(i);
      columns[0][i] = lesson.classId();
      dates[i] = lesson.date();
      columns[1][i] = lesson.startTime();
      columns[2][i] = lesson.endTime();
      columns[3][i] = lesson.userId();
      columns[4][i] = lesson.teacherId();
      columns[5][i] = lesson.teacherEmail();
      columns[6][i] = lesson.meetingId().orElse(null);
      columns[7][i] = lesson.topic();
      numbers[i] = lesson.lessonNumber();
      columns[8][i] = lesson.openedBy();
    }
    return pool.preparedQuery(
            """
            INSERT INTO zoom_summaries (class_id, meeting_date, start_time, end_time, user_id, teacher_id, teacher_email,
                                        meeting_id, meeting_topic, lesson_number, opened_by, status, stage, due_at)
            SELECT l.*, 'pending', 'fetch', now()
            FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                        $10::int[], $11::text[]) AS l
            ON CONFLICT (class_id, meeting_date, start_time) WHERE start_time IS NOT NULL DO NOTHING
            RETURNING id
            """)
        .execute(
            Tuple.from(
                List.of(
                    columns[0],
                    dates,
                    columns[1],
                    columns[2],
                    columns[3],
                    columns[4],
                    columns[5],
                    columns[6],
                    columns[7],
                    numbers,
                    columns[8])))
        .map(rows -> list(rows, row -> row.getLong("id")));
  }

  /**
   * What somebody brings for a lesson.
   *
   * @param seconds how long the recording is
   */
  public record Delivery(
      Optional<String> transcript,
      Optional<String> transcriptUrl,
      JsonArray recordingUrls,
      Optional<Integer> seconds) {}

  /** Adds it to a lesson that has no transcript yet; one that has is left as it is. */
  public Future<Void> deliver(long id, Delivery delivery) {
    return pool.preparedQuery(
            """
            UPDATE zoom_summaries SET
              transcript = coalesce($2, transcript),
              transcript_source = CASE WHEN $2::text IS NULL THEN transcript_source ELSE 'workflow' END,
              transcript_length = coalesce(length($2), transcript_length),
              transcript_url = coalesce($3, transcript_url),
              recording_urls = CASE WHEN $4::jsonb = '[]'::jsonb THEN recording_urls ELSE $4::jsonb END,
              duration = coalesce($5, duration),
              last_error = CASE WHEN $2::text IS NULL THEN last_error END,
              next_retry_at = CASE WHEN $2::text IS NULL THEN next_retry_at END,
              status = CASE WHEN $2::text IS NULL THEN status ELSE 'awaiting_exercises' END,
              updated_at = now()
            WHERE id = $1 AND stage = 'fetch' AND transcript_original IS NULL
            """)
        .execute(
            Tuple.of(
                id,
                delivery.transcript().orElse(null),
                delivery.transcriptUrl().orElse(null),
                delivery.recordingUrls(),
                delivery.seconds().orElse(null)))
        .mapEmpty();
  }

  public Future<Optional<Lesson>> find(long id) {
    return pool.preparedQuery("SELECT " + Lesson.COLUMNS + " FROM zoom_summaries z WHERE z.id = $1")
        .execute(Tuple.of(id))
        .map(rows -> first(rows, Lesson::of));
  }

  /** The lesson that a recording was already used for, when it is another than {@code id}. */
  public Future<Optional<Long>> recordingTaken(String recordingName, long id) {
    return pool.preparedQuery(
            "SELECT id FROM zoom_summaries WHERE recording_name = $1 AND id <> $2")
        .execute(Tuple.of(recordingName, id))
        .map(rows -> first(rows, row -> row.getLong("id")));
  }

  /** A lesson whose time has not come yet. */
  public record Waiting(long id, String classId) {}

  /**
   * Lessons of a stage that nobody holds and that are due later, the longest waiting first; at most
   * {@code limit}.
   */
  public Future<List<Waiting>> waiting(String stage, int limit) {
    return pool.preparedQuery(
            """
            SELECT id, class_id FROM zoom_summaries
            WHERE stage = $1 AND due_at > now() AND status <> 'processing' AND class_id IS NOT NULL ORDER BY id LIMIT $2
            """)
        .execute(Tuple.of(stage, limit))
        .map(rows -> list(rows, row -> new Waiting(row.getLong("id"), row.getString("class_id"))));
  }

  /** A lesson that a recording may belong to; {@code held} while a worker has it. */
  public record Concerned(long id, boolean held) {}

  /**
   * Lessons of stage fetch that a meeting's recording may belong to: those with its id, and those
   * without any of the same teacher within a day.
   *
   * @param day of the meeting in UTC
   */
  public Future<List<Concerned>> awaiting(
      String meetingUuid, String meetingNumber, String teacherEmail, Optional<LocalDate> day) {
    return pool.preparedQuery(
            """
            SELECT id, status = 'processing' AS held FROM zoom_summaries
            WHERE stage = 'fetch' AND due_at IS NOT NULL
              AND (meeting_id = $1 OR ($2 <> '' AND regexp_replace(meeting_id, '[\\s-]', '', 'g') = $2)
                   OR (coalesce(meeting_id, '') = '' AND $3 <> '' AND lower(teacher_email) = $3
                       AND ($4::date IS NULL OR meeting_date BETWEEN $4::date - 1 AND $4::date + 1)))
            ORDER BY id LIMIT 500
            """)
        .execute(Tuple.of(meetingUuid, meetingNumber, teacherEmail, day.orElse(null)))
        .map(rows -> list(rows, row -> new Concerned(row.getLong("id"), row.getBoolean("held"))));
  }

  /** Lessons of a stage that wait for a later time, the longest waiting first. */
  public Future<List<Lesson>> waitingLessons(String stage, int limit) {
    return pool.preparedQuery(
            "SELECT "
                + Lesson.COLUMNS
                + " FROM zoom_summaries z WHERE z.stage = $1 AND z.due_at > now() AND z.status <>"
                + " 'processing' ORDER BY z.id LIMIT $2")
        .execute(Tuple.of(stage, limit))
        .map(rows -> list(rows, Lesson::of));
  }

  /** Other lessons of a teacher on the days around one. */
  public Future<List<Lesson>> others(long id, String teacherEmail, LocalDate day) {
    return pool.preparedQuery(
            "SELECT "
                + Lesson.COLUMNS
                + " FROM zoom_summaries z WHERE z.id <> $1 AND lower(z.teacher_email) = lower($2)"
                + " AND z.meeting_date BETWEEN $3::date - 1 AND $3::date + 1 LIMIT 200")
        .execute(Tuple.of(id, teacherEmail, day))
        .map(rows -> list(rows, Lesson::of));
  }

  /** Those of these lessons that have not been transcribed yet. */
  public Future<Set<Long>> untranscribed(Set<Long> ids) {
    return pool.preparedQuery(
            """
            SELECT id FROM zoom_summaries
            WHERE id = ANY($1) AND stage IN ('fetch', 'transcribe') AND status <> 'completed'
            """)
        .execute(Tuple.of(ids.toArray(new Long[0])))
        .map(rows -> Set.copyOf(list(rows, row -> row.getLong("id"))));
  }

  /** A class's lessons of these days, both included. */
  public Future<List<Lesson>> ofClass(String classId, LocalDate from, LocalDate to) {
    return pool.preparedQuery(
            "SELECT "
                + Lesson.COLUMNS
                + " FROM zoom_summaries z WHERE z.class_id = $1 AND z.meeting_date BETWEEN $2 AND"
                + " $3 ORDER BY z.id LIMIT 200")
        .execute(Tuple.of(classId, from, to))
        .map(rows -> list(rows, Lesson::of));
  }

  /** When a lesson's recording was first seen; from now on, when it was not seen before. */
  public Future<Instant> recordingSeen(long id) {
    return pool.preparedQuery(
            """
            UPDATE zoom_summaries
            SET processing_metadata = jsonb_set(coalesce(processing_metadata, '{}'::jsonb), '{recording_seen_at}',
                  coalesce(processing_metadata -> 'recording_seen_at', to_jsonb(extract(epoch FROM now()))))
            WHERE id = $1 RETURNING (processing_metadata ->> 'recording_seen_at')::float8 AS seen
            """)
        .execute(Tuple.of(id))
        .map(
            rows ->
                first(rows, row -> Instant.ofEpochMilli((long) (row.getDouble("seen") * 1_000)))
                    .orElseGet(Instant::now));
  }

  /** Keeps what was uncertain about the choice of a recording, for people who look into it. */
  public static Future<?> writeWarnings(SqlClient connection, long id, List<String> warnings) {
    return warnings.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(
                """
                UPDATE zoom_summaries
                SET processing_metadata = coalesce(processing_metadata, '{}'::jsonb) || jsonb_build_object('recording_warnings', $2::jsonb)
                WHERE id = $1
                """)
            .execute(Tuple.of(id, new JsonArray(warnings)));
  }

  /** The lesson together with its texts. */
  public Future<Optional<TranscriptRow>> transcript(long id) {
    return transcripts("WHERE z.id = $1", Tuple.of(id));
  }

  /** The newest lesson that fits, with its texts. */
  public Future<Optional<TranscriptRow>> newest(LessonKey key) {
    return transcripts(
        """
        WHERE z.user_id = $1 AND z.teacher_id = $2 AND z.class_id = $3 AND z.meeting_date = $4
          AND ($5::text IS NULL OR z.meeting_time = $5 OR z.start_time = $5)
          AND ($6::text IS NULL OR coalesce(z.start_time, z.meeting_time) >= $6)
          AND ($7::text IS NULL OR coalesce(z.start_time, z.meeting_time) <= $7)
        ORDER BY z.created_at DESC, z.id DESC LIMIT 1
        """,
        Tuple.from(
            java.util.Arrays.asList(
                key.userId(),
                key.teacherId(),
                key.classId(),
                key.date(),
                key.meetingTime().orElse(null),
                key.from().orElse(null),
                key.to().orElse(null))));
  }

  private Future<Optional<TranscriptRow>> transcripts(String where, Tuple arguments) {
    return pool.preparedQuery(
            "SELECT "
                + Lesson.COLUMNS
                + ", z.transcript, z.transcript_original, z.utterances FROM zoom_summaries z "
                + where)
        .execute(arguments)
        .map(rows -> first(rows, LessonStore::transcriptRow));
  }

  private static TranscriptRow transcriptRow(Row row) {
    Optional<JsonArray> utterances = Optional.ofNullable(row.getJsonArray("utterances"));
    Optional<String> stored = Lesson.text(row, "transcript").filter(text -> !text.isBlank());
    return new TranscriptRow(
        Lesson.of(row),
        Lesson.text(row, "transcript_original").or(() -> stored),
        utterances.isPresent() ? stored : Optional.empty(),
        utterances);
  }

  /**
   * Lessons that fit, newest first.
   *
   * @param page from 1
   * @param limit 1 to 100
   */
  public Future<Page<Lesson>> list(LessonFilter filter, int page, int limit) {
    String where =
        """
         FROM zoom_summaries z
        WHERE ($1::text IS NULL OR z.class_id = $1) AND ($2::text IS NULL OR z.user_id = $2)
          AND ($3::text IS NULL OR z.teacher_id = $3) AND ($4::text IS NULL OR z.status = $4)
          AND ($5::date IS NULL OR z.meeting_date = $5)
        """;
    List<Object> arguments =
        new ArrayList<>(
            java.util.Arrays.asList(
                filter.classId().orElse(null),
                filter.userId().orElse(null),
                filter.teacherId().orElse(null),
                filter.status().orElse(null),
                filter.date().orElse(null)));
    Future<Long> total =
        pool.preparedQuery("SELECT count(*) AS total" + where)
            .execute(Tuple.from(arguments))
            .map(rows -> rows.iterator().next().getLong("total"));
    List<Object> paged = new ArrayList<>(arguments);
    paged.add(limit);
    paged.add((page - 1L) * limit);
    Future<List<Lesson>> rows =
        pool.preparedQuery(
                "SELECT " + Lesson.COLUMNS + where + " ORDER BY z.id DESC LIMIT $6 OFFSET $7")
            .execute(Tuple.from(paged))
            .map(found -> list(found, Lesson::of));
    return Future.all(total, rows).map(both -> new Page<>(rows.result(), total.result()));
  }

  /**
   * Keeps a recording's transcript as it was received. Part of a stage's transaction, which fails
   * when another lesson has taken the same recording meanwhile.
   */
  public static Future<?> writeOriginal(
      SqlClient connection, long id, String text, String source, String recordingName) {
    return connection
        .preparedQuery(
            """
            UPDATE zoom_summaries SET transcript_original = $2, transcript_source = $3, recording_name = $4, utterances = NULL
            WHERE id = $1
            """)
        .execute(Tuple.of(id, withoutNul(text), source, recordingName));
  }

  /** The files of the lesson's sound, in order; empty when there is none. */
  public Future<List<AudioPart>> audio(long id) {
    return pool.preparedQuery(
            """
            SELECT audio_path, coalesce(audio_bytes, 0) AS audio_bytes, coalesce(audio_type, '') AS audio_type, audio_parts
            FROM zoom_summaries WHERE id = $1 AND audio_path IS NOT NULL
            """)
        .execute(Tuple.of(id))
        .map(rows -> first(rows, LessonStore::audioParts).orElse(List.of()));
  }

  private static List<AudioPart> audioParts(Row row) {
    JsonArray parts = row.getJsonArray("audio_parts");
    if (parts == null || parts.isEmpty()) {
      return List.of(
          new AudioPart(
              row.getString("audio_path"),
              row.getLong("audio_bytes"),
              row.getString("audio_type"),
              Duration.ZERO));
    }
    return parts.stream().map(JsonObject.class::cast).map(AudioPart::fromJson).toList();
  }

  /**
   * Keeps where a recording's sound lies. Part of a stage's transaction, which fails when another
   * lesson has taken the same recording meanwhile.
   *
   * @param parts in order, at least one
   */
  public static Future<?> writeAudio(
      SqlClient connection, long id, List<AudioPart> parts, String recordingName) {
    AudioPart first = parts.get(0);
    JsonArray all = new JsonArray();
    parts.forEach(part -> all.add(part.toJson()));
    return connection
        .preparedQuery(
            """
            UPDATE zoom_summaries SET audio_path = $2, audio_bytes = $3, audio_type = $4, audio_parts = $5, recording_name = $6
            WHERE id = $1
            """)
        .execute(Tuple.of(id, first.path(), first.bytes(), first.type(), all, recordingName));
  }

  /**
   * Keeps what a speech service heard, as the lesson's original. Part of a stage's transaction.
   *
   * @param service its name, a {@code transcript_source}
   */
  public static Future<?> writeHeard(SqlClient connection, long id, String text, String service) {
    return connection
        .preparedQuery(
            """
            UPDATE zoom_summaries SET transcript_original = $2, transcript_source = $3, transcription_service = $3
            WHERE id = $1
            """)
        .execute(Tuple.of(id, withoutNul(text), service));
  }

  /**
   * Keeps a cleaned transcript; the original stays beside it. Part of a stage's transaction.
   *
   * @param details what the reader found (format, cue count, who is who, warnings): {@code
   *     transcription_metadata}
   */
  public static Future<?> writeTranscript(
      SqlClient connection,
      long id,
      String text,
      JsonArray utterances,
      long durationMillis,
      JsonObject details) {
    return connection
        .preparedQuery(
            """
            UPDATE zoom_summaries
            SET transcript_original = coalesce(transcript_original, transcript), transcript = $2, utterances = $3,
                transcript_length = length($2), duration = CASE WHEN $4::int > 0 THEN $4::int ELSE duration END,
                transcription_metadata = $5, transcription_completed_at = now(), transcript_source = coalesce(transcript_source, 'unknown')
            WHERE id = $1
            """)
        .execute(Tuple.of(id, text, utterances, (int) (durationMillis / 1000), details));
  }

  /**
   * Postgres text holds everything but U+0000; an original with it would otherwise fail at every
   * retry.
   */
  private static String withoutNul(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  static <T> List<T> list(RowSet<Row> rows, java.util.function.Function<Row, T> mapping) {
    List<T> out = new ArrayList<>(rows.size());
    rows.forEach(row -> out.add(mapping.apply(row)));
    return out;
  }

  static <T> Optional<T> first(RowSet<Row> rows, java.util.function.Function<Row, T> mapping) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(mapping.apply(iterator.next())) : Optional.empty();
  }
}
