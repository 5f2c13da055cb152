package telemetry;

import java.util.List;

/**
 * How this node is doing, from probes that run in the background: asking costs nothing and never
 * waits.
 */
public interface Health {
  /** What the last probe of a database said. */
  enum DatabaseState {
    CONNECTED,
    /** The server can't be reached. */
    DISCONNECTED,
    /** The server answers, but with an error. */
    ERROR;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * True once start-up is finished, while both databases answer and until the node begins to stop.
   */
  boolean ready();

  /**
   * Whether the tables are what this version needs: false while the node starts, then true for
   * good, also while a database is away.
   */
  boolean tablesReady();

  /** Why {@link #ready()} is false, in words an operator understands; empty when ready. */
  List<String> reasons();

  DatabaseState mysql();

  DatabaseState postgres();
}
