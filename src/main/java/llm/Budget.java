package llm;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

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
  private static final int LONGEST_USER = 150;
  private static final String USER = "user:";
  private static final String DAY = "day:";
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

  /**
   * For calls on behalf of a user: they wait in turn with those of other users, are told to the
   * user as usage, and count against what the settings let each user spend a day, if they do.
   */
  public static Budget ofUser(String user) {
    return new Budget(
        USER
            + (user.length() <= LONGEST_USER
                ? user
                : UUID.nameUUIDFromBytes(user.getBytes(StandardCharsets.UTF_8)).toString()),
        MOST_USD);
  }

  /** Whose, when it is {@link #ofUser}. */
  Optional<String> user() {
    return id.startsWith(USER) ? Optional.of(id.substring(USER.length())) : Optional.empty();
  }

  /** A day's budget of the user this one is {@link #ofUser of}. */
  Budget onDay(LocalDate day, double most) {
    return new Budget(DAY + day + ":" + id, most);
  }

  /** A day's budget of all together. */
  static Budget ofDay(LocalDate day, double most) {
    return new Budget(DAY + day, most);
  }

  /** What a call that goes beyond it fails with. */
  ModelUnavailable.Reason reason() {
    if (!id.startsWith(DAY)) {
      return ModelUnavailable.Reason.BUDGET;
    }
    return id.contains(":" + USER)
        ? ModelUnavailable.Reason.USER_BUDGET
        : ModelUnavailable.Reason.DAY_BUDGET;
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
