package llm;

/** Words of the answer on {@code llm.status}. */
final class PoolStatus {
  /** Stands for every service that has no pool of its own. */
  static final String ANY = "*";

  private PoolStatus() {}
}
