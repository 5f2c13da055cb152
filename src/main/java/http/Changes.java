package http;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a PATCH body asks for. */
final class Changes {
  private Changes() {}

  /** Throws {@link ApiException} when the body has none of the members. */
  static void requireOne(JsonObject body, String... members) {
    List<String> known = Arrays.asList(members);
    if (known.stream().noneMatch(body::containsKey)) {
      throw ApiException.invalid("body", "must have at least one of " + String.join(", ", known));
    }
  }

  /** Null when the member is not there, empty when it is null. */
  static Optional<String> clearable(JsonObject body, String member) {
    return body.containsKey(member) ? Optional.ofNullable(body.getString(member)) : null;
  }
}
