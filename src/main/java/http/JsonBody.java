package http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Answers as bytes. Lists carry the same rows under two names (section 1.2 of the wire contract),
 * and most of an answer's time is spent on writing them: such rows are written once and copied.
 */
final class JsonBody {
  private JsonBody() {}

  /** The same bytes as {@code json.toBuffer()}. */
  static Buffer of(JsonObject json) {
    if (!repeats(json)) {
      return json.toBuffer();
    }
    Map<Object, Buffer> lists = new IdentityHashMap<>();
    Buffer body = Buffer.buffer("{");
    JsonObject others = new JsonObject();
    for (Map.Entry<String, Object> member : json.getMap().entrySet()) {
      if (member.getValue() instanceof JsonArray list) {
        append(body, others);
        others.clear();
        comma(body);
        body.appendBuffer(Json.encodeToBuffer(member.getKey()))
            .appendByte((byte) ':')
            .appendBuffer(lists.computeIfAbsent(list, Json::encodeToBuffer));
      } else {
        others.put(member.getKey(), member.getValue());
      }
    }
    append(body, others);
    return body.appendByte((byte) '}');
  }

  /** Members between lists are written together. */
  private static void append(Buffer body, JsonObject members) {
    if (!members.isEmpty()) {
      Buffer object = members.toBuffer();
      comma(body);
      body.appendBuffer(object, 1, object.length() - 2);
    }
  }

  private static void comma(Buffer body) {
    if (body.length() > 1) {
      body.appendByte((byte) ',');
    }
  }

  private static boolean repeats(JsonObject json) {
    Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Object value : json.getMap().values()) {
      if (value instanceof JsonArray array && !array.isEmpty() && !arrays.add(array)) {
        return true;
      }
    }
    return false;
  }
}
