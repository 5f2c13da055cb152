package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import llm.ModelReports;

/** Language models as operators and their users see them: key pools and usage, never a key. */
final class ModelEndpoints {
  private static final int DAYS = 30;

  private final ModelReports reports;

  ModelEndpoints(ApiParts parts) {
    this.reports = parts.courses().models();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("listKeyPools", this::pools).add("getUsage", this::usage);
  }

  private Future<Reply> pools(Call call) {
    return reports
        .keyPools()
        .map(pools -> Reply.ok(success().mergeIn(pools).put("timestamp", Times.now())));
  }

  private Future<Reply> usage(Call call) {
    int days = call.input().query("days").map(Integer::parseInt).orElse(DAYS);
    OffsetDateTime since =
        OffsetDateTime.now(ZoneOffset.UTC)
            .toLocalDate()
            .minusDays(days - 1L)
            .atStartOfDay()
            .atOffset(ZoneOffset.UTC);
    return reports
        .ofOwner(call.learner(), since)
        .map(
            usage ->
                Reply.ok(
                    success().put("since", since.toLocalDate().toString()).put("usage", usage)));
  }

  private static JsonObject success() {
    return new JsonObject().put("success", true);
  }
}
