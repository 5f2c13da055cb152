package http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A body in a file of its own: a slow client then holds neither memory nor a thread. The file goes
 * when the response has.
 *
 * @param contentType media type without parameters, in lower case; empty when none was sent
 * @param sha256 of the bytes, in hexadecimal
 */
record SpooledBody(Path file, String contentType, String sha256) {
  private static final String KEY = "http.spooled";

  /** The body of this request, when it was spooled. */
  static Optional<SpooledBody> of(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }

  /** Whether it has a body that is not JSON. */
  static boolean wanted(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && !RequestRules.isJson(type);
  }

  /** What stands for the body where requests are compared. */
  JsonObject standIn() {
    return new JsonObject().put("type", contentType).put("sha256", sha256);
  }

  /**
   * Takes the body into a file of {@code folder} and goes on with the request; fails it with 413
   * when there is more than {@code limit} bytes.
   */
  static void take(RoutingContext context, Path folder, long limit) {
    HttpServerRequest request = context.request();
    if (context.response().ended() || context.response().closed()) {
      return; // it ended while its caller was looked up, and nobody would be told of its end again
    }
    request.pause();
    String declared = request.getHeader("Content-Length");
    if (declared != null && declared.matches("[0-9]{1,18}") && Long.parseLong(declared) > limit) {
      request.resume();
      context.fail(413);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    FileSystem files = context.vertx().fileSystem();
    // The request may end at any moment, also before its file is there: its client leaves, its
    // time is over, its chunks make no sense. What is on its way then is undone by whoever did it.
    Promise<Void> over = Promise.promise();
    context.addEndHandler(ended -> over.tryComplete());
    files
        .createTempFile(folder.toString(), "", ".body", (String) null)
        .compose(
            name -> {
              over.future().onSuccess(ended -> files.delete(name));
              return over.future().isComplete()
                  ? Future.failedFuture(new Over())
                  // not made anew when it has just been deleted
                  : files
                      .open(name, new OpenOptions().setWrite(true).setCreate(false))
                      .compose(file -> write(context, file, limit, over.future()))
                      .map(hash -> new SpooledBody(Path.of(name), type(request), hash));
            })
        .onComplete(
            taken -> {
              if (taken.succeeded()) {
                context.put(KEY, taken.result());
                context.next();
              } else if (taken.cause() instanceof TooLarge) {
                context.fail(413);
              } else if (!context.failed() && !over.future().isComplete()) {
                context.fail(taken.cause());
              }
            });
  }

  /** The media type without parameters, in lower case. */
  static String type(HttpServerRequest request) {
    return request
        .getHeader("Content-Type")
        .split(";")[0]
        .strip()
        .toLowerCase(java.util.Locale.ROOT);
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super("more than the limit", null, false, false);
    }
  }

  private static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1;

    Over() {
      super("the request ended before its body was there", null, false, false);
    }
  }

  private static Future<String> write(
      RoutingContext context, AsyncFile file, long limit, Future<Void> over) {
    HttpServerRequest request = context.request();
    MessageDigest digest = EntityTags.digest();
    long[] size = {0};
    Promise<String> done = Promise.promise();
    over.onSuccess(ended -> done.tryFail(new Over()));
    request.exceptionHandler(
        failure -> {
          BrokenBody.answer(context, failure);
          done.tryFail(failure);
        });
    file.exceptionHandler(done::tryFail);
    request.handler(
        piece -> {
          if (done.future().isComplete()) {
            return; // the rest is read and dropped
          }
          size[0] += piece.length();
          if (size[0] > limit) {
            done.tryFail(new TooLarge());
            return;
          }
          digest.update(piece.getBytes());
          file.write(piece).onFailure(done::tryFail);
          if (file.writeQueueFull()) {
            request.pause();
            file.drainHandler(drained -> request.resume());
          }
        });
    request.endHandler(
        ended -> {
          if (!done.future().isComplete()) {
            file.flush()
                .onComplete(flushed -> done.tryComplete(HexFormat.of().formatHex(digest.digest())));
          }
        });
    request.resume();
    return done.future().eventually(file::close);
  }
}
