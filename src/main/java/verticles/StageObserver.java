package verticles;

import io.vertx.core.Vertx;
import java.time.Duration;
import lessons.LessonStages;
import messages.Addresses;
import messages.LessonProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import telemetry.StageMetrics;
import work.Lease;
import work.Stage;
import work.WorkObserver;

/**
 * Tells metrics and whoever watches what a stage's worker does, and wakes the stage that follows.
 * The worker itself logs what goes wrong; here the log gets what goes well.
 */
final class StageObserver implements WorkObserver {
  private static final Logger log = LoggerFactory.getLogger(StageVerticle.class);

  private final Vertx vertx;
  private final StageMetrics metrics;

  StageObserver(Vertx vertx, StageMetrics metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
  }

  static void publish(Vertx vertx, LessonProgress progress) {
    vertx.eventBus().publish(Addresses.LESSONS_PROGRESS, progress.toJson());
  }

  @Override
  public void claimed(Stage stage, int count) {
    metrics.claimed(stage.name(), count);
  }

  @Override
  public void settled(Lease lease, String kind, Duration took) {
    if (!kind.equals("failed")) {
      log.atInfo()
          .addKeyValue("lesson_id", lease.id())
          .addKeyValue("stage", lease.stage().name())
          .addKeyValue("took_ms", took.toMillis())
          .log(kind);
      ended(lease, kind, took);
    }
    if (kind.equals("next")) {
      // NOTIFY says so too; this is sooner within the node, and all there is behind a transaction
      // pooler.
      LessonStages.after(lease.stage())
          .ifPresent(next -> vertx.eventBus().publish(next.address(), null));
    }
  }

  @Override
  public void retried(Lease lease, String reason, Duration after) {
    ended(lease, "retry", Duration.ZERO);
  }

  @Override
  public void failed(Lease lease, String reason) {
    ended(lease, "failed", Duration.ZERO);
  }

  @Override
  public void lost(Lease lease) {
    ended(lease, "lost", Duration.ZERO);
  }

  @Override
  public void released(Lease lease) {
    ended(lease, "released", Duration.ZERO);
  }

  @Override
  public void outage(Stage stage, String doing, Throwable cause) {
    metrics.outage(stage.name());
  }

  private void ended(Lease lease, String step, Duration took) {
    metrics.ended(lease.stage().name(), step, took);
    publish(vertx, new LessonProgress(lease.id(), lease.stage().name(), step, took));
  }
}
