package work;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one look for work found.
 *
 * @param leases items to run, the longest due first
 * @param spent items that were given up instead, because every attempt had ended without an answer
 * @param next when something else will be due, as of this look; empty when nothing is scheduled
 */
record Claim(List<Lease> leases, List<Spent> spent, Optional<Duration> next) {
  /** An item that was failed at its claim, and why. */
  record Spent(Lease lease, String reason) {}

  /** Reads the rows of {@link WorkSql#claim}. */
  static Claim from(WorkTable table, Stage stage, String owner, RowSet<Row> rows) {
    List<Lease> leases = new ArrayList<>(rows.size());
    List<Spent> spent = new ArrayList<>();
    Long next = null;
    for (Row row : rows) {
      next = row.getLong("ms");
      Long id = row.getLong("id");
      if (id == null) {
        continue;
      }
      Lease lease =
          new Lease(
              table.name(),
              stage,
              id,
              row.getLong("lease_token"),
              row.getInteger("processing_attempts"),
              owner);
      if (row.getBoolean("spent")) {
        spent.add(new Spent(lease, row.getString("last_error")));
      } else {
        leases.add(lease);
      }
    }
    return new Claim(leases, spent, Optional.ofNullable(next).map(Duration::ofMillis));
  }

  int size() {
    return leases.size() + spent.size();
  }
}
