package zoom;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Lets one call run and everybody who comes meanwhile have its answer. Safe for several threads.
 */
final class SingleFlight<T> {
  private final AtomicReference<Future<T>> flying = new AtomicReference<>();

  Future<T> run(Supplier<Future<T>> call) {
    Promise<T> promise = Promise.promise();
    Future<T> mine = promise.future();
    Future<T> other = flying.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    Future<T> result;
    try {
      result = call.get();
    } catch (RuntimeException e) {
      result = Future.failedFuture(e);
    }
    result.onComplete(
        done -> {
          flying.set(null);
          promise.handle(done);
        });
    return mine;
  }
}
