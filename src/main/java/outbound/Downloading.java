package outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file on its way to the disk, over all attempts: each goes on where the one before was cut off,
 * when the server lets it. Confined to one context.
 */
final class Downloading {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final int REFUSAL_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final Request request;
  private final Path target;
  private final Path part;
  private final long maxBytes;

  private AsyncFile file;
  private MessageDigest digest = sha256();
  private long have;
  private long total = -1;
  private String validator = "";
  private boolean progressed;

  Downloading(Vertx vertx, Request request, Path target, long maxBytes) {
    this.vertx = vertx;
    this.request = request;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    this.maxBytes = maxBytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** What the next attempt asks for besides the request's own headers. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept-Encoding", "identity"); // else lengths and ranges count something else
    if (have > 0) {
      headers.put("Range", "bytes=" + have + "-");
      if (!validator.isEmpty()) {
        headers.put("If-Range", validator);
      }
    }
    return headers;
  }

  /** Whether the last attempt brought bytes: then it does not count. */
  boolean progressed() {
    return progressed;
  }

  /** Takes what an attempt brings. */
  Future<Download> take(HttpClientResponse response) {
    progressed = false;
    int status = response.statusCode();
    Answer head = new Answer(status, response.headers(), Buffer.buffer());
    if (status != 200 && status != 206) {
      return Attempt.read(response, REFUSAL_BYTES)
          .compose(body -> refused(new Answer(status, response.headers(), body)));
    }
    var failure = request.classifier().classify(head);
    if (failure.isPresent()) {
      Attempt.drop(response);
      return Future.failedFuture(failure.get());
    }
    if (!fits(response)) {
      restart();
      Attempt.drop(response);
      return Future.failedFuture(
          Failure.of(Failure.Kind.RETRY, head, "", "the rest of the file does not fit its start"));
    }
    if (total > maxBytes) {
      Attempt.drop(response);
      return Future.failedFuture(tooLarge());
    }
    // The connection may break while the file is being opened: nobody would tell of it afterwards.
    Promise<Void> broken = Promise.promise();
    response.exceptionHandler(broken::tryFail);
    response.pause();
    return opened()
        .compose(open -> pour(response, broken.future()))
        .compose(done -> finished(response));
  }

  private Future<Download> refused(Answer answer) {
    if (answer.status() == 416 && have > 0) {
      restart();
      return Future.failedFuture(
          Failure.of(Failure.Kind.RETRY, answer, "", "the file has changed meanwhile"));
    }
    return Future.failedFuture(
        request
            .classifier()
            .classify(answer)
            .orElseGet(
                () ->
                    Failure.of(
                        Failure.Kind.PERMANENT,
                        answer,
                        "",
                        "it sent no file where one should be")));
  }

  private void restart() {
    have = 0;
    total = -1;
    validator = "";
    digest = sha256();
  }

  /** Sets what is expected; false when a part is not the one that was asked for. */
  private boolean fits(HttpClientResponse response) {
    String length = response.getHeader("Content-Length");
    long announced = length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : -1;
    if (response.statusCode() == 200) {
      restart();
      total = announced;
      String etag = response.getHeader("ETag");
      validator = etag != null && etag.startsWith("\"") ? etag : "";
      return true;
    }
    String range = response.getHeader("Content-Range");
    Matcher parts = RANGE.matcher(range == null ? "" : range);
    if (!parts.matches() || Long.parseLong(parts.group(1)) != have) {
      return false;
    }
    long whole = parts.group(2).equals("*") ? total : Long.parseLong(parts.group(2));
    boolean same = total < 0 || whole == total;
    total = whole;
    return same;
  }

  private Future<Void> opened() {
    if (file != null) {
      file.setWritePos(have);
      return Future.succeededFuture();
    }
    return vertx
        .fileSystem()
        .open(part.toString(), new OpenOptions().setRead(false).setWrite(true).setCreateNew(true))
        .onSuccess(opened -> file = opened)
        .mapEmpty();
  }

  private Future<Void> pour(HttpClientResponse response, Future<Void> broken) {
    Promise<Void> done = Promise.promise();
    file.exceptionHandler(done::tryFail);
    response.handler(
        chunk -> {
          if (done.future().isComplete()) {
            return; // the next attempt may be writing already
          }
          if (have + chunk.length() > maxBytes) {
            if (done.tryFail(tooLarge())) {
              Attempt.drop(response);
            }
            return;
          }
          digest.update(chunk.getBytes());
          have += chunk.length();
          progressed = true;
          file.write(chunk).onFailure(done::tryFail);
          if (file.writeQueueFull()) {
            response.pause();
            file.drainHandler(drained -> response.resume());
          }
        });
    response.endHandler(end -> done.tryComplete());
    response.resume();
    broken.onFailure(done::tryFail);
    return done.future();
  }

  private Failure tooLarge() {
    return Failure.of(
        Failure.Kind.PERMANENT, "the file is larger than the " + maxBytes + " bytes allowed");
  }

  private Future<Download> finished(HttpClientResponse response) {
    if (total >= 0 && have != total) {
      return Future.failedFuture(
          Failure.noAnswer("the file was cut off after " + have + " of " + total + " bytes", true));
    }
    boolean known = total >= 0 || response.getHeader("Transfer-Encoding") != null;
    String hash = HexFormat.of().formatHex(digest.digest());
    AsyncFile written = file;
    return written
        .flush()
        .compose(flushed -> written.size())
        .compose(size -> size > have ? truncated(written) : Future.succeededFuture())
        .compose(right -> written.close())
        .compose(
            closed -> {
              file = null;
              return vertx
                  .fileSystem()
                  .move(
                      part.toString(),
                      target.toString(),
                      new CopyOptions().setReplaceExisting(true));
            })
        .map(moved -> new Download(target, have, hash, known, response.headers()));
  }

  /** A restart may have found the file shorter than before. */
  private Future<Void> truncated(AsyncFile written) {
    return vertx.fileSystem().truncate(part.toString(), have);
  }

  /** Removes what is left of a download that failed for good. */
  Future<Void> discard() {
    Future<Void> closed = file == null ? Future.succeededFuture() : file.close();
    return closed.transform(done -> vertx.fileSystem().delete(part.toString())).otherwiseEmpty();
  }
}
