package databases;

/** A migration failed; the message names script, database and reason, and says what to do. */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** The database can't be reached right now, or is starting or full of connections. */
    UNREACHABLE,
    /** A table is held by others, or another node has been migrating for too long. */
    BUSY,
    /** The database user may not do this; somebody else must. */
    RIGHTS,
    /** The host's database has no table {@code classes}. */
    HOST_TABLE_MISSING,
    /** The script doesn't fit the database, or was changed after it ran. */
    SCRIPT
  }

  private final Kind kind;

  MigrationException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the same call may succeed later without anybody doing anything. */
  public boolean retryable() {
    return kind == Kind.UNREACHABLE || kind == Kind.BUSY;
  }
}
