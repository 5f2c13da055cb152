package speech;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads long texts aloud, piece by piece, all of them in the voice the first was read in: a voice
 * that fails is waited for and not replaced. Belongs to one context (a verticle's).
 */
public final class Narrator {
  private static final Logger LOG = LoggerFactory.getLogger(Narrator.class);

  private final List<Engine> engines;
  private final SpeechMetrics metrics;
  private final Map<Engine, Rest> resting = new HashMap<>();

  /**
   * @param until by {@link System#nanoTime}
   */
  private record Rest(long until, String why) {}

  /**
   * A voice that reads a language.
   *
   * @param name everything that decides how it sounds
   * @param pieceCharacters most characters of one piece
   */
  public record Voice(String name, int pieceCharacters) {}

  /** What came of one piece. */
  public sealed interface Reading {}

  /** It can be heard. */
  public record Read(Mp3Piece sound) implements Reading {}

  /** The voice can't read this piece, and never will. */
  public record Refused(String why) implements Reading {}

  /**
   * The voice is to be left alone for a while.
   *
   * @param why it failed
   */
  public record Resting(Duration rest, String why) implements Reading {}

  /**
   * @param engines in order of preference
   */
  Narrator(List<Engine> engines, SpeechMetrics metrics) {
    this.engines = List.copyOf(engines);
    this.metrics = metrics;
  }

  /**
   * The preferred voice for a language; empty when there is none.
   *
   * @param language BCP 47 tag
   * @param without names of voices that are out of the question
   */
  public Optional<Voice> voice(String language, Set<String> without) {
    return engines.stream()
        .filter(engine -> engine.speaks(language) && !without.contains(engine.voice()))
        .findFirst()
        .map(engine -> new Voice(engine.voice(), engine.pieceCharacters()));
  }

  /**
   * Reads one piece; fails when the voice fails, which may be tried again.
   *
   * @param voice one that {@link #voice} gave, on this node or another
   */
  public Future<Reading> read(String voice, String text, String language) {
    Optional<Engine> found =
        engines.stream().filter(engine -> engine.voice().equals(voice)).findFirst();
    if (found.isEmpty()) {
      return Future.succeededFuture(new Refused("no voice " + voice + " is set up here"));
    }
    Engine engine = found.get();
    String line = Wording.line(text);
    Rest rest = resting.get(engine);
    if (rest != null && rest.until() - System.nanoTime() > 0) {
      return Future.succeededFuture(
          new Resting(Duration.ofNanos(rest.until() - System.nanoTime()), rest.why()));
    }
    long begun = System.nanoTime();
    int characters = line.codePointCount(0, line.length());
    return Future.succeededFuture()
        .compose(now -> engine.speak(line, language))
        .transform(
            spoken -> {
              long nanos = System.nanoTime() - begun;
              if (spoken.succeeded()) {
                metrics.engine(engine.name(), "spoken", characters, nanos);
                return Future.succeededFuture(heard(spoken.result()));
              }
              if (spoken.cause() instanceof EngineFailure failure) {
                boolean ofText = failure.rest().isZero();
                metrics.engine(engine.name(), ofText ? "refused" : "failed", characters, nanos);
                if (ofText) {
                  return Future.succeededFuture(new Refused(failure.getMessage()));
                }
                resting.put(
                    engine,
                    new Rest(System.nanoTime() + failure.rest().toNanos(), failure.getMessage()));
                LOG.warn(
                    "speech engine {} rests for {} s in the middle of a long text: {}",
                    engine.name(),
                    failure.rest().toSeconds(),
                    failure.getMessage());
              }
              return Future.failedFuture(spoken.cause());
            });
  }

  private static Reading heard(Buffer file) {
    return Mp3Piece.of(file)
        .<Reading>map(Read::new)
        .orElseGet(() -> new Refused("what came back holds no sound"));
  }

  /**
   * A voice's name as listeners see it: where its server stands is nobody's business.
   *
   * @param voice as {@link #voice} gave it
   */
  public static String shown(String voice) {
    return voice.replaceFirst("^openai/[^/]*/", "openai/");
  }

  /** Frees what the engines hold. */
  public void close() {
    engines.forEach(Engine::close);
  }
}
