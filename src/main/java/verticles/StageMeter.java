package verticles;

import java.time.Duration;
import telemetry.StageMetrics;
import work.Lease;
import work.Stage;
import work.WorkObserver;

/** The figures that the stages of a lesson have, for work that is no stage of a lesson. */
record StageMeter(StageMetrics metrics) implements WorkObserver {
  @Override
  public void claimed(Stage stage, int count) {
    metrics.claimed(stage.name(), count);
  }

  @Override
  public void settled(Lease lease, String kind, Duration took) {
    if (!kind.equals("failed")) {
      metrics.ended(lease.stage().name(), kind, took);
    }
  }

  @Override
  public void retried(Lease lease, String reason, Duration after) {
    metrics.ended(lease.stage().name(), "retry", Duration.ZERO);
  }

  @Override
  public void failed(Lease lease, String reason) {
    metrics.ended(lease.stage().name(), "failed", Duration.ZERO);
  }

  @Override
  public void lost(Lease lease) {
    metrics.ended(lease.stage().name(), "lost", Duration.ZERO);
  }

  @Override
  public void released(Lease lease) {
    metrics.ended(lease.stage().name(), "released", Duration.ZERO);
  }

  @Override
  public void outage(Stage stage, String doing, Throwable cause) {
    metrics.outage(stage.name());
  }
}
