package speech;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audio by its id: from this node's files, else from the database, which then fills the file. */
public final class AudioLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(AudioLibrary.class);

  private final Vertx vertx;
  private final AudioStore store;
  private final AudioFiles files;

  /**
   * @param folder of this node's copies; made when needed
   */
  public AudioLibrary(Vertx vertx, AudioStore store, Path folder) {
    this.vertx = vertx;
    this.store = store;
    this.files = new AudioFiles(folder);
  }

  /** An MP3 file, or empty when there is none of this id (any more). */
  public Future<Optional<Buffer>> content(String id) {
    if (!id.matches("[0-9a-f]{32}")) {
      return Future.succeededFuture(Optional.empty());
    }
    return vertx
        .executeBlocking(() -> files.read(id).map(Buffer::buffer), false)
        .recover(
            unreadable -> {
              LOG.warn(
                  "the copy of audio {} can't be read ({}), taking it from the database",
                  id,
                  unreadable.toString());
              return Future.succeededFuture(Optional.empty());
            })
        .compose(copy -> copy.isPresent() ? Future.succeededFuture(copy) : fromStore(id));
  }

  private Future<Optional<Buffer>> fromStore(String id) {
    return store
        .content(id)
        .compose(
            found ->
                found.isEmpty() ? Future.succeededFuture(found) : copy(id, found.get()).map(found));
  }

  /** Keeps a copy here. A full disk is no reason not to answer. */
  Future<Void> copy(String id, Buffer content) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              files.write(id, content.getBytes());
              return null;
            },
            false)
        .recover(
            failure -> {
              LOG.warn("no copy of audio {} can be kept here: {}", id, failure.toString());
              return Future.succeededFuture();
            });
  }

  /**
   * Deletes this node's least played copies until the rest fits.
   *
   * @return how many
   */
  public Future<Integer> trim(long maxBytes) {
    return vertx.executeBlocking(
        () -> {
          try {
            return files.trim(maxBytes);
          } catch (IOException e) {
            throw new IllegalStateException("the copies of audio can't be tidied: " + e, e);
          }
        },
        false);
  }
}
