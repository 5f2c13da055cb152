package courses;

import courses.content.AudioScript;
import courses.content.Content;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import work.Running;

/**
 * Has a script read aloud: piece after piece in one voice, each stored when it is there, so that
 * whoever goes on after a crash asks only for the missing ones. A voice that fails fails the task;
 * where no voice reads the language, the listener's device is left to do it.
 */
final class CourseSpeech {
  /** How long a node that reads aloud may take to come up before nobody is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(CourseSpeech.class);

  private final CourseVoices voices;
  private final Duration patience;

  CourseSpeech(CourseVoices voices) {
    this(voices, PATIENCE);
  }

  /**
   * @param patience how long to wait for somebody who reads aloud
   */
  CourseSpeech(CourseVoices voices, Duration patience) {
    this.voices = voices;
    this.patience = patience;
  }

  /** There is nothing wrong, but the task is better looked at later. */
  static final class Later extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Duration after;

    Later(Duration after, String why) {
      super(why, null, false, false);
      this.after = after;
    }

    Duration after() {
      return after;
    }
  }

  /** What is to be stored at the task's end. */
  Future<TaskWrites> read(TaskContext task, Running running) {
    String type = task.input().getString("kind");
    return script(task, type)
        .compose(
            script -> {
              String hash = CourseRequest.sha256(script);
              return CourseAudio.begunIn(task.rows(), task.course(), type, hash)
                  .compose(
                      begun ->
                          voice(task.brief().targetLanguage(), begun, Set.of())
                              .compose(
                                  voice -> read(task, running, script, hash, voice, Set.of())));
            })
        .recover(failure -> nobody(task, type, failure));
  }

  /**
   * The voice it was begun in as long as that is to be had: paid pieces of it are there already.
   */
  private Future<Optional<CourseVoices.Voice>> voice(
      String language, Optional<String> begun, Set<String> refused) {
    return voices
        .voice(language, refused)
        .compose(
            best -> {
              if (best.isEmpty() || begun.isEmpty() || best.get().name().equals(begun.get())) {
                return Future.succeededFuture(best);
              }
              Set<String> without = new HashSet<>(refused);
              without.add(best.get().name());
              return voice(language, begun, without)
                  .map(
                      other ->
                          other.filter(one -> one.name().equals(begun.get())).isPresent()
                              ? other
                              : best);
            });
  }

  private Future<TaskWrites> read(
      TaskContext task,
      Running running,
      String script,
      String hash,
      Optional<CourseVoices.Voice> found,
      Set<String> refused) {
    String type = task.input().getString("kind");
    String language = task.brief().targetLanguage();
    if (found.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("course", task.course())
          .log("no voice reads a script in {}: the listener's device is to", language);
      return Future.succeededFuture(SpeechWrites.leftToTheDevice(task, type, language, hash));
    }
    CourseVoices.Voice voice = found.get();
    List<String> pieces = ScriptPieces.of(script, language, voice.pieceCharacters());
    if (pieces.isEmpty()) {
      return Future.succeededFuture(SpeechWrites.leftToTheDevice(task, type, language, hash));
    }
    return CourseAudio.begin(
            task.rows(), task.course(), task.owner(), type, language, hash, voice.name())
        .compose(
            begun ->
                all(task, begun, pieces, voice, running, 0)
                    .map(done -> SpeechWrites.spoken(task, begun.id(), voice.name(), pieces)))
        .recover(
            failure -> {
              if (!(failure instanceof CourseVoices.Refused)) {
                return Future.failedFuture(failure);
              }
              LOG.atInfo()
                  .addKeyValue("course", task.course())
                  .log("the voice {} won't read a script: {}", voice.name(), failure.getMessage());
              Set<String> without = new HashSet<>(refused);
              without.add(voice.name());
              return voice(language, Optional.empty(), without)
                  .compose(next -> read(task, running, script, hash, next, without));
            });
  }

  private Future<Void> all(
      TaskContext task,
      CourseAudio.Begun begun,
      List<String> pieces,
      CourseVoices.Voice voice,
      Running running,
      int ordinal) {
    if (ordinal == pieces.size()) {
      return Future.succeededFuture();
    }
    if (running.lost()) {
      return Future.failedFuture("the task was taken away");
    }
    if (ordinal % 5 == 0) {
      running.progress(
          new JsonObject().put("pieces", pieces.size()).put("spoken", begun.done().size()));
    }
    if (begun.done().contains(ordinal)) {
      return all(task, begun, pieces, voice, running, ordinal + 1);
    }
    return voices
        .read(
            task.id(),
            begun.id(),
            ordinal,
            voice.name(),
            pieces.get(ordinal),
            task.brief().targetLanguage())
        .compose(
            done -> {
              begun.done().add(ordinal);
              return all(task, begun, pieces, voice, running, ordinal + 1);
            });
  }

  private Future<TaskWrites> nobody(TaskContext task, String type, Throwable failure) {
    if (failure instanceof CourseVoices.Resting resting
        && resting.rest().compareTo(LONGEST_REST) <= 0) {
      return Future.failedFuture(new Later(resting.rest(), failure.getMessage()));
    }
    if (!(failure instanceof CourseVoices.Nobody)) {
      return Future.failedFuture(failure);
    }
    return task.rows()
        .run("SELECT ready_at FROM course_task WHERE id = $1", Tuple.of(task.id()))
        .compose(
            rows -> {
              OffsetDateTime ready =
                  rows.size() == 0 ? null : rows.iterator().next().getOffsetDateTime("ready_at");
              boolean waited = ready == null || ready.plus(patience).isBefore(OffsetDateTime.now());
              return waited
                  ? script(task, type)
                      .map(
                          script ->
                              SpeechWrites.leftToTheDevice(
                                  task,
                                  type,
                                  task.brief().targetLanguage(),
                                  CourseRequest.sha256(script)))
                  : Future.failedFuture(new Later(LOOK_AGAIN, failure.getMessage()));
            });
  }

  private static Future<String> script(TaskContext task, String type) {
    return task.rows()
        .run(
            "SELECT data FROM course_item WHERE course_id = $1 AND part = $2 ORDER BY order_index"
                + " LIMIT 1",
            Tuple.of(task.course(), "audio:" + type))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture("the script of " + type + " is not there")
                    : Future.succeededFuture(
                        Content.read(
                                AudioScript.class, rows.iterator().next().getJsonObject("data"))
                            .script()));
  }
}
