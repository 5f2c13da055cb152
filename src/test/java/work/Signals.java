package work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what a worker says it did, for tests to wait on. */
final class Signals implements WorkObserver {
  final AtomicInteger claims = new AtomicInteger();
  final AtomicInteger claimed = new AtomicInteger();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  /** Waits for the next event that begins with {@code start}, passing over others, and gives it. */
  String await(String start) {
    try {
      while (true) {
        String event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("no '" + start + "' within 20 s, but " + seen);
        }
        seen.add(event);
        if (event.startsWith(start)) {
          return event;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until each of {@code starts} has come, in any order, passing over others. */
  void awaitAll(String... starts) {
    List<String> open = new ArrayList<>(List.of(starts));
    while (!open.isEmpty()) {
      String event = await("");
      open.removeIf(event::startsWith);
    }
  }

  /** All events up to now. */
  List<String> all() {
    events.drainTo(seen);
    return List.copyOf(seen);
  }

  @Override
  public void claimed(Stage stage, int count) {
    claims.incrementAndGet();
    claimed.addAndGet(count);
  }

  @Override
  public void settled(Lease lease, String kind, Duration took) {
    events.add("settled " + kind + " " + lease.id());
  }

  @Override
  public void retried(Lease lease, String reason, Duration after) {
    events.add("retried " + lease.id() + " " + reason);
  }

  @Override
  public void failed(Lease lease, String reason) {
    events.add("failed " + lease.id() + " " + reason);
  }

  @Override
  public void lost(Lease lease) {
    events.add("lost " + lease.id());
  }

  @Override
  public void released(Lease lease) {
    events.add("released " + lease.id());
  }

  @Override
  public void outage(Stage stage, String doing, Throwable cause) {
    events.add("outage " + stage.name());
  }

  @Override
  public void recovered(Stage stage) {
    events.add("recovered " + stage.name());
  }
}
