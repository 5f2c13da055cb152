package http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Forms with files, as clients send them. */
final class Forms {
  private static final String BOUNDARY = "----a-boundary-of-forms";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Forms() {}

  record File(String name, byte[] bytes) {}

  static File text(String name, String text) {
    return new File(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param fields names and texts in turn
   */
  static byte[] of(List<String> fields, List<File> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i += 2) {
      line(out, "--" + BOUNDARY);
      line(out, "Content-Disposition: form-data; name=\"" + fields.get(i) + "\"");
      line(out, "");
      line(out, fields.get(i + 1));
    }
    for (File file : files) {
      line(out, "--" + BOUNDARY);
      line(out, "Content-Disposition: form-data; name=\"files\"; filename=\"" + file.name() + "\"");
      line(out, "Content-Type: application/octet-stream");
      line(out, "");
      out.writeBytes(file.bytes());
      line(out, "");
    }
    line(out, "--" + BOUNDARY + "--");
    return out.toByteArray();
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  static ApiServer.Answer post(int port, String path, byte[] form, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(70))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new ApiServer.Answer(response.statusCode(), response);
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError("POST " + path + " got no answer", e);
    }
  }
}
