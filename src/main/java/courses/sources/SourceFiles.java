package courses.sources;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.CourseSourceSettings;

/** Uploaded files in Postgres, each its owner's alone. A piece at a time is in memory. */
public final class SourceFiles {
  private static final Logger log = LoggerFactory.getLogger(SourceFiles.class);
  private static final int PIECE = 512 << 10;

  /** A file that was used within this time never makes room for others. */
  private static final Duration IN_USE = Duration.ofHours(1);

  private static final long CLEANING_MILLIS = Duration.ofHours(1).toMillis();
  private static final int ROOM_TRIES = 1_000;

  private final Vertx vertx;
  private final Pool pool;
  private final CourseSourceSettings.Files limits;

  public SourceFiles(Vertx vertx, Pool postgres, CourseSourceSettings.Files limits) {
    this.vertx = vertx;
    this.pool = postgres;
    this.limits = limits;
  }

  /** There is no room for a file; the message says what to do. */
  public static final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean owners;

    NoRoomException(boolean owners, String message) {
      super(message, null, false, false);
      this.owners = owners;
    }

    /** Whether the owner's own files are in the way, which only the owner can change. */
    public boolean owners() {
      return owners;
    }
  }

  /**
   * A file that arrived.
   *
   * @param path where it lies; it is not taken away
   * @param label see {@link SourceFile#label}
   * @param sha256 in lower-case hexadecimal
   */
  public record Arrived(Path path, String label, DocumentKind kind, long bytes, String sha256) {}

  /**
   * Keeps a file. The same bytes of the same owner are kept once, under the newest label.
   *
   * @return fails with {@link NoRoomException}
   */
  public Future<SourceFile> keep(String ownerId, Arrived file) {
    return touched(ownerId, file)
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture(known.get())
                    : room(ownerId, file.bytes())
                        .compose(room -> pool.withTransaction(tx -> insert(tx, ownerId, file))));
  }

  private Future<Optional<SourceFile>> touched(String ownerId, Arrived file) {
    return pool.preparedQuery(
            "UPDATE source_file SET used_at = now(), label = $3 WHERE owner_id = $1 AND sha256 = $2"
                + " RETURNING "
                + SourceFile.COLUMNS)
        .execute(Tuple.of(ownerId, file.sha256(), file.label()))
        .map(rows -> first(rows.iterator()));
  }

  private Future<SourceFile> insert(SqlConnection tx, String ownerId, Arrived file) {
    return tx.preparedQuery(
            "INSERT INTO source_file (owner_id, label, media_type, size_bytes, sha256) VALUES ($1,"
                + " $2, $3, $4, $5) ON CONFLICT (owner_id, sha256) DO UPDATE SET used_at = now(),"
                + " label = excluded.label RETURNING (xmax = 0) AS fresh, "
                + SourceFile.COLUMNS)
        .execute(
            Tuple.of(ownerId, file.label(), file.kind().mediaType(), file.bytes(), file.sha256()))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              SourceFile kept = SourceFile.of(row);
              // somebody else's copy of it was quicker and is whole: it came with its transaction
              return row.getBoolean("fresh")
                  ? write(tx, kept.id(), file).map(kept)
                  : Future.succeededFuture(kept);
            });
  }

  private Future<Void> write(SqlConnection tx, UUID id, Arrived file) {
    return vertx
        .fileSystem()
        .open(file.path().toString(), new OpenOptions().setRead(true).setWrite(false))
        .compose(open -> writePiece(tx, id, open, 0, file.bytes()).eventually(open::close));
  }

  private Future<Void> writePiece(
      SqlConnection tx, UUID id, AsyncFile file, int ordinal, long bytes) {
    long at = (long) ordinal * PIECE;
    if (at >= bytes) {
      return Future.succeededFuture();
    }
    int length = (int) Math.min(PIECE, bytes - at);
    return file.read(Buffer.buffer(length), 0, at, length)
        .compose(
            piece ->
                tx.preparedQuery(
                        "INSERT INTO source_file_part (file_id, ordinal, bytes) VALUES ($1, $2,"
                            + " $3)")
                    .execute(Tuple.of(id, ordinal, piece)))
        .compose(written -> writePiece(tx, id, file, ordinal + 1, bytes));
  }

  /** Files that were not used for longest make room, except those in use. */
  private Future<Void> room(String ownerId, long bytes) {
    return pool.preparedQuery(
            "SELECT coalesce(sum(size_bytes), 0)::bigint AS everybody, coalesce(sum(size_bytes)"
                + " FILTER (WHERE owner_id = $1), 0)::bigint AS own FROM source_file")
        .execute(Tuple.of(ownerId))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              return free(row.getLong("own") + bytes - limits.ownerBytes(), Optional.of(ownerId))
                  .compose(
                      done ->
                          free(
                              row.getLong("everybody") + bytes - limits.storeBytes(),
                              Optional.empty()));
            });
  }

  private Future<Void> free(long wanted, Optional<String> ownerId) {
    if (wanted <= 0) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(
            "SELECT id, size_bytes FROM source_file WHERE ($1::text IS NULL OR owner_id = $1) AND"
                + " used_at < $2 ORDER BY used_at LIMIT $3")
        .execute(Tuple.of(ownerId.orElse(null), before(IN_USE), ROOM_TRIES))
        .compose(
            rows -> {
              List<UUID> going = new ArrayList<>();
              long freed = 0;
              for (Row row : rows) {
                if (freed < wanted) {
                  freed += row.getLong("size_bytes");
                  going.add(row.getUUID("id"));
                }
              }
              if (freed < wanted) {
                return Future.failedFuture(
                    ownerId.isPresent()
                        ? new NoRoomException(
                            true,
                            "your uploaded files take all the room you have ("
                                + limits.ownerBytes()
                                + " bytes): delete some, or wait an hour")
                        : new NoRoomException(
                            false, "there is no room for more files now; try again later"));
              }
              return pool.preparedQuery("DELETE FROM source_file WHERE id = ANY ($1)")
                  .execute(Tuple.of((Object) going.toArray(UUID[]::new)))
                  .mapEmpty();
            });
  }

  /** The owner's file; empty when there is none of this id, or it is somebody else's. */
  public Future<Optional<SourceFile>> find(UUID id, String ownerId) {
    return pool.preparedQuery(
            "SELECT " + SourceFile.COLUMNS + " FROM source_file WHERE id = $1 AND owner_id = $2")
        .execute(Tuple.of(id, ownerId))
        .map(rows -> first(rows.iterator()));
  }

  /** The owner's files, the newest first; at most {@code limit}. */
  public Future<List<SourceFile>> list(String ownerId, int limit) {
    return pool.preparedQuery(
            "SELECT "
                + SourceFile.COLUMNS
                + " FROM source_file WHERE owner_id = $1 ORDER BY created_at DESC, id LIMIT $2")
        .execute(Tuple.of(ownerId, limit))
        .map(
            rows -> {
              List<SourceFile> files = new ArrayList<>();
              rows.forEach(row -> files.add(SourceFile.of(row)));
              return files;
            });
  }

  /** Whether there was such a file of the owner's; it is gone now. */
  public Future<Boolean> delete(UUID id, String ownerId) {
    return pool.preparedQuery("DELETE FROM source_file WHERE id = $1 AND owner_id = $2")
        .execute(Tuple.of(id, ownerId))
        .map(rows -> rows.rowCount() > 0);
  }

  /**
   * Writes the owner's file to {@code target} and notes that it was used; empty when there is none.
   */
  Future<Optional<SourceFile>> fetch(UUID id, String ownerId, Path target) {
    return pool.preparedQuery(
            "UPDATE source_file SET used_at = now() WHERE id = $1 AND owner_id = $2 RETURNING "
                + SourceFile.COLUMNS)
        .execute(Tuple.of(id, ownerId))
        .compose(
            rows -> {
              Optional<SourceFile> found = first(rows.iterator());
              return found.isEmpty()
                  ? Future.succeededFuture(found)
                  : vertx
                      .fileSystem()
                      .open(
                          target.toString(),
                          new OpenOptions().setRead(false).setWrite(true).setTruncateExisting(true))
                      .compose(
                          file ->
                              readPiece(id, file, 0, found.get().bytes()).eventually(file::close))
                      .map(found);
            });
  }

  private Future<Void> readPiece(UUID id, AsyncFile file, int ordinal, long bytes) {
    long at = (long) ordinal * PIECE;
    if (at >= bytes) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(
            "SELECT bytes FROM source_file_part WHERE file_id = $1 AND ordinal = $2")
        .execute(Tuple.of(id, ordinal))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture(new java.io.IOException("the file was deleted meanwhile"))
                    : file.write(rows.iterator().next().getBuffer("bytes"), at))
        .compose(written -> readPiece(id, file, ordinal + 1, bytes));
  }

  /** Notes how many pages a file was found to have. */
  Future<Void> pages(UUID id, int pages) {
    return pool.preparedQuery("UPDATE source_file SET pages = $2 WHERE id = $1")
        .execute(Tuple.of(id, pages))
        .mapEmpty();
  }

  /** Deletes what nobody used for as long as files are kept. @return how many files */
  public Future<Integer> clean() {
    return pool.preparedQuery("DELETE FROM source_file WHERE used_at < $1")
        .execute(Tuple.of(before(limits.keep())))
        .map(rows -> rows.rowCount());
  }

  /** Cleans now and then for as long as Vert.x or the verticle that calls this lives. */
  public void cleanHourly() {
    vertx.setPeriodic(
        CLEANING_MILLIS,
        fired ->
            clean()
                .onSuccess(
                    count -> {
                      if (count > 0) {
                        log.info("deleted {} uploaded files that nobody used any more", count);
                      }
                    })
                .onFailure(
                    error -> log.warn("old uploads can't be deleted: {}", error.getMessage())));
  }

  private static java.time.OffsetDateTime before(Duration age) {
    return Instant.now().minus(age).atOffset(ZoneOffset.UTC);
  }

  private static Optional<SourceFile> first(java.util.Iterator<Row> rows) {
    return rows.hasNext() ? Optional.of(SourceFile.of(rows.next())) : Optional.empty();
  }
}
