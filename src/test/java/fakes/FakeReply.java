package fakes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fake service answers, unless a {@link Fault} comes between. */
public record FakeReply(int status, Map<String, String> headers, Buffer body) {
  public FakeReply {
    headers = Map.copyOf(headers);
  }

  public static FakeReply json(int status, Object json) {
    Buffer body =
        json instanceof JsonObject object ? object.toBuffer() : Buffer.buffer(json.toString());
    return of(status, "application/json", body);
  }

  public static FakeReply of(int status, String contentType, Buffer body) {
    return new FakeReply(status, Map.of("Content-Type", contentType), body);
  }

  public static FakeReply empty(int status) {
    return new FakeReply(status, Map.of(), Buffer.buffer());
  }

  public FakeReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new FakeReply(status, more, body);
  }
}
