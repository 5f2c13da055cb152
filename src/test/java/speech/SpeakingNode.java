package speech;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import lessons.LessonDatabases;

/** One node's synthesizer on the context it belongs to, with files of its own. */
final class SpeakingNode {
  static final int MAX_CHARACTERS = 60;

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AudioLibrary library;
  private final Context context;
  private final Synthesizer synthesizer;

  SpeakingNode(
      LessonDatabases databases, Path files, int concurrency, int queue, Engine... engines) {
    AudioStore store = new AudioStore(databases.mysql);
    SpeechMetrics metrics = new SpeechMetrics(registry);
    context = databases.vertx.getOrCreateContext();
    library = new AudioLibrary(databases.vertx, store, files);
    EngineChain chain = new EngineChain(List.of(engines), store, library, metrics);
    synthesizer = new Synthesizer(chain, MAX_CHARACTERS, concurrency, queue, metrics);
  }

  Future<Audio> ask(String text) {
    Promise<Audio> promise = Promise.promise();
    context.runOnContext(go -> synthesizer.speak(text).onComplete(promise));
    return promise.future();
  }

  Audio speak(String text) {
    return LessonDatabases.await(ask(text));
  }

  double requests(String answer) {
    return registry.counter("lessonweave.speech.requests", "answer", answer).count();
  }

  Buffer content(Audio audio) {
    return LessonDatabases.await(library.content(audio.id())).orElseThrow();
  }
}
