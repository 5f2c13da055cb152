package work;

import java.time.Duration;
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

  int size() {
    return leases.size() + spent.size();
  }
}
