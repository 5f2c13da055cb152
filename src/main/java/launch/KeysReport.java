package launch;

import databases.Databases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import llm.HttpCalls;
import llm.ModelCheck;
import settings.LanguageModel;
import settings.Settings;

/**
 * What {@code lessonweave keys status} prints: the configured pools, whether providers know the
 * models, and what running nodes last said of theirs. Never a key.
 */
final class KeysReport {
  private static final int LIMIT_SECONDS = 20;
  private static final String NODES =
      "SELECT node, status, updated_at::TEXT AS at FROM llm_pools"
          + " WHERE updated_at > now() - INTERVAL '1 day' ORDER BY updated_at DESC LIMIT 20";

  private final Settings settings;
  private final PrintStream out;

  KeysReport(Settings settings) {
    this(settings, System.out);
  }

  KeysReport(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /**
   * @return exit status: 0 when every provider knows its models, or there is no key at all
   */
  int print() throws Exception {
    LanguageModel models = settings.languageModel();
    if (!models.present()) {
      out.println(
          "no key for a language model is set; rules make the exercises (set GEMINI_API_KEY,"
              + " GROQ_API_KEY, OPENAI_API_KEY or LANGUAGE_MODEL_LOCAL_BASE_URL)");
      return 0;
    }
    Vertx vertx = Vertx.vertx();
    try {
      HttpCalls http =
          new HttpCalls(vertx, models.providers(), models.callTimeout(), new SimpleMeterRegistry());
      boolean fine = true;
      for (LanguageModel.Provider provider : models.providers()) {
        fine &= provider(provider, http);
      }
      http.close().await(LIMIT_SECONDS, TimeUnit.SECONDS);
      nodes(vertx);
      return fine ? 0 : 1;
    } finally {
      vertx.close().await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private boolean provider(LanguageModel.Provider provider, HttpCalls http) throws Exception {
    LanguageModel models = settings.languageModel();
    out.printf("%s at %s%n", provider.name(), provider.baseUrl());
    out.printf("  models    %s%n", String.join(", ", provider.models()));
    out.printf(
        "  limits    %s requests and %s tokens a minute, %s requests and %s tokens a day, %d at a"
            + " time%n",
        limit(provider.requestsPerMinute()),
        limit(provider.tokensPerMinute()),
        limit(provider.requestsPerDay()),
        limit(provider.tokensPerDay()),
        provider.concurrency());
    for (LanguageModel.Key key : models.keys()) {
      if (key.provider().equals(provider.name())) {
        out.printf(
            "  key       %s (quota %s) for %s%n",
            key.alias(),
            key.group(),
            key.services().isEmpty()
                ? "all services"
                : String.join(", ", key.services().stream().sorted().toList()));
      }
    }
    String problem =
        ModelCheck.run(http, provider, models.keys()).await(LIMIT_SECONDS, TimeUnit.SECONDS);
    out.printf("  check     %s%n", problem.isEmpty() ? "fine" : problem);
    return problem.isEmpty();
  }

  private static String limit(int value) {
    return value == 0 ? "any" : String.valueOf(value);
  }

  /** Embedded databases have no address that is known outside of their node. */
  private void nodes(Vertx vertx) throws Exception {
    if (settings.postgres().embedded()) {
      out.println("running nodes are shown when Postgres is not the embedded one");
      return;
    }
    try {
      Databases databases = Databases.open(vertx, settings).await(LIMIT_SECONDS, TimeUnit.SECONDS);
      List<Row> rows =
          databases
              .postgres()
              .query(NODES)
              .execute()
              .map(
                  found -> {
                    List<Row> all = new java.util.ArrayList<>();
                    found.forEach(all::add);
                    return all;
                  })
              .eventually(() -> databases.close().transform(done -> Future.succeededFuture()))
              .await(LIMIT_SECONDS, TimeUnit.SECONDS);
      rows.forEach(this::node);
      if (rows.isEmpty()) {
        out.println("no node has run LanguageModel with a key in the last day");
      }
    } catch (RuntimeException e) {
      out.println("running nodes can't be shown: Postgres says " + e.getMessage());
    }
  }

  private void node(Row row) {
    out.printf("node %s, %s%n", row.getString("node"), row.getString("at"));
    JsonObject status = row.getJsonObject("status");
    for (Object item : status.getJsonArray("quotas")) {
      JsonObject quota = (JsonObject) item;
      out.printf(
          "  quota %s, model %s, opens in %d ms%s%n",
          quota.getString("name"),
          quota.getString("model"),
          quota.getLong("opens_in_ms"),
          error(quota));
      for (Object key : quota.getJsonArray("keys")) {
        JsonObject state = (JsonObject) key;
        out.printf(
            "    key %s %s%s%n", state.getString("alias"), state.getString("state"), error(state));
      }
    }
  }

  private static String error(JsonObject of) {
    String error = of.getString("last_error", "");
    return error.isEmpty() ? "" : ", last error: " + error;
  }
}
