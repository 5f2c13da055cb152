package courses;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** How the reading of a script ends. */
final class SpeechWrites {
  private SpeechWrites() {}

  /** All pieces of a recording are there: from now on it can be played. */
  static TaskWrites spoken(TaskContext task, UUID audio, String voice, List<String> pieces) {
    JsonObject output =
        new JsonObject()
            .put("voice", voice)
            .put("pieces", pieces.size())
            .put("characters", pieces.stream().mapToInt(String::length).sum());
    return new TaskWrites(
        task,
        output,
        connection ->
            CourseJobs.run(
                    connection,
                    """
                    UPDATE course_audio a SET status = 'ready', bytes = p.bytes, duration_ms = p.millis, updated_at = now()
                    FROM (SELECT count(*) AS n, sum(bytes) AS bytes, sum(duration_ms) AS millis
                          FROM course_audio_piece WHERE audio_id = $1) p
                    WHERE a.id = $1 AND a.voice = $2 AND p.n = $3
                    """,
                    Tuple.of(audio, voice, (long) pieces.size()))
                .compose(
                    done ->
                        done.rowCount() == 1
                            ? Future.succeededFuture()
                            : Future.failedFuture("pieces of the recording are missing")));
  }

  /** No voice reads it; whoever has a script and a device can hear it all the same. */
  static TaskWrites leftToTheDevice(
      TaskContext task, String type, String language, String scriptHash) {
    return new TaskWrites(
        task,
        new JsonObject().putNull("voice"),
        connection ->
            CourseJobs.run(
                    connection,
                    "DELETE FROM course_audio WHERE course_id = $1 AND audio_type = $2",
                    Tuple.of(task.course(), type))
                .compose(
                    gone ->
                        CourseJobs.run(
                            connection,
                            "INSERT INTO course_audio (course_id, owner_id, audio_type, status,"
                                + " language, script_hash) VALUES ($1, $2, $3, 'device', $4, $5)",
                            Tuple.of(task.course(), task.owner(), type, language, scriptHash))));
  }
}
