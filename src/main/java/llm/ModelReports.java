package llm;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Postgres knows of the key pools of all nodes, and of what was used with them. Needs no keys;
 * may be used from any thread.
 */
public final class ModelReports {
  /** Members of a pool that add up over nodes. */
  private static final List<String> SUMS =
      List.of("inFlight", "waiting", "rpm", "tpm", "calls5m", "rateLimited5m", "failed5m");

  /** Members that are the worst node's. */
  private static final List<String> WORST = List.of("keys", "open", "disabled", "oldestWaitMs");

  private static final String NODES =
      """
      SELECT node, status, updated_at FROM llm_pools
       WHERE jsonb_exists(status, 'pools') AND updated_at > now() - INTERVAL '20 seconds' ORDER BY node
      """;
  private static final String SUM =
      """
       count(*) AS calls, COALESCE(sum(tokens_in), 0)::BIGINT AS tokens_in,
       COALESCE(sum(tokens_out), 0)::BIGINT AS tokens_out, COALESCE(sum(cost_usd), 0) AS cost_usd
      """;
  private static final String ACCOUNT =
      "SELECT prompt AS part," + SUM + " FROM llm_usage WHERE account = $1 GROUP BY prompt";
  private static final String OWN =
      "WITH mine AS ("
          + "SELECT 'course:' || id AS account FROM course WHERE owner_id = $1"
          + " UNION ALL SELECT 'lesson-' || id FROM zoom_summaries WHERE user_id = $1)"
          // what was booked before owners were; what a lesson used whose student nobody knew then
          + ", used AS (SELECT * FROM llm_usage WHERE owner_id = $1 AND at >= $2"
          + " UNION ALL SELECT u.* FROM llm_usage u JOIN mine USING (account)"
          + " WHERE u.owner_id IS NULL AND u.at >= $2)"
          + " SELECT (u.at AT TIME ZONE 'UTC')::DATE::TEXT AS day, u.service AS part,"
          + SUM
          + " FROM used u"
          + " GROUP BY 1, 2 ORDER BY 1 DESC, 2";

  private static final String NEARLY_SPENT =
      "SELECT 1 FROM unnest($1::TEXT[], $2::BIGINT[]) AS w (id, cap) JOIN llm_budget b ON b.id ="
          + " w.id WHERE CASE WHEN w.cap IS NULL THEN b.told_percent >= $3::INTEGER ELSE"
          + " b.spent * 100.0 >= w.cap * $3::INTEGER::NUMERIC END LIMIT 1";

  private final Pool postgres;

  public ModelReports(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * {@code {pools: {service: {keys, healthy, open, disabled, inFlight, waiting, oldestWaitMs, rpm,
   * tpm, limitRpm, limitTpm, calls5m, rateLimited5m, errorRate5m}}, nodes: [{node, updatedAt,
   * quotas}]}} of the nodes that were heard of in the last seconds. Limits of 0 are none. Keys are
   * told by alias, with state and last error.
   */
  public Future<JsonObject> keyPools() {
    return postgres
        .query(NODES)
        .execute()
        .map(
            rows -> {
              Map<String, JsonObject> pools = new TreeMap<>();
              JsonArray nodes = new JsonArray();
              for (Row row : rows) {
                JsonObject status = row.getJsonObject("status");
                JsonObject here = status.getJsonObject("pools");
                here.fieldNames()
                    .forEach(
                        name -> pools.merge(name, here.getJsonObject(name), ModelReports::both));
                nodes.add(
                    new JsonObject()
                        .put("node", row.getString("node"))
                        .put("updatedAt", row.getOffsetDateTime("updated_at").toInstant())
                        .put("quotas", status.getJsonArray("quotas")));
              }
              JsonObject all = new JsonObject();
              pools.forEach((name, pool) -> all.put(name, finished(pool)));
              return new JsonObject().put("pools", all).put("nodes", nodes);
            });
  }

  private static JsonObject both(JsonObject one, JsonObject other) {
    JsonObject both = one.copy();
    SUMS.forEach(name -> both.put(name, one.getLong(name, 0L) + other.getLong(name, 0L)));
    WORST.forEach(name -> both.put(name, Math.max(one.getLong(name, 0L), other.getLong(name, 0L))));
    both.put("healthy", Math.min(one.getLong("healthy", 0L), other.getLong("healthy", 0L)));
    return both;
  }

  private static JsonObject finished(JsonObject pool) {
    JsonObject shown = pool.copy();
    long failed = ((Number) shown.remove("failed5m")).longValue();
    long calls = shown.getLong("calls5m", 0L);
    return shown.put(
        "errorRate5m", calls == 0 ? 0 : Math.round(1_000.0 * failed / calls) / 1_000.0);
  }

  /**
   * What an account used so far: {@code {calls, tokensIn, tokensOut, costUsd, byPart: {prompt:
   * {…}}}}. Every attempt is a call. Costs are exact sums of what single calls cost by the
   * settings' prices; up to a second old.
   *
   * @param account e.g. {@code course:<id>} or {@code lesson-<id>}
   */
  public Future<JsonObject> ofAccount(String account) {
    return postgres.preparedQuery(ACCOUNT).execute(Tuple.of(account)).map(ModelReports::sum);
  }

  /**
   * What an owner's courses and lessons used since a moment: as {@link #ofAccount} with {@code
   * byPart} by service, and {@code byDay}, newest first. What was deleted since is counted too.
   */
  public Future<JsonObject> ofOwner(String owner, OffsetDateTime since) {
    return postgres
        .preparedQuery(OWN)
        .execute(Tuple.of(owner, since))
        .map(
            rows -> {
              Map<String, Totals> days = new TreeMap<>(java.util.Comparator.reverseOrder());
              for (Row row : rows) {
                days.computeIfAbsent(row.getString("day"), day -> new Totals()).add(row);
              }
              JsonArray byDay = new JsonArray();
              days.forEach((day, totals) -> byDay.add(totals.toJson().put("day", day)));
              return sum(rows).put("byDay", byDay);
            });
  }

  /**
   * Whether 80 % of one of the budgets are spent.
   *
   * @param budgets a user's by {@link Budget#ofUser}: of today
   */
  public Future<Boolean> nearlySpent(List<Budget> budgets) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String[] ids = new String[budgets.size()];
    // A user's cap stands in the settings of the nodes with keys; they have told of it.
    Long[] caps = new Long[budgets.size()];
    for (int i = 0; i < ids.length; i++) {
      Budget budget = budgets.get(i);
      boolean user = budget.user().isPresent();
      ids[i] = user ? budget.onDay(today, 0).id() : budget.id();
      caps[i] = user ? null : budget.cap();
    }
    return postgres
        .preparedQuery(NEARLY_SPENT)
        .execute(Tuple.of(ids, caps, SpendNotices.NEARLY_PERCENT))
        .map(rows -> rows.size() > 0);
  }

  private static JsonObject sum(RowSet<Row> rows) {
    Totals all = new Totals();
    Map<String, Totals> parts = new TreeMap<>();
    for (Row row : rows) {
      all.add(row);
      parts.computeIfAbsent(row.getString("part"), part -> new Totals()).add(row);
    }
    JsonObject byPart = new JsonObject();
    parts.forEach((part, totals) -> byPart.put(part, totals.toJson()));
    return all.toJson().put("byPart", byPart);
  }

  private static final class Totals {
    private long calls;
    private long tokensIn;
    private long tokensOut;
    private long nanos;

    void add(Row row) {
      calls += row.getLong("calls");
      tokensIn += row.getLong("tokens_in");
      tokensOut += row.getLong("tokens_out");
      nanos += Math.round(row.getDouble("cost_usd") * 1e9);
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("calls", calls)
          .put("tokensIn", tokensIn)
          .put("tokensOut", tokensOut)
          .put("costUsd", Budget.usd(nanos));
    }
  }
}
