package llm;

import io.vertx.core.json.JsonObject;

/**
 * What calls of one piece of work may cost together, on all nodes and for ever: a call that would
 * go beyond it is not made. Only calls of models with a price count; see {@link SpendCaps}.
 *
 * @param id names the work, e.g. {@code course-job:<id>}; at most 200 characters. Spending is
 *     counted by it, so a repeated job that may spend anew needs a new id
 * @param maxUsd cap in US dollars, 0 to 1,000,000; it may change from call to call
 */
public record Budget(String id, double maxUsd) {
  private static final int LONGEST_ID = 200;
  private static final double MOST_USD = 1_000_000;
  private static final double NANOS = 1e9;

  public Budget {
    if (id.isBlank() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "a budget's id must have 1 to " + LONGEST_ID + " characters");
    }
    if (!(maxUsd >= 0 && maxUsd <= MOST_USD)) {
      throw new IllegalArgumentException("a budget must be from 0 to " + MOST_USD + " USD");
    }
  }

  /** Billionths of a dollar: whole numbers add up exactly, whoever adds them in which order. */
  static long nanos(double usd) {
    return (long) Math.ceil(usd * NANOS - 1e-6);
  }

  static double usd(long nanos) {
    return nanos / NANOS;
  }

  long cap() {
    return (long) Math.floor(maxUsd * NANOS + 1e-6);
  }

  JsonObject toJson() {
    return new JsonObject().put("id", id).put("max_usd", maxUsd);
  }

  /**
   * @throws IllegalArgumentException when a member is out of range
   */
  static Budget of(JsonObject json) {
    return new Budget(json.getString("id"), json.getDouble("max_usd"));
  }
}
