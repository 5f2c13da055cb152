package transcripts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A service that listens to a recording. It works in steps, because its job may outlast the
 * process: what it must remember is stored before it goes on, and any node can take the next step.
 */
public interface SpeechToText {
  /** Lower case; {@code transcript_source} of the contract. */
  String service();

  /** Whether its minutes cost money. */
  boolean paid();

  /**
   * Takes the next step.
   *
   * @param memory what earlier steps stored
   * @return fails with {@link outbound.Failure}
   */
  Future<Step> advance(Sound sound, Memory memory);

  /** Frees what it holds. */
  void close();

  /**
   * A file of sound.
   *
   * @param lessonId whose it is
   * @param type its media type
   * @param seconds how long it lasts, an estimate where the file does not say
   */
  record Sound(long lessonId, Path file, long bytes, String type, long seconds) {}

  /** What a service's job has stored. */
  interface Memory {
    /** As it was stored last; empty before. Changes count only once {@link #save}d. */
    JsonObject state();

    /**
     * Stores it; {@code job_id} is also shown to operators.
     *
     * @return fails when it could not be stored: then nothing may be done that costs money
     */
    Future<Void> save(JsonObject state);

    /** Tells how far the job is; may get lost. */
    void report(JsonObject progress);
  }

  /** Where a job stands. */
  sealed interface Step {}

  /** The service is at it. */
  record Working(Duration lookAgain, String reason) implements Step {}

  /** It is done. */
  record Done(Recognised recognised) implements Step {}

  /**
   * What a service heard.
   *
   * @param model which it used
   * @param language as the service calls it, if it says
   * @param millis how long the sound is
   */
  record Recognised(String model, Optional<String> language, long millis, List<Heard> utterances) {
    public Recognised {
      utterances = List.copyOf(utterances);
    }

    /** The stored form, which {@link TranscriptReader} reads: times in milliseconds. */
    public JsonObject toJson() {
      JsonArray turns = new JsonArray();
      utterances.forEach(
          turn ->
              turns.add(
                  new JsonObject()
                      .put("speaker", turn.speaker())
                      .put("start", turn.startMillis())
                      .put("end", turn.endMillis())
                      .put("text", turn.text())));
      JsonObject json =
          new JsonObject().put("model", model).put("duration", millis).put("utterances", turns);
      language.ifPresent(code -> json.put("language", code));
      return json;
    }

    /** Reads {@link #toJson} back; words are not stored. */
    static Recognised fromJson(JsonObject json) {
      return new Recognised(
          json.getString("model", ""),
          Optional.ofNullable(json.getString("language")),
          json.getLong("duration", 0L),
          json.getJsonArray("utterances").stream()
              .map(JsonObject.class::cast)
              .map(
                  turn ->
                      new Heard(
                          turn.getString("speaker"),
                          turn.getLong("start"),
                          turn.getLong("end"),
                          turn.getString("text"),
                          List.of()))
              .toList());
    }
  }

  /**
   * What one voice said without a break.
   *
   * @param speaker the service's label, good within this file only; empty when it tells no voices
   *     apart
   * @param startMillis from the file's beginning
   * @param words may be empty
   */
  record Heard(String speaker, long startMillis, long endMillis, String text, List<Word> words) {
    public Heard {
      words = List.copyOf(words);
    }
  }

  /** A word with its time. */
  record Word(String text, long startMillis, long endMillis) {}
}
