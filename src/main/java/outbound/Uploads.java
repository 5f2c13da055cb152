package outbound;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Sends bodies, files as a stream. */
final class Uploads {
  private final Vertx vertx;

  Uploads(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A body ready to be sent once. */
  interface Upload {
    Future<HttpClientResponse> to(HttpClientRequest request);

    /** Frees what it holds; called again or after {@link #to} it does no harm. */
    default void close() {}
  }

  Future<Upload> prepare(Body body) {
    if (body instanceof Body.Bytes bytes) {
      return Future.succeededFuture(
          request -> request.putHeader("Content-Type", bytes.contentType()).send(bytes.content()));
    }
    if (body instanceof Body.File file) {
      return open(file.path(), file.contentType(), Buffer.buffer(), Buffer.buffer());
    }
    if (body instanceof Body.Multipart form) {
      String boundary = "part-" + UUID.randomUUID();
      return open(
          form.path(),
          "multipart/form-data; boundary=" + boundary,
          head(form, boundary),
          Buffer.buffer("\r\n--" + boundary + "--\r\n"));
    }
    return Future.succeededFuture(HttpClientRequest::send);
  }

  private static Buffer head(Body.Multipart form, String boundary) {
    Buffer head = Buffer.buffer();
    for (Map.Entry<String, String> field : form.fields()) {
      head.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"")
          .appendString(quoted(field.getKey()) + "\"\r\n\r\n" + field.getValue() + "\r\n");
    }
    return head.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"")
        .appendString(quoted(form.part()) + "\"; filename=\"" + quoted(form.fileName()))
        .appendString("\"\r\nContent-Type: " + form.contentType() + "\r\n\r\n");
  }

  /** As browsers write names: no quote or line break can end them early. */
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private Future<Upload> open(Path path, String contentType, Buffer head, Buffer tail) {
    return vertx
        .fileSystem()
        .props(path.toString())
        .compose(
            properties ->
                vertx
                    .fileSystem()
                    .open(path.toString(), new OpenOptions().setRead(true).setWrite(false))
                    .map(
                        file ->
                            new FileUpload(
                                file,
                                properties.size() + head.length() + tail.length(),
                                contentType,
                                head,
                                tail)));
  }

  private static final class FileUpload implements Upload {
    private final AsyncFile file;
    private final long length;
    private final String contentType;
    private final Buffer head;
    private final Buffer tail;
    private boolean closed;

    FileUpload(AsyncFile file, long length, String contentType, Buffer head, Buffer tail) {
      this.file = file;
      this.length = length;
      this.contentType = contentType;
      this.head = head;
      this.tail = tail;
    }

    @Override
    public Future<HttpClientResponse> to(HttpClientRequest request) {
      request.putHeader("Content-Type", contentType);
      request.putHeader("Content-Length", String.valueOf(length));
      Future<HttpClientResponse> response = request.response();
      Future<Void> begun = head.length() == 0 ? Future.succeededFuture() : request.write(head);
      begun
          .compose(written -> file.pipe().endOnComplete(false).endOnFailure(false).to(request))
          .compose(piped -> request.end(tail))
          .onComplete(
              done -> {
                close();
                // With an answer there already, a service that stopped listening is no failure.
                if (done.failed() && !response.isComplete()) {
                  request.reset();
                }
              });
      return response;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        file.close();
      }
    }
  }
}
