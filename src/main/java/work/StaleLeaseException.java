package work;

/**
 * The database refused a write because the item has left its holder: somebody else works on it, or
 * it was cancelled or deleted.
 */
public final class StaleLeaseException extends RuntimeException {
  private final transient Lease lease;

  StaleLeaseException(Lease lease) {
    super(
        "the lease on "
            + lease.table()
            + " "
            + lease.id()
            + " (token "
            + lease.token()
            + ") was lost: nothing was written",
        null,
        false,
        false);
    this.lease = lease;
  }

  /** The lease that was refused. */
  public Lease lease() {
    return lease;
  }
}
