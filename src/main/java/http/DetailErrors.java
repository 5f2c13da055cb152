package http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Errors as clients of the topic and PDF course systems read them: {@code {"detail": text}}, and
 * for requests that break rules 422 with a list (section 2.0 of the courses' contract).
 */
final class DetailErrors {
  private static final int UNPROCESSABLE = 422;

  private DetailErrors() {}

  static void answer(HttpServerRequest request, ApiException problem) {
    JsonArray broken =
        problem.code() == ErrorCode.VALIDATION_ERROR && problem.details() != null
            ? problem.details().getJsonArray("fields")
            : null;
    JsonObject body =
        new JsonObject()
            .put("detail", broken == null ? problem.getMessage() : list(request, broken));
    request
        .response()
        .setStatusCode(broken == null ? problem.status() : UNPROCESSABLE)
        .putHeader("Content-Type", "application/json");
    Problems.end(request, body.toBuffer());
  }

  private static JsonArray list(HttpServerRequest request, JsonArray broken) {
    String where = request.method() == HttpMethod.GET ? "query" : "body";
    JsonArray list = new JsonArray();
    for (Object entry : broken) {
      JsonObject field = (JsonObject) entry;
      String reason = field.getString("reason");
      boolean missing = reason.startsWith("is missing");
      JsonArray location = new JsonArray().add(where);
      if (!field.getString("field").equals(where)) {
        location.add(field.getString("field"));
      }
      list.add(
          new JsonObject()
              .put("type", missing ? "missing" : "value_error")
              .put("loc", location)
              .put("msg", missing ? "Field required" : field.getString("field") + " " + reason)
              .put("input", new JsonObject()));
    }
    return list;
  }
}
