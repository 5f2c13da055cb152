package verticles;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.KeyFiles;
import settings.LanguageModel;
import settings.SettingsException;

/**
 * Reads the files with keys of language models again when they change, so that a key is replaced
 * without a restart. Files that can't be understood change nothing, and are told of once.
 *
 * <p>Confined to one event loop, whose owner's end ends it.
 */
final class KeyWatch {
  private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);
  private static final long LOOK_MILLIS = 5_000;

  private final Vertx vertx;
  private final Consumer<LanguageModel> changed;
  private KeyFiles files;
  private List<String> seen = List.of();
  private boolean looking;

  private KeyWatch(Vertx vertx, KeyFiles files, Consumer<LanguageModel> changed) {
    this.vertx = vertx;
    this.files = files;
    this.changed = changed;
  }

  /**
   * @param changed gets the settings with the new keys
   */
  static KeyWatch start(Vertx vertx, KeyFiles files, Consumer<LanguageModel> changed) {
    KeyWatch watch = new KeyWatch(vertx, files, changed);
    if (!files.paths().isEmpty()) {
      watch.seen = watch.state();
      vertx.setPeriodic(LOOK_MILLIS, id -> watch.look());
    }
    return watch;
  }

  /** Looks at once; ends when what was found is in force. */
  Future<Void> look() {
    if (looking) {
      return Future.succeededFuture();
    }
    looking = true;
    return vertx
        .executeBlocking(
            () -> {
              List<String> now = state();
              if (now.equals(seen)) {
                return null;
              }
              seen = now;
              return files.read();
            })
        .onComplete(done -> looking = false)
        .onSuccess(
            read -> {
              if (read != null) {
                files = read.files();
                changed.accept(read);
              }
            })
        .onFailure(
            error ->
                log.error(
                    "the keys of language models stay as they were, for their files can't be used:"
                        + " {}",
                    error instanceof SettingsException wrong ? wrong.getMessage() : error))
        .mapEmpty();
  }

  /** When each file was written, and how long it is: no secrets. */
  private List<String> state() {
    List<String> state = new ArrayList<>();
    for (Path path : files.paths()) {
      try {
        state.add(path + " " + Files.getLastModifiedTime(path) + " " + Files.size(path));
      } catch (IOException gone) {
        state.add(path + " is not there");
      }
    }
    return state;
  }
}
