package fakes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server with OpenAI's {@code /audio/transcriptions} as section 4.3 of the contract on outside
 * services describes it: a form with a file whose name has a known ending, no more bytes than the
 * limit, seconds as fractions, the language as a name, no speakers.
 */
public final class FakeWhisper implements AutoCloseable {
  private static final Set<String> ENDINGS =
      Set.of("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm");

  /** One form as it was received. */
  public record Heard(Map<String, String> fields, String fileName, byte[] file) {}

  public final FakeService service;
  public final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final String key;
  private final int limit;
  private final Function<Heard, JsonArray> segments;

  /**
   * @param limit bytes of a file
   * @param segments what is said in a file
   */
  public FakeWhisper(Vertx vertx, String key, int limit, Function<Heard, JsonArray> segments) {
    this.key = key;
    this.limit = limit;
    this.segments = segments;
    this.service = FakeService.start(vertx, this::answer);
  }

  /** With the path that comes before {@code /audio/transcriptions}. */
  public URI address() {
    return URI.create(service.address() + "/openai/v1");
  }

  /** A segment with good figures. */
  public static JsonObject segment(double start, double end, String text) {
    return new JsonObject()
        .put("start", start)
        .put("end", end)
        .put("text", " " + text)
        .put("avg_logprob", -0.28)
        .put("compression_ratio", 1.2)
        .put("no_speech_prob", 0.01);
  }

  private Future<FakeReply> answer(FakeRequest request) {
    if (!("Bearer " + key).equals(request.header("Authorization"))) {
      return error(401, "invalid_api_key");
    }
    if (!request.path().equals("/openai/v1/audio/transcriptions")) {
      return error(404, "unknown_url");
    }
    if (request.body().length() > limit) {
      return error(413, "request_too_large");
    }
    Heard form = form(request);
    String ending = form.fileName().substring(form.fileName().lastIndexOf('.') + 1);
    if (!ENDINGS.contains(ending) || form.file().length == 0) {
      return error(400, "invalid_file_format");
    }
    if (form.fields().containsKey("timestamp_granularities[]")
        && !"verbose_json".equals(form.fields().get("response_format"))) {
      return error(400, "invalid_request_error");
    }
    heard.add(form);
    JsonArray said = segments.apply(form);
    double end = said.isEmpty() ? 0 : said.getJsonObject(said.size() - 1).getDouble("end");
    return Future.succeededFuture(
        FakeReply.json(
            200,
            new JsonObject()
                .put("task", "transcribe")
                .put("language", "english")
                .put("duration", end)
                .put("text", "…")
                .put("segments", said)));
  }

  private static Heard form(FakeRequest request) {
    String boundary = "--" + request.header("Content-Type").split("boundary=")[1];
    String body = request.body().toString(StandardCharsets.ISO_8859_1);
    Map<String, String> fields = new LinkedHashMap<>();
    String fileName = "";
    byte[] file = new byte[0];
    for (String part : body.split(java.util.regex.Pattern.quote(boundary))) {
      int blank = part.indexOf("\r\n\r\n");
      if (blank < 0) {
        continue;
      }
      String head = part.substring(0, blank);
      String content = part.substring(blank + 4, part.length() - 2);
      String name = head.replaceAll("(?s).*? name=\"([^\"]*)\".*", "$1");
      if (head.contains("filename=")) {
        fileName = head.replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
        file = content.getBytes(StandardCharsets.ISO_8859_1);
      } else {
        fields.put(name, content);
      }
    }
    return new Heard(fields, fileName, file);
  }

  private static Future<FakeReply> error(int status, String code) {
    return Future.succeededFuture(
        FakeReply.of(
            status,
            "application/json",
            Buffer.buffer(
                new JsonObject()
                    .put("error", new JsonObject().put("message", "no").put("code", code))
                    .encode())));
  }

  @Override
  public void close() {
    service.close();
  }
}
