package work;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a faulty observer from harming the work. */
final class Observers {
  private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

  private final WorkObserver observer;

  Observers(WorkObserver observer) {
    this.observer = observer;
  }

  void tell(Consumer<WorkObserver> event) {
    try {
      event.accept(observer);
    } catch (RuntimeException e) {
      LOG.warn("a work observer failed; the work is not affected", e);
    }
  }
}
