package http;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A request's content after all checks of the document: names as documented, defaults filled in.
 */
record Input(JsonObject query, JsonObject body) {
  Optional<String> query(String name) {
    return Optional.ofNullable(query.getString(name));
  }

  Optional<String> body(String name) {
    return Optional.ofNullable(body.getString(name));
  }

  /** A member of the body whose rule is {@code format: date}. */
  LocalDate bodyDate(String name) {
    return LocalDate.parse(body.getString(name));
  }

  Optional<LocalDate> queryDate(String name) {
    return query(name).map(LocalDate::parse);
  }

  /** The first unless another one is named. */
  int page() {
    return query.getInteger("page", 1);
  }

  int limit() {
    return query.getInteger("limit");
  }
}
