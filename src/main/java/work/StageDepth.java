package work;

import io.vertx.sqlclient.Row;
import java.time.Duration;

/**
 * How much work a stage has.
 *
 * @param stage the stage
 * @param due items that could be claimed now, expired leases among them
 * @param later items that wait for their time
 * @param running items under a live lease
 * @param failed items that failed in this stage and can be redriven
 * @param paused items that are paused one by one
 * @param oldest how long the oldest claimable item has been due; zero when there is none
 * @param stopped whether the whole stage is paused
 */
public record StageDepth(
    Stage stage,
    long due,
    long later,
    long running,
    long failed,
    long paused,
    Duration oldest,
    boolean stopped) {
  /** Reads a row of {@link WorkSql#depths}. */
  static StageDepth from(Stage stage, Row row) {
    return new StageDepth(
        stage,
        row.getLong("due"),
        row.getLong("later"),
        row.getLong("running"),
        row.getLong("failed"),
        row.getLong("paused"),
        Duration.ofMillis(row.getLong("oldest_ms")),
        row.getBoolean("stopped"));
  }
}
