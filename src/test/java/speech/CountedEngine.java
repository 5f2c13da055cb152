package speech;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine that counts how often it is asked, and speaks as the test says. */
final class CountedEngine implements Engine {
  final AtomicInteger asked = new AtomicInteger();
  private final String name;
  private final Function<String, Future<Buffer>> speaker;

  CountedEngine(String name, Function<String, Future<Buffer>> speaker) {
    this.name = name;
    this.speaker = speaker;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String voice() {
    return name + "/1";
  }

  @Override
  public Future<Buffer> speak(String text) {
    asked.incrementAndGet();
    return speaker.apply(text);
  }
}
